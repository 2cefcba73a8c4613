# SPDX-License-Identifier: MPL-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.readings import find_amount_dkk, find_date

TODAY = date(2027, 4, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Leveres mandag den 10. maj", date(2027, 5, 10)),
        ("senest 1. marts", date(2028, 3, 1)),
        ("den 10/5", date(2027, 5, 10)),
        ("10.05.2027 kl. 12", date(2027, 5, 10)),
        ("24. dec. 2027", date(2027, 12, 24)),
        ("fra 1. maj til 31. maj", None),
        ("2.400 læsepakker", None),
        ("30. februar", None),
        ("1. januar 2020", None),
        ("hver mandag", None),
        ("12 børnehaver", None),
    ],
)
def test_the_day_that_a_need_names(text: str, day: date | None) -> None:
    assert find_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("højst 36.000 kr.", 36_000),
        ("ca. 36000 kroner om året", 36_000),
        ("kr. 480.000 i alt", 480_000),
        ("DKK 36.000", 36_000),
        ("36.000,- kr", 36_000),
        ("omkring 40 t.kr.", 40_000),
        ("mellem 20.000 kr. og 30.000 kr.", None),
        ("2.400 læsepakker den 10. maj", None),
    ],
)
def test_the_amount_that_a_need_names(text: str, amount: int | None) -> None:
    assert find_amount_dkk(text) == amount


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = find_date(text, today=TODAY)
    assert found is None or found >= TODAY
    assert (find_amount_dkk(text) or 0) >= 0
