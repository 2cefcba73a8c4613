# SPDX-License-Identifier: MPL-2.0
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.fleksjob import FleksjobSubsidy, figures_of, subsidy
from indgang.core.text import Refused

COMPLETE = [2013, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]
kroner = st.integers(0, 80_000).map(Decimal)


def month(year: int, pay: str, full_pay: str, other_pay: str = "0") -> FleksjobSubsidy:
    return subsidy(year=year, pay=Decimal(pay), other_pay=Decimal(other_pay), full_pay=Decimal(full_pay))


@pytest.mark.parametrize(
    ("year", "pay", "other", "full", "uncapped", "paid"),
    [
        (2020, "16000", "0", "23545", "13642.25", "7545.00"),
        (2024, "8000", "0", "30000", "17552.00", "17552.00"),
        (2024, "9000", "2000", "32000", "16652.00", "16652.00"),
        (2026, "3500", "0", "29500", "20550.00", "20550.00"),
        (2026, "48000", "0", "60000", "0", "0"),
    ],
)
def test_the_worked_months_come_out(
    year: int, pay: str, other: str, full: str, uncapped: str, paid: str
) -> None:
    result = month(year, pay, full, other)
    assert (result.uncapped, result.subsidy) == (Decimal(uncapped), Decimal(paid))
    assert result.total_gross == Decimal(pay) + Decimal(paid)


@pytest.mark.parametrize(
    ("year", "point"),
    [
        (2013, 36_927), (2017, 39_193), (2018, 39_745), (2019, 40_292), (2020, 40_804), (2021, 41_367),
        (2022, 41_480), (2023, 42_340), (2024, 43_696), (2025, 45_269), (2026, 47_305),
    ],
)  # fmt: skip
def test_the_pay_at_which_nothing_is_left(year: int, point: int) -> None:
    assert month(year, "10000", "30000").zero_point == point


def test_the_maximum_is_98_percent_of_the_benefit() -> None:
    import tomllib

    import indgang.core.law.fleksjob as module

    rows = tomllib.loads(Path(module.__file__).with_name("fleksjob.toml").read_text("utf-8"))["year"]
    for row in rows:
        if "maximum" in row:
            assert abs(row["maximum"] - 0.98 * row["benefit"]) < 1, row["year"]


@pytest.mark.parametrize("year", [2011, 2012, 2014, 2015, 2016, 2027])
def test_a_year_without_figures_is_refused_with_the_years_there_are(year: int) -> None:
    with pytest.raises(Refused, match="Vi mangler tallene") as refusal:
        month(year, "10000", "30000")
    assert "2026" in str(refusal.value)


@pytest.mark.parametrize("pay", ["-1", "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused(pay: str) -> None:
    with pytest.raises(Refused, match="kroner om måneden"):
        month(2026, pay, "30000")


def test_without_pay_there_is_no_subsidy_and_the_reason_is_said() -> None:
    result = month(2026, "0", "30000")
    assert result.subsidy == 0
    assert "Uden løn" in str(result.steps[0])


def test_the_arithmetic_is_shown() -> None:
    assert [str(step) for step in month(2020, "16000", "23545").steps] == [
        "Højeste tilskud i 2020 er 18.701 kr.",
        "Træk 30 % af de første 14.965 kr. løn: 4.489,50 kr.",
        "Træk 55 % af de næste 1.035 kr. løn: 569,25 kr.",
        "Tilskuddet bliver 13.642,25 kr.",
        "Løn og tilskud må ikke blive mere end fuld løn. Derfor er tilskuddet højst 7.545 kr.",
    ]


def test_derived_figures_are_named() -> None:
    assert figures_of(2026).derived == ("maximum", "step")
    assert figures_of(2024).derived == ()


@given(st.sampled_from(COMPLETE), kroner, kroner, kroner)
def test_the_subsidy_is_never_negative_and_never_lifts_pay_above_full_pay(
    year: int, pay: Decimal, other: Decimal, full: Decimal
) -> None:
    result = subsidy(year=year, pay=pay, other_pay=other, full_pay=full)
    assert 0 <= result.subsidy <= result.uncapped
    assert result.total_gross <= max(pay, full)
    assert 0 <= result.extra_pension <= 500


@given(
    st.sampled_from(COMPLETE), kroner.filter(lambda pay: pay > 0), kroner, st.integers(1, 5000).map(Decimal)
)
def test_more_pay_never_gives_less_in_all_and_more_other_work_never_more_subsidy(
    year: int, pay: Decimal, full: Decimal, more: Decimal
) -> None:
    before = subsidy(year=year, pay=pay, other_pay=Decimal(0), full_pay=full)
    after = subsidy(year=year, pay=pay + more, other_pay=Decimal(0), full_pay=full)
    beside = subsidy(year=year, pay=pay, other_pay=more, full_pay=full)
    assert after.total_gross >= before.total_gross
    assert after.subsidy <= before.subsidy
    assert beside.subsidy <= before.subsidy


@given(st.sampled_from(COMPLETE), st.integers(0, 200).map(Decimal))
def test_past_the_zero_point_nothing_is_left(year: int, over: Decimal) -> None:
    point = figures_of(year).zero_point
    assert (
        subsidy(year=year, pay=point + 1 + over, other_pay=Decimal(0), full_pay=Decimal(90_000)).subsidy == 0
    )
