# SPDX-License-Identifier: MPL-2.0
"""Reading what a human typed: every wrong value is named with its place and what to write instead."""

import difflib
import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from indgang.core.cpr import holds_cpr
from indgang.core.text import Reason, Refused, gettext_noop

WHOLE = "sagen"
"""The place of what stands in the case itself: its names need no prefix."""
FIRST_YEAR, LAST_YEAR = 2016, 2100


class Fields:
    """One level of a case. `known` are the keys that may stand here; `place` is how to name it in a sentence."""

    def __init__(self, raw: object, known: Collection[str], place: str, warnings: list[Reason]) -> None:
        if not isinstance(raw, Mapping):
            raise Refused(_NOT_A_TABLE, place=place)
        for key in raw:
            if key not in known:
                near = difflib.get_close_matches(str(key), known, 1, 0.5)
                raise Refused(_UNKNOWN_NEAR if near else _UNKNOWN, key=key, place=place, near="".join(near))
        self.raw: Mapping[str, object] = raw
        self.place = place
        self.warnings = warnings

    def has(self, key: str) -> bool:
        return self.raw.get(key) is not None

    def get(self, key: str) -> object:
        return self.raw.get(key)

    def name(self, key: str) -> str:
        return key if self.place == WHOLE else f"{self.place}.{key}"

    def text(self, key: str, default: str = "") -> str:
        value = self.raw.get(key)
        if value is None:
            return default
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise Refused(_NOT_A_TEXT, key=self.name(key))
        check_no_person_numbers(str(value))
        return str(value)

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        value = self.text(key, default)
        if value not in choices:
            raise Refused(_NOT_A_CHOICE, key=self.name(key), value=value, choices=", ".join(choices))
        return value

    def number(
        self, key: str, default: float | None = None, low: float = 0.0, high: float = math.inf
    ) -> float:
        value = self.raw.get(key)
        if value is None:
            if default is None:
                raise Refused(_MISSING, key=self.name(key))
            return default
        return number(value, self.name(key), low, high)

    def year(self, key: str, default: int | None = None) -> int:
        """A calendar year, which has no thousands point in the sentence that refuses it."""
        value = self.number(key, default, -math.inf)
        if value != int(value) or not FIRST_YEAR <= value <= LAST_YEAR:
            shown = {"value": f"{value:.0f}", "low": str(FIRST_YEAR), "high": str(LAST_YEAR)}
            raise Refused(_OUTSIDE, key=self.name(key), **shown)
        return int(value)

    def count(self, key: str, default: int | None = None, low: int = 0, high: int = 10_000_000) -> int:
        value = self.number(key, default, low, high)
        if value != int(value):
            raise Refused(_NOT_WHOLE, key=self.name(key), value=value)
        return int(value)

    def share(self, key: str, default: float | None = None) -> float:
        value = self.raw.get(key)
        return default if value is None and default is not None else share(value, self.name(key))

    def one_of(self, *keys: str) -> None:
        """Refuses a case that says the same thing in two ways: one of them would be left out silently."""
        said = [self.name(key) for key in keys if self.has(key)]
        if len(said) > 1:
            raise Refused(_SAID_TWICE, one=said[0], other=said[1])

    def day(self, key: str) -> date | None:
        value = self.raw.get(key)
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise Refused(_NOT_A_DATE, key=self.name(key), value=value) from error

    def toggle(self, key: str, number_when_true: float, off: float, high: float = math.inf) -> float:
        """False means `off`, true the pack's number, a number itself."""
        value = self.raw.get(key)
        if value is None or value is False:
            return off
        return number_when_true if value is True else number(value, self.name(key), 0.0, high)

    def size_check(self, key: str, value: float, low: float, high: float) -> float:
        """Warns when an amount is so large that øre were probably typed for kroner, or so small that a Danish
        thousands point was probably read as a decimal point."""
        if 0 < abs(value) < low:
            meant = plain(round(value * 1000))
            self.warnings.append(
                Reason(_LIKE_POINT, {"key": self.name(key), "value": plain(value), "meant": meant})
            )
        if abs(value) > high:
            self.warnings.append(
                Reason(
                    _LIKE_OERE, {"key": self.name(key), "value": kroner(value), "less": kroner(value / 100)}
                )
            )
        return value


_EXPONENT = re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+")


def number(value: object, key: str, low: float = 0.0, high: float = math.inf) -> float:
    """A finite number within the limits; refuses texts, booleans, NaN and infinity."""
    if value is None:
        raise Refused(_MISSING, key=key)
    if isinstance(value, str) and _EXPONENT.fullmatch(value):  # YAML 1.1 reads 1e6 as a text
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(_NOT_A_NUMBER, key=key, value=value)
    if not math.isfinite(value):
        raise Refused(_NOT_FINITE, key=key)
    if not low <= value <= high:
        limits = (_TOO_LOW if math.isinf(high) else _OUTSIDE) if math.isfinite(low) else _TOO_HIGH
        raise Refused(limits, key=key, value=plain(value), low=plain(low), high=plain(high))
    return float(value)


def share(value: object, key: str) -> float:
    """A number from 0 to 1; 30 is refused with the question whether 0.30 was meant."""
    found = number(value, key, -math.inf)
    if 1 < found <= 100:
        raise Refused(_PERCENT, key=key, value=plain(found), meant=plain(found / 100))
    return number(value, key, 0.0, 1.0)


def plain(value: float) -> str:
    """A number as Danish readers write it: 0,3 and 1.000."""
    if not math.isfinite(value):
        return "uendelig"
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.6f}".rstrip("0")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def kroner(value: float) -> str:
    """Whole kroner with Danish thousands: 13.060."""
    rounded = round(value)
    return f"{rounded:,}".replace(",", ".").replace("-", "−")


def check_no_person_numbers(raw: object) -> None:
    """Refuses a case that holds something like a CPR number anywhere; the value is never repeated."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            check_no_person_numbers(str(key))
            check_no_person_numbers(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            check_no_person_numbers(value)
    elif isinstance(raw, str) and holds_cpr(raw):
        raise Refused(_PERSON_NUMBER)


_NOT_A_TABLE = gettext_noop("„%(place)s“ skal være en tabel med navne og værdier.")
_UNKNOWN_NEAR = gettext_noop("Vi kender ikke „%(key)s“ i %(place)s. Mente du „%(near)s“?")
_UNKNOWN = gettext_noop("Vi kender ikke „%(key)s“ i %(place)s. Se docs/reference/value-case.md.")
_NOT_A_TEXT = gettext_noop("„%(key)s“ skal være en tekst.")
_NOT_A_CHOICE = gettext_noop("„%(key)s“ er „%(value)s“. Vælg en af: %(choices)s.")
_MISSING = gettext_noop("„%(key)s“ mangler.")
_NOT_WHOLE = gettext_noop("„%(key)s“ er %(value)s. Skriv et helt tal.")
_NOT_A_DATE = gettext_noop("„%(key)s“ er „%(value)s“. Skriv en dato som 2026-09-01.")
_NOT_A_NUMBER = gettext_noop("„%(key)s“ er „%(value)s“. Skriv et tal uden anførselstegn, fx 13060 eller 0.3.")
_NOT_FINITE = gettext_noop("„%(key)s“ er ikke et endeligt tal. Skriv et almindeligt tal.")
_TOO_LOW = gettext_noop("„%(key)s“ er %(value)s. Den skal være mindst %(low)s.")
_TOO_HIGH = gettext_noop("„%(key)s“ er %(value)s. Den skal være højst %(high)s.")
_OUTSIDE = gettext_noop("„%(key)s“ er %(value)s. Den skal ligge mellem %(low)s og %(high)s.")
_SAID_TWICE = gettext_noop("„%(one)s“ og „%(other)s“ siger det samme. Skriv kun den ene.")
_PERCENT = gettext_noop("„%(key)s“ er %(value)s. Den er en andel mellem 0 og 1: mente du %(meant)s?")
_LIKE_OERE = gettext_noop("„%(key)s“ er %(value)s kr. Er det tastet i øre? Så skal der stå %(less)s.")
_LIKE_POINT = gettext_noop(
    "„%(key)s“ er kun %(value)s kr. Punktum er decimaltegn i en sag: mente du %(meant)s, så skriv det uden punktum."
)
_PERSON_NUMBER = gettext_noop(
    "Sagen indeholder noget, der ligner et CPR-nummer. Brug en tilfældig kode i stedet; nummeret er ikke gemt."
)
