# SPDX-License-Identifier: MPL-2.0
"""Who saves on services, when, and what the kinds of placement do to the books."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from indgang.core.value.charts import over_time, waterfall
from indgang.core.value.knowledge import facts
from indgang.core.value.report import as_json, ledger_rows
from indgang.core.value.result import Result

Run = Callable[..., Result]


def npv(result: Result, name: str) -> float:
    return result.purses[name].amounts.npv if name in result.purses else 0.0


def services(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"per_job_year": list(entries)}


def test_a_health_task_changes_payer_on_its_date(run: Run) -> None:
    """Four municipal health tasks move to the regions on 1 January 2027."""
    task = services({"payer": "moved_health_task", "amount_year": 20_000})
    result = run(start_date="2026-07-06", year=None, **task)
    assert npv(result, "KOM.SUND") < 0, "in the first months there is only lock-in"
    assert npv(result, "REG") > 0
    whole = run(start_date="2026-07-06", year=None, **services({"account": "REG", "amount_year": 20_000}))
    assert npv(result, "KOM.SUND") + npv(result, "REG") == pytest.approx(npv(whole, "REG"))
    week = -(-(178 + 1) // 7)
    place = result.books.streams.index(next(s for s in result.books.streams if s.payer == "REG"))
    assert np.flatnonzero(result.books.net[place])[0] == week


def test_a_hospital_saving_lands_on_the_region(run: Run) -> None:
    result = run(**services({"payer": "hospital", "amount_year": 9_000}))
    assert npv(result, "REG") == pytest.approx(npv(run(per_job_year={"REG": 9_000}), "REG"))


def test_a_saving_that_comes_later_is_worth_less(run: Run) -> None:
    now, later, never = (
        npv(run(**services({"account": "KOM.SOC", "amount_year": 12_000, "lag_weeks": lag})), "KOM.SOC")
        for lag in (0, 52, 260)
    )
    assert now > later > 0
    lagging = services({"account": "KOM.SOC", "amount_year": 12_000, "lag_weeks": 52})
    assert run(**lagging).reconciliation_oere < 0.01
    assert never == pytest.approx(0, abs=1e-6)


def test_freed_capacity_is_not_money(run: Run) -> None:
    result = run(**services({"account": "KOM.SOC", "amount_year": 12_000, "cashable": False}))
    assert npv(result, "KOM.SOC") == 0


def test_a_price_of_the_pack_brings_its_payer_and_its_source(run: Run) -> None:
    result = run(**services({"price": "faengsel_gennemsnit.day", "units": 4}))
    expected = run(per_job_year={"STAT.JM": 4 * 1_469})
    assert npv(result, "STAT.JM") == pytest.approx(npv(expected, "STAT.JM"))
    assert "service.faengsel_gennemsnit.day" in result.figures.used


def test_an_old_price_is_brought_to_the_runs_year(run: Run) -> None:
    old = {"account": "KOM.SOC", "amount_year": 10_000, "price_year": 2024, "index": "satsregulering"}
    assert npv(run(**services(old)), "KOM.SOC") == pytest.approx(
        npv(run(per_job_year={"KOM.SOC": 10_000 * 22_041 / 20_359}), "KOM.SOC")
    )


def test_expensive_single_cases_give_part_of_the_saving_to_the_state(run: Run) -> None:
    dear = services({"account": "KOM.SOC", "amount_year": 1_000_000, "section_176": True})
    with_, without = run(draws=300, **dear), run(per_job_year={"KOM.SOC": 1_000_000})
    refunded = 0.25 * (1_000_000 - 830_000) / 1_000_000
    assert npv(with_, "KOM.SOC") == pytest.approx((1 - refunded) * npv(without, "KOM.SOC"))
    assert npv(with_, "public") == pytest.approx(npv(without, "public"))
    assert with_.reconciliation_oere < 0.01
    steeper = run(**dear, section_176_other_year=2_050_000)
    assert npv(steeper, "KOM.SOC") == pytest.approx(0.25 * npv(without, "KOM.SOC"))


def test_a_service_used_more_at_work_is_a_cost(run: Run) -> None:
    assert npv(run(per_job_year={"KOM.SOC": -12_000}), "KOM.SOC") == pytest.approx(-npv(run(), "KOM.SOC"))


def test_departments_may_share_the_cost(run: Run) -> None:
    shared = run(cost_payer={"KOM.BESK": 0.25, "KOM.KULT": 0.75})
    assert npv(shared, "KOM.KULT") == pytest.approx(-0.75 * run().cost_npv)
    assert shared.purses["KOM.KULT"].break_even.status == "not_within_horizon"
    assert npv(shared, "public") == pytest.approx(npv(run(), "public"))


def test_the_local_benefit_of_an_unemployment_fund_is_paid_back_by_municipality_and_state(run: Run) -> None:
    result = run(benefit_month=None, benefit="dagpenge_max")
    assert npv(result, "A-KASSE") == pytest.approx(0, abs=1e-6)
    named = run(benefit_month=22_041)
    assert npv(result, "KOM.BESK") == pytest.approx(npv(named, "KOM.BESK"))


def test_loentilskud_replaces_the_benefit_while_it_lasts(run: Run) -> None:
    terms = {"wage_year": 240_000, "subsidy_year": 100_000}
    plain, subsidised = run(), run(type="loentilskud", loentilskud=terms)
    half_year, people = 0.5, 20
    week = 13_060 * 12 / 52
    saved = subsidised.purses["KOM.BESK"].amounts.plain - plain.purses["KOM.BESK"].amounts.plain
    assert saved == pytest.approx(people * (0.8 * week * 26 - 100_000 * half_year))
    assert npv(subsidised, "VIRKSOMHED") == pytest.approx(0, abs=1e-6)
    assert subsidised.reconciliation_oere < 0.01
    assert any("uden refusion" in str(warning) for warning in subsidised.warnings)


def test_empirical_curves_replace_the_formula(run: Run) -> None:
    curves = {"with": [[0, 0], [25, 0], [26, 0.3], [260, 0.3]], "without": [[0, 0], [52, 0.12], [260, 0.12]]}
    found = run(draws=300, curves=curves, half_life_weeks=None)
    lasting = run(half_life_weeks="none")
    assert npv(found, "public") == pytest.approx(npv(lasting, "public"), rel=1e-6)
    assert found.reconciliation_oere < 0.01
    assert "half_life" not in {swing.name for swing in found.tornado}


def test_attribution_takes_this_purses_part_of_the_effect(run: Run) -> None:
    whole, half = run(cost_per_participant=0), run(cost_per_participant=0, attribution=0.5)
    assert npv(half, "public") == pytest.approx(npv(whole, "public") / 2)


def test_work_worth_less_than_its_pay_is_the_enterprises_loss(run: Run) -> None:
    result = run(productivity=0.7)
    assert npv(result, "VIRKSOMHED") < 0
    assert npv(result, "public") == pytest.approx(npv(run(), "public"))


def test_wellbeing_stands_apart_in_its_own_unit(run: Run) -> None:
    result = run(draws=500, wellbeing={"per_job_year": 0.4, "kr_per_wellby": 100_000})
    found = as_json(result)["statements"]["wellbeing"]
    assert found["wellby"] == pytest.approx(0.4 * 5.8644, abs=1e-3)
    assert found["money_value_dkk"] == pytest.approx(100_000 * found["wellby"], rel=1e-5)
    assert found["p5"] < found["wellby"] < found["p95"]
    assert npv(result, "society") == pytest.approx(npv(run(), "society"))


def test_tax_distortion_is_shown_beside_society_only(run: Run) -> None:
    result = run(tax_distortion=0.1)
    assert result.society_with_distortion == pytest.approx(
        npv(result, "society") + 0.1 * npv(result, "public")
    )
    assert npv(result, "society") == pytest.approx(npv(run(), "society"))


def test_the_waterfall_runs_from_the_cost_to_society(run: Run) -> None:
    steps = waterfall(run())
    assert steps[0].end == pytest.approx(-892_599, abs=1)
    sums = {step.name: step.end for step in steps if step.is_sum}
    assert {name: round(value) for name, value in sums.items()} == {
        "municipality": 20_299, "public": 432_598, "society": 897_848,
    }  # fmt: skip
    running = 0.0
    for step in steps:
        if not step.is_sum:
            assert step.start == pytest.approx(running)
            running = step.end
        else:
            assert step.end == pytest.approx(running)


def test_the_months_add_up_to_the_value_and_turn_where_it_breaks_even(run: Run) -> None:
    result = run()
    rows = over_time(result)
    assert len(rows) == 60
    assert rows[-1].running["public"] == pytest.approx(npv(result, "public"))
    assert sum(row.amounts["KOM.SOC"] for row in rows) == pytest.approx(npv(result, "KOM.SOC"))
    assert rows[31].running["public"] >= 0 > rows[30].running["public"]


def test_what_we_know_is_kept_apart_from_what_we_assume(run: Run) -> None:
    found = {fact.name: fact for fact in facts(run(evidence={"success": "B", "base_rate": "C"}))}
    assert found["success"].known
    assert not found["base_rate"].known
    assert not found["service.2"].known
    assert found["refund"].known
    assert found["tax.municipal_share"].source.startswith("https://skm.dk")
    assert all(fact.weight in "ABCDHML" for fact in found.values())


def test_a_figure_is_no_surer_than_the_least_sure_number_behind_it(run: Run) -> None:
    purses = run(per_job_year={"KOM.SOC": {"amount_year": 1, "quality": "tariff"}}).purses
    assert purses["KOM.OKON"].support.confidence == "M", "the tax rules were read in a secondary source"
    assert purses["VIRKSOMHED"].support.confidence == "H"
    assert (
        run(benefit_month=None, benefit="kontanthjaelp_forhoejet").purses["STAT.BM"].support.confidence == "L"
    )


def test_a_told_price_with_a_tariff_is_known(run: Run) -> None:
    found = {
        f.name: f for f in facts(run(per_job_year={"KOM.SOC": {"amount_year": 12_000, "quality": "tariff"}}))
    }
    assert found["service.1"].known


def test_the_ledger_names_departments_and_the_run(run: Run) -> None:
    result = run(horizon_weeks=30, horizon_years=None)
    rows = ledger_rows(result)
    assert {row["run"] for row in rows} == {result.manifest["run_id"]}
    programme = [row for row in rows if row["instrument"] == "programme"]
    assert sum(row["amount_oere"] for row in programme) == 90_000_000
    assert {(row["payer"], row["receiver"], row["path"]) for row in programme} == {
        ("KOM.BESK", "VIRKSOMHED", "T")
    }
    assert len(programme) == 26


def test_a_group_that_starts_later_pays_and_gains_later(run: Run) -> None:
    later = run(start_week=52)
    same = run(horizon_years=4)
    assert npv(later, "public") == pytest.approx(npv(same, "public") / 1.035)


def test_a_later_start_than_the_horizon_is_nothing(run: Run) -> None:
    assert npv(run(start_week=300), "public") == 0


def test_discounting_by_the_official_bands(run: Run) -> None:
    long = {"horizon_years": 40, "half_life_weeks": "none"}
    flat, bands, low = (npv(run(discount_rate=rate, **long), "citizens") for rate in (0.035, "dansk", 0.025))
    assert flat < bands < low
    assert npv(run(discount_rate="dansk"), "citizens") == pytest.approx(npv(run(), "citizens"))
