# SPDX-License-Identifier: MPL-2.0
"""From a case to an account: quickly for somebody who moves a slider, thoroughly for a run that is kept."""

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from indgang.core.text import Refused, gettext_noop
from indgang.core.value import pack_files
from indgang.core.value.canonical import canonical
from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack
from indgang.core.value.publish import LOWEST_PEOPLE, Rules, check_enough
from indgang.core.value.report import as_json
from indgang.core.value.result import Result
from indgang.core.value.run import value

QUICK = Options(draws=1_000)
KEPT = Options(draws=10_000)
SLIDERS = {
    "success": ("success", 0.0, 100.0, 100.0),
    "base_rate": ("base_rate", 0.0, 100.0, 100.0),
    "half_life": ("half_life_weeks", 4.0, 520.0, 1.0),
    "horizon": ("horizon_years", 1.0, 10.0, 1.0),
}
"""By name: the case's key, lowest and highest, and what a whole of the key is on the slider."""


def pack() -> Pack:
    """The newest pack that comes with the house."""
    return _pack()


@lru_cache(maxsize=1)
def _pack() -> Pack:
    return pack_files.load()


def moved(raw: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    """The case with its sliders where somebody put them. Raises Refused for what is no number or out of range."""
    changed = dict(raw)
    for name, (key, lowest, highest, whole) in SLIDERS.items():
        text = told.get(name, "").strip().replace(",", ".").removesuffix("%").strip()
        if not text:
            continue
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not lowest <= number <= highest:  # false for what is no number
            raise Refused(
                gettext_noop("«%(text)s» kan ikke bruges. Skriv et tal fra %(lowest)d til %(highest)d."),
                text=told[name][:20],
                lowest=lowest,
                highest=highest,
            )
        changed[key] = number / whole
    return changed


def slider_values(raw: Mapping[str, Any]) -> dict[str, float]:
    """Where the sliders stand for a case."""
    fallback = {"half_life_weeks": 104, "horizon_years": 5}
    return {
        name: round(float(raw.get(key) or fallback.get(key, 0)) * whole, 2)
        for name, (key, _low, _high, whole) in SLIDERS.items()
    }


def quick(raw: Mapping[str, Any], least_people: int = LOWEST_PEOPLE) -> dict[str, Any]:
    """The account of a case in a fraction of a tenth of a second. Raises Refused when the case cannot be read, or
    when too few people stand behind it."""
    return _quick(canonical(raw), least_people)


@lru_cache(maxsize=256)
def _quick(text: "str | bytes", least_people: int) -> dict[str, Any]:
    result = value(json.loads(text), pack(), QUICK)
    check_people(result, least_people)
    return as_json(result)


def thorough(raw: Mapping[str, Any], least_people: int = LOWEST_PEOPLE) -> dict[str, Any]:
    """The same with 10,000 draws, for keeping."""
    result = value(raw, pack(), KEPT)
    check_people(result, least_people)
    return as_json(result)


def without_chance(raw: Mapping[str, Any]) -> Result:
    """The expected account with its books, for the ledger."""
    return value(raw, pack(), Options(draws=0))


def check_people(result: Result, least_people: int) -> None:
    """Raises Refused when fewer than k people stand behind an account."""
    check_enough(result.case.participants, Rules(people=least_people))
