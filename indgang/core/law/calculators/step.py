# SPDX-License-Identifier: MPL-2.0
"""One line of arithmetic, with numbers written the Danish way."""

from datetime import date
from decimal import Decimal

from indgang.core.law.sentence import danish_date, number
from indgang.core.text import Reason


def step(msgid: str, **values: object) -> Reason:
    """A line of the calculation; numbers become 1.632.000 and dates 24. november 2026."""
    return Reason(msgid, {name: _written(value) for name, value in values.items()})


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later (or earlier), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _written(value: object) -> object:
    if isinstance(value, date):
        return danish_date(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number(float(value))
    return value
