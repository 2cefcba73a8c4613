# SPDX-License-Identifier: MPL-2.0
"""From plain rows to drafts: one action, which may be run again without changing anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from indgang.core.sort_key import danish_sort_key
from indgang.core.text import Reason, gettext_noop
from indgang.directory import permissions, removals
from indgang.directory.importing import Rejected, Row
from indgang.directory.models import Availability, Contact, Listing, Organisation, Place
from indgang.kernel import audit
from indgang.kernel.access import Principal

BATCH = 500
_ELSEWHERE = Reason(
    gettext_noop(
        "CVR- eller P-nummeret er ved at blive skrevet ind af en anden kommune. Når virksomheden har sagt ja, kan I se den."
    )
)


@dataclass
class Outcome:
    """What an import did, or would do in a dry run."""

    added: list[Row] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    completed: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "known": len(self.known),
            "completed": len(self.completed),
            "rejected": len(self.rejected),
        }


def import_organisations(
    by: Principal,
    lines: Iterable[Row | Rejected],
    *,
    source_note: str,
    now: datetime,
    dry_run: bool = False,
) -> Outcome:
    """Make drafts of rows that are new. An enterprise that stands here already keeps every word; a draft of our
    own gets what it lacks. One that asked to be removed is left out, with that reason.

    A dry run does the same and takes it all back, so that it finds what only the database can know.
    """
    permissions.check_can_add(by)
    with transaction.atomic():
        outcome = _import(by, lines, source_note, now)
        if dry_run:
            transaction.set_rollback(True)
        else:
            audit.record(by, "organisation.import", "organisations", now=now, facts=outcome.counts)
    outcome.rejected.sort(key=lambda line: line.number)
    return outcome


def _import(by: Principal, lines: Iterable[Row | Rejected], source_note: str, now: datetime) -> Outcome:
    outcome, rows = Outcome(), []
    for line in lines:
        if isinstance(line, Rejected):
            outcome.rejected.append(line)
        else:
            rows.append(line)
    known = _Known(rows)
    fresh: list[Row] = []
    for row in rows:
        found = known.of(row)
        if found is None:
            reason = known.reason_against(row)
            fresh.append(row) if reason is None else _reject(outcome, row, reason)
        elif found.is_draft and found.kept_by_id == by.municipality_id and _missing(found, row):
            _complete(found, row, outcome)
        else:
            outcome.known.append(row)
    for start in range(0, len(fresh), BATCH):
        _add(by, fresh[start : start + BATCH], source_note, now, outcome)
    return outcome


class _Known:
    """Who stands here already, and who asked to go, looked up at once for all rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        numbers = [row.cvr_number for row in rows if row.cvr_number]
        in_sight = Organisation.objects.filter(merged_into=None)
        wanted = {removals.same_name(row.name, row.town) for row in rows}
        same = {
            number: spelling
            for number, name, town in in_sight.values_list("pk", "name", "places__town")
            if (spelling := removals.same_name(name, town or "")) in wanted
        }
        self._by_cvr = {o.cvr_number: o for o in in_sight.filter(cvr_number__in=numbers)}
        self._by_name = {same[o.pk]: o for o in in_sight.filter(pk__in=same)}
        taken = [row.p_number for row in rows if row.p_number]
        self._p_numbers = set(Place.objects.filter(p_number__in=taken).values_list("p_number", flat=True))
        self._gone = removals.gone_among(
            mark for row in rows for mark in removals.digests(row.name, row.town, row.cvr_number or None)
        )

    def of(self, row: Row) -> Organisation | None:
        """The enterprise a row is about: same CVR number; else same name and town, unless the numbers differ."""
        if row.cvr_number and row.cvr_number in self._by_cvr:
            return self._by_cvr[row.cvr_number]
        found = self._by_name.get(removals.same_name(row.name, row.town))
        if found is not None and found.cvr_number and row.cvr_number:
            return None
        return found

    def reason_against(self, row: Row) -> Reason | None:
        """Why a new row cannot become a draft."""
        if not self._gone.isdisjoint(removals.digests(row.name, row.town, row.cvr_number or None)):
            return Reason(gettext_noop("Virksomheden har bedt om ikke at stå her."))
        if row.p_number in self._p_numbers:
            return Reason(
                gettext_noop("P-nummer %(number)s står allerede på en anden virksomhed."),
                {"number": row.p_number},
            )
        return None


def _reject(outcome: Outcome, row: Row, reason: Reason) -> None:
    outcome.rejected.append(Rejected(row.number, (reason,), row.cells))


def _add(by: Principal, rows: Sequence[Row], source_note: str, now: datetime, outcome: Outcome) -> None:
    """All at once; one by one when a number stands in another municipality's draft, which we cannot see."""
    try:
        with transaction.atomic():
            _create(by, rows, source_note, now)
    except IntegrityError:
        if len(rows) == 1:
            _reject(outcome, rows[0], _ELSEWHERE)
            return
        for row in rows:
            _add(by, [row], source_note, now, outcome)
    else:
        outcome.added += rows


def _create(by: Principal, rows: Sequence[Row], source_note: str, now: datetime) -> None:
    made = Organisation.objects.bulk_create([_organisation(by, row, source_note, now) for row in rows])
    pairs = list(zip(made, rows, strict=True))
    Availability.objects.bulk_create(Availability(organisation=organisation) for organisation in made)
    Place.objects.bulk_create(
        Place(
            organisation=organisation,
            p_number=row.p_number,
            street=row.street,
            postal_code=row.postal_code,
            town=row.town,
            municipality_code=row.municipality_code,
            is_main=True,
        )
        for organisation, row in pairs
    )
    Contact.objects.bulk_create(
        Contact(
            organisation=organisation,
            name=row.contact_name,
            email=row.contact_email,
            phone=row.contact_phone,
            role=row.contact_role,
            speaks_for=True,
            is_main=True,
        )
        for organisation, row in pairs
    )
    Listing.objects.bulk_create(
        Listing(
            organisation=organisation,
            text=row.text,
            capacity_a_week=row.capacity_a_week,
            smallest_dkk=row.smallest_dkk,
            largest_dkk=row.largest_dkk,
            lead_days=row.lead_days,
            created_at=now,
        )
        for organisation, row in pairs
    )


def _organisation(by: Principal, row: Row, source_note: str, now: datetime) -> Organisation:
    return Organisation(
        name=row.name,
        sort_key=danish_sort_key(row.name)[:300],
        cvr_number=row.cvr_number or None,
        legal_form=row.legal_form,
        website=row.website,
        target_groups=list(row.target_groups),
        job_types=list(row.job_types),
        kept_by_id=by.municipality_id,
        source=Organisation.Source.IMPORT,
        source_note=source_note[:150],
        created_at=now,
    )


def _missing(organisation: Organisation, row: Row) -> dict[str, object]:
    """What the row knows and the draft does not."""
    told: dict[str, object] = {
        "cvr_number": row.cvr_number,
        "legal_form": row.legal_form,
        "website": row.website,
        "target_groups": list(row.target_groups),
        "job_types": list(row.job_types),
    }
    return {name: value for name, value in told.items() if value and not getattr(organisation, name)}


def _complete(organisation: Organisation, row: Row, outcome: Outcome) -> None:
    for name, value in _missing(organisation, row).items():
        setattr(organisation, name, value)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        _reject(outcome, row, _ELSEWHERE)
    else:
        outcome.completed.append(row)
