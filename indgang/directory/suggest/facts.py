# SPDX-License-Identifier: MPL-2.0
"""Figures and places that a seller mentions in passing: "op til 800 kits om ugen", "to ugers varsel", "i hele landet".

A human confirms every one of them, so a guess may be wrong but must never be hidden.
"""

import re
from dataclasses import dataclass

from indgang.directory.places import all_municipalities

_WORDS = {
    "en": 1, "et": 1, "én": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9,
    "ti": 10, "tolv": 12, "fjorten": 14, "tyve": 20, "tredive": 30,
}  # fmt: skip
_NUMBER = rf"(\d{{1,3}}(?:\.\d{{3}})+|\d+|{'|'.join(_WORDS)})"
_CAPACITY = re.compile(
    rf"\b{_NUMBER}\s+(?P<unit>[a-zæøå][a-zæøå-]*(?:\s+[a-zæøå][a-zæøå-]*)?)\s+(?:om|pr\.?|per|hver)\s+(?P<span>uge\w*|dag\w*)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"\b{_NUMBER}\s+(?P<span>uge|dag|hverdag|arbejdsdag|døgn)\w*\s+(?:i\s+)?(?:varsel|leveringstid|frist|før)"
    rf"|(?:varsel|leveringstid)\w*\s*(?:på|er|:)?\s*{_NUMBER}\s+(?P<span2>uge|dag|hverdag|arbejdsdag|døgn)",
    re.IGNORECASE,
)
_AMOUNT = r"(\d{1,3}(?:\.\d{3})+|\d{3,7})(?:,-|,00)?\s*(?:kr\b\.?|kroner)"
_SMALLEST = re.compile(
    rf"(?:fra|mindst|mindste\s+\w+(?:\s+er)?|minimum)\s+(?:på\s+)?{_AMOUNT}", re.IGNORECASE
)
_LARGEST = re.compile(
    rf"(?:op\s+til|højst|maks\w*\.?|største\s+\w+(?:\s+er)?)\s+(?:på\s+)?{_AMOUNT}", re.IGNORECASE
)
_EVERYWHERE = re.compile(r"\bhele\s+(?:landet|danmark)\b|\blandsdækkende\b|\bi\s+hele\s+dk\b", re.IGNORECASE)
_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
           "december")  # fmt: skip
_SEASON = re.compile(
    rf"\b({'|'.join(_MONTHS)})\s*(?:-|–|til|og\s+til)\s*(?:og\s+med\s+)?({'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
_PARTS_OF_YEAR = {
    "foråret": (3, 4, 5),
    "sommeren": (6, 7, 8),
    "efteråret": (9, 10, 11),
    "vinteren": (1, 2, 11, 12),
}
_PART_OF_YEAR = re.compile(rf"\bom\s+({'|'.join(_PARTS_OF_YEAR)})\b", re.IGNORECASE)
_DELIVERS = re.compile(r"lever|kører|køre|kommer|dækker|henter|bringer|område|kommune", re.IGNORECASE)
_COMMON_NOUNS = frozenset({"Vejen", "Fanø", "Greve"})
"""Municipalities whose names are ordinary words; they count only with 'Kommune' behind."""


@dataclass(frozen=True)
class Facts:
    """What was found; empty means nothing. Amounts in kroner, areas as municipality codes."""

    capacity_a_week: int | None = None
    capacity_unit: str = ""
    lead_days: int | None = None
    smallest_dkk: int | None = None
    largest_dkk: int | None = None
    everywhere: bool = False
    areas: tuple[int, ...] = ()
    season_months: tuple[int, ...] = ()


def facts_in(text: str) -> Facts:
    """Everything that `text` tells of amounts, time and place."""
    capacity, unit = _capacity(text)
    smallest, largest = _amount(_SMALLEST.search(text)), _amount(_LARGEST.search(text))
    if smallest is not None and largest is not None and largest < smallest:
        smallest = None
    everywhere = bool(_EVERYWHERE.search(text))
    return Facts(
        capacity_a_week=capacity,
        capacity_unit=unit,
        lead_days=_lead_days(text),
        smallest_dkk=smallest,
        largest_dkk=largest,
        everywhere=everywhere,
        areas=() if everywhere else _areas(text),
        season_months=_season(text),
    )


def _capacity(text: str) -> tuple[int | None, str]:
    found = _CAPACITY.search(text)
    if found is None:
        return None, ""
    a_week = _number(found.group(1)) * (5 if found["span"].lower().startswith("dag") else 1)
    unit = found["unit"].lower()
    return (None, "") if unit in ("dage", "gange", "gang", "timer om") else (a_week, unit[:30])


def _lead_days(text: str) -> int | None:
    found = _LEAD.search(text)
    if found is None:
        return None
    count = _number(found.group(1) or found.group(3))
    span = (found["span"] or found["span2"]).lower()
    return min(count * 7 if span.startswith("uge") else count, 365)


def _season(text: str) -> tuple[int, ...]:
    found = _SEASON.search(text)
    if found is None:
        named = _PART_OF_YEAR.search(text)
        return _PARTS_OF_YEAR[named.group(1).lower()] if named else ()
    first, last = (_MONTHS.index(found.group(n).lower()) for n in (1, 2))
    length = (last - first) % 12 + 1
    return tuple(sorted((first + step) % 12 + 1 for step in range(length))) if length < 12 else ()


def _areas(text: str) -> tuple[int, ...]:
    """Municipalities named in a sentence that speaks of delivering."""
    told = " ".join(sentence for sentence in re.split(r"(?<=[.!?\n])\s+", text) if _DELIVERS.search(sentence))
    found = []
    for code, name in all_municipalities() if told else ():
        wanted = (
            rf"\b{re.escape(name)}\s+Kommune" if name in _COMMON_NOUNS else rf"\b{re.escape(name)}(?:s|\b)"
        )
        if re.search(wanted, told):
            found.append(code)
    return tuple(found)


def _amount(found: "re.Match[str] | None") -> int | None:
    return _number(found.group(1)) if found else None


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text.replace(".", ""))
