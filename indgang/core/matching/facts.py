# SPDX-License-Identifier: MPL-2.0
"""Place, season, size, capacity and lead time: what is known of a need, and whether a listing meets it.

Each fact that both sides state moves the score and may become a reason or the one thing that is missing.
A fact that either side leaves open moves nothing: missing data never excludes. The seat of an enterprise is
no fact of this kind; only where it says that it delivers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indgang.core.matching.places import Places
from indgang.core.matching.values import Listing, Need
from indgang.core.text import Reason, gettext_noop

_MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_MONTH = re.compile(
    r"\b(jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni|juli|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*(?:-|–|til|to)\s*$")
_WEEKS = re.compile(r"\buge(?:rne)?\s+(\d{1,2})(?:\s*(?:-|–|til|og)\s*(\d{1,2}))?", re.IGNORECASE)
_SEASONS = {
    "forår": (3, 4, 5),
    "sommer": (6, 7, 8),
    "efterår": (9, 10, 11),
    "vinter": (12, 1, 2),
    "jul": (11, 12),
    "påske": (3, 4),
}
_SEASON = re.compile(
    r"\b(forår|sommer|efterår|vinter|jul|påske)(?:en|et|ens|ets|s|ferien|e)?\b", re.IGNORECASE
)
_A_WEEK = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)\s*(?:[a-zæøå.]+\s+){0,3}?(?:(?:om|pr\.?|per|hver|i)\s+|[a-zæøå.]*\s?/\s?)(ugen|uge|dagen|dag|måneden|måned|md\.?)(?!\w)"
    r"|(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)\s*(?:[a-zæøå]+\s+){0,2}?(dagligt|daglig|dgl\.?|ugentligt|ugl\.?|månedligt)",
    re.IGNORECASE,
)
_WEEKLY = {"dag": 5.0, "dgl": 5.0, "uge": 1.0, "ugl": 1.0, "mån": 12 / 52, "md": 12 / 52}

_NEIGHBOUR = 0.85
_ELSEWHERE = 0.55
_COVERED = 1.03
_OUT_OF_SEASON = 0.75
_TOO_LARGE, _TOO_SMALL = 0.8, 0.85
_OVER_CAPACITY = 0.85
_TOO_SOON = 0.9


@dataclass(frozen=True, slots=True)
class Wanted:
    """The facts of a need, given or read from its words. Empty or None means unknown."""

    place: str
    months: frozenset[int]
    value_dkk: int | None
    per_week: float | None
    days_until_start: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What facts do to a proposal: a factor on its score, reasons for it, and what is missing (worst first)."""

    factor: float
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]


def wanted(need: Need, places: Places) -> Wanted:
    """Facts that were given win over facts that are read from the text."""
    place = places.municipality(need.place) if need.place else ""
    return Wanted(
        place or places.found_in(need.text),
        need.months or months_in(need.text),
        need.value_dkk,
        need.per_week if need.per_week is not None else per_week_in(need.text),
        need.days_until_start,
    )


def months_in(text: str) -> frozenset[int]:
    """The months (1-12) that a text names: "maj-august", "i november", "uge 28-30", "til sommer"."""
    found: set[int] = set()
    matches = list(_MONTH.finditer(text))
    for place, match in enumerate(matches):
        month = _SHORT_MONTHS[match.group(1).lower()[:3]]
        found.add(month)
        if place and _RANGE.match(text[matches[place - 1].end() : match.start()]):
            found |= set(_between(_SHORT_MONTHS[matches[place - 1].group(1).lower()[:3]], month))
    for match in _WEEKS.finditer(text):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        found |= {_month_of_week(week) for week in range(first, last + 1) if 1 <= week <= 53}
    for match in _SEASON.finditer(text) if not found else ():
        found |= set(_SEASONS[match.group(1).lower()])
    return frozenset(found)


def per_week_in(text: str) -> float | None:
    """Units a week that a text asks for: "300 poser om ugen", "ca. 30 opkald dgl." (five days a week)."""
    match = _A_WEEK.search(text)
    if not match:
        return None
    number, unit = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    times = next(times for start, times in _WEEKLY.items() if unit.lower().startswith(start))
    return float(number.replace(".", "")) * times


MOST_FACTOR = _COVERED
"""No listing's terms raise an offer by more than this."""


def terms(want: Wanted, listing: Listing, places: Places, *, reach: str, season: str) -> Terms:
    """Hold a need's facts against a listing's. `reach` "anywhere": the goods are sent, so no place matters."""
    factor = 1.0
    reasons: list[Reason] = []
    missing: list[tuple[float, Reason]] = []
    checks = (
        _place(want, listing, places, reach),
        _season(want, listing, season),
        _size(want, listing),
        _capacity(want, listing),
        _lead_time(want, listing),
    )
    for part, reason in checks:
        factor *= part
        if reason is not None:
            if part < 1:
                missing.append((part, reason))
            else:
                reasons.append(reason)
    missing.sort(key=lambda pair: pair[0])
    return Terms(factor, tuple(reasons), tuple(reason for _, reason in missing))


_Check = tuple[float, Reason | None]
_NOTHING: _Check = (1.0, None)


def _place(want: Wanted, listing: Listing, places: Places, reach: str) -> _Check:
    if not want.place or reach == "anywhere":
        return _NOTHING
    area = places.area(listing.areas)
    if area is None:
        return _NOTHING
    if want.place in area:
        return _COVERED, Reason(gettext_noop("Leverer i %(place)s"), {"place": want.place})
    values = {"areas": ", ".join(listing.areas), "place": want.place}
    if area & places.neighbours(want.place):
        return _NEIGHBOUR, Reason(
            gettext_noop("Leverer i dag i %(areas)s: spørg, om de også vil til %(place)s"), values
        )
    return _ELSEWHERE, Reason(gettext_noop("Leverer kun i %(areas)s, ikke i %(place)s"), values)


def _season(want: Wanted, listing: Listing, season: str) -> _Check:
    if not listing.months or len(listing.months) == 12:
        return _NOTHING
    months = want.months or frozenset({"winter": (12, 1, 2), "summer": (6, 7, 8)}.get(season, ()))
    if not months:
        return _NOTHING
    if months & listing.months:
        return 1.0, Reason(
            gettext_noop("Kan i %(months)s"), {"months": spell_months(months & listing.months)}
        )
    return _OUT_OF_SEASON, Reason(
        gettext_noop("Sælger det kun i %(months)s: flyt opgaven, eller spørg"),
        {"months": spell_months(listing.months)},
    )


def _size(want: Wanted, listing: Listing) -> _Check:
    if want.value_dkk is None:
        return _NOTHING
    if listing.largest_job_dkk is not None and want.value_dkk > listing.largest_job_dkk:
        return _TOO_LARGE, Reason(
            gettext_noop("Tager opgaver på højst %(largest)s kr.: del opgaven, eller spørg"),
            {"largest": _kroner(listing.largest_job_dkk)},
        )
    if listing.smallest_job_dkk is not None and want.value_dkk < listing.smallest_job_dkk:
        return _TOO_SMALL, Reason(
            gettext_noop("Tager opgaver fra %(smallest)s kr.: saml flere opgaver, eller spørg"),
            {"smallest": _kroner(listing.smallest_job_dkk)},
        )
    if listing.largest_job_dkk is not None or listing.smallest_job_dkk is not None:
        return 1.0, Reason(gettext_noop("Opgavens størrelse passer til det, de plejer at tage"))
    return _NOTHING


def _capacity(want: Wanted, listing: Listing) -> _Check:
    if want.per_week is None or not listing.capacity_per_week:
        return _NOTHING
    values = {"capacity": _number(listing.capacity_per_week), "wanted": _number(want.per_week)}
    if want.per_week > listing.capacity_per_week:
        return _OVER_CAPACITY, Reason(
            gettext_noop(
                "Kan ca. %(capacity)s om ugen, og der spørges efter ca. %(wanted)s: del opgaven på flere"
            ),
            values,
        )
    return 1.0, Reason(gettext_noop("Kan ca. %(capacity)s om ugen"), values)


def _lead_time(want: Wanted, listing: Listing) -> _Check:
    if want.days_until_start is None or listing.lead_time_days is None:
        return _NOTHING
    values = {"days": listing.lead_time_days}
    if want.days_until_start < listing.lead_time_days:
        return _TOO_SOON, Reason(
            gettext_noop("Skal bruge %(days)s dages varsel: udskyd starten, eller spørg"), values
        )
    return 1.0, Reason(gettext_noop("Kan nå det: skal bruge %(days)s dages varsel"), values)


def spell_months(months: Iterable[int]) -> str:
    """ "maj-august" for a run of months, "marts og oktober" for others."""
    numbers = sorted(set(months))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == 12:
        runs[0] = runs.pop() + runs[0]
    names = [
        _MONTHS[run[0] - 1] if len(run) == 1 else f"{_MONTHS[run[0] - 1]}-{_MONTHS[run[-1] - 1]}"
        for run in runs
    ]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def _between(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if first <= last else [*range(first, 13), *range(1, last + 1)]


def _month_of_week(week: int) -> int:
    """The month in which most of a calendar week lies, near enough for a season."""
    return min(12, int((week * 7 - 4) / 30.5) + 1)


def _kroner(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _number(value: float) -> str:
    return _kroner(round(value)) if value >= 1 else f"{value:.1f}".replace(".", ",")
