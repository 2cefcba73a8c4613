# SPDX-License-Identifier: MPL-2.0
"""Working days in a Danish municipality.

Public holidays as in force from 2024, when Store Bededag became an ordinary day (lov nr. 214 af 6. marts
2023); before 2024 it counts as a holiday. 24 and 31 December and Constitution Day (5 June) are days off
in municipalities by agreement. A municipality adds its own closed periods.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

STORE_BEDEDAG_ABOLISHED_FROM = 2024


@dataclass(frozen=True)
class Period:
    """Both days included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class WorkingCalendar:
    """Counts working days, leaving out weekends, holidays and `closed` periods."""

    closed: tuple[Period, ...] = ()

    @classmethod
    def with_closed_weeks(cls, weeks: Iterable[tuple[int, int]]) -> "WorkingCalendar":
        """A calendar closed in ISO weeks, given as (year, week)."""
        return cls(tuple(iso_week(year, week) for year, week in weeks))

    def is_working_day(self, day: date) -> bool:
        if day.weekday() >= 5 or day in days_off(day.year):
            return False
        return not any(day in period for period in self.closed)

    def add(self, day: date, working_days: int) -> date:
        """The day that lies `working_days` (0 or more) working days after `day`.

        0 gives `day` itself when it is a working day, else the next one. Raises ValueError below 0.
        """
        if working_days < 0:
            raise ValueError("working days are counted forwards")
        found = self.next_working_day(day)
        if working_days and found != day:
            working_days -= 1
        for _ in range(working_days):
            found = self.next_working_day(found + timedelta(days=1))
        return found

    def next_working_day(self, day: date) -> date:
        """`day` when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`; 0 when `end` is not later."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)


def iso_week(year: int, week: int) -> Period:
    """Monday to Sunday. Raises ValueError when the year has no such week."""
    monday = date.fromisocalendar(year, week, 1)
    return Period(monday, monday + timedelta(days=6))


@cache
def days_off(year: int) -> frozenset[date]:
    """Weekdays and Sundays on which no municipal office is open."""
    easter = easter_sunday(year)
    movable = [-3, -2, 0, 1, 39, 49, 50]
    if year < STORE_BEDEDAG_ABOLISHED_FROM:
        movable.append(26)
    fixed = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    return frozenset(
        [easter + timedelta(days=offset) for offset in movable]
        + [date(year, month, day) for month, day in fixed]
    )


def easter_sunday(year: int) -> date:
    """Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    remainder = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * remainder) // 451
    month, day = divmod(h + remainder - 7 * m + 114, 31)
    return date(year, month, day + 1)
