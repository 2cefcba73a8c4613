# SPDX-License-Identifier: MPL-2.0
"""Quarters of a year, in which committees count."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Quarter:
    """`number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}. kvartal {self.year}"

    @property
    def first_date(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_date(self) -> date:
        return self.plus(1).first_date - timedelta(days=1)

    def plus(self, quarters: int) -> "Quarter":
        """So many quarters later; negative ones lie before."""
        months = self.year * 4 + self.number - 1 + quarters
        return Quarter(months // 4, months % 4 + 1)

    def holds(self, day: date) -> bool:
        return self.first_date <= day <= self.last_date


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day when it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
