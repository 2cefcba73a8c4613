# SPDX-License-Identifier: MPL-2.0
"""Placements are registered, ended, corrected, and taken out again when they were a mistake."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.placements import codes, vault
from indgang.placements.models import Placement
from indgang.placements.new_placement import NewPlacement, check
from indgang.placements.permissions import check_can_register
from indgang.placements.vault import Entry, Facts


@transaction.atomic
def register(by: Principal, told: NewPlacement, *, now: datetime) -> int:
    """Keep one placement; returns its number."""
    check_can_register(by)
    check(told)
    if told.code:
        codes.refuse_foreign(by, told.code)
        _refuse_overlap(by, told, known_of(by, {told.code}))
    return register_checked(by, [told], now=now)[0]


def register_checked(by: Principal, told: Sequence[NewPlacement], *, now: datetime) -> list[int]:
    """Keep placements that have been checked, in one audit line."""
    rows = [_row(by, one, now) for one in told]
    with vault.reach(by):
        numbers = [row.pk for row in Placement.objects.bulk_create(rows)]
    audit.record(by, "placement.register", "placements", now=now, facts={"placements": numbers})
    return numbers


def known_of(by: Principal, wanted: Iterable[str]) -> dict[str, list[tuple[date, date | None]]]:
    """The periods already kept of each code."""
    digests = {vault.digest_of(code, by.municipality_id): code for code in wanted}
    found: dict[str, list[tuple[date, date | None]]] = {}
    with vault.reach(by):
        rows = list(
            Placement.objects.filter(code_digest__in=list(digests)).values_list(
                "code_digest", "first_date", "last_date"
            )
        )
    for digest, first, last in rows:
        found.setdefault(digests[bytes(digest or b"")], []).append((first, last))
    return found


def overlaps(told: NewPlacement, periods: Iterable[tuple[date, date | None]]) -> bool:
    """Whether somebody would be in two places in the same week."""
    end = told.last_date or date.max
    return any(told.first_date <= (last or date.max) and first <= end for first, last in periods)


OVERLAP = gettext_noop(
    "Personen med den kode har en plads i samme periode. Afslut den først, eller ret datoerne."
)


def _refuse_overlap(
    by: Principal, told: NewPlacement, known: dict[str, list[tuple[date, date | None]]]
) -> None:
    if overlaps(told, known.get(told.code, ())):
        raise Refused(OVERLAP)


@transaction.atomic
def end(by: Principal, entry: Entry, *, last_date: date, now: datetime) -> None:
    """The placement stops, or its end is corrected."""
    check_can_register(by)
    if last_date < entry.first_date:
        raise Refused(gettext_noop("Pladsen slutter, før den begynder. Ret datoen."))
    with vault.reach(by):
        Placement.objects.filter(pk=entry.pk).update(last_date=last_date)
    audit.record(by, "placement.end", f"placement:{entry.pk}", now=now, facts={"last_date": str(last_date)})


@transaction.atomic
def run_on(by: Principal, entry: Entry, *, now: datetime) -> None:
    """It did not stop after all."""
    check_can_register(by)
    if entry.facts.code:
        others = [
            period
            for period in known_of(by, {entry.facts.code}).get(entry.facts.code, [])
            if period != (entry.first_date, entry.last_date)
        ]
        if any((last or date.max) >= entry.first_date for _first, last in others):
            raise Refused(OVERLAP)
    with vault.reach(by):
        Placement.objects.filter(pk=entry.pk).update(last_date=None, forget_at=None)
    audit.record(by, "placement.run_on", f"placement:{entry.pk}", now=now)


@transaction.atomic
def remove(by: Principal, entry: Entry, *, now: datetime) -> None:
    """Registered by mistake: gone at once."""
    check_can_register(by)
    with vault.reach(by):
        Placement.objects.filter(pk=entry.pk).delete()
    audit.record(by, "placement.remove", f"placement:{entry.pk}", now=now)


def _row(by: Principal, told: NewPlacement, now: datetime) -> Placement:
    facts = Facts(
        kind=told.kind,
        hours_present=told.hours_present,
        hours_effective=told.hours_effective,
        code=told.code,
        origin=told.origin,
        origin_id=told.origin_id,
        origin_label=told.origin_label[:100],
    )
    return Placement(
        municipality_id=by.municipality_id,
        organisation_id=told.organisation_id,
        unit_id=told.unit_id,
        first_date=told.first_date,
        last_date=told.last_date,
        code_digest=vault.digest_of(told.code, by.municipality_id) if told.code else None,
        sealed=vault.seal(facts, by.municipality_id),
        created_by=str(by),
        created_at=now,
    )
