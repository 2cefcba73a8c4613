# SPDX-License-Identifier: MPL-2.0
"""A quarter is counted, again while it is open, and frozen once; then people are forgotten."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from indgang.core.quarter import Quarter, quarter_of
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal, system
from indgang.placements import figures, vault
from indgang.placements.actions.consent import in_force
from indgang.placements.models import Placement, QuarterFigures, QuarterReport
from indgang.placements.permissions import check_can_collect, dpia_in_force, least_people
from indgang.placements.totals import Totals, counted, may_repeat, reported
from indgang.placements.vault import Entry

FROZEN_AFTER = timedelta(days=45)
"""A quarter that nobody closes is closed by the house so long after its end."""
KEPT_AFTER_FREEZING = timedelta(days=90)
"""Time for corrections before the people behind the last quarter that counts them are erased."""


@transaction.atomic
def count(by: Principal, quarter: Quarter, *, now: datetime) -> QuarterFigures:
    """Count an open quarter anew. A frozen one stays as it is."""
    known = QuarterFigures.objects.filter(
        municipality_id=by.municipality_id, year=quarter.year, quarter=quarter.number
    ).first()
    if known is not None and known.is_frozen:
        return known
    entries = _entries(by.municipality_id, now)
    least = least_people(by.municipality_id)
    by_enterprise, answered = _by_enterprise(by.municipality_id, quarter, entries)
    found, _made = QuarterFigures.objects.update_or_create(
        municipality_id=by.municipality_id,
        year=quarter.year,
        quarter=quarter.number,
        defaults={
            "tables": figures.with_released(
                {**figures.tables(by_enterprise, least, in_force(by.municipality_id)), "answered": answered},
                least,
                earlier=_tables_of(by.municipality_id, quarter.plus(-1)),
                later=_tables_of(by.municipality_id, quarter.plus(1)),
                year_ago=_tables_of(by.municipality_id, quarter.plus(-4)),
            ),
            "least_people": least,
            "may_repeat": bool(answered) or may_repeat(entries, quarter),
            "counted_at": now,
        },
    )
    return found


@transaction.atomic
def freeze(by: Principal, quarter: Quarter, *, now: datetime) -> QuarterFigures:
    """Close a quarter: count it a last time and never again."""
    check_can_collect(by)
    if timezone.localdate(now) <= quarter.last_date:
        raise Refused(gettext_noop("Kvartalet er ikke slut endnu. Luk det, når det er."))
    found = count(by, quarter, now=now)
    if found.is_frozen:
        raise Refused(gettext_noop("Kvartalet er allerede lukket."))
    found.frozen_at = now
    found.save(update_fields=["frozen_at"])
    audit.record(by, "quarter.freeze", f"quarter:{quarter.year}-{quarter.number}", now=now)
    return found


def keep_quarters(municipality_id: int, *, now: datetime) -> None:
    """The night's work: count what is open, close what is old, and say when each placement is forgotten."""
    house, today = system(municipality_id), timezone.localdate(now)
    current = quarter_of(today)
    previous = current.plus(-1)
    if not count(house, previous, now=now).is_frozen and today > previous.last_date + FROZEN_AFTER:
        freeze(house, previous, now=now)
    count(house, current, now=now)
    schedule_forgetting(municipality_id, now=now)


def schedule_forgetting(municipality_id: int, *, now: datetime) -> int:
    """Placements that have ended and that no open quarter needs any more get their day; returns how many."""
    frozen = {
        row.when: row.frozen_at
        for row in QuarterFigures.objects.filter(municipality_id=municipality_id, frozen_at__isnull=False)
    }
    marked = 0
    with vault.reach(system(municipality_id)):
        for row in Placement.objects.filter(forget_at=None, last_date__isnull=False):
            moment = frozen.get(_last_needed(row.first_date, row.last_date or row.first_date))
            if moment is not None:
                row.forget_at = moment + KEPT_AFTER_FREEZING
                row.save(update_fields=["forget_at"])
                marked += 1
    return marked


def _last_needed(first: date, last: date) -> Quarter:
    """The last quarter that counts a placement: the one in which its year is up, or the one it ended in."""
    return max(quarter_of(first).plus(4), quarter_of(last))


def _tables_of(municipality_id: int, quarter: Quarter) -> dict[str, Any] | None:
    row = QuarterFigures.objects.filter(
        municipality_id=municipality_id, year=quarter.year, quarter=quarter.number
    ).first()
    return row.tables if row else None


def _entries(municipality_id: int, now: datetime) -> list[Entry]:
    if dpia_in_force(municipality_id) is None:
        return []
    return vault.read(system(municipality_id), "optælling af kvartal", now=now)


def _by_enterprise(
    municipality_id: int, quarter: Quarter, entries: list[Entry]
) -> tuple[dict[int, Totals], int]:
    """What enterprises reported wins over what placements say; and how many have answered."""
    found = counted(entries, quarter)
    answers = QuarterReport.objects.filter(
        municipality_id=municipality_id,
        year=quarter.year,
        quarter=quarter.number,
        answered_at__isnull=False,
    )
    told = {report.organisation_id: reported(report) for report in answers}
    return {**found, **told}, len(told)
