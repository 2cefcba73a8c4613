# SPDX-License-Identifier: MPL-2.0
"""Personal numbers in free text. All numbers here are made up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.cpr import holds_cpr


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "Borgeren 0101901234 starter mandag",
        "cpr0101901234",
        "CPR: 010190 1234.",
        "01 01 90 1234",
        "01-01-90-1234",
        "01.01.90-1234",
        "010190 - 1234",
        "010190–1234 med tankestreg",
        "010190\u00a01234 med hårdt mellemrum",
        "010190-\u200b1234 med usynligt tegn",
        "(310599-4321)",
        "290200-4321 er en skuddag",
        "610190-1234 er et administrativt nummer",
        "ring til mig,0101901234",
        "010190-1234,020290-1234",
        "320190-1234/020290-1234",
    ],
)
def test_a_personal_number_is_seen_however_it_is_written(text: str) -> None:
    assert holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vask af arbejdstøj for 12 børnehaver",
        "P-nummer 1003388394",
        "P-nr.: 1003388394",
        "p nr 1012345678",
        "Produktionsenhed: 1003388394",
        "1028361455 har måned 28 og er et P-nummer",
        "EAN 5798001234567",
        "5798001234567",
        "tlf. 4512345678",
        "+4501019012",
        "Telefon: 0101901234",
        "konto 1234 0101901234",
        "Reg. 1234 konto 0101901234",
        "1234 0101901234",
        "CVR 12345678",
        "320190-1234 har dag 32",
        "011390-1234 har måned 13",
        "290201-4321 var ingen skuddag",
        "1012500000 kr.",
        "I alt 0101901234,50",
        "den 01.02.2024 kl. 12.30",
        "01.01.1990-31.12.1999",
        "uge 28-30 2026",
        "010190-12345",
        "3010190-1234",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not holds_cpr(text)


@pytest.mark.parametrize(
    ("seventh", "leap"), [("0", False), ("3", False), ("4", True), ("9", True), ("5", True)]
)
def test_the_seventh_digit_tells_which_years_00_had_a_29th_of_february(seventh: str, leap: bool) -> None:
    assert holds_cpr(f"290200-{seventh}111") is leap


@given(st.dates(date(1937, 1, 1), date(1999, 12, 31)), st.integers(0, 3999), st.sampled_from(["", "-", " "]))
def test_every_birthday_of_the_last_century_is_seen(born: date, serial: int, gap: str) -> None:
    assert holds_cpr(f"Navn {born:%d%m%y}{gap}{serial:04d} og mere")


@given(st.dates(date(2000, 1, 1), date(2036, 12, 31)), st.integers(4000, 9999))
def test_every_birthday_of_this_century_is_seen(born: date, serial: int) -> None:
    assert holds_cpr(f"{born:%d%m%y}-{serial:04d}")


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert holds_cpr(text) in (True, False)


def test_a_very_long_text_is_read_quickly_enough_to_be_read_at_all() -> None:
    assert not holds_cpr("12 34 56 78 " * 200_000)
    assert holds_cpr(
        "vask af tøj " * 100_000 + (date(1990, 1, 1) + timedelta(days=1)).strftime("%d%m%y-1234")
    )
