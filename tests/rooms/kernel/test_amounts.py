# SPDX-License-Identifier: MPL-2.0
import pytest
from django.core.exceptions import ValidationError

from indgang.kernel.ui.forms import KronerField, OereField


@pytest.mark.parametrize(
    ("typed", "kroner"),
    [("36.000", 36_000), ("36000", 36_000), ("36.000,00 kr.", 36_000), ("36 000 kr", 36_000), ("36,000", 36_000),
     ("1,234,567", 1_234_567), ("0", 0)],
)  # fmt: skip
def test_whole_kroner_are_read_as_people_write_them(typed: str, kroner: int) -> None:
    assert KronerField().clean(typed) == kroner


@pytest.mark.parametrize("typed", ["36,5", "mange", "-4", "1e6", "3.000.000.000", "NaN", "∞", ""])
def test_what_is_no_amount_of_whole_kroner_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError):
        KronerField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "oere"),
    [("13,50", 1_350), ("13.50", 1_350), ("1.350", 135_000), ("32.400,50 kr.", 3_240_050), ("1,234.5", 123_450),
     ("13,5", 1_350), ("7", 700)],
)  # fmt: skip
def test_kroner_and_oere_are_read_as_people_write_them(typed: str, oere: int) -> None:
    assert OereField().clean(typed) == oere


@pytest.mark.parametrize("typed", ["13,505", "en del", "-1", "1,2,3", "12345678901"])
def test_what_is_no_amount_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError):
        OereField().clean(typed)
