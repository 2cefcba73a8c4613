# SPDX-License-Identifier: MPL-2.0
"""Who in the directory could deliver a call, a lot of it, or a part as subcontractor.

The search itself is handed in (`find`), so that this module knows nothing of how it is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from indgang.core.notices import notice as published
from indgang.core.notices.call import cpv_codes, text_to_match, value_of_lot
from indgang.core.text import Reason
from indgang.procurement.models import Notice, NoticeMatch
from indgang.procurement.notices.keep import shared_register
from indgang.procurement.notices.queries import open_calls, plans

TOP = 8
LONGEST_TEXT = 6_000
LEAST_SCORE = 0.2
"""Scores are shares: of proposals with this score, so many could do the main thing. Less is not worth a mail."""
ONLY_A_PART = frozenset({"largest", "capacity", "asked"})
"""Values in a `missing` sentence that tell of a job too large, a week too full, or a second trade."""


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
    value, codes = _crowns(lot), cpv_codes(notice, lot)
    text = text_to_match(notice, lot)[:LONGEST_TEXT]
    result = find(text, value_dkk=value, cpv_code=codes[0] if codes else "", top=TOP)
    abilities = _abilities(result.parts)
    found = []
    for one in _likely(result).values():
        able = abilities.get(one.organisation_id, [])
        only_part = len(result.parts) > 1 and len(able) < len(result.parts)
        found.append(
            Offer(
                lot.reference if lot is not None else "",
                one.organisation_id,
                one.score,
                one.reasons,
                one.missing,
                ", ".join(able)[:300] if only_part else "",
                not (only_part or _lacks_a_part(one)),
            )
        )
    return sorted(found, key=lambda offer: (not offer.is_whole, -offer.score))[:TOP]


def _likely(result: Result) -> dict[int, Found]:
    """Those likely enough for the whole, then those likely enough for one of its tasks only."""
    likely = {one.organisation_id: one for one in result.matches if one.score >= LEAST_SCORE}
    for part in result.parts:
        for one in part.matches:
            if one.score >= LEAST_SCORE:
                likely.setdefault(one.organisation_id, one)
    return likely


def _abilities(parts: Sequence[FoundPart]) -> dict[int, list[str]]:
    """The trades among several tasks that each organisation is likely enough for."""
    able: dict[int, list[str]] = {}
    for part in parts:
        for one in part.matches:
            if one.score >= LEAST_SCORE:
                able.setdefault(one.organisation_id, []).append(part.trade)
    return able


def _lacks_a_part(one: Found) -> bool:
    """What is missing is size, capacity or a second trade: enough for a subcontractor."""
    return one.missing is not None and not ONLY_A_PART.isdisjoint(one.missing.values)


def _crowns(lot: published.Lot | None) -> int | None:
    value = value_of_lot(lot) if lot is not None else None
    return int(value.amount) if value is not None and value.currency == "DKK" else None


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
