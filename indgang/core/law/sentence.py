# SPDX-License-Identifier: MPL-2.0
"""Sentences in both languages, with figures and facts filled in the way each language writes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.law.truth import Figure, OneOf, Unknown

_SLOT = re.compile(r"\{([\w.]+)\}")


@dataclass(frozen=True)
class Sentence:
    """One thought, Danish first."""

    da: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.da)

    def filled(self, values: Mapping[str, object]) -> "Sentence":
        """Each {name} replaced by its value; `values` may hold `name_en` for an English word."""
        if "{" not in self.da and "{" not in self.en:
            return self
        return Sentence(_fill(self.da, values, ""), _fill(self.en, values, "_en"))


NOTHING = Sentence("", "")


def number(value: float, english: bool = False) -> str:
    """480000 as 480.000 (Danish) or 480,000; at most two decimals, none when they are zero."""
    text = f"{value:,.2f}" if value != int(value) else f"{int(value):,}"
    return text if english else text.translate(str.maketrans(",.", ".,"))


def danish_date(day: date) -> str:
    """24. november 2026."""
    months = "januar februar marts april maj juni juli august september oktober november december"
    return f"{day.day}. {months.split()[day.month - 1]} {day.year}"


def _fill(text: str, values: Mapping[str, object], suffix: str) -> str:
    def value(slot: re.Match[str]) -> str:
        name = slot.group(1)
        found = values.get(name + suffix, values.get(name)) if suffix else values.get(name)
        return _written(found, english=bool(suffix))

    return _SLOT.sub(value, text)


def _written(value: object, english: bool) -> str:
    if isinstance(value, Figure):
        value = value.amount
    if isinstance(value, OneOf):
        return " / ".join(_written(item, english) for item in value.values)
    if value is None or isinstance(value, Unknown):
        return "?"
    if isinstance(value, bool):
        return ("yes" if value else "no") if english else ("ja" if value else "nej")
    if isinstance(value, int | float):
        return number(value, english)
    if isinstance(value, date):
        return value.isoformat() if english else danish_date(value)
    return str(value)
