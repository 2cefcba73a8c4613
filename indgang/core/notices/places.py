# SPDX-License-Identifier: MPL-2.0
"""Danish provinces (NUTS 3) and regions (NUTS 2), and which municipalities lie in them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indgang.core.notices.notice import Lot, Notice, Place

COUNTRY_WIDE = ("anyw", "anyw-cou", "anyw-eea")


@dataclass(frozen=True)
class Area:
    """A province or a region. `municipalities` are kommunekoder; empty for a region."""

    code: str
    danish: str
    english: str
    municipalities: tuple[int, ...] = ()


@cache
def provinces() -> dict[str, Area]:
    return {
        code: Area(code, a["da"], a["en"], tuple(a["municipalities"]))
        for code, a in _data()["provinces"].items()
    }


@cache
def regions() -> dict[str, Area]:
    return {code: Area(code, a["da"], a["en"]) for code, a in _data()["regions"].items()}


def province_of(municipality_code: int) -> str:
    """The NUTS code of the province that a municipality lies in; empty for one that is not in the list."""
    return next((area.code for area in provinces().values() if municipality_code in area.municipalities), "")


def within(nuts: str) -> tuple[str, ...]:
    """The provinces that a Danish code of any level covers; a foreign or unknown code stands for itself."""
    if not nuts.startswith("DK"):
        return (nuts,)
    return tuple(code for code in provinces() if code.startswith(nuts)) or (nuts,)


def codes_of(places: Iterable[Place]) -> tuple[str, ...]:
    """The provinces where a contract is performed; empty when it says anywhere, or nothing."""
    found: list[str] = []
    for place in places:
        if place.region in COUNTRY_WIDE or place.nuts in ("DK", "DK0"):
            return ()
        if place.nuts:
            found += within(place.nuts)
    return tuple(dict.fromkeys(found))


def places_of(notice: Notice, lot: Lot | None = None) -> tuple[Place, ...]:
    """Where: the lot's own places, else the procedure's; all together when no lot is named."""
    if lot is not None:
        return lot.places or notice.places
    return notice.places + tuple(place for one in notice.lots for place in one.places)


def name_of(nuts: str, language: str = "da") -> str:
    """A province or region in words; the code itself when it is foreign."""
    area = provinces().get(nuts) or regions().get(nuts)
    if area is None:
        return nuts
    return area.danish if language == "da" else area.english


@cache
def _data() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(files("indgang.core").joinpath("data/notices/places.toml").read_text("utf-8"))
