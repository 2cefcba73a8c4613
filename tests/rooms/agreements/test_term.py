# SPDX-License-Identifier: MPL-2.0
"""Dates and shares of an agreement's term."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indgang.agreements.term import months_after, months_before, share_used

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, st.integers(0, 60))
def test_months_before_never_skips_a_month(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day <= day.day


@given(DAYS, st.integers(0, 60))
def test_going_forth_and_back_loses_at_most_the_end_of_a_long_month(day: date, months: int) -> None:
    back = months_before(months_after(day, months), months)
    assert 0 <= (day - back).days <= 3


def test_the_last_of_august_is_warned_of_on_the_last_of_february() -> None:
    assert months_before(date(2027, 8, 31), 6) == date(2027, 2, 28)


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_hundred_per_cent_means_that_nothing_is_left(used: int, limit: int) -> None:
    assert (share_used(used, limit) >= 100) == (used >= limit)
