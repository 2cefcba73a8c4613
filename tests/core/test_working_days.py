# SPDX-License-Identifier: MPL-2.0
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.working_days import Period, WorkingCalendar, days_off, easter_sunday, iso_week

CALENDAR = WorkingCalendar()
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
    ],
)
def test_easter_falls_where_the_almanac_says(year: int, sunday: date) -> None:
    assert easter_sunday(year) == sunday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 5), False),  # Store Bededag, the last one
        (date(2024, 4, 26), True),  # the day it would have been
        (date(2027, 4, 23), True),
        (date(2027, 6, 5), False),  # Grundlovsdag, a Saturday
        (date(2028, 6, 5), False),  # Grundlovsdag, a Monday
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 12, 30), True),
        (date(2027, 3, 25), False),  # Skærtorsdag
        (date(2027, 5, 6), False),  # Kristi himmelfartsdag
        (date(2027, 5, 7), True),  # the Friday after it
        (date(2027, 5, 17), False),  # 2. pinsedag
    ],
)
def test_the_danish_year(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_three_working_days_after_a_monday_is_thursday() -> None:
    assert CALENDAR.add(date(2027, 1, 11), 3) == date(2027, 1, 14)


def test_a_saturday_counts_as_the_monday_after() -> None:
    assert CALENDAR.add(date(2027, 1, 9), 0) == date(2027, 1, 11)
    assert CALENDAR.add(date(2027, 1, 9), 1) == date(2027, 1, 11)


def test_a_closed_week_is_skipped() -> None:
    july = WorkingCalendar.with_closed_weeks([(2027, 29)])
    assert july.add(date(2027, 7, 16), 1) == date(2027, 7, 26)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add(date(2027, 1, 11), -1)


def test_a_year_without_week_53_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid week"):
        iso_week(2027, 53)


@given(days, st.integers(0, 60))
def test_the_day_found_is_a_working_day_and_not_before_the_start(day: date, count: int) -> None:
    found = CALENDAR.add(day, count)
    assert found >= day
    assert CALENDAR.is_working_day(found)


@given(days, st.integers(0, 60))
def test_adding_and_counting_agree_from_a_working_day(day: date, count: int) -> None:
    start = CALENDAR.next_working_day(day)
    assert CALENDAR.between(start, CALENDAR.add(start, count)) == count


@given(days, st.integers(0, 30), st.integers(0, 20))
def test_a_closed_period_never_brings_a_due_date_nearer(day: date, count: int, length: int) -> None:
    closed = WorkingCalendar((Period(day, day + timedelta(days=length)),))
    assert closed.add(day, count) >= CALENDAR.add(day, count)


@given(st.integers(2016, 2060))
def test_there_are_never_fewer_than_twelve_days_off(year: int) -> None:
    assert len(days_off(year)) >= 12
