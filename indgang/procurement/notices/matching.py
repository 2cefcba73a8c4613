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


class Result(Protocol):
    """Proposals, and the tasks in the text when it holds several."""

    @property
    def matches(self) -> Sequence[Found]: ...
    @property
    def parts(self) -> Sequence[str]: ...


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
    value = _crowns(lot)
    codes = cpv_codes(notice, lot)
    text = text_to_match(notice, lot)[:LONGEST_TEXT]
    result = find(text, value_dkk=value, cpv_code=codes[0] if codes else "", top=TOP)
    parts = list(result.parts)[:MOST_PARTS]
    covered = _covered(parts, find) if len(parts) > 1 else {}
    largest = _largest_jobs([one.organisation_id for one in result.matches])
    found = []
    for one in result.matches:
        able = covered.get(one.organisation_id, [])
        only_part = bool(covered) and 0 < len(able) < len(parts)
        too_large = (
            value is not None and (most := largest.get(one.organisation_id)) is not None and most < value
        )
        reasons = one.reasons
        if too_large:
            reasons = (*reasons, _size_reason(largest[one.organisation_id]))
        found.append(
            Offer(
                reference,
                one.organisation_id,
                one.score,
                reasons,
                one.missing,
                ", ".join(able)[:300] if only_part else "",
                not (only_part or too_large),
            )
        )
    return found


def _covered(parts: Iterable[str], find: Find) -> dict[int, list[str]]:
    """Which of several tasks each organisation was found for."""
    covered: dict[int, list[str]] = {}
    for part in parts:
        for one in find(part, top=TOP).matches:
            covered.setdefault(one.organisation_id, []).append(part)
    return covered


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
