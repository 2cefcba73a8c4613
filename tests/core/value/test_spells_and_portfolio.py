# SPDX-License-Identifier: MPL-2.0
"""Simulated histories against the law week by week, and placements against their sum."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.law.refund import Position, Week, counted_weeks, staircase
from indgang.core.value.case_reader import read_case
from indgang.core.value.compiled import compiled
from indgang.core.value.draws import central, draw
from indgang.core.value.pack import Pack
from indgang.core.value.portfolio import by_placement, portfolio
from indgang.core.value.result import Result
from indgang.core.value.spell_totals import simulation, spell_totals
from indgang.core.value.spells import People, Sums, chances, world
from indgang.core.value.totals import totals
from tests.core.value.conftest import PROGRAMME

Run = Callable[..., Result]
RULE = staircase(date(2026, 1, 1))
HORIZON = 260


def weeks(values: list[int] | int) -> Any:
    return np.array(values, dtype=np.int32, ndmin=1)


def by_law(jobs: list[tuple[int, int]], counted: int, self_support: int, discount: Any) -> float:
    """The municipal part of all benefit weeks, followed week by week by the law's own rule."""
    history = [Week.BENEFIT] * HORIZON
    for start, end in jobs:
        history[start:end] = [Week.SELF_SUPPORT] * (end - start)
    behind = (Week.SELF_SUPPORT,) * self_support
    counts = counted_weeks(history, RULE, Position(counted, behind))
    return sum(
        discount[week] * (1 - RULE.state_percent(count) / 100)
        for week, (kind, count) in enumerate(zip(history, counts, strict=True))
        if kind is Week.BENEFIT
    )


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 200),
    st.integers(0, 51),
    st.integers(1, HORIZON),
    st.floats(5, 400),
    st.sampled_from([0.0, 0.3, 0.9]),
    st.integers(0, 10_000),
)
def test_a_simulated_life_is_paid_as_the_law_pays_it_week_by_week(
    counted: int, self_support: int, begins: int, half_life: float, returns: float, seed: int
) -> None:
    discount = 1.035 ** (-np.arange(HORIZON) / 52)
    running = np.concatenate([[0.0], np.cumsum(discount)])[None]
    who = People(np.array([0]), weeks(0), weeks(26), weeks(counted), weeks(self_support))
    luck = chances(seed, 0, (1, 1))
    told = world(
        who,
        weeks(begins)[None],
        weeks(begins)[None],
        np.array([[half_life]]),
        returns,
        Sums(running, RULE),
        luck,
    )
    jobs = [(int(start[0, 0]), int(end[0, 0])) for start, end in told.jobs]
    expected = by_law([job for job in jobs if job[0] < job[1]], counted, self_support, discount)
    assert told.municipal[0, 0] == pytest.approx(expected)
    at_work = sum(discount[start:end].sum() for start, end in jobs)
    assert told.at_work[0, 0, 0] == pytest.approx(at_work)


@pytest.mark.parametrize(("length", "restarts"), [(51, False), (52, True)])
def test_a_simulated_job_of_fifty_two_weeks_starts_the_staircase_over(length: int, restarts: bool) -> None:
    running = np.arange(HORIZON + 1, dtype=float)[None]
    luck = chances(1, 0, (1, 1))
    half_life = (length - 0.5) / -np.log2(luck.length)
    who = People(np.array([0]), weeks(0), weeks(0), weeks(100), weeks(0))
    told = world(who, weeks(0)[None], weeks(0)[None], half_life, 0.0, Sums(running, RULE), luck)
    assert int(told.jobs[0][1][0, 0]) == length
    counted = int(told.idle[1][2][0, 0])
    assert counted == (0 if restarts else 100)


def test_simulated_jobs_follow_the_expected_curves(pack: Pack) -> None:
    """Without resets and returns, the citizens' account is the same in both models."""
    case, figures = read_case({**PROGRAMME, "participants": 200}, pack)
    ready = compiled(case, figures)
    simulated = spell_totals(simulation(case, figures, ready), central(ready, 2_000), 5)
    expected = totals(ready, central(ready))
    place = simulated.accounts.index("BORGER")
    for side in ("net", "gross"):
        found = getattr(simulated, side)[place]
        error = found.std() / np.sqrt(len(found))
        assert abs(found.mean() - getattr(expected, side)[place, 0]) < 4 * error
    assert simulated.net_job_years.mean() == pytest.approx(expected.net_job_years[0], rel=0.02)


def test_resets_move_money_from_the_municipality_to_the_state_at_the_next_spell(run: Run) -> None:
    """A job of a year starts the staircase over: of the same saved benefit the state keeps less."""
    expected, simulated = run(), run(model="spells")
    assert simulated.purses["KOM.BESK"].amounts.npv > expected.purses["KOM.BESK"].amounts.npv
    assert simulated.purses["STAT.BM"].amounts.npv < expected.purses["STAT.BM"].amounts.npv
    assert simulated.purses["BORGER"].amounts.npv == pytest.approx(
        expected.purses["BORGER"].amounts.npv, rel=0.03
    )


def test_the_books_of_simulated_histories_agree_with_their_draws(run: Run) -> None:
    result = run(draws=500, model="spells", return_per_year=0.3)
    assert result.reconciliation_oere < 1
    interval = result.purses["public"].interval
    assert interval is not None
    assert abs(interval.mean - result.purses["public"].amounts.npv) < 5 * interval.standard_error
    assert result.success_needed["public"].status == "reached"


def test_finding_work_again_helps_both_worlds(run: Run) -> None:
    without, with_ = run(model="spells"), run(model="spells", return_per_year=0.4)
    assert with_.jobs.gross_years(HORIZON) > 1.2 * without.jobs.gross_years(HORIZON)


def placements(count: int, seed: int) -> list[dict[str, Any]]:
    random = np.random.default_rng(seed)
    return [
        {
            "participants": int(random.integers(1, 4)),
            "benefit_weeks_before": int(random.integers(0, 80)),
            "wage_year": float(random.uniform(2e5, 3.6e5)),
            "benefit_month": float(random.uniform(8e3, 14e3)),
            "weeks": int(random.choice([13, 26])),
            "start_week": int(random.choice([0, 9, 30])),
            "cost_per_participant": int(random.choice([0, 20_000, 45_000])),
            "success": float(random.choice([0.2, 0.4])),
        }
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_placements_sum_to_the_totals_in_every_draw(pack: Pack, seed: int) -> None:
    raw = {**PROGRAMME, "groups": placements(30, seed), "evidence": "C"}
    case, figures = read_case(raw, pack)
    ready = portfolio(case, figures)
    drawn = draw(ready.compiled, case.method, 700, seed)
    whole = totals(ready.compiled, drawn)
    for account, values in by_placement(ready, drawn):
        expected = whole.net[whole.accounts.index(account)]
        assert np.allclose(values.sum(axis=1), expected, rtol=1e-9, atol=1e-3), account


def test_one_placement_of_many_is_worth_what_it_is_worth_alone(pack: Pack) -> None:
    groups = placements(8, 4)
    case, figures = read_case({**PROGRAMME, "groups": groups}, pack)
    ready = portfolio(case, figures)
    values = {account: found[0].copy() for account, found in by_placement(ready, central(ready.compiled))}
    for place, group in enumerate(groups):
        alone, other = read_case({**PROGRAMME, "groups": [group]}, pack)
        ready_alone = compiled(alone, other)
        found = totals(ready_alone, central(ready_alone))
        for account, amount in zip(found.accounts, found.net[:, 0], strict=True):
            assert values[account][place] == pytest.approx(amount, abs=1e-4)
