# SPDX-License-Identifier: MPL-2.0
"""What every answer keeps, whatever is asked: reasons in the seller's own words, and nobody left out for what is not known."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.matching import Index, Listing, Need, Offer
from indgang.web.commands.match_evaluate import JudgedSet, read_set

FOLDER = Path(__file__).parent / "data" / "practice_five"
QUOTE = re.compile(r"»(.+?)«")
NO_DEADLINE = settings(deadline=None, max_examples=40)


@cache
def judged() -> JudgedSet:
    return read_set(FOLDER)


@cache
def index() -> Index:
    return Index(judged().offers)


needs = st.integers(0, 10_000).map(lambda number: judged().needs[number % len(judged().needs)])
facts = st.builds(
    Listing,
    text=st.just(""),
    areas=st.sampled_from([(), ("Aarhus",), ("hele landet",), ("et sted ingen kender",)]),
    months=st.sets(st.integers(1, 12)).map(frozenset),
    capacity_per_week=st.none() | st.floats(1, 1_000),
    smallest_job_dkk=st.none() | st.integers(0, 10_000),
    largest_job_dkk=st.none() | st.integers(10_000, 1_000_000),
    lead_time_days=st.none() | st.integers(0, 90),
)
known: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    place=st.sampled_from(["", "Aarhus", "Skagen", "Et sted der ikke findes"]),
    value_dkk=st.none() | st.integers(0, 2_000_000),
    months=st.sets(st.integers(1, 12)).map(frozenset),
    per_week=st.none() | st.floats(1, 5_000),
    days_until_start=st.none() | st.integers(0, 120),
)


def found(offers: Index, need: Need) -> set[str]:
    return {match.id for match in offers.search(need, 100).matches}


@NO_DEADLINE
@given(needs, known)
def test_what_is_known_of_a_need_excludes_nobody_who_says_nothing(
    need: Need, told: dict[str, object]
) -> None:
    bare = Need(need.id, need.text)
    assert found(index(), replace(bare, **told)) == found(index(), bare)  # type: ignore[arg-type]


@NO_DEADLINE
@given(needs, known, facts)
def test_no_fact_of_a_listing_excludes_it(need: Need, told: dict[str, object], stated: Listing) -> None:
    """What stands against it lowers it and is said; it is the coordinator who decides."""
    bare = Need(need.id, need.text)
    best = next(iter(index().search(bare).matches), None)
    if best is None:
        return
    offer = next(offer for offer in judged().offers if offer.id == best.id)
    listings = tuple(replace(stated, text=listing.text) for listing in offer.listings)
    alone = Index([replace(offer, listings=listings)])
    if found(Index([offer]), bare):
        assert found(alone, replace(bare, **told)) == {best.id}  # type: ignore[arg-type]


@NO_DEADLINE
@given(needs, known)
def test_one_to_three_reasons_that_quote_the_sellers_own_words(need: Need, told: dict[str, object]) -> None:
    texts = {offer.id: " ".join(one.text for one in offer.listings) for offer in judged().offers}
    for match in index().search(replace(need, **told), 100).matches:  # type: ignore[arg-type]
        assert 1 <= len(match.reasons) <= 3
        assert 0.0 <= match.score <= 1.0
        for quote in QUOTE.findall(str(match.reasons[0])):
            assert quote.rstrip("…") in texts[match.id]


@NO_DEADLINE
@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    answer = index().search(Need("n", text))
    assert all(match.reasons for match in answer.matches)


def test_an_offer_without_words_harms_nobody() -> None:
    assert found(Index([Offer("tom", "Tom")]), Need("n", "rengøring")) == set()
