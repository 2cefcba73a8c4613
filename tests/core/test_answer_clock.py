# SPDX-License-Identifier: MPL-2.0
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.answer_clock import PACE, Asked, Step, is_exhausted, next_contacts
from indgang.core.replay import mean_contacts, replay, share_answered

asked_ones = st.lists(
    st.builds(
        Asked,
        enterprise=st.integers(0, 10_000),
        contacts=st.integers(1, 3),
        last=st.floats(0, 5),
        answered=st.booleans(),
    ),
    max_size=20,
    unique_by=lambda one: one.enterprise,
)
pools = st.lists(st.integers(20_000, 30_000), max_size=20, unique=True)
moments = st.floats(0, 5)


def test_the_best_three_are_asked_at_once() -> None:
    found = next_contacts(0.0, [], ["a", "b", "c", "d", "e"])
    assert [(one.enterprise, one.step) for one in found] == [
        ("a", Step.ASK),
        ("b", Step.ASK),
        ("c", Step.ASK),
    ]


def test_two_answers_are_enough() -> None:
    asked = [Asked("a", 1, 0.0, True), Asked("b", 1, 0.0, True), Asked("c", 1, 0.0)]
    assert next_contacts(4.0, asked, ["d"]) == []


def test_somebody_asked_this_morning_is_not_reminded_today() -> None:
    assert next_contacts(0.5, [Asked("a", 1, 0.0)], []) == []


def test_the_third_contact_is_a_phone_call() -> None:
    assert [one.step for one in next_contacts(3.0, [Asked("a", 2, 1.5)], [])] == [Step.CALL]


def test_nobody_is_left_when_all_have_been_contacted_three_times() -> None:
    assert is_exhausted([Asked("a", 3, 2.0), Asked("b", 1, 0.0, True)], [])
    assert not is_exhausted([Asked("a", 2, 2.0)], [])


@given(moments, asked_ones, pools)
def test_nobody_outside_the_matches_is_ever_contacted(elapsed: float, asked: list, pool: list) -> None:
    known = set(pool) | {one.enterprise for one in asked}
    assert {one.enterprise for one in next_contacts(elapsed, asked, pool)} <= known


@given(moments, asked_ones, pools)
def test_nobody_who_has_answered_is_contacted_again(elapsed: float, asked: list, pool: list) -> None:
    done = {one.enterprise for one in asked if one.answered}
    assert not done & {one.enterprise for one in next_contacts(elapsed, asked, pool)}


@given(moments, asked_ones, pools)
def test_nobody_gets_more_than_three_contacts_and_never_two_at_once(
    elapsed: float, asked: list, pool: list
) -> None:
    found = [one.enterprise for one in next_contacts(elapsed, asked, pool)]
    assert len(found) == len(set(found))
    made = {one.enterprise: one.contacts for one in asked}
    assert all(made.get(enterprise, 0) < PACE.per_enterprise for enterprise in found)


@given(moments, asked_ones, pools)
def test_the_pace_is_never_passed(elapsed: float, asked: list, pool: list) -> None:
    spent = sum(one.contacts for one in asked)
    new = len(next_contacts(elapsed, asked, pool))
    assert new == 0 or spent + new <= PACE.most


def test_replaying_with_the_same_seed_gives_the_same_needs() -> None:
    assert (
        replay([12], needs=50, probability=0.17, seed=3).outcomes
        == replay([12], needs=50, probability=0.17, seed=3).outcomes
    )


def test_the_clock_reaches_its_aim_with_a_sufficient_pool() -> None:
    played = replay([12, 20, 40], needs=6_000, probability=0.17, seed=1)
    assert len(played.sufficient()) == 6_000
    assert share_answered(played.outcomes) >= 0.95
    assert mean_contacts(played.outcomes) <= 15


def test_a_market_where_everyone_answers_costs_two_or_three_contacts() -> None:
    assert mean_contacts(replay([12], needs=200, probability=1.0, seed=1).outcomes) <= 5


def test_a_market_where_nobody_answers_ends_with_a_person() -> None:
    played = replay([4], needs=20, probability=0.0, seed=1)
    assert share_answered(played.outcomes) == 0
    assert all(one.exhausted and one.contacts == 12 for one in played.outcomes)
