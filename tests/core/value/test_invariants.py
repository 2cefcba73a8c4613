# SPDX-License-Identifier: MPL-2.0
"""What must hold for every case, whatever its numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.law.refund import staircase
from indgang.core.value import pack_files
from indgang.core.value.books import Books, books
from indgang.core.value.case_reader import read_case
from indgang.core.value.compiled import compiled
from indgang.core.value.draws import central, draw
from indgang.core.value.effect import discount_factors, flat
from indgang.core.value.flows import situations
from indgang.core.value.ledger import largest_gap, ledger
from indgang.core.value.manifest import Options
from indgang.core.value.pack import PUBLIC, SOCIETY, Figures, Level
from indgang.core.value.prices import to_price_year
from indgang.core.value.report import as_json
from indgang.core.value.result import Result
from indgang.core.value.run import value
from indgang.core.value.section_176 import Section176
from indgang.core.value.statement import weekly
from indgang.core.value.tax import income_tax, rules
from indgang.core.value.totals import totals
from indgang.core.value.worth import worth
from tests.core.value.conftest import PROGRAMME

PACK = pack_files.load()
FIGURES = Figures(PACK, date(2026, 1, 1))
RULE = staircase(date(2026, 1, 1))
TAX = rules(FIGURES)
shares = st.floats(0, 1).map(lambda x: round(x, 4))
amounts = st.integers(0, 500_000)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Programmes of every shape, with non-negative prices."""
    return {
        "participants": draw(st.integers(1, 300)),
        "weeks": draw(st.integers(0, 60)),
        "cost_per_participant": draw(st.integers(0, 200_000)),
        "cost_payer": draw(st.sampled_from(["KOM.BESK", "KOM.SOC", {"KOM.BESK": 0.25, "KOM.BORN": 0.75}])),
        "success": draw(shares),
        "base_rate": draw(shares),
        "displacement": draw(shares),
        "half_life_weeks": draw(st.integers(5, 600) | st.just("none")),
        "wage_year": draw(st.integers(60_000, 450_000)),
        "benefit_month": draw(st.integers(3_000, 21_000)),
        "benefit_weeks_before": draw(st.integers(0, 120)),
        "self_support_weeks": draw(st.sampled_from([0, 30, 52])),
        "per_job_year": {
            "KOM.SOC": draw(st.integers(0, 60_000)),
            "REG": draw(st.integers(0, 20_000)),
        },
        "equalisation": draw(st.booleans()),
        "net_tax_factor": draw(st.booleans()),
        "horizon_weeks": draw(st.integers(1, 400)),
        "discount_rate": draw(st.floats(0, 0.08)),
        "optimism_correction": draw(st.booleans()),
        "start_week": draw(st.integers(0, 20)),
    }


def run(raw: dict[str, Any], **changes: Any) -> Result:
    return value({**raw, **changes}, PACK, Options(draws=0))


def npv(raw: dict[str, Any], purse: str = "public", **changes: Any) -> float:
    return run(raw, **changes).purses[purse].amounts.npv


def read_books(raw: dict[str, Any]) -> Books:
    case, figures = read_case(raw, PACK)
    return books(case, figures, case.method.horizon_weeks)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_row_has_one_payer_and_another_receiver_and_every_week_sums_to_zero(
    raw: dict[str, Any],
) -> None:
    made = read_books(raw)
    book = ledger(made, made.net.shape[1])
    rows = list(book.rows())
    for row in rows:
        assert row.payer != row.receiver
        assert isinstance(row.amount_oere, int)
        assert row.amount_oere > 0
    for week in {row.week for row in rows}:
        balance: dict[str, int] = {}
        for row in (row for row in rows if row.week == week):
            balance[row.receiver] = balance.get(row.receiver, 0) + row.amount_oere
            balance[row.payer] = balance.get(row.payer, 0) - row.amount_oere
        assert sum(balance.values()) == 0
    assert sum(book.totals().values()) == 0


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_ledger_ends_within_an_oere_of_the_draws_at_their_central_values(raw: dict[str, Any]) -> None:
    case, figures = read_case({**raw, "discount_rate": 0}, PACK)
    made = books(case, figures, case.method.horizon_weeks)
    book = ledger(made, case.method.horizon_weeks)
    assert largest_gap(book, made) < 1
    ready = compiled(case, figures)
    found = totals(ready, central(ready))
    for account, amount in zip(found.accounts, found.net[:, 0], strict=True):
        assert abs(book.totals().get(account, 0) - amount * 100) < 1


@settings(max_examples=20, deadline=None)
@given(cases(), st.integers(0, 1_000))
def test_all_accounts_together_are_zero_in_every_draw(raw: dict[str, Any], seed: int) -> None:
    case, figures = read_case(raw, PACK)
    ready = compiled(case, figures)
    found = totals(ready, draw(ready, case.method, 200, seed))
    for side in (found.net, found.gross):
        assert np.abs(side.sum(axis=0)).max() <= 1e-9 * max(1.0, np.abs(side).max())


@settings(max_examples=60, deadline=None)
@given(cases())
def test_books_and_draws_agree_at_any_rate(raw: dict[str, Any]) -> None:
    result = run(raw)
    biggest = max(abs(purse.amounts.npv) for purse in result.purses.values())
    assert result.reconciliation_oere <= 1e-9 * max(biggest * 100, 1e6)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_municipality_and_state_share_a_benefit_week_to_the_oere(raw: dict[str, Any]) -> None:
    made = read_books(raw)
    book = ledger(made, made.net.shape[1])
    place = {(s.payer, s.instrument): row for row, s in enumerate(made.streams)}
    parts = place["KOM.BESK", "benefit"], place["STAT.BM", "benefit"]
    whole = made.with_[list(parts)].sum(axis=0) * 100
    running = np.cumsum(book.oere[0][list(parts)].sum(axis=0))
    assert np.abs(running[:-1] - np.cumsum(whole)[:-1]).max(initial=0) <= 0.5 + 1e-6


@settings(max_examples=60, deadline=None)
@given(cases())
def test_departments_sum_to_the_municipality_and_purses_to_society(raw: dict[str, Any]) -> None:
    purses = run(raw).purses
    by_level: dict[Level, float] = {}
    for name, account in PACK.accounts.items():
        if name in purses:
            by_level[account.level] = by_level.get(account.level, 0.0) + purses[name].amounts.npv
    assert purses["municipality"].amounts.npv == pytest.approx(by_level[Level.MUNICIPALITY], abs=1e-6)
    public = sum(by_level.get(level, 0.0) for level in PUBLIC)
    assert purses["public"].amounts.npv == pytest.approx(public, abs=1e-6)
    society = sum(by_level.get(level, 0.0) for level in SOCIETY)
    assert purses["society"].amounts.npv == pytest.approx(society, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_a_path_like_the_world_without_it_costs_only_the_programme(raw: dict[str, Any]) -> None:
    raw = {**raw, "displacement": 1.0, "optimism_correction": False}
    result = run(raw)
    for name, purse in result.purses.items():
        if name in PACK.accounts:
            assert purse.amounts.npv == pytest.approx(-result.cost_by_account.get(name, 0.0), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_no_cost_and_no_effect_is_nothing(raw: dict[str, Any]) -> None:
    result = run(raw, cost_per_participant=0, success=0, base_rate=0)
    assert all(abs(purse.amounts.npv) < 1e-6 for purse in result.purses.values())
    assert all(abs(purse.amounts.gross_npv) < 1e-6 for purse in result.purses.values())


@settings(max_examples=30, deadline=None)
@given(cases())
def test_twice_the_participants_is_twice_the_money(raw: dict[str, Any]) -> None:
    once, twice = run(raw), run(raw, participants=2 * raw["participants"])
    for name, purse in once.purses.items():
        assert twice.purses[name].amounts.npv == pytest.approx(2 * purse.amounts.npv, rel=1e-9, abs=1e-4)


def worth_is_positive(raw: dict[str, Any]) -> bool:
    """Whether a week at work is worth something to the public in every week (a low wage may not be)."""
    case, figures = read_case(raw, PACK)
    table = worth(case, situations(case, figures), case.method.horizon_weeks, RULE)
    rows = [row for row, account in enumerate(table.accounts) if PACK.accounts[account].level in PUBLIC]
    weekly = table.level[rows].sum() + table.slope[rows].sum() * table.municipal[0]
    return bool((weekly >= 0).all())


@settings(max_examples=60, deadline=None)
@given(cases(), shares, shares)
def test_the_public_value_follows_success_base_rate_displacement_and_cost(
    raw: dict[str, Any], one: float, other: float
) -> None:
    if not worth_is_positive(raw):
        return
    low, high = sorted((one, other))
    slack = 1e-6 * raw["participants"]
    raw = {**raw, "optimism_correction": False}
    assert npv(raw, success=low) <= npv(raw, success=high) + slack
    assert npv(raw, base_rate=low) >= npv(raw, base_rate=high) - slack
    assert npv(raw, cost_per_participant=1e5 * low) >= npv(raw, cost_per_participant=1e5 * high) - slack
    effect = npv(raw, cost_per_participant=0, displacement=0)
    if effect >= 0:
        assert npv(raw, displacement=low) >= npv(raw, displacement=high) - slack


@settings(max_examples=40, deadline=None)
@given(cases())
def test_gross_is_never_below_net(raw: dict[str, Any]) -> None:
    if worth_is_positive(raw) and raw["success"] >= raw["base_rate"]:
        public = run(raw).purses["public"].amounts
        assert public.gross_npv >= public.npv - 1e-6 * raw["participants"]


@settings(max_examples=40, deadline=None)
@given(cases())
def test_at_rate_zero_the_value_is_the_plain_sum(raw: dict[str, Any]) -> None:
    for purse in run(raw, discount_rate=0).purses.values():
        assert purse.amounts.npv == pytest.approx(purse.amounts.plain, abs=1e-6)
        assert purse.amounts.gross_npv == pytest.approx(purse.amounts.gross_plain, abs=1e-6)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=300), st.floats(0, 0.2), st.floats(0, 0.2))
def test_a_stream_of_one_sign_is_worth_less_at_a_higher_rate(
    stream: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    money = np.array(stream)
    assert (
        money @ discount_factors(len(money), flat(high))
        <= money @ discount_factors(len(money), flat(low)) + 1e-6
    )


@settings(max_examples=30, deadline=None)
@given(cases(), st.integers(0, 400))
def test_a_period_may_be_cut_anywhere(raw: dict[str, Any], cut: int) -> None:
    case, figures = read_case(raw, PACK)
    weeks = case.method.horizon_weeks
    table = weekly(books(case, figures, weeks), PACK)
    discount = discount_factors(weeks, case.method.rates)
    whole = table.net @ discount
    parts = table.net[:, :cut] @ discount[:cut] + table.net[:, cut:] @ discount[cut:]
    assert whole == pytest.approx(parts, abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.lists(cases(), min_size=2, max_size=4), st.randoms())
def test_the_order_of_placements_does_not_matter(groups: list[dict[str, Any]], random: Any) -> None:
    shared = {"horizon_weeks": 200, "discount_rate": 0.03, "per_job_year": {"KOM.SOC": 5_000}}
    kept = (
        "participants",
        "weeks",
        "success",
        "base_rate",
        "displacement",
        "wage_year",
        "benefit_month",
        "start_week",
    )
    own = [{key: group[key] for key in kept} for group in groups]
    mixed = own.copy()
    random.shuffle(mixed)
    one, other = run({**shared, "groups": own}), run({**shared, "groups": mixed})
    for name, purse in one.purses.items():
        assert other.purses[name].amounts.npv == pytest.approx(purse.amounts.npv, rel=1e-9, abs=1e-4)


@given(st.integers(0, 5_200), st.floats(1, 1e5))
def test_an_avoided_week_is_worth_between_a_fifth_and_four_fifths_to_the_municipality(
    week: int, benefit: float
) -> None:
    part = (1 - RULE.state_percent(week + 1) / 100) * benefit
    assert 0.2 * benefit - 1e-9 <= part <= 0.8 * benefit + 1e-9


@given(st.floats(0, 1e6), st.floats(0, 3e5), st.floats(0, 1e5))
def test_tax_is_never_negative_and_work_always_pays(wage: float, benefit: float, more: float) -> None:
    before, after = (income_tax(np.array([w]), np.array([benefit]), TAX) for w in (wage, wage + more))
    assert (before.municipal >= 0).all()
    assert (before.state >= 0).all()
    net_before, net_after = wage + benefit - before.total, wage + more + benefit - after.total
    assert net_after[0] >= net_before[0] - 1e-6
    assert net_before[0] <= wage + benefit


@given(st.floats(0, 1e7), st.sampled_from([2022, 2023, 2024, 2025]))
def test_a_price_taken_to_another_year_and_back_is_the_same(amount: float, year: int) -> None:
    there = to_price_year(amount, "satsregulering", year, 2026, FIGURES)
    assert to_price_year(there, "satsregulering", 2026, year, FIGURES) == pytest.approx(amount, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_equalisation_moves_money_only_between_the_treasury_and_the_state(raw: dict[str, Any]) -> None:
    off, on = run(raw, equalisation=False), run(raw, equalisation=True)
    for name, purse in off.purses.items():
        if name in PACK.accounts and name not in ("KOM.OKON", "STAT.UDL"):
            assert on.purses[name].amounts.npv == pytest.approx(purse.amounts.npv, abs=1e-6)
    assert on.purses["public"].amounts.npv == pytest.approx(off.purses["public"].amounts.npv, abs=1e-4)


@pytest.mark.parametrize("year", range(2019, 2041))
def test_a_hospital_saving_is_never_municipal(year: int) -> None:
    payer = Figures(PACK, date(year, 6, 1)).row("payer.hospital").value
    assert PACK.account(str(payer)).level is Level.REGION


@given(st.floats(0, 4e6), st.floats(1, 1e5))
def test_the_refund_in_expensive_cases_is_continuous_convex_and_never_above_three_quarters(
    cost: float, step: float
) -> None:
    rule = Section176((830_000, 1_630_000, 2_050_000), (0.25, 0.50, 0.75), (0,), 0.0)
    low, middle, high = (float(rule.refund(np.array(cost + n * step))) for n in range(3))
    assert 0 <= middle - low <= 0.75 * step + 1e-6
    assert high - middle >= middle - low - 1e-6
    for slope_at, rate in ((500_000, 0.0), (900_000, 0.25), (1_700_000, 0.5), (3_000_000, 0.75)):
        assert float(
            rule.refund(np.array(slope_at + 1.0)) - rule.refund(np.array(float(slope_at)))
        ) == pytest.approx(rate)


def test_the_same_manifest_gives_the_same_bytes() -> None:
    one, other = (as_json(value(PROGRAMME, PACK, Options(draws=1_000))) for _ in range(2))
    assert one["manifest"]["result_sha256"] == other["manifest"]["result_sha256"]
    assert one == other


def test_another_seed_is_another_run() -> None:
    one, other = (value(PROGRAMME, PACK, Options(draws=200, seed=seed)) for seed in (1, 2))
    assert one.manifest["run_id"] != other.manifest["run_id"]
    assert one.purses["public"].interval != other.purses["public"].interval
    assert one.purses["public"].amounts == other.purses["public"].amounts


def test_more_draws_begin_with_the_same_ones() -> None:
    case, figures = read_case(PROGRAMME, PACK)
    ready = compiled(case, figures)
    few, many = (draw(ready, case.method, count, 7) for count in (500, 2_000))
    for name, values in few.items():
        assert np.array_equal(values, many[name][:500])


def test_two_scenarios_share_their_random_numbers() -> None:
    """What was not changed is drawn the same, so the difference is the change."""
    case, figures = read_case(PROGRAMME, PACK)
    other = replace(case, groups=(replace(case.groups[0], wage_year=250_000.0),))
    one, two = (draw(compiled(c, figures), case.method, 300, 7) for c in (case, other))
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_the_mean_of_the_draws_tends_to_the_analytic_value() -> None:
    """With a certain half-life the value is linear in independent numbers, so its mean is the central value."""
    result = value({**PROGRAMME, "half_life_weeks": {"fixed": 104}}, PACK, Options(draws=40_000))
    for purse in result.purses.values():
        assert purse.interval is not None
        assert abs(purse.interval.mean - purse.amounts.npv) <= 4 * purse.interval.standard_error + 1e-6


def test_success_and_base_rate_move_together_when_told_to(run: Callable[..., Result]) -> None:
    case, figures = read_case(
        {**PROGRAMME, "correlation": {"success_base_rate": 0.6, "unit_costs": 0.5}}, PACK
    )
    drawn = draw(compiled(case, figures), case.method, 20_000, 3)
    assert 0.5 < np.corrcoef(drawn["success"], drawn["base_rate"])[0, 1] < 0.7
    assert 0.4 < np.corrcoef(drawn["service.2"], drawn["service.3"])[0, 1] < 0.6
    assert abs(np.corrcoef(drawn["success"], drawn["displacement"])[0, 1]) < 0.03
    narrower, wider = (
        run(draws=5_000, correlation={"success_base_rate": rho, "unit_costs": 0}).purses["public"].interval
        for rho in (0.9, 0.0)
    )
    assert narrower is not None
    assert wider is not None
    assert narrower.sd < wider.sd
