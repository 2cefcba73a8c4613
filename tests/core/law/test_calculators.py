# SPDX-License-Identifier: MPL-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.calculators.contract_value import Price, contract_value
from indgang.core.law.calculators.de_minimis import AidGiven, de_minimis_room
from indgang.core.law.calculators.market_rent import RentAssessment, RentEvidence, rent_check
from indgang.core.law.calculators.running import against_limit, change_margin
from indgang.core.law.calculators.share import ShareEvidence, ShareVerdict, share_alerts, share_on
from indgang.core.law.calculators.small_lots import SmallLot, small_lots_ledger
from indgang.core.law.calculators.splitting import UnitPurchase, possible_splits
from indgang.core.law.calculators.staffing import FleksjobCounts, net_extra, ratio_room
from indgang.core.law.calculators.step import add_months
from indgang.core.law.calculators.three_years import ReservedAward, reserved_again
from indgang.core.law.pack import load
from indgang.core.text import Refused

FIGURES = load().figures
DAY = date(2026, 10, 5)
amounts = st.integers(0, 10_000_000)


def test_an_open_ended_monthly_price_counts_48_months_and_options_come_on_top() -> None:
    result = contract_value(FIGURES, DAY, Price(monthly=34_000, options={"vinduer": 60_000}))
    assert result.value == 34_000 * 48 + 60_000
    assert [str(step) for step in result.steps] == [
        "Ingen slutdato: 34.000 kr. om måneden × 48 måneder = 1.632.000 kr.",
        "Option vinduer: 60.000 kr.",
        "Kontraktens værdi: 1.692.000 kr. uden moms.",
    ]


def test_a_term_beyond_48_months_counts_48_and_a_shorter_one_itself() -> None:
    assert contract_value(FIGURES, DAY, Price(monthly=1_000, months=60)).value == 48_000
    assert contract_value(FIGURES, DAY, Price(monthly=1_000, months=47)).value == 47_000


def test_a_recurring_purchase_counts_the_larger_year_and_a_total_may_be_larger_still() -> None:
    assert contract_value(FIGURES, DAY, Price(last_12_months=3, next_12_months=2)).value == 3
    assert contract_value(FIGURES, DAY, Price(total=9, last_12_months=3)).value == 9


@pytest.mark.parametrize(
    "price", [Price(), Price(total=-1), Price(monthly=5, months=0), Price(total=1, options={"x": -1})]
)
def test_a_price_that_is_none_is_refused(price: Price) -> None:
    with pytest.raises(Refused):
        contract_value(FIGURES, DAY, price)


@given(amounts, st.integers(1, 80), amounts)
def test_an_option_raises_the_value_by_its_own_amount(monthly: int, months: int, option: int) -> None:
    plain = contract_value(FIGURES, DAY, Price(monthly=monthly, months=months)).value
    assert (
        contract_value(FIGURES, DAY, Price(monthly=monthly, months=months, options={"mere": option})).value
        == plain + option
    )


def test_a_running_purchase_is_measured_against_its_limit_with_and_without_a_change() -> None:
    before = against_limit(500_000, [300_000, 150_000], 30_000)
    assert (before.used, before.left, before.percent) == (450_000, 50_000, 90)
    assert (before.after, before.left_after, before.percent_after, before.passes) == (
        480_000,
        20_000,
        96,
        False,
    )


def test_reaching_the_limit_is_passing_it() -> None:
    assert against_limit(500_000, [499_999]).passes is False
    result = against_limit(500_000, [450_000], 50_000)
    assert result.passes is True
    assert "Afvis, send i udbud" in str(result.steps[-1])


def test_changes_are_added_up_against_both_limits_of_paragraph_180() -> None:
    result = change_margin(
        FIGURES, DAY, works=False, state=False, original=4_000_000, changes=[150_000, 249_999]
    )
    assert (result.total, result.threshold, result.share_limit, result.free) == (
        399_999,
        1_611_360,
        400_000,
        True,
    )
    assert (
        change_margin(FIGURES, DAY, works=False, state=False, original=4_000_000, changes=[400_000]).free
        is False
    )
    assert (
        change_margin(FIGURES, DAY, works=True, state=False, original=4_000_000, changes=[400_000]).free
        is True
    )
    assert (
        change_margin(FIGURES, DAY, works=False, state=False, original=40_000_000, changes=[1_611_360]).free
        is False
    )


def test_less_counts_as_a_change_too() -> None:
    result = change_margin(
        FIGURES, DAY, works=False, state=False, original=1_000_000, changes=[60_000, -60_000]
    )
    assert result.total == 120_000
    assert result.free is False


def test_small_lots_are_kept_in_a_ledger() -> None:
    lots = [SmallLot(date(2026, 2, 1), "stole", 450_000), SmallLot(date(2026, 5, 1), "borde", 600_000)]
    ledger = small_lots_ledger(FIGURES, DAY, works=False, value_of_all_parts=10_000_000, lots=lots)
    assert (ledger.total, ledger.percent, ledger.lawful) == (1_050_000, 10.5, False)
    assert [lot.label for lot in ledger.too_large] == ["borde"]
    assert ledger.part_limit_is_derived is True
    assert ledger.room == 596_799


def test_the_room_for_small_lots_ends_at_twenty_per_cent() -> None:
    lots = [SmallLot(DAY, f"del {i}", 500_000) for i in range(4)]
    ledger = small_lots_ledger(FIGURES, DAY, works=False, value_of_all_parts=10_000_000, lots=lots)
    assert (ledger.lawful, ledger.room) == (True, 0)
    assert not small_lots_ledger(FIGURES, DAY, works=False, value_of_all_parts=9_999_999, lots=lots).lawful


@given(st.integers(1, 50_000_000), st.lists(amounts, max_size=6))
def test_a_lot_that_fits_the_room_keeps_the_ledger_lawful(whole: int, values: list[int]) -> None:
    lots = [SmallLot(DAY, "del", value) for value in values]
    ledger = small_lots_ledger(FIGURES, DAY, works=False, value_of_all_parts=whole, lots=lots)
    if ledger.lawful:
        more = [*lots, SmallLot(DAY, "ny", int(ledger.room))]
        assert small_lots_ledger(FIGURES, DAY, works=False, value_of_all_parts=whole, lots=more).lawful


def test_the_same_service_in_three_schools_is_found() -> None:
    purchases = [
        UnitPurchase("Nordskolen", "90910000", date(2026, 1, 10), 200_000),
        UnitPurchase("Sydskolen", "90910000", date(2026, 3, 1), 200_000),
        UnitPurchase("Vestskolen", "90910000", date(2026, 12, 1), 200_000),
        UnitPurchase("Nordskolen", "77310000", date(2026, 1, 10), 200_000),
    ]
    found = possible_splits(purchases, limit=500_000, months=12)
    assert [(split.subject, split.total, split.units) for split in found] == [
        ("90910000", 600_000, ("Nordskolen", "Sydskolen", "Vestskolen"))
    ]
    assert possible_splits(purchases, limit=500_000, months=10) == []


def test_one_purchase_over_the_limit_is_no_splitting() -> None:
    purchases = [UnitPurchase("Nord", "x", DAY, 600_000), UnitPurchase("Syd", "x", DAY, 10_000)]
    assert possible_splits(purchases, limit=500_000, months=12) == []


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 499_999)), max_size=12), st.integers(1, 30))
def test_a_found_sum_is_true_and_no_larger_one_is_missed(rows: list[tuple[int, int]], months: int) -> None:
    start = date(2024, 1, 1).toordinal()
    purchases = [UnitPurchase("enhed", "x", date.fromordinal(start + day), value) for day, value in rows]
    largest = max(
        (
            sum(
                each.value
                for each in purchases
                if first.bought_date <= each.bought_date < add_months(first.bought_date, months)
            )
            for first in purchases
        ),
        default=0,
    )
    found = possible_splits(purchases, limit=500_000, months=months)
    assert [split.total for split in found] == ([largest] if largest >= 500_000 else [])


def evidence(day: date, heads: int, target: int, **more: float) -> ShareEvidence:
    return ShareEvidence(day, date(day.year + 1, day.month, day.day), heads, target, **more)


def test_thirty_per_cent_is_shown_by_head_and_in_full_time() -> None:
    standing = share_on(FIGURES, [evidence(date(2026, 1, 1), 10, 3, full_time=8, target_full_time=2)], DAY)
    assert (standing.verdict, standing.by_head, standing.by_full_time) == (ShareVerdict.DISPUTED, 30, 25)
    standing = share_on(FIGURES, [evidence(date(2026, 1, 1), 10, 3, full_time=8, target_full_time=3)], DAY)
    assert standing.verdict is ShareVerdict.MET
    assert share_on(FIGURES, [evidence(date(2026, 1, 1), 101, 30)], DAY).verdict is ShareVerdict.NOT_MET


def test_without_valid_evidence_nothing_is_known() -> None:
    old = evidence(date(2024, 1, 1), 10, 9)
    assert share_on(FIGURES, [old], DAY).verdict is ShareVerdict.UNKNOWN


def test_an_alert_comes_when_the_share_falls_and_when_the_evidence_runs_out() -> None:
    first, second = evidence(date(2026, 1, 1), 10, 4), evidence(date(2026, 6, 1), 12, 3)
    alerts = share_alerts(FIGURES, [first, second], date(2026, 1, 1), date(2027, 12, 31))
    assert [(alert.day, alert.verdict) for alert in alerts] == [(date(2026, 6, 1), ShareVerdict.NOT_MET)]
    alerts = share_alerts(FIGURES, [first], date(2026, 1, 1), date(2027, 12, 31))
    assert [(alert.day, alert.verdict) for alert in alerts] == [(date(2027, 1, 2), ShareVerdict.UNKNOWN)]


@pytest.mark.parametrize(
    "bad",
    [
        ShareEvidence(DAY, DAY, 0, 0),
        ShareEvidence(DAY, DAY, 3, 4),
        ShareEvidence(DAY, DAY, 4, 3, full_time=2, target_full_time=3),
        ShareEvidence(DAY, date(2026, 1, 1), 4, 3),
    ],
)
def test_a_count_that_cannot_be_true_is_refused(bad: ShareEvidence) -> None:
    with pytest.raises(Refused):
        share_on(FIGURES, [bad], DAY)


def test_three_years_must_pass_for_the_same_service_and_organisation() -> None:
    awards = [ReservedAward("99108177", "85312400", date(2024, 2, 29))]
    early = reserved_again(FIGURES, awards, organisation="99108177", service="85312400", on=date(2027, 2, 27))
    assert (early.possible, early.earliest) == (False, date(2027, 2, 28))
    assert reserved_again(
        FIGURES, awards, organisation="99108177", service="85312400", on=date(2027, 2, 28)
    ).possible
    assert reserved_again(FIGURES, awards, organisation="99108177", service="85311000", on=DAY).possible
    assert reserved_again(FIGURES, awards, organisation="99545615", service="85312400", on=DAY).possible


@pytest.mark.parametrize(
    ("ordinary", "allowed"),
    [(0, 1), (4, 1), (5, 1), (9, 1), (10, 2), (50, 10), (59, 10), (60, 11), (100, 15)],
)
def test_the_ratio_rule_gives_places(ordinary: int, allowed: int) -> None:
    assert ratio_room(FIGURES, DAY, ordinary=ordinary, in_places=0).allowed == allowed


def test_how_fleksjobs_count_is_for_the_municipality_to_say() -> None:
    def free(counts: FleksjobCounts) -> tuple[int, bool]:
        room = ratio_room(FIGURES, DAY, ordinary=8, in_places=1, fleksjobs=2, fleksjob_counts=counts)
        return room.free, room.kept

    assert free(FleksjobCounts.NOT_AT_ALL) == (0, True)
    assert free(FleksjobCounts.AS_ORDINARY) == (1, True)
    assert free(FleksjobCounts.AS_PLACES) == (0, False)


def test_a_wage_subsidy_needs_more_employees_than_the_average_of_the_year() -> None:
    assert net_extra(FIGURES, DAY, monthly_employees=[10] * 12, now=10).met is True
    assert net_extra(FIGURES, DAY, monthly_employees=[11] * 12, now=10).met is False
    assert net_extra(FIGURES, DAY, monthly_employees=[11] * 6 + [10] * 6, now=10).average == 10.5
    with pytest.raises(Refused, match="12 måneder"):
        net_extra(FIGURES, DAY, monthly_employees=[10] * 11, now=10)


def test_de_minimis_rolls_over_three_years_from_2024() -> None:
    given_aid = [
        AidGiven(date(2023, 10, 5), 100_000),
        AidGiven(date(2023, 10, 6), 50_000),
        AidGiven(DAY, 150_000),
    ]
    room = de_minimis_room(FIGURES, given_aid, on=DAY, new_euro=100_000)
    assert (room.window_from, room.given, room.ceiling, room.left) == (
        date(2023, 10, 6),
        200_000,
        300_000,
        100_000,
    )
    assert room.fits is True
    assert de_minimis_room(FIGURES, given_aid, on=DAY, new_euro=100_000.01).fits is False
    assert room.regulation == "2023/2831"


def test_de_minimis_counted_fiscal_years_and_halved_road_freight_before() -> None:
    given_aid = [AidGiven(date(2020, 12, 31), 90_000), AidGiven(date(2021, 1, 1), 60_000)]
    room = de_minimis_room(FIGURES, given_aid, on=date(2023, 5, 1))
    assert (room.window_from, room.given, room.ceiling) == (date(2021, 1, 1), 60_000, 200_000)
    assert de_minimis_room(FIGURES, given_aid, on=date(2023, 5, 1), road_freight=True).ceiling == 100_000
    assert room.regulation == "1407/2013"


def test_an_entrusted_service_has_a_ceiling_of_its_own() -> None:
    given_aid = [AidGiven(DAY, 250_000), AidGiven(DAY, 700_000, entrusted=True)]
    assert de_minimis_room(FIGURES, given_aid, on=DAY, new_euro=50_000, entrusted=True).fits is True
    assert de_minimis_room(FIGURES, given_aid, on=DAY, new_euro=50_001).fits is False
    with pytest.raises(Refused, match="de_minimis_sgei"):
        de_minimis_room(FIGURES, [], on=date(2023, 1, 1), entrusted=True)


POST_OFFICE = [
    RentAssessment(date(2027, 1, 15), "stuen", 780, RentEvidence.VALUATION),
    RentAssessment(date(2027, 1, 15), "kælder", 260, RentEvidence.NO_TAKERS),
]


def test_rent_is_compared_with_the_assessment_of_the_same_part() -> None:
    check = rent_check(
        POST_OFFICE, part="stuen", square_metres=120, asked_a_year=93_600, signed_date=date(2027, 6, 1)
    )
    assert (check.market, check.missing, check.lawful, check.rent_evidence) == (93_600, 0, True, "valuation")
    low = rent_check(
        POST_OFFICE, part="stuen", square_metres=120, asked_a_year=90_000, signed_date=date(2027, 6, 1)
    )
    assert (low.missing, low.lawful) == (3_600, False)


def test_a_low_rent_is_lawful_where_nobody_else_would_pay_more() -> None:
    check = rent_check(
        POST_OFFICE, part="kælder", square_metres=90, asked_a_year=23_400, signed_date=date(2027, 6, 1)
    )
    assert (check.lawful, check.rent_evidence) == (True, "open_offer_no_takers")


def test_evidence_found_after_the_signing_does_not_count() -> None:
    check = rent_check(
        POST_OFFICE, part="stuen", square_metres=120, asked_a_year=93_600, signed_date=date(2027, 1, 14)
    )
    assert (check.market, check.lawful, check.rent_evidence) == (None, False, "none")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 5), -36, date(2023, 10, 5)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_added_the_way_contracts_count_them(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
