# SPDX-License-Identifier: MPL-2.0
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.calculators.staffing import FleksjobCounts
from indgang.core.law.fleksjob import subsidy
from indgang.core.law.pack import load
from indgang.core.outreach.job_profile import FleksjobSum, comes_on_top, fleksjob_sum, placement_room
from indgang.core.text import Refused


def of(hours: str, percent: int, pay: str = "165", year: int = 2026) -> FleksjobSum:
    return fleksjob_sum(hours=Decimal(hours), intensity_percent=percent, hourly_pay=Decimal(pay), year=year)


def test_twenty_hours_at_half_speed_are_paid_as_ten() -> None:
    found = of("20", 50)
    assert found.effective_hours == 10
    assert found.pay == Decimal("7150.00")  # 10 × 165 × 52 / 12
    assert str(found.steps[0]) == "20 timer om ugen med 50 % intensitet er 10 effektive timer."


def test_the_supplement_is_the_laws_own_sum() -> None:
    found = of("12", 67)
    law = subsidy(year=2026, pay=found.pay, other_pay=Decimal(0), full_pay=found.full_pay)
    assert found.supplement == law.subsidy
    assert str(found.steps[-1]).startswith("Personen får i alt")


def test_a_year_without_figures_gives_the_pay_and_says_that_the_rest_is_unknown() -> None:
    found = of("10", 100, year=2031)
    assert found.supplement is None
    assert "Vi mangler tallene" in str(found.steps[-1])
    assert found.pay > 0


def test_few_hours_and_many_hours_are_pointed_out() -> None:
    assert "få timer" in str(of("10", 50).notes[0])
    assert of("15", 100).notes == ()
    assert "sjældent et fleksjob" in str(of("30", 100).notes[0])


@pytest.mark.parametrize(
    ("hours", "percent", "pay", "told"),
    [
        ("0", 50, "165", "timer om ugen"),
        ("38", 50, "165", "timer om ugen"),
        ("NaN", 50, "165", "timer om ugen"),
        ("10", 0, "165", "arbejdsintensiteten"),
        ("10", 101, "165", "arbejdsintensiteten"),
        ("10", 50, "0", "timelønnen"),
        ("10", 50, "-1", "timelønnen"),
    ],
)
def test_what_cannot_be_is_refused(hours: str, percent: int, pay: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        of(hours, percent, pay)


@given(
    hours=st.decimals("0.5", "37", places=1),
    percent=st.integers(1, 100),
    pay=st.decimals("100", "400", places=2),
)
def test_nobody_is_paid_for_more_hours_than_they_are_there_and_never_more_than_full_pay(
    hours: Decimal, percent: int, pay: Decimal
) -> None:
    found = fleksjob_sum(hours=hours, intensity_percent=percent, hourly_pay=pay, year=2026)
    assert 0 < found.effective_hours <= hours
    assert found.supplement is not None
    assert found.pay + found.supplement <= found.full_pay or found.supplement == 0


@given(ordinary=st.integers(0, 300), taken=st.integers(0, 60))
def test_there_is_always_room_for_one_and_the_sum_is_shown(ordinary: int, taken: int) -> None:
    room = placement_room(
        load().figures, date(2026, 12, 1), ordinary=ordinary, in_places=taken, fleksjobs=0,
        counts=FleksjobCounts.NOT_AT_ALL,
    )  # fmt: skip
    assert room.allowed >= 1
    assert room.free == max(0, room.allowed - taken)
    assert len(room.steps) == 2


def test_one_more_must_lie_above_the_years_average() -> None:
    figures = load().figures
    assert comes_on_top(figures, date(2026, 12, 1), months=[10] * 12, now=10).met
    assert not comes_on_top(figures, date(2026, 12, 1), months=[11] * 12, now=10).met
