# SPDX-License-Identifier: MPL-2.0
"""CPV codes: looked up on their eight digits, never repaired and never exchanged for another code.

Names come from `indgang/core/data/vendor/cpv.json`, which `make setup` puts in place. No check digits are
published with it, so a ninth digit is dropped and the answer says that it was not checked.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused

_WRITTEN = re.compile(r"(\d{8})(-\d)?")


@dataclass(frozen=True)
class CpvLists:
    """Which services belong to the light regime, and which can be reserved under § 190."""

    reservable: frozenset[str]
    light_ranges: tuple[tuple[str, str], ...]

    def is_light(self, code: str) -> bool:
        return any(first <= code <= last for first, last in self.light_ranges)

    def is_reservable(self, code: str) -> bool:
        return code in self.reservable

    def is_below_reservable(self, code: str) -> bool:
        """Not listed itself, but under a listed code (same digits before its trailing zeros)."""
        return code not in self.reservable and any(
            code.startswith(parent) for parent in _stems(self.reservable)
        )


@cache
def _stems(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({code.rstrip("0") for code in codes}))


def parse_lists(table: Mapping[str, Any]) -> CpvLists:
    ranges = [item for group in table["light"]["groups"].values() for item in group]
    return CpvLists(frozenset(table["reservable"]["codes"]), tuple(_ranges(ranges)))


def read_code(value: object) -> tuple[str, bool]:
    """The eight digits and whether a check digit was written. Refuses what is not a code in the list."""
    text = str(value).strip()
    if isinstance(value, int) and not isinstance(value, bool):
        text = text.zfill(8)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise Refused("cpv_main: %(code)s er ikke en CPV-kode. Skriv otte cifre, fx 90910000.", code=text)
    code = found.group(1)
    if code not in names():
        raise Refused(
            "cpv_main: koden %(code)s findes ikke i CPV-listen. Slå den kode op, der beskriver købet.",
            code=code,
        )
    return code, found.group(2) is not None


@cache
def names() -> dict[str, tuple[str, str]]:
    """{code: (Danish, English)}. Refuses when set-up has not put the list in place."""
    path = files("indgang.core").joinpath("data", "vendor", "cpv.json")
    if not path.is_file():
        raise Refused("CPV-listen mangler. Kør `make setup`.")
    return {code: (da, en) for code, (da, en) in json.loads(path.read_text("utf-8")).items()}


KIND_WORDS = {
    "goods": Sentence("varer", "goods"),
    "services": Sentence("tjenesteydelser", "services"),
    "works": Sentence("byggeri", "works"),
}


def kind_of(code: str) -> str:
    """Whether the vocabulary files the code under goods, works (45) or services (50 and up)."""
    division = code[:2]
    return "works" if division == "45" else "services" if division >= "50" else "goods"


def _ranges(items: Iterable[str]) -> Iterable[tuple[str, str]]:
    for item in items:
        first, _, last = item.partition("-")
        yield first, last or first
