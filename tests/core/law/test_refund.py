# SPDX-License-Identifier: MPL-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.refund import Position, Week, counted_weeks, position, split, splits, staircase
from indgang.core.text import Refused

RULE = staircase(date(2026, 9, 1))
B, S, W, O = Week.BENEFIT, Week.SELF_SUPPORT, Week.SUBSIDISED, Week.OTHER  # noqa: E741
START = Position()
histories = st.lists(st.sampled_from(Week), max_size=400)


def percents(weeks: list[Week], start: Position = START) -> list[int | None]:
    counts = counted_weeks(weeks, RULE, start)
    return [RULE.state_percent(n) if week is B else None for week, n in zip(weeks, counts, strict=True)]


@pytest.mark.parametrize(
    ("week", "percent"), [(1, 80), (4, 80), (5, 40), (26, 40), (27, 30), (52, 30), (53, 20), (900, 20)]
)
def test_the_state_pays_less_step_by_step(week: int, percent: int) -> None:
    assert RULE.state_percent(week) == percent


@pytest.mark.parametrize(
    ("weeks", "municipal_kroner"), [(4, 2_411), (26, 42_194), (52, 97_046), (104, 222_422), (260, 598_550)]
)
def test_a_new_entrant_costs_the_municipality_more_the_longer_it_lasts(
    weeks: int, municipal_kroner: int
) -> None:
    shares = splits([B] * weeks, 301_385, RULE)
    assert round(sum(share.municipality for share in shares if share) / 100) == municipal_kroner


def test_fifty_two_weeks_of_self_support_start_the_count_over() -> None:
    assert percents([B] * 60 + [S] * 52 + [B])[-1] == 80


def test_fifty_one_weeks_do_not() -> None:
    assert percents([B] * 60 + [S] * 51 + [B])[-1] == 20


def test_self_support_may_be_scattered_over_the_window() -> None:
    weeks = [B] * 60 + ([S] * 26 + [B] * 10) * 2
    assert counted_weeks([*weeks, O, B], RULE)[-1] == 1


def test_self_support_older_than_three_years_is_forgotten() -> None:
    assert percents([S] * 52 + [B] * 104 + [O, B])[-1] == 20
    assert percents([S] * 52 + [B] * 103 + [O, B])[-1] == 80


def test_subsidised_work_never_starts_the_count_over() -> None:
    assert percents([B] * 60 + [W] * 156 + [B])[-1] == 20


def test_the_count_does_not_start_over_in_the_middle_of_a_spell() -> None:
    assert counted_weeks([B, B], RULE, position(70, 80)) == [71, 72]


def test_a_start_from_numbers_lets_the_benefit_weeks_be_the_latest() -> None:
    assert position(2, 1).history == (S, B, B)
    assert counted_weeks([S, B], RULE, position(60, 51)) == [60, 1]
    with pytest.raises(ValueError, match="negative"):
        position(-1)


def test_the_day_before_the_rule_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="refusionstrappen"):
        staircase(date(2016, 1, 3))


def test_week_zero_is_no_benefit_week() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        RULE.state_percent(0)


@given(st.integers(0, 10**9), st.integers(1, 500))
def test_the_two_shares_are_the_benefit_to_the_oere(benefit: int, week: int) -> None:
    share = split(benefit, week, RULE)
    assert share.municipality + share.state == benefit
    assert share.municipality >= 0
    assert share.state >= 0


@given(histories)
def test_the_states_share_rises_only_to_eighty_and_only_after_enough_self_support(weeks: list[Week]) -> None:
    shares = percents(weeks)
    before = None
    for index, share in enumerate(shares):
        if share is None:
            continue
        if before is not None and share > before:
            assert share == 80
            assert weeks[max(0, index - 156) : index].count(S) >= 52
        before = share


@given(histories, st.data())
def test_subsidised_work_instead_of_self_support_never_raises_a_later_share(
    weeks: list[Week], data: st.DataObject
) -> None:
    places = [i for i, week in enumerate(weeks) if week is S]
    changed = list(weeks)
    for place in data.draw(st.lists(st.sampled_from(places))) if places else []:
        changed[place] = W
    for first, second in zip(percents(weeks), percents(changed), strict=True):
        assert first is None or second is None or second <= first


@given(histories, st.integers(0, 400))
def test_a_period_may_be_cut_anywhere(weeks: list[Week], cut: int) -> None:
    first = counted_weeks(weeks[:cut], RULE)
    rest = Position(first[-1] if first else 0, tuple(weeks[:cut]))
    assert first + counted_weeks(weeks[cut:], RULE, rest) == counted_weeks(weeks, RULE)
