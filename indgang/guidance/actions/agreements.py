# SPDX-License-Identifier: MPL-2.0
"""The contract list: received, its columns set, looked through, read in. The newest list is the whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory import uploads
from indgang.directory.importing import Rejected
from indgang.guidance.contract_list import FIELDS, AgreementRow, key_of, rows_from
from indgang.guidance.models import AgreementList, BindingAgreement
from indgang.guidance.permissions import check_can_keep_agreements
from indgang.kernel.access import Principal

TOLD = ("source", "first_date", "last_date", "exclusive", "how_to_order")
"""Fields that a new list may change; number, category and supplier make the agreement."""


@dataclass
class Outcome:
    """What reading a list in did, or would do."""

    added: list[AgreementRow] = field(default_factory=list)
    changed: list[AgreementRow] = field(default_factory=list)
    known: list[AgreementRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    gone: list[BindingAgreement] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in ("added", "changed", "known", "rejected", "gone")}

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed or self.gone or self.known)


@transaction.atomic
def receive(by: Principal, upload: "UploadedFile[bytes]", *, now: datetime) -> AgreementList:
    """Keep an uploaded contract list, encrypted, and guess its columns. Refuses what is no list."""
    check_can_keep_agreements(by)
    return uploads.receive(by, AgreementList, upload, FIELDS, act="agreements", now=now)


@transaction.atomic
def set_columns(by: Principal, row: AgreementList, columns: Mapping[str, Sequence[int]]) -> None:
    """Say which columns hold what. Refuses when category, code or supplier has none."""
    check_can_keep_agreements(by)
    uploads.refuse_missing(FIELDS, columns)
    uploads.set_columns(row, columns)


def look_through(row: AgreementList) -> Outcome:
    """What reading the list in would do. Changes nothing."""
    uploads.refuse_missing(FIELDS, row.columns)
    return _compared(row)[0]


@transaction.atomic
def read_in(by: Principal, row: AgreementList, *, now: datetime) -> Outcome:
    """Let the list be the municipality's: new lines are added, lines that are not on it end. Running a list twice
    changes nothing the second time. Refuses a list without one readable line, which would empty the whole."""
    check_can_keep_agreements(by)
    uploads.refuse_finished(row)
    uploads.refuse_missing(FIELDS, row.columns)
    outcome, known = _compared(row)
    if not outcome.added and not outcome.changed and not outcome.known:
        raise Refused(gettext_noop("Ingen linje kan læses, så intet er ændret. Se efter kolonnerne."))
    for line in outcome.changed:
        agreement = known[line.key]
        _tell(agreement, line)
        agreement.save()
    BindingAgreement.objects.bulk_create(_new(by, line, now) for line in outcome.added)
    BindingAgreement.objects.filter(pk__in=[each.pk for each in outcome.gone]).update(removed_at=now)
    uploads.finish(by, row, outcome.counts, outcome.rejected, act="agreements", now=now)
    return outcome


def _compared(row: AgreementList) -> tuple[Outcome, dict[str, BindingAgreement]]:
    standing = BindingAgreement.objects.filter(municipality_id=row.municipality_id, removed_at=None)
    known = {key_of(each.number, each.category, each.supplier): each for each in standing.order_by("pk")}
    outcome, left = Outcome(), dict(known)
    for line in rows_from(uploads.grid_of(row, FIELDS), row.columns):
        if isinstance(line, Rejected):
            outcome.rejected.append(line)
            continue
        found = left.pop(line.key, None)
        if found is None:
            outcome.added.append(line)
        else:
            (outcome.changed if _differs(found, line) else outcome.known).append(line)
    outcome.gone = list(left.values())
    return outcome, known


def _differs(agreement: BindingAgreement, line: AgreementRow) -> bool:
    same = all(getattr(agreement, name) == getattr(line, name) for name in TOLD)
    return not same or set(agreement.cpv_codes) != set(line.cpv_codes)


def _tell(agreement: BindingAgreement, line: AgreementRow) -> None:
    for name in TOLD:
        setattr(agreement, name, getattr(line, name))
    agreement.cpv_codes = list(line.cpv_codes)


def _new(by: Principal, line: AgreementRow, now: datetime) -> BindingAgreement:
    agreement = BindingAgreement(
        municipality_id=by.municipality_id,
        number=line.agreement_number,
        category=line.category,
        supplier=line.supplier,
        added_at=now,
    )
    _tell(agreement, line)
    return agreement
