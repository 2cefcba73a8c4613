# SPDX-License-Identifier: MPL-2.0
"""Who in the directory could deliver a call, a lot of it, or a part as subcontractor.

The search itself is handed in (`find`), so that this module knows nothing of how it is done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from indgang.core.notices import notice as published
from indgang.core.notices.call import cpv_codes, text_to_match, value_of_lot
from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Listing
from indgang.procurement.models import Notice, NoticeMatch
from indgang.procurement.notices.keep import shared_register
from indgang.procurement.notices.queries import open_calls, plans

TOP = 8
LONGEST_TEXT = 6_000
MOST_PARTS = 6


class Found(Protocol):
    """One organisation that the search proposes."""

    @property
    def organisation_id(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def reasons(self) -> tuple[Reason, ...]: ...
    @property
    def missing(self) -> Reason | None: ...


class FoundPart(Protocol):
    """One of several tasks in a text: what trade it is, and who can do it."""

    @property
    def trade(self) -> str: ...
    @property
    def matches(self) -> Sequence[Found]: ...


class Result(Protocol):
    """Proposals for the whole, and for each task when the text holds several."""

    @property
    def matches(self) -> Sequence[Found]: ...
    @property
    def parts(self) -> Sequence[FoundPart]: ...


class Find(Protocol):
    """Who can meet a need in words: `indgang.directory.search.find`."""

    def __call__(
        self, text: str, *, value_dkk: int | None = ..., cpv_code: str = ..., top: int = ...
    ) -> Result: ...


@dataclass(frozen=True)
class Offer:
    """An organisation and a lot. `part` says which part, when it can do a part only."""

    lot: str
    organisation_id: int
    score: float
    reasons: tuple[Reason, ...]
    missing: Reason | None
    part: str = ""
    is_whole: bool = True


def offers(notice: published.Notice, find: Find) -> list[Offer]:
    """For each lot those who could deliver it or a part of it, best first."""
    return [offer for lot in notice.lots or (None,) for offer in _for_lot(notice, lot, find)]


def _for_lot(notice: published.Notice, lot: published.Lot | None, find: Find) -> list[Offer]:
    reference = lot.reference if lot is not None else ""
    value, codes = _crowns(lot), cpv_codes(notice, lot)
    text = text_to_match(notice, lot)[:LONGEST_TEXT]
    result = find(text, value_dkk=value, cpv_code=codes[0] if codes else "", top=TOP)
    abilities = _abilities(result.parts)
    proposals = _all_proposals(result)
    largest = _largest_jobs(proposals)
    found = []
    for one in proposals.values():
        able = abilities.get(one.organisation_id, [])
        only_part = len(result.parts) > 1 and len(able) < len(result.parts)
        most = largest.get(one.organisation_id)
        too_large = value is not None and most is not None and most < value
        reasons = (*one.reasons, _size_reason(most)) if too_large and most is not None else one.reasons
        part = ", ".join(able)[:300] if only_part else ""
        found.append(
            Offer(
                reference,
                one.organisation_id,
                one.score,
                reasons,
                one.missing,
                part,
                not (only_part or too_large),
            )
        )
    return sorted(found, key=lambda offer: (not offer.is_whole, -offer.score))[:TOP]


def _all_proposals(result: Result) -> dict[int, Found]:
    """Those found for the whole, then those found for one of its tasks only."""
    proposals = {one.organisation_id: one for one in result.matches}
    for part in result.parts:
        for one in part.matches:
            proposals.setdefault(one.organisation_id, one)
    return proposals


def _abilities(parts: Sequence[FoundPart]) -> dict[int, list[str]]:
    """The trades among several tasks that each organisation was found for."""
    able: dict[int, list[str]] = {}
    for part in parts[:MOST_PARTS]:
        for one in part.matches:
            able.setdefault(one.organisation_id, []).append(part.trade)
    return able


def _crowns(lot: published.Lot | None) -> int | None:
    value = value_of_lot(lot) if lot is not None else None
    return int(value.amount) if value is not None and value.currency == "DKK" else None


def _largest_jobs(organisation_ids: Iterable[int]) -> dict[int, int]:
    """The largest job that an organisation says it takes; those that say nothing are left out."""
    rows = Listing.objects.filter(organisation_id__in=list(organisation_ids), retired_at=None)
    largest: dict[int, int] = {}
    unlimited = set()
    for organisation_id, most in rows.values_list("organisation_id", "largest_dkk"):
        if most is None:
            unlimited.add(organisation_id)
        else:
            largest[organisation_id] = max(most, largest.get(organisation_id, 0))
    return {key: most for key, most in largest.items() if key not in unlimited}


def _size_reason(largest_dkk: int) -> Reason:
    most = f"{largest_dkk:,}".replace(",", ".")
    return Reason(
        gettext_noop("Tager opgaver op til %(most)s kr. og kan være underleverandør"), {"most": most}
    )


def match_notice(row: Notice, find: Find) -> int:
    """Replace what is stored for one notice; returns how many offers there are."""
    found = offers(row.said(), find)
    kept = [
        NoticeMatch(
            notice=row,
            lot=offer.lot[:20],
            organisation_id=offer.organisation_id,
            extent=NoticeMatch.Extent.LOT if offer.is_whole else NoticeMatch.Extent.PART,
            part=offer.part,
            score=offer.score,
            reasons=[_kept(reason) for reason in offer.reasons],
            missing=_kept(offer.missing) if offer.missing is not None else None,
        )
        for offer in found
    ]
    NoticeMatch.objects.filter(notice=row).delete()
    NoticeMatch.objects.bulk_create(kept, ignore_conflicts=True)
    return len(kept)


def match_open_calls(find: Find, *, now: datetime) -> int:
    """Match every call that is open and every plan; forget what was stored for others. Returns how many notices."""
    with shared_register():
        ids = [*open_calls(now).values_list("pk", flat=True), *plans(now).values_list("pk", flat=True)]
        NoticeMatch.objects.exclude(notice_id__in=ids).delete()
    for notice_id in ids:
        with shared_register():
            row = Notice.objects.filter(pk=notice_id).first()
            if row is not None:
                match_notice(row, find)
    return len(ids)


def _kept(reason: Reason) -> list[object]:
    return [reason.msgid, dict(reason.values)]


def said(kept: list[object]) -> Reason:
    """A reason as it was stored."""
    msgid, values = kept
    assert isinstance(values, dict)
    return Reason(str(msgid), values)
