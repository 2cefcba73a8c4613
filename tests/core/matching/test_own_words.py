# SPDX-License-Identifier: MPL-2.0
"""A municipality's own words: they change what its needs mean and what offers sell, over an index that all share."""

import pytest

from indgang.core.matching import Index, Need, Offer, own_language
from indgang.core.text import Refused

OFFERS = (
    Offer.of("v", "Vaskeriet", "Vask, tørring og foldning af tøj"),
    Offer.of("t", "Træværkstedet", "Snedkerarbejde og ting i træ"),
    Offer.of("d", "Drageholdet", "Kludderflak i alle farver"),
)
INDEX = Index(OFFERS)
LANGUAGE = own_language().extended(
    """
    [laundry]
    words = "snoldestuen"

    [own_kites]
    da = "Kludderflak"
    en = "kites"
    words = "kludderflak, flyvetøj til børn"
    near = { wood_workshop = 0.6 }
    """
)


def found(text: str, *, own: bool) -> list[str]:
    answer = INDEX.search(Need("n", text), language=LANGUAGE if own else None)
    return [match.id for match in answer.matches]


def test_a_word_that_only_the_municipality_knows_means_a_known_trade_to_it_alone() -> None:
    assert found("Snoldestuen på Bakkegården skal lukke", own=False) == []
    assert found("Snoldestuen på Bakkegården skal lukke", own=True) == ["v"]


def test_a_trade_of_its_own_is_found_among_offers_that_were_read_before_it_was_known() -> None:
    answer = INDEX.search(Need("n", "flyvetøj til børn i skolegården"), language=LANGUAGE)
    assert [match.id for match in answer.matches][:2] == ["d", "t"]
    assert "Sælger kludderflak" in str(answer.matches[0].reasons[0])
    assert answer.trades[0] == "kludderflak"


def test_everything_else_is_answered_as_before() -> None:
    text = "vask af duge og en reol i træ"
    assert INDEX.search(Need("n", text)).matches == INDEX.search(Need("n", text), language=LANGUAGE).matches


def test_a_broken_extension_is_refused() -> None:
    with pytest.raises(Refused, match="det fag findes ikke"):
        own_language().extended("[laundry]\nnear = { findes_ikke = 0.5 }\n")
