# SPDX-License-Identifier: MPL-2.0
"""A short list of mentors with reasons. A human chooses: the list proposes and explains, it never decides.

Hard limits leave a mentor out and say why: no capacity, gone, tied to the enterprise beforehand. Everything else
only moves the order. Missing facts never leave anybody out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indgang.core.text import Reason, gettext_noop

FOR_EACH_NEED = 10
FOR_THE_TRADE = 5
FOR_NEARNESS = 3
FOR_EACH_FREE_PLACE = 1
MOST_FREE_PLACES = 3


@dataclass(frozen=True)
class Wish:
    """What a founder needs help with (keys of skills), the trade of the idea in words, and the town."""

    needs: frozenset[str]
    trade: str = ""
    town: str = ""


@dataclass(frozen=True)
class Candidate:
    """A mentor as the list needs to know one. `running` counts proposals that await an answer too."""

    key: int
    name: str
    skills: frozenset[str]
    trades: str = ""
    town: str = ""
    capacity: int = 1
    running: int = 0
    is_tied: bool = False
    has_declined: bool = False

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.running)


@dataclass(frozen=True)
class Proposal:
    """A mentor who may be asked, with points and reasons; `lacks` are needs that somebody else must meet."""

    key: int
    points: int
    reasons: tuple[Reason, ...]
    lacks: frozenset[str]


@dataclass(frozen=True)
class LeftOut:
    """A mentor who may not be asked, and why."""

    key: int
    reason: Reason


def short_list(
    wish: Wish, candidates: Sequence[Candidate], labels: dict[str, str], *, most: int = 5
) -> tuple[tuple[Proposal, ...], tuple[LeftOut, ...]]:
    """Those who may be asked, best first, and those left out. `labels` are the words for skills.

    Only mentors who meet at least one need are proposed; with no needs stated all are. Ties go to the one with
    more room, then by name, so that the same question gives the same list.
    """
    out = [LeftOut(one.key, reason) for one in candidates if (reason := _why_not(one)) is not None]
    able = [
        one for one in candidates if _why_not(one) is None and (not wish.needs or wish.needs & one.skills)
    ]
    ranked = sorted(able, key=lambda one: (-_points(wish, one), -one.free, one.name, one.key))
    return tuple(_proposal(wish, one, labels) for one in ranked[:most]), tuple(out)


def _why_not(one: Candidate) -> Reason | None:
    if one.is_tied:
        return Reason(gettext_noop("Er knyttet til virksomheden i forvejen."))
    if one.free == 0:
        return Reason(
            gettext_noop("Har ikke plads: %(running)s af %(capacity)s forløb."),
            {"running": one.running, "capacity": one.capacity},
        )
    if one.has_declined:
        return Reason(gettext_noop("Har sagt nej til det her forløb."))
    return None


def _points(wish: Wish, one: Candidate) -> int:
    points = FOR_EACH_NEED * len(wish.needs & one.skills)
    points += FOR_THE_TRADE if _shared_words(wish.trade, one.trades) else 0
    points += FOR_NEARNESS if wish.town and wish.town.casefold() == one.town.casefold() else 0
    return points + FOR_EACH_FREE_PLACE * min(one.free, MOST_FREE_PLACES)


def _proposal(wish: Wish, one: Candidate, labels: dict[str, str]) -> Proposal:
    reasons = [
        Reason(gettext_noop("Kan hjælpe med %(skill)s."), {"skill": labels[need].lower()})
        for need in sorted(wish.needs & one.skills, key=lambda key: labels[key])
    ]
    shared = _shared_words(wish.trade, one.trades)
    if shared:
        reasons.append(Reason(gettext_noop("Kender branchen: %(words)s."), {"words": ", ".join(shared)}))
    if wish.town and wish.town.casefold() == one.town.casefold():
        reasons.append(Reason(gettext_noop("Bor i %(town)s ligesom iværksætteren."), {"town": one.town}))
    reasons.append(
        Reason(
            gettext_noop("Har plads til %(free)s mere af %(capacity)s."),
            {"free": one.free, "capacity": one.capacity},
        )
    )
    return Proposal(one.key, _points(wish, one), tuple(reasons), wish.needs - one.skills)


def _shared_words(mine: str, theirs: str) -> list[str]:
    """Words of four letters and more that stand in both, one being the beginning of the other."""
    said = _words(theirs)
    return [word for word in _words(mine) if any(a.startswith(word) or word.startswith(a) for a in said)]


def _words(text: str) -> list[str]:
    found = "".join(letter if letter.isalpha() else " " for letter in text.casefold()).split()
    return list(dict.fromkeys(word for word in found if len(word) > 3))
