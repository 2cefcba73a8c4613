# SPDX-License-Identifier: MPL-2.0
"""Official codes for texts, and trades for codes."""

import pytest

from indgang.core.matching import own_language
from indgang.core.matching.classification import Classification
from indgang.core.matching.reading import read

LANGUAGE = own_language()
CODES = LANGUAGE.classification


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("snerydning på 7 institutioner", "90620000"),
        ("pudsning af vinduer", "90911300"),
        ("frokost til 90 børn", "55523100"),
        ("oversættelse af folder til arabisk", "79530000"),
        ("håndlavede stearinlys", "39225600"),
        ("regnskab og bogføring for foreningen", "79211100"),
    ],
)
def test_the_first_suggestion_fits_the_text(text: str, code: str) -> None:
    assert CODES.suggest(read(text, LANGUAGE.vocabulary))[0].code == code


def test_an_official_label_is_found_even_where_no_trade_is_known() -> None:
    codes = [
        suggestion.code
        for suggestion in CODES.suggest(
            read("linoleumsgulve og gummimåtter til heste, gulvslibemaskiner", LANGUAGE.vocabulary)
        )
    ]
    assert codes


def test_a_text_about_nothing_gets_no_codes() -> None:
    assert CODES.suggest(read("og det er en", LANGUAGE.vocabulary)) == ()


def test_at_most_five_codes_best_first() -> None:
    suggestions = CODES.suggest(
        read("rengøring, catering, flytning, maling, kontor og vask af tøj", LANGUAGE.vocabulary)
    )
    scores = [suggestion.score for suggestion in suggestions]
    assert len(suggestions) == 5
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("code", "trade"),
    [
        ("90911300", "window_cleaning"),
        ("98310000", "laundry"),
        ("55523100", "children_meals"),
        ("03142100", "honey"),
    ],
)
def test_a_code_tells_its_trade(code: str, trade: str) -> None:
    assert trade in CODES.trades_of(code)


def test_a_code_without_an_entry_of_its_own_is_read_by_its_label_and_its_branch() -> None:
    assert "medical_devices" in CODES.trades_of("33193121")


def test_an_unknown_code_tells_nothing() -> None:
    assert CODES.trades_of("00000000") == {}


def test_without_the_official_list_there_are_no_suggestions_and_no_trouble() -> None:
    bare = Classification({}, LANGUAGE.vocabulary)
    assert bare.suggest(read("snerydning", LANGUAGE.vocabulary)) == ()
    assert "snow_clearing" in bare.trades_of("90620000")
