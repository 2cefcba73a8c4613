# SPDX-License-Identifier: MPL-2.0
"""The engine against the formulas written a second time (`plain_model`), to the øre."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.law.refund import staircase
from indgang.core.text import Refused
from indgang.core.value.case_reader import read_case
from indgang.core.value.history import Activity, read_history
from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack
from indgang.core.value.report import ledger_rows
from indgang.core.value.result import Result
from indgang.core.value.run import value
from indgang.core.value.staircase import settled, spell, standing
from tests.core.value import plain_model

Run = Callable[..., Result]
RULE = staircase(date(2026, 1, 1))
CASE: dict[str, Any] = {
    "year": 2026, "participants": 20, "weeks": 26, "cost_per_participant": 45_000, "success": 0.3, "base_rate": 0.12,
    "half_life_weeks": 104, "displacement": 0.2, "wage_year": 300_000, "benefit_month": 13_060,
    "benefit_weeks_before": 104, "horizon_years": 5, "discount_rate": 0.035,
    "per_job_year": {"KOM.BESK": 10_602, "KOM.SOC": 12_000, "REG": 4_000, "STAT.JM": 2_000},
}  # fmt: skip
CHANGES: list[dict[str, Any]] = [
    {},
    {"participants": 8, "weeks": 13, "cost_per_participant": 31_000, "success": 0.45, "base_rate": 0.2},
    {"benefit_weeks_before": 0}, {"benefit_weeks_before": 3, "weeks": 10}, {"benefit_weeks_before": 25},
    {"benefit_weeks_before": 51, "weeks": 7}, {"self_support_weeks": 52}, {"self_support_weeks": 51},
    {"discount_rate": "dansk", "horizon_years": 40, "half_life_weeks": 2_000},
    {"discount_rate": "dansk", "horizon_years": 80, "half_life_weeks": "none", "base_rate": 0.05},
    {"discount_rate": 0}, {"discount_rate": 0.1}, {"wage_year": 50_000}, {"wage_year": 235_200},
    {"wage_year": 304_088}, {"wage_year": 500_000}, {"wage_year": None, "wage_hour": 148.5, "hours_week": 18.5},
    {"wage_year": None, "wage_month": 24_750}, {"benefit_month": 4_000}, {"benefit_month": None, "benefit_week": 5_085},
    {"municipal_tax_share": 0.278}, {"cost_payer": {"KOM.BESK": 0.6, "KOM.SOC": 0.4}}, {"cost_payer": {"KOM.SOC": 1}},
    {"attribution": 0.5}, {"displacement": 0}, {"displacement": 1}, {"success": 0.12}, {"success": 0.05},
    {"success": 1, "base_rate": 0}, {"half_life_weeks": 13}, {"half_life_weeks": "none"}, {"horizon_years": 1},
    {"horizon_years": None, "horizon_weeks": 17}, {"equalisation": 0.75}, {"net_tax_factor": 1.325},
    {"purchase": {"amount": 1_250_000, "premium": 0.06, "payer": "KOM.TEK"}},
    {"purchase": {"amount": 900_000, "reference_price": 870_000, "payer": "KOM.KULT"}},
    {"weeks": 0, "cost_per_participant": 9_000}, {"weeks": 60}, {"per_job_year": {}}, {"cost_per_participant": 120_000},
    {"participants": None, "groups": [
        {"participants": 5, "benefit_weeks_before": 10},
        {"participants": 7, "start_week": 20, "weeks": 13, "benefit_weeks_before": 60, "success": 0.5}]},
]  # fmt: skip


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: " ".join(changes) or "as it stands")
def test_every_account_agrees_net_and_gross_and_the_month_the_money_is_back(
    pack: Pack, changes: dict[str, Any]
) -> None:
    case = {key: said for key, said in {**CASE, **changes}.items() if said is not None}
    rate = case["discount_rate"]
    result = value(case, pack, Options(draws=0))
    net, gross = plain_model.weeks_of(case), plain_model.weeks_of(case, gross=True)
    for claimed, weeks in ((False, net), (True, gross)):
        for name, amount in plain_model.present(weeks, rate).items():
            found = result.purses[name].amounts if name in result.purses else None
            shown = 0.0 if found is None else found.gross_npv if claimed else found.npv
            assert shown == pytest.approx(amount, abs=0.005), (name, claimed)
    for name in ("job_centre", "municipality", "public", "society"):
        if result.purses[name].break_even.status != "no_outlay":
            assert result.purses[name].break_even.month == plain_model.money_back(net, rate, name), name
    paid = {t.payer: 0.0 for t in result.transfers.transfers}
    for transfer in result.transfers.transfers:
        paid[transfer.payer] += transfer.amount
    own = {a: x for a, x in plain_model.present(net, rate).items() if a.startswith("KOM.")}
    gain, loss = sum(x for x in own.values() if x > 0), -sum(x for x in own.values() if x < 0)
    for payer, amount in paid.items():
        assert amount == pytest.approx(own[payer] * min(1, loss / gain), abs=0.02)
    assert result.transfers.missing == pytest.approx(max(0, loss - gain), abs=0.02)


LETTER = {
    "b": Activity.BENEFIT, "p": Activity.PART, "f": Activity.FLEKSJOB, "w": Activity.WORK, "s": Activity.SELF_SUPPORT,
    "l": Activity.SUBSIDISED, "o": Activity.OTHER,
}  # fmt: skip
SPELL = st.tuples(st.sampled_from("bbsswwlfop"), st.sampled_from([1, 2, 5, 25, 26, 51, 52, 53, 104, 105]))


@settings(max_examples=200)
@given(st.lists(SPELL, min_size=1, max_size=9))
def test_any_history_ends_where_the_law_puts_it(spells: list[tuple[str, int]]) -> None:
    letters = "".join(letter * weeks for letter, weeks in spells)
    found = standing([LETTER[letter] for letter in letters], RULE)
    assert (found.counted_weeks, list(found.restarts)) == plain_model.counted(letters)
    assert found.next_week == plain_model.counted(letters + "b")[0]


@pytest.mark.parametrize(
    ("history", "counted"),
    [
        ("benefit:10,work:52,other:104,benefit:1", 1),
        ("benefit:10,work:52,other:105,benefit:1", 11),
        ("benefit:30,self:26,benefit:1,self:26,benefit:1", 1),
        ("benefit:30,self:25,benefit:1,self:26,benefit:1", 32),
        ("benefit:30,self:51,part:1,self:1,benefit:3", 3),
        ("benefit:20,self:52,benefit:104,other:1,benefit:1", 105),
        ("benefit:20,self:52,benefit:103,other:1,benefit:1", 1),
        ("self:156,benefit:30", 30),
    ],
)
def test_the_edges_of_the_window(history: str, counted: int) -> None:
    """A break of a single other week starts the count over too, while 52 weeks still lie in the window."""
    assert standing(read_history(history, "h"), RULE).counted_weeks == counted


@given(st.floats(500, 40_000), st.integers(0, 300), st.integers(0, 200), st.sampled_from([0, 2]))
def test_a_printed_spell_adds_up_in_every_row_and_column(
    month: float, weeks: int, before: int, decimals: int
) -> None:
    found = spell(month * 12 / 52, weeks, before, RULE)
    *steps, whole = settled(found, decimals)
    for row in (*steps, whole):
        assert round(row.municipality + row.state - row.gross, 2) == 0
    for name in ("gross", "municipality", "state"):
        assert round(sum(getattr(row, name) for row in steps) - getattr(whole, name), 2) == 0
    assert whole.state == round(sum(
        month * 12 / 52 * plain_model.state_share(n) for n in range(before + 1, before + weeks + 1)), decimals) or (
        abs(whole.state - found.state) <= 0.5 * 10**-decimals + 1e-6)  # fmt: skip


@pytest.mark.parametrize("where", ["cost", "premium"])
def test_what_the_enterprise_bears_itself_passes_no_hand(pack: Pack, where: str) -> None:
    own = {"cost_payer": "VIRKSOMHED"} if where == "cost" else {
        "purchase": {"amount": 100_000, "premium": 0.1, "payer": "VIRKSOMHED"}}  # fmt: skip
    rows = ledger_rows(value({**CASE, **own}, pack, Options(draws=0)))
    assert rows
    assert not [row for row in rows if row["payer"] == row["receiver"]]


@pytest.mark.parametrize(
    "own",
    [
        {"cost_payer": "RESSOURCE"},
        {"cost_payer": {"KOM.BESK": 0.5, "RESSOURCE": 0.5}},
        {"per_job_year": {"RESSOURCE": 1_000}},
        {"purchase": {"amount": 100_000, "premium": 0.1, "payer": "ressource"}},
    ],
)
def test_real_resources_pay_for_nothing(pack: Pack, own: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="ikke nogens penge"):
        read_case({**CASE, **own}, pack)


@pytest.mark.parametrize(
    "own", [{"wage_month": 20_000}, {"wage_hour": 150, "hours_week": 37}, {"benefit_week": 3_000}]
)
def test_what_is_said_twice_is_refused(pack: Pack, own: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="siger det samme"):
        read_case({**CASE, **own}, pack)


def test_a_placement_that_says_it_in_another_way_inherits_nothing_of_it(pack: Pack) -> None:
    shared = {key: said for key, said in CASE.items() if key not in ("participants", "wage_year")}
    own = {"participants": 3, "wage_month": 20_000, "benefit": "ledighedsydelse"}
    case, figures = read_case(
        {**shared, "wage_hour": 150, "hours_week": 37, "groups": [own, {"participants": 2}]}, pack
    )
    assert [round(group.wage_year) for group in case.groups] == [240_000, 288_600]
    assert round(case.groups[0].benefit.year) == round(figures.number("benefit.ledighedsydelse.month") * 12)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"start_week": 400}, "begynder efter de 260 uger"),
        ({"start_week": 250}, "slutter efter de 260 uger"),
        ({"benefit_month": None, "benefit_week": 301_385}, "Så skal der stå 3.014"),
        ({"purchase": {"amount": 300_000_000, "premium": 0.04}}, "Så skal der stå 3.000.000"),
    ],
)
def test_what_the_reader_would_not_have_meant_is_said(run: Run, own: dict[str, Any], sentence: str) -> None:
    assert any(sentence in str(warning) for warning in run(**own).warnings)


def test_a_year_is_named_without_a_thousands_point(pack: Pack) -> None:
    with pytest.raises(Refused, match=r"er 1999\. Den skal ligge mellem 2016 og 2100"):
        read_case({**CASE, "year": 1999}, pack)


def test_the_careful_figure_follows_the_worse_of_the_two_grades(run: Run) -> None:
    """Success from a register and a base rate from opinion: the difference is an opinion."""
    mixed = run(evidence={"success": "B", "base_rate": "D", "displacement": "C"}).careful_npv["public"]
    assert mixed == pytest.approx(run(evidence="D").careful_npv["public"])
    assert mixed < run(evidence="B").careful_npv["public"]
