# SPDX-License-Identifier: MPL-2.0
"""Who can meet a need: the question that every room asks of the directory."""

from dataclasses import dataclass

from django.utils import timezone

from indgang.core.matching import Match, Need
from indgang.core.text import Reason
from indgang.directory.freshness import Freshness
from indgang.directory.places import municipality_name
from indgang.directory.search.live import LiveEntries, live_for
from indgang.directory.search.own_words import language_for

FADED_COUNTS = 0.85
"""What a score is multiplied by in the ranking when a profile was not confirmed lately; the score itself stays."""
MORE_THAN_ASKED = 20


@dataclass(frozen=True)
class Found:
    """An enterprise with a score from 0 to 1, reasons, and the one thing that is missing."""

    organisation_id: int
    score: float
    reasons: tuple[Reason, ...] = ()
    missing: Reason | None = None


@dataclass(frozen=True)
class FoundPart:
    """One of several tasks in a need: its words, the trade, and who can do it."""

    text: str
    trade: str
    matches: tuple[Found, ...]


@dataclass(frozen=True)
class Result:
    """`cpv` holds code, Danish label and score; `parts` only when the need falls into several tasks."""

    matches: tuple[Found, ...] = ()
    cpv: tuple[tuple[str, str, float], ...] = ()
    parts: tuple[FoundPart, ...] = ()
    trades: tuple[str, ...] = ()


def find(
    text: str,
    *,
    place_code: int | None = None,
    value_dkk: int | None = None,
    cpv_code: str = "",
    days_until_start: int | None = None,
    top: int = 10,
    municipality_id: int | None = None,
) -> Result:
    """Published enterprises in sight that can meet a need, best first; no matches mean that nobody fits.

    Those on pause or holiday are among them: the caller decides whether they rest. Who was not confirmed lately
    is ranked lower, who is hidden or closed is left out. `municipality_id`: who asks, for words of its own.
    """
    live = live_for()
    need = Need(
        id="",
        text=text,
        place=municipality_name(place_code) if place_code is not None else "",
        value_dkk=value_dkk,
        cpv=(cpv_code,) if cpv_code else (),
        days_until_start=days_until_start,
    )
    answer = live.matching().search(need, top + MORE_THAN_ASKED, language=language_for(municipality_id))
    return Result(
        matches=_in_sight(live, answer.matches, top),
        cpv=tuple((suggested.code, suggested.label, suggested.score) for suggested in answer.cpv),
        parts=tuple(
            FoundPart(part.text, part.trade, _in_sight(live, part.matches, top)) for part in answer.parts
        ),
        trades=answer.trades,
    )


def _in_sight(live: LiveEntries, matches: tuple[Match, ...], top: int) -> tuple[Found, ...]:
    today = timezone.localdate()
    ranked: list[tuple[float, Found]] = []
    for match in matches:
        entry = live.entries.get(int(match.id))
        if entry is None or not entry.standing.is_in_sight(today):
            continue
        faded = entry.standing.freshness(today) is Freshness.FADED
        rank = match.score * (FADED_COUNTS if faded else 1)
        ranked.append((rank, Found(entry.id, match.score, match.reasons, match.missing)))
    ranked.sort(key=lambda pair: -pair[0])
    return tuple(found for _, found in ranked[:top])
