# SPDX-License-Identifier: MPL-2.0
"""Totals once a quarter: asked for with a link, reminded of once, then a call."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from indgang.core.quarter import Quarter
from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.directory.queries import caretaker, main_contact
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.duties import Ladder, climb, due_in, due_steps, promise
from indgang.kernel.models import Municipality
from indgang.placements import vault
from indgang.placements.letters import call_title_of, path_of, title_of, write_mail
from indgang.placements.models import QuarterReport
from indgang.placements.permissions import check_can_collect, dpia_in_force
from indgang.placements.totals import Totals, counted

DUTY = "placements.totals"
LADDER = Ladder((-3, 0))
"""A reminder three working days before; on the day it becomes somebody's call."""
WORKING_DAYS = 10


def to_ask(municipality_id: int, quarter: Quarter) -> list[Organisation]:
    """Published social enterprises of the municipality that have not been asked about the quarter."""
    asked = QuarterReport.objects.filter(
        municipality_id=municipality_id, year=quarter.year, quarter=quarter.number
    )
    return list(
        Organisation.objects.filter(
            kept_by_id=municipality_id,
            kind=Organisation.Kind.SOCIAL,
            published_at__isnull=False,
            closed_at=None,
            merged_into=None,
        )
        .exclude(pk__in=asked.values("organisation_id"))
        .exclude(availability__paused_until__gte=quarter.last_date)
        .order_by("sort_key")
    )


@transaction.atomic
def ask(by: Principal, quarter: Quarter, *, now: datetime) -> int:
    """Ask everybody about a quarter that has ended; returns how many. Nobody is asked twice."""
    check_can_collect(by)
    if timezone.localdate(now) <= quarter.last_date:
        raise Refused(gettext_noop("Kvartalet er ikke slut endnu. Spørg, når det er."))
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    organisations = to_ask(by.municipality_id, quarter)
    known = known_totals(by, quarter, now=now)
    for organisation in organisations:
        _ask_one(by, organisation, quarter, municipality, known.get(organisation.pk, Totals()), now)
    if organisations:
        audit.record(
            by,
            "totals.ask",
            f"quarter:{quarter.year}-{quarter.number}",
            now=now,
            facts={"asked": len(organisations)},
        )
    return len(organisations)


def known_totals(by: Principal, quarter: Quarter, *, now: datetime) -> dict[int, Totals]:
    """What the placements already tell of every enterprise in sight."""
    if dpia_in_force(by.municipality_id) is None:
        return {}
    return counted(vault.read(by, "forudfyldning af kvartalstal", now=now), quarter)


def _ask_one(
    by: Principal,
    organisation: Organisation,
    quarter: Quarter,
    municipality: Municipality,
    known: Totals,
    now: datetime,
) -> None:
    calendar = municipality.calendar()
    earlier = {
        row.when: sum(row.new.values())
        for row in QuarterReport.objects.filter(organisation=organisation, answered_at__isnull=False)
    }
    report = QuarterReport.objects.create(
        municipality_id=by.municipality_id,
        organisation=organisation,
        year=quarter.year,
        quarter=quarter.number,
        asked_at=now,
        due_3=earlier.get(quarter.plus(-1), known.due_3),
        due_12=earlier.get(quarter.plus(-4), known.due_12),
    )
    owner = caretaker(organisation.pk, municipality)
    contact = main_contact(organisation.pk)
    writes = contact is not None and bool(contact.email)
    due_at = due_in(WORKING_DAYS, now=now, calendar=calendar)
    report.duty = promise(
        by,
        DUTY,
        title_of(report) if writes else call_title_of(report),
        path=path_of(report),
        due_at=due_at,
        owner=owner,
        awaits_others=writes,
        ladder=LADDER,
        calendar=calendar,
        now=now,
    )
    report.save(update_fields=["duty"])
    if writes:
        write_mail(by, report, municipality, due_at=due_at, now=now)


def remind(by: Principal, *, now: datetime) -> int:
    """The ladder: one more mail three days before, then a call. Returns how many steps were taken."""
    steps = 0
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    for duty in due_steps(now, kinds={DUTY: LADDER}):
        report = QuarterReport.objects.filter(duty=duty).select_related("organisation", "duty__owner").first()
        step = climb(duty, ladder=LADDER, calendar=municipality.calendar())
        if report is None:
            continue
        if step == 0 and duty.awaits_others:
            write_mail(by, report, municipality, due_at=duty.due_at, now=now)
        elif step > 0:
            duty.awaits_others, duty.title = False, call_title_of(report)
            duty.save(update_fields=["awaits_others", "title"])
        steps += 1
    return steps
