# SPDX-License-Identifier: MPL-2.0
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.sort_key import danish_sort_key


def test_danish_names_come_in_danish_order() -> None:
    names = [
        "Åbjerg",
        "Aabenraa",
        "Ørum",
        "Zoo",
        "Ærø",
        "Andelskassen",
        "Bageren",
        "Café Éclair",
        "Cafe Anna",
    ]
    assert sorted(names, key=danish_sort_key) == [
        "Andelskassen",
        "Bageren",
        "Cafe Anna",
        "Café Éclair",
        "Zoo",
        "Ærø",
        "Ørum",
        "Aabenraa",
        "Åbjerg",
    ]


def test_numbers_sort_by_size() -> None:
    assert danish_sort_key("Hold 9") < danish_sort_key("Hold 10")


@given(st.text())
def test_any_text_has_a_key_of_plain_letters(text: str) -> None:
    assert all(c.isascii() for c in danish_sort_key(text))
