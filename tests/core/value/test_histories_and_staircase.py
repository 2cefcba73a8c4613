# SPDX-License-Identifier: MPL-2.0
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.refund import staircase
from indgang.core.text import Refused
from indgang.core.value.history import MOST_WEEKS, Activity, read_history
from indgang.core.value.result import Result
from indgang.core.value.staircase import spell, standing

Run = Callable[..., Result]
RULE = staircase(date(2026, 1, 1))
B, S, W, O = Activity.BENEFIT, Activity.SELF_SUPPORT, Activity.WORK, Activity.OTHER  # noqa: E741
TOLD: dict[str, Any] = {
    "success": None, "base_rate": None, "half_life_weeks": None, "displacement": None, "weeks": None,
    "cost_per_participant": None, "per_job_year": None, "participants": 1, "benefit_weeks_before": 0,
    "horizon_years": 1, "discount_rate": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "weeks"),
    [
        ("benefit:2,self:1", (B, B, S)),
        ("ydelse:1; job:2", (B, W, W)),
        ("benefit", (B,)),
        (["benefit:1", "work:1"], (B, W)),
        ({"history": "self:2"}, (S, S)),
        (
            [{"activity": "benefit", "from": 1, "to": 2}, {"activity": "work", "from": 4, "to": 4}],
            (B, B, O, W),
        ),
        ([{"activity": "work", "from": 3, "to": 3}, {"activity": "benefit", "from": 1, "to": 1}], (B, O, W)),
        ([{"activity": "benefit", "weeks": 2}, {"activity": "work", "weeks": 1}], (B, B, W)),
    ],
)
def test_a_history_may_be_written_in_several_ways(raw: object, weeks: tuple[Activity, ...]) -> None:
    assert read_history(raw, "historien") == weeks


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("", "historie i uger"),
        ("benefit:0", "historie i uger"),
        ("benefit:two", "helt tal"),
        ("benefit:-3", "helt tal"),
        ("benfit:3", "Mente du „benefit“"),
        ("xyz:3", "Brug benefit"),
        (f"benefit:{MOST_WEEKS + 1}", "længere end"),
        ("benefit:99999999999", "længere end"),
        (7, "historie i uger"),
        ([], "historie i uger"),
        ([{"activity": "benefit", "from": 9, "to": 3}], "før den begynder"),
        (
            [{"activity": "benefit", "from": 1, "to": 9}, {"activity": "work", "from": 9, "to": 12}],
            "overlapper i uge 9",
        ),
        ([{"activity": "benefit", "from": 1.5, "to": 9}], "hele tal"),
        ([{"activity": "benefit", "start": 1}], "activity, from og to"),
        ([{"activity": "benefit", "from": 1}], "mangler"),
    ],
)
def test_a_history_that_cannot_be_read_is_refused(raw: object, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_history(raw, "historien")


def test_fifty_two_weeks_of_self_support_start_the_staircase_over() -> None:
    found = standing(read_history("benefit:30,self:52,benefit:1", "h"), RULE)
    assert (found.counted_weeks, found.state_percent, found.restarts) == (1, 80, (83,))
    assert found.missing_self_support == 0


def test_fifty_one_weeks_do_not_and_the_answer_says_what_is_lacking() -> None:
    found = standing(read_history("benefit:30,self:51,benefit:1", "h"), RULE)
    assert (found.counted_weeks, found.state_percent, found.restarts) == (31, 30, ())
    assert found.missing_self_support == 1


def test_the_next_benefit_week_may_be_the_first_again() -> None:
    found = standing(read_history("benefit:60,work:52", "h"), RULE)
    assert (found.counted_weeks, found.next_week, found.next_state_percent) == (60, 1, 80)


def test_a_fleksjob_never_starts_the_staircase_over_and_counts_on_it() -> None:
    found = standing(read_history("benefit:30,fleksjob:156,benefit:1", "h"), RULE)
    assert (found.counted_weeks, found.restarts) == (187, ())


def test_loentilskud_is_neither_benefit_nor_self_support() -> None:
    found = standing(read_history("benefit:30,loentilskud:60,benefit:1", "h"), RULE)
    assert (found.counted_weeks, found.self_support_in_window) == (31, 0)


@given(st.lists(st.sampled_from(Activity), min_size=1, max_size=300))
def test_restarts_are_the_weeks_in_which_the_count_falls_to_one(history: list[Activity]) -> None:
    found = standing(history, RULE)
    for week in found.restarts:
        assert standing(history[:week], RULE).counted_weeks == 1
        assert standing(history[: week - 1], RULE).counted_weeks >= 1


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_spell_may_be_cut_anywhere(before: int, first: int, second: int) -> None:
    whole = spell(1_000, first + second, before, RULE)
    parts = spell(1_000, first, before, RULE), spell(1_000, second, before + first, RULE)
    assert whole.municipality == pytest.approx(sum(part.municipality for part in parts))
    assert whole.gross == pytest.approx(whole.municipality + whole.state)


def test_two_histories_are_compared_week_by_week(run: Run) -> None:
    result = run(**TOLD, history={"with": "benefit:13,work:39", "without": "benefit:52"})
    avoided = spell(13_060 * 12 / 52, 39, 13, RULE)
    assert result.purses["KOM.BESK"].amounts.npv == pytest.approx(avoided.municipality)
    assert result.purses["STAT.BM"].amounts.npv == pytest.approx(avoided.state)
    assert result.question == "history"
    assert result.jobs.net_years(52) == 0.75


def test_a_year_of_work_told_is_the_year_of_work_reckoned(run: Run) -> None:
    """Told and expected books agree where both can say the same."""
    told = run(**{**TOLD, "benefit_weeks_before": 104}, history={"with": "work:52", "without": "benefit:52"})
    certain = {
        **TOLD,
        "success": 1,
        "base_rate": 0,
        "half_life_weeks": "none",
        "weeks": 0,
        "benefit_weeks_before": 104,
    }
    expected = run(**certain)
    for name, purse in expected.purses.items():
        assert told.purses[name].amounts.npv == pytest.approx(purse.amounts.npv, abs=1e-6), name


def test_half_a_year_of_work_is_taxed_as_half_of_a_whole_year(run: Run) -> None:
    """A told year that is shorter is scaled up before tax, so that allowances fit; the horizon plays no part."""
    whole = run(**TOLD, history={"with": "work:52", "without": "benefit:52"})
    for years in (0.5, 5):
        half = run(**{**TOLD, "horizon_years": years}, history={"with": "work:26", "without": "benefit:26"})
        for name in ("KOM.OKON", "STAT.SKM", "BORGER"):
            assert half.purses[name].amounts.npv == pytest.approx(
                whole.purses[name].amounts.npv / 2, abs=1e-6
            )
        assert half.reconciliation_oere < 0.01


def test_the_gross_claim_of_a_history_is_against_benefit_in_the_told_weeks(run: Run) -> None:
    for years in (1, 5):
        result = run(
            **{**TOLD, "horizon_years": years}, history={"with": "work:52", "without": "work:26,benefit:26"}
        )
        week = 13_060 * 12 / 52
        assert result.purses["KOM.BESK"].amounts.gross_npv == pytest.approx(
            spell(week, 52, 0, RULE).municipality
        )


def test_a_history_that_the_horizon_cuts_counts_only_to_the_horizon(run: Run) -> None:
    cut = run(**{**TOLD, "horizon_years": 0.5}, history={"with": "work:52", "without": "benefit:52"})
    assert cut.purses["KOM.BESK"].amounts.npv == pytest.approx(
        spell(13_060 * 12 / 52, 26, 0, RULE).municipality
    )
    assert cut.reconciliation_oere < 0.01


def test_job_years_of_told_histories_are_those_that_were_added(run: Run) -> None:
    result = run(
        draws=200,
        **{**TOLD, "participants": 3},
        history={"with": "work:39,benefit:13", "without": "work:13,benefit:39"},
    )
    assert result.jobs.net_years(52) == 1.5
    assert result.job_years is not None
    assert result.job_years.p50 == pytest.approx(1.5)


def test_the_same_history_on_both_sides_costs_only_the_programme(run: Run) -> None:
    same = {"with": "benefit:26,work:26", "without": "benefit:26,work:26"}
    result = run(**{**TOLD, "cost_per_participant": 10_000}, history=same)
    changed = {name: round(p.amounts.npv) for name, p in result.purses.items() if round(p.amounts.npv)}
    assert changed == {
        "KOM.BESK": -10_000, "job_centre": -10_000, "municipality": -10_000, "public": -10_000, "society": -10_000,
    }  # fmt: skip


def test_a_reset_in_a_told_history_costs_the_municipality_less(run: Run) -> None:
    fresh = run(**{**TOLD, "benefit_weeks_before": 60, "horizon_years": 2}, history={
        "with": "work:52,benefit:26", "without": "benefit:78"})  # fmt: skip
    late = run(**{**TOLD, "benefit_weeks_before": 60, "horizon_years": 2}, history={
        "with": "work:51,benefit:26", "without": "benefit:77"})  # fmt: skip
    gain = fresh.purses["KOM.BESK"].amounts.npv - late.purses["KOM.BESK"].amounts.npv
    week = 13_060 * 12 / 52
    assert gain == pytest.approx(20_494, abs=week * 0.8 + 1)
    assert gain - week * 0.8 == pytest.approx(20_494, abs=1)


def test_part_weeks_pay_half_and_count_whole(run: Run) -> None:
    result = run(**TOLD, history={"with": "part:52", "without": "benefit:52"})
    half = spell(13_060 * 12 / 52, 52, 0, RULE).municipality / 2
    assert result.purses["KOM.BESK"].amounts.npv == pytest.approx(half)


def test_services_and_prices_follow_told_weeks(run: Run) -> None:
    result = run(
        draws=500,
        **{**TOLD, "per_job_year": {"KOM.SOC": 12_000}},
        history={"with": "work:26,benefit:26", "without": "benefit:52"},
    )
    purse = result.purses["KOM.SOC"]
    assert purse.amounts.npv == pytest.approx(6_000)
    assert purse.interval is not None
    assert purse.interval.p5 < 6_000 < purse.interval.p95
    assert result.reconciliation_oere < 1e-3


def test_loentilskud_in_a_history_needs_its_terms(run: Run) -> None:
    history = {"with": "subsidised:26,work:26", "without": "benefit:52"}
    with pytest.raises(Refused, match="loentilskud"):
        run(**TOLD, history=history)
    result = run(**TOLD, history=history, loentilskud={"wage_year": 240_000, "subsidy_year": 120_000})
    assert result.purses["VIRKSOMHED"].amounts.npv == pytest.approx(0, abs=1e-6)
