# SPDX-License-Identifier: MPL-2.0
"""The demonstration figures of the method, to the krone. `docs/explanation/value-method.md` shows them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from indgang.core.law.refund import staircase
from indgang.core.value.case_reader import read_case
from indgang.core.value.draws import central
from indgang.core.value.engine import engine
from indgang.core.value.fleksjob import month
from indgang.core.value.intervals import by_purse, interval
from indgang.core.value.pack import Pack
from indgang.core.value.report import as_json
from indgang.core.value.result import Result
from indgang.core.value.staircase import spell
from indgang.core.value.statement import purses
from tests.core.value.conftest import PROGRAMME

Run = Callable[..., Result]
RULE = staircase(date(2026, 1, 1))
WEEK = 13_060 * 12 / 52
PERSON: dict[str, Any] = {
    "participants": 1, "weeks": 0, "success": 1, "base_rate": 0, "half_life_weeks": "none", "displacement": None,
    "cost_per_participant": None, "per_job_year": None, "horizon_years": 1, "discount_rate": 0,
}  # fmt: skip


def npv(result: Result) -> dict[str, int]:
    return {name: round(purse.amounts.npv) for name, purse in result.purses.items()}


@pytest.mark.parametrize(
    ("weeks", "gross", "municipality", "state", "share"),
    [
        (4, 12_055, 2_411, 9_644, 20.00),
        (26, 78_360, 42_194, 36_166, 53.85),
        (52, 156_720, 97_046, 59_674, 61.92),
        (104, 313_440, 222_422, 91_018, 70.96),
        (260, 783_600, 598_550, 185_050, 76.38),
    ],
)
def test_a_new_entrant_costs_more_the_longer_it_lasts(
    weeks: int, gross: int, municipality: int, state: int, share: float
) -> None:
    found = spell(WEEK, weeks, 0, RULE)
    assert [round(found.gross), round(found.municipality), round(found.state)] == [gross, municipality, state]
    assert round(found.municipality / found.gross * 100, 2) == share


def test_one_recipient_in_a_job_for_a_year_by_account(run: Run) -> None:
    result = run(**PERSON)
    found = npv(result)
    assert {name: found[name] for name in ("KOM.BESK", "KOM.OKON", "STAT.BM", "STAT.SKM", "BORGER")} == {
        "KOM.BESK": 125_376,
        "KOM.OKON": 19_567,
        "STAT.BM": 31_344,
        "STAT.SKM": 38_326,
        "BORGER": 85_388,
    }
    assert (found["municipality"], found["state"], found["public"]) == (144_943, 69_670, 214_612)
    assert found["VIRKSOMHED"] == 0
    assert result.question == "person_year"


def test_a_new_entrant_at_work_saves_what_the_staircase_says(run: Run) -> None:
    """The expected model counts the avoided weeks from the first: 97,046 kr. in the first year."""
    fresh = {**PERSON, "benefit_weeks_before": 0}
    assert npv(run(**fresh))["KOM.BESK"] == 97_046
    assert npv(run(**{**fresh, "benefit_weeks_before": 26}))["KOM.BESK"] == round(
        spell(WEEK, 52, 26, RULE).municipality
    )
    restarted = {**PERSON, "benefit_weeks_before": 80, "self_support_weeks": 52}
    assert npv(run(**restarted))["KOM.BESK"] == 97_046
    assert npv(run(**{**restarted, "self_support_weeks": 51}))["KOM.BESK"] == 125_376


def test_indirect_tax_moves_part_of_the_extra_income_to_the_state(run: Run) -> None:
    without, with_ = run(**PERSON), run(**PERSON, net_tax_factor=1.28)
    assert round(without.purses["BORGER"].amounts.npv - with_.purses["BORGER"].amounts.npv) == 18_679
    assert round(with_.purses["STAT.SKM"].amounts.npv - without.purses["STAT.SKM"].amounts.npv) == 18_679


def test_a_flat_eighty_per_cent_overstates_by_a_fifth_when_work_begins_after_week_thirteen() -> None:
    avoided = spell(WEEK, 52 - 13, 13, RULE)
    assert avoided.rule_of_thumb / avoided.municipality == pytest.approx(1.2)


def test_one_week_of_self_support_is_worth_twenty_thousand_on_the_next_spell() -> None:
    late, fresh = spell(WEEK, 26, 60, RULE), spell(WEEK, 26, 0, RULE)
    assert round(late.municipality - fresh.municipality) == 20_494


@pytest.mark.parametrize(
    ("pay", "subsidy", "income", "municipality"),
    [
        (4_000, 20_400.2, 24_400.2, 16_320),
        (8_000, 19_200.2, 27_200.2, 15_360),
        (12_000, 18_000.2, 30_000.2, 14_400),
    ],
)
def test_a_month_of_fleksjob(run: Run, pay: int, subsidy: float, income: float, municipality: int) -> None:
    result = run(
        outcome="fleksjob", wage_year=None, fleksjob={"pay_month": pay, "max_dagpenge_month": 22_041}
    )
    terms = result.case.groups[0].fleksjob
    assert terms is not None
    found = month(terms, 105, RULE, result.figures)
    assert round(found.ceiling, 1) == 21_600.2
    assert (round(found.subsidy, 1), round(found.income, 1), round(found.municipality)) == (
        subsidy,
        income,
        municipality,
    )
    if pay == 8_000:
        assert round(found.municipality_saves) == 333


def test_the_programme_by_account(run: Run) -> None:
    result = run()
    assert {name: npv(result)[name] for name in result.figures.pack.accounts if name in result.purses} == {
        "KOM.BESK": -151_698,
        "KOM.SOC": 65_384,
        "KOM.OKON": 106_613,
        "REG": 21_795,
        "STAT.BM": 170_783,
        "STAT.SKM": 208_824,
        "STAT.JM": 10_897,
        "BORGER": 465_250,
        "VIRKSOMHED": 0,
    }


def test_the_programme_by_perspective(run: Run) -> None:
    found = npv(run())
    assert {name: found[name] for name in ("job_centre", "municipality", "region", "state", "public")} == {
        "job_centre": -151_698,
        "municipality": 20_299,
        "region": 21_795,
        "state": 390_504,
        "public": 432_598,
    }
    assert (found["citizens"], found["society"]) == (465_250, 897_848)


def test_when_each_purse_has_its_money_back(run: Run) -> None:
    found = {name: (p.break_even.status, p.break_even.month) for name, p in run().purses.items()}
    assert found["job_centre"] == ("not_within_horizon", None)
    assert found["municipality"] == ("reached", 57)
    assert found["public"] == ("reached", 32)
    assert found["society"] == ("reached", 23)
    assert found["region"] == found["state"] == found["citizens"] == ("no_outlay", None)


def test_jobs_and_unit_figures(run: Run) -> None:
    result = run(purchase={"amount": 3_000_000, "payer": "KOM.BESK"})
    found = as_json(result)
    jobs, unit = found["jobs"], found["per_unit"]
    assert jobs["gross_at_programme_end"] == 6
    assert round(jobs["net_at_week_52"], 1) == 2.1
    assert round(jobs["net_job_years"], 2) == 5.86
    assert round(jobs["cost_npv_dkk"]) == 892_599
    assert round(unit["public"]["net_job_year_dkk"]) == 73_766
    assert round(unit["municipality"]["participant_dkk"]) == 1_015
    assert round(unit["public"]["participant_dkk"]) == 21_630
    assert round(unit["municipality"]["purchase_krone"], 4) == 0.0068
    assert round(unit["public"]["purchase_krone"], 4) == 0.1442


def test_a_premium_of_four_per_cent_costs_four_oere_a_krone(run: Run) -> None:
    found = as_json(run(purchase={"amount": 3_000_000, "premium": 0.04}))["per_unit"]
    assert round(found["municipality"]["purchase_krone"], 4) == -0.0332
    assert round(found["public"]["purchase_krone"], 4) == 0.1042
    assert round(found["municipality"]["purchase_krone_without_premium"], 4) == 0.0068
    assert round(found["public"]["purchase_krone_without_premium"], 4) == 0.1442


def test_the_gross_claim_is_five_times_the_net_figure(run: Run) -> None:
    public = run().purses["public"].amounts
    assert round(public.gross_npv) == 2_205_807
    assert round(public.gross_npv / public.npv, 1) == 5.1
    assert public.gross_npv == pytest.approx(run(base_rate=0, displacement=0).purses["public"].amounts.npv)


def test_short_and_long_horizons(run: Run) -> None:
    rows = {(row.years, row.purse): row for row in run().horizons}
    assert {
        years: (round(rows[years, "public"].npv, -2), round(rows[years, "municipality"].npv, -2))
        for years in (1, 2, 3, 5, 10)
    } == {
        1: (-592_100, -685_600),
        2: (-177_100, -399_700),
        3: (106_500, -204_300),
        5: (432_600, 20_300),
        10: (675_500, 187_700),
    }
    assert round(rows[5, "public"].plain, -2) == 526_300
    assert round(rows[5, "municipality"].plain, -2) == 82_600


@pytest.mark.parametrize("years", [1, 2, 3, 10])
def test_a_row_of_the_horizon_table_is_the_run_with_that_horizon(run: Run, years: int) -> None:
    rows = {(row.years, row.purse): row.npv for row in run().horizons}
    shorter = run(horizon_years=years)
    assert shorter.purses["public"].amounts.npv == pytest.approx(rows[years, "public"])


def test_equalisation_turns_the_municipal_sign(run: Run) -> None:
    assert round(run().municipality_after_equalisation) == -59_661
    assert round(run(equalisation=0.75).purses["municipality"].amounts.npv) == -59_661
    assert as_json(run())["equalisation"]["changes_the_sign"] is True


def test_who_should_pay_whom(run: Run) -> None:
    table = run().transfers
    assert table.missing == 0
    assert {(t.payer, t.receiver): round(t.amount) for t in table.transfers} == {
        ("KOM.OKON", "KOM.BESK"): 94_031,
        ("KOM.SOC", "KOM.BESK"): 57_668,
    }
    assert sum(t.amount for t in table.transfers) == 151_698.32


def test_what_would_change_the_answer(run: Run) -> None:
    found = {row.name: round(abs(row.swing)) for row in run(draws=100).tornado}
    assert found == {
        "success": 1_247_084,
        "base_rate": 1_016_762,
        "half_life": 799_975,
        "displacement": 370_143,
        "cost": 228_442,
        "service.2": 80_684,
        "service.3": 26_895,
        "service.4": 23_944,
    }
    assert list(found) == sorted(found, key=lambda name: -found[name])


def test_the_success_rate_that_just_pays(run: Run) -> None:
    needed = run().success_needed
    assert round(needed["public"].rate or 0, 3) == 0.248
    assert round(needed["municipality"].rate or 0, 3) == 0.296
    even = run(success=needed["public"].rate)
    assert even.purses["public"].amounts.npv == pytest.approx(0, abs=0.01)


TABLE = {
    "municipality": (18_052, 506_464, -761_858, -14_355, 892_883, 0.49),
    "region": (21_675, 16_985, 2_479, 17_723, 54_310, 0.98),
    "state": (390_196, 213_700, 62_112, 375_564, 759_121, 0.98),
    "public": (429_923, 728_940, -691_177, 382_654, 1_692_278, 0.72),
    "citizens": (464_954, 254_247, 74_213, 448_787, 901_781, 0.98),
    "society": (894_877, 981_469, -621_559, 830_725, 2_600_318, 0.82),
}


def test_the_published_draws_give_the_published_table_to_the_krone(pack: Pack) -> None:
    """The table was drawn with numpy's own samplers; fed the same draws, the engine prints the same table."""
    case, figures = read_case(PROGRAMME, pack)
    ready = engine(case, figures, 0)
    source = np.random.Generator(np.random.PCG64(20260101))
    values = central(ready.compiled, 10_000)
    values |= {
        "success": source.beta(18, 42, 10_000),
        "base_rate": source.beta(7.2, 52.8, 10_000),
        "half_life": source.lognormal(np.log(104), 0.35, 10_000),
        "displacement": source.beta(4, 16, 10_000),
        "cost": source.gamma(100, 450, 10_000),
        "service.2": source.gamma(4, 3_000, 10_000),
        "service.3": source.gamma(4, 1_000, 10_000),
        "service.4": source.gamma(1, 2_000, 10_000),
    }
    totals = ready.value(values)
    for name, amounts in by_purse(totals.net, totals.accounts, purses(totals.accounts, pack)).items():
        if name in TABLE:
            found = interval(amounts)
            printed = (found.mean, found.sd, found.p5, found.p50, found.p95)
            assert [round(number) for number in printed] == list(TABLE[name][:5]), name
            assert round(found.probability_positive, 2) == TABLE[name][5]
            if name == "public":
                assert round(found.standard_error) == 7_289


def test_our_own_draws_agree_with_the_published_table(run: Run) -> None:
    result = run(draws=10_000)
    for name, (mean, sd, p5, p50, p95, positive) in TABLE.items():
        found = result.purses[name].interval
        assert found is not None
        error = np.hypot(sd, sd) / 100
        assert abs(found.mean - mean) < 4 * error
        assert abs(found.sd - sd) < 0.06 * sd
        for quantile, published in ((found.p5, p5), (found.p50, p50), (found.p95, p95)):
            assert abs(quantile - published) < 8 * error
        assert abs(found.probability_positive - positive) < 0.03


def test_the_public_value_of_a_job_year_lies_close_to_the_ministrys_mover(run: Run) -> None:
    found = as_json(run())
    mover = next(row for row in found["other_questions"] if row["question"]["code"] == "average_mover")
    assert abs(found["per_unit"]["public"]["net_job_year_dkk"] / mover["dkk"] - 1) < 0.1
