# SPDX-License-Identifier: MPL-2.0
"""Is it covered by an agreement? The first thing the guide answers."""

from datetime import date, timedelta

import pytest

from indgang.guidance.coverage import State, coverage
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.guidance.scene import a_list, an_agreement

TODAY = NOW.date()


def state(cast: Cast, code: str, on: date = TODAY) -> State:
    return coverage(cast.home.pk, code, on).state


def test_a_code_under_the_agreements_code_is_covered(cast: Cast) -> None:
    an_agreement(cast, "90910000")
    assert state(cast, "90911300") is State.COVERED
    assert state(cast, "90910000") is State.COVERED


def test_a_code_above_the_agreements_code_may_be_covered(cast: Cast) -> None:
    an_agreement(cast, "90911300")
    assert state(cast, "90910000") is State.MAYBE
    assert state(cast, "90920000") is State.NOT_FOUND


def test_an_agreement_that_does_not_bind_is_told_and_nothing_more(cast: Cast) -> None:
    an_agreement(cast, "90910000", exclusive=False)
    assert state(cast, "90911300") is State.OPTIONAL


@pytest.mark.parametrize(
    ("first", "last", "found"), [(-1, 1, True), (0, 0, True), (1, 2, False), (-2, -1, False)]
)
def test_only_an_agreement_in_its_term_counts(cast: Cast, first: int, last: int, found: bool) -> None:
    an_agreement(cast, first_date=TODAY + timedelta(days=first), last_date=TODAY + timedelta(days=last))
    assert (state(cast, "90911300") is State.COVERED) is found


def test_without_a_list_nobody_is_told_that_there_is_no_agreement(cast: Cast, browse: Browser) -> None:
    assert state(cast, "90911300") is State.NO_LIST
    page = browse.log_in("carla").get("/jura/?tekst=vinduespudsning")
    assert "Spørg indkøb, om der er en aftale" in text_of(page)


def test_the_buyer_reads_who_to_order_from_before_anything_else(cast: Cast, browse: Browser) -> None:
    an_agreement(cast)
    page = text_of(browse.log_in("carla").get("/jura/?tekst=vinduespudsning på biblioteket"))
    assert "Dækket af aftalen med Rent Ord ApS til 31. december 2028" in page
    assert "aftale 4711" in page


def test_a_purchase_that_is_not_on_the_list_is_said_to_be_so(cast: Cast, browse: Browser) -> None:
    a_list(cast)
    page = text_of(browse.log_in("carla").get("/jura/?tekst=vinduespudsning"))
    assert "Ikke fundet på aftalelisten" in page


def test_the_municipality_next_door_sees_none_of_our_agreements(cast: Cast, browse: Browser) -> None:
    an_agreement(cast)
    page = browse.log_in("dan").get("/jura/?tekst=vinduespudsning")
    assert "Rent Ord" not in text_of(page)


def test_strangers_are_sent_to_the_log_in_page(cast: Cast, browse: Browser) -> None:
    assert browse.get("/jura/", status=302).headers["Location"].startswith("/log-ind/")
