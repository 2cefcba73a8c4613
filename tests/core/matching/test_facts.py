# SPDX-License-Identifier: MPL-2.0
"""Place, season, size, capacity and notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.matching.facts import Wanted, months_in, per_week_in, spell_months, terms, wanted
from indgang.core.matching.places import read_places
from indgang.core.matching.values import Listing, Need

PLACES = read_places()
UNKNOWN = Wanted("", frozenset(), None, None, None)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("maj-august", {5, 6, 7, 8}),
        ("nov. - feb.", {11, 12, 1, 2}),
        ("i november", {11}),
        ("okt./nov.", {10, 11}),
        ("uge 28-30", {7}),
        ("lørdag d. 22. juni", {6}),
        ("til sommer", {6, 7, 8}),
        ("majs og marketing", set()),
        ("juletræer til jul", {11, 12}),
        ("hver uge hele året", set()),
    ],
)
def test_months_are_read_from_the_text(text: str, months: set[int]) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("ca. 300 poser om ugen", 300),
        ("ca 30 opkald dgl.", 150),
        ("140 spisende om dagen", 700),
        ("1.200 breve om måneden", pytest.approx(1200 * 12 / 52)),
        ("15.000 enheder/md.", pytest.approx(15000 * 12 / 52)),
        ("8.000 gaveæsker", None),
        ("trappevask hver uge i 14 opgange", None),
    ],
)
def test_units_a_week_are_read_from_the_text(text: str, units: float | None) -> None:
    assert per_week_in(text) == units


def test_given_facts_win_over_facts_in_the_text() -> None:
    need = Need(
        "n",
        "snerydning i Hobro i januar, 10 gange om ugen",
        place="Vejle",
        months=frozenset((2,)),
        per_week=3,
    )
    assert wanted(need, PLACES) == Wanted("Vejle", frozenset((2,)), None, 3, None)
    assert wanted(Need("n", need.text), PLACES) == Wanted("Mariagerfjord", frozenset((1,)), None, 10, None)


def test_an_area_that_nobody_understands_counts_as_unknown() -> None:
    held = terms(
        Wanted("Vejle", frozenset(), None, None, None),
        Listing("x", areas=("Månen",)),
        PLACES,
        reach="local",
        season="",
    )
    assert (held.factor, held.reasons, held.missing) == (1.0, (), ())


def test_a_trade_with_a_season_needs_no_month_from_the_buyer() -> None:
    held = terms(UNKNOWN, Listing("x", months=frozenset((6, 7))), PLACES, reach="local", season="winter")
    assert held.factor < 1
    assert "juni-juli" in str(held.missing[0])


def test_more_than_they_can_do_is_said_with_both_numbers() -> None:
    want = Wanted("", frozenset(), None, 500.0, None)
    held = terms(want, Listing("x", capacity_per_week=120), PLACES, reach="local", season="")
    assert "120" in str(held.missing[0])
    assert "500" in str(held.missing[0])


def test_the_worst_of_several_shortcomings_comes_first() -> None:
    want = Wanted("Skagen", frozenset(), 900_000, None, 1)
    listing = Listing("x", areas=("Bornholm",), largest_job_dkk=100_000, lead_time_days=30)
    held = terms(
        Wanted("Frederikshavn", *(want.months, want.value_dkk, None, 1)),
        listing,
        PLACES,
        reach="local",
        season="",
    )
    assert len(held.missing) == 3
    assert "Bornholm" in str(held.missing[0])


@pytest.mark.parametrize(
    ("months", "spelled"),
    [
        ({5, 6, 7, 8}, "maj-august"),
        ({3, 10}, "marts og oktober"),
        ({11, 12, 1, 2}, "november-februar"),
        ({4}, "april"),
    ],
)
def test_months_are_spelled_as_people_say_them(months: set[int], spelled: str) -> None:
    assert spell_months(months) == spelled


@given(
    st.builds(
        Listing,
        st.just("x"),
        capacity_per_week=st.none() | st.floats(0.1, 1e6),
        months=st.frozensets(st.integers(1, 12)),
        smallest_job_dkk=st.none() | st.integers(0, 10**9),
        largest_job_dkk=st.none() | st.integers(0, 10**9),
        lead_time_days=st.none() | st.integers(0, 400),
    )
)
def test_without_facts_from_the_buyer_nothing_is_held_against_anybody(listing: Listing) -> None:
    held = terms(UNKNOWN, listing, PLACES, reach="local", season="")
    assert held.factor == 1.0
    assert held.missing == ()


@given(st.text(max_size=200))
def test_facts_are_read_from_any_text(text: str) -> None:
    assert months_in(text) <= set(range(1, 13))
    per_week = per_week_in(text)
    assert per_week is None or per_week >= 0
