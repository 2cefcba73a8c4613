# SPDX-License-Identifier: MPL-2.0
"""What the pages of notices hold, gathered in few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from indgang.core.notices import notice as published
from indgang.core.notices.call import (
    EXECUTION,
    SOCIAL,
    Deadline,
    deadline_of,
    in_one_sentence,
    marks_of,
    value_of,
    value_of_lot,
)
from indgang.core.notices.codes import Language, label
from indgang.core.notices.groups import cpv_label, groups
from indgang.core.notices.links import official_address, safe_address
from indgang.core.notices.notice import Money
from indgang.core.notices.outcome import Outcome, outcomes
from indgang.core.notices.places import codes_of, name_of, places_of
from indgang.directory.models import Organisation
from indgang.kernel.models import Municipality
from indgang.kernel.templatetags.ui import say
from indgang.procurement.models import Notice, NoticeForward, NoticeMatch
from indgang.procurement.notices.matching import said
from indgang.procurement.notices.queries import matches_shown, ours

NAMED_IN_LISTS = 3


@dataclass(frozen=True)
class Mark:
    """A chip: `is_reserved` closes the door for some, the others say what the purchase is good for."""

    text: str
    is_reserved: bool


@dataclass
class Match:
    """An organisation, which lots it could deliver, and which only in part (as lots, or as tasks in words)."""

    row: NoticeMatch
    is_ours: bool
    lots: list[str] = field(default_factory=list)
    part_lots: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    is_whole: bool = False
    must_qualify: bool = False
    forward: NoticeForward | None = None

    @property
    def reasons(self) -> list[str]:
        return [say(said(reason)) for reason in self.row.reasons[:3]]

    @property
    def missing(self) -> str:
        return say(said(self.row.missing)) if self.row.missing else ""


@dataclass(frozen=True)
class Won:
    """Who won together, each with its row when it is in the directory, and for how much."""

    members: tuple[tuple[str, Organisation | None], ...]
    value: Money | None


@dataclass(frozen=True)
class Lot:
    """A lot as the pages show it; `number` counts from one in the notice's order."""

    number: int
    lot: published.Lot
    deadline: Deadline | None
    marks: tuple[Mark, ...]
    value: Money | None
    places: tuple[str, ...]
    cpv: tuple[str, ...]
    outcome: Outcome | None = None
    won: tuple[Won, ...] = ()

    @property
    def documents(self) -> str:
        return safe_address(self.lot.documents_url)

    @property
    def submission(self) -> str:
        return safe_address(self.lot.submission_url)


@dataclass(frozen=True)
class Listed:
    """One notice in a list."""

    row: Notice
    sentence: str
    value: Money | None
    places: tuple[str, ...]
    groups: tuple[str, ...]
    marks: tuple[Mark, ...]
    lots: tuple[Lot, ...]
    matches: tuple[Match, ...]
    winners: tuple[str, ...]

    @property
    def first(self) -> tuple[Match, ...]:
        return self.matches[:NAMED_IN_LISTS]

    @property
    def more(self) -> int:
        return max(0, len(self.matches) - NAMED_IN_LISTS)


def language() -> Language:
    return "en" if get_language() == "en" else "da"


def mark_words(marks: Iterable[str]) -> tuple[Mark, ...]:
    """Chips, what closes doors first."""
    words = []
    for mark in marks:
        if mark.startswith(SOCIAL):
            words.append(Mark(label("social-objective", mark.removeprefix(SOCIAL), language()), False))
        elif mark == EXECUTION:
            words.append(Mark(label("reserved-execution", "yes", language()), True))
        else:
            words.append(Mark(label("reserved-procurement", mark, language()), True))
    return tuple(sorted(words, key=lambda mark: not mark.is_reserved))


def lots_of(notice: published.Notice, known: Mapping[str, Organisation] | None = None) -> tuple[Lot, ...]:
    """The lots with how they ended; `known` are organisations of the directory by CVR number."""
    endings = {outcome.lot: outcome for outcome in outcomes(notice)}
    return tuple(
        Lot(
            number,
            lot,
            deadline_of(lot),
            mark_words(marks_of(lot)),
            value_of_lot(lot),
            place_names(places_of(notice, lot)),
            tuple(cpv_label(code[:8], language()) for code in (lot.cpv_main, *lot.cpv_additional) if code),
            endings.get(lot.reference),
            _won(endings.get(lot.reference), known or {}),
        )
        for number, lot in enumerate(notice.lots, start=1)
    )


def _won(outcome: Outcome | None, known: Mapping[str, Organisation]) -> tuple[Won, ...]:
    if outcome is None:
        return ()
    return tuple(
        Won(
            tuple((one.name, known.get(one.cvr_number)) for one in winner.organisations if one.name),
            winner.value,
        )
        for winner in outcome.winners
    )


def known_winners(notice: published.Notice) -> dict[str, Organisation]:
    """Published organisations of the directory among those named in a notice."""
    numbers = [one.cvr_number for one in notice.organisations if one.cvr_number]
    rows = Organisation.objects.filter(cvr_number__in=numbers, published_at__isnull=False) if numbers else ()
    return {row.cvr_number or "": row for row in rows}


def place_names(places: Iterable[published.Place]) -> tuple[str, ...]:
    return tuple(name_of(code, language()) for code in codes_of(places))


def matches_by_notice(rows: Sequence[Notice], municipality: Municipality) -> dict[int, tuple[Match, ...]]:
    """Everyone found for each notice, our own first. Two queries."""
    found = list(matches_shown().filter(notice__in=rows))
    home = set(
        ours(municipality).filter(pk__in=[row.organisation_id for row in found]).values_list("pk", flat=True)
    )
    gathered: dict[int, dict[int, Match]] = {row.pk: {} for row in rows}
    for one in found:
        match = gathered[one.notice_id].setdefault(
            one.organisation_id, Match(one, one.organisation_id in home)
        )
        if one.extent == NoticeMatch.Extent.LOT:
            match.lots.append(one.lot)
        elif one.part:
            match.tasks.append(one.part)
        else:
            match.part_lots.append(one.lot)
    for row in rows:
        lots = row.said().lots or (published.Lot(),)
        every_lot = {lot.reference for lot in lots}
        reserved = {
            lot.reference for lot in lots if any(mark.is_reserved for mark in mark_words(marks_of(lot)))
        }
        for match in gathered[row.pk].values():
            match.is_whole = every_lot <= set(match.lots)
            ordinary = match.row.organisation.kind == Organisation.Kind.ORDINARY
            match.must_qualify = ordinary and not reserved.isdisjoint(match.lots + match.part_lots)
    return {key: tuple(sorted(some.values(), key=_ours_first)) for key, some in gathered.items()}


def _ours_first(match: Match) -> tuple[bool, bool, float]:
    return (not match.is_ours, not match.lots, -match.row.score)


def listed(rows: Sequence[Notice], municipality: Municipality) -> list[Listed]:
    """The notices of one page of a list."""
    matches = matches_by_notice(rows, municipality)
    return [listed_one(row, matches[row.pk]) for row in rows]


def listed_one(
    row: Notice, matches: tuple[Match, ...], known: Mapping[str, Organisation] | None = None
) -> Listed:
    notice = row.said()
    lots = lots_of(notice, known)
    winners = [winner.name for lot in lots if lot.outcome for winner in lot.outcome.winners if winner.name]
    danish = language() == "da"
    return Listed(
        row,
        in_one_sentence(notice.text or (notice.lots[0].text if notice.lots else "")),
        value_of(notice),
        tuple(name_of(code, language()) for code in row.places),
        tuple(
            (groups()[key].danish if danish else groups()[key].english)
            for key in row.groups
            if key in groups()
        ),
        mark_words(row.marks),
        lots,
        matches,
        tuple(dict.fromkeys(winners)),
    )


def official(notice: published.Notice) -> tuple[str, str]:
    """Address and name of the place where the notice itself stands."""
    address = official_address(notice)
    return address, "udbud.dk" if "udbud.dk" in address else "TED"
