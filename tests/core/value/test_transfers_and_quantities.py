# SPDX-License-Identifier: MPL-2.0
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.value import quantity
from indgang.core.value.canonical import canonical, digest
from indgang.core.value.pack_files import load
from indgang.core.value.quantity import Quantity
from indgang.core.value.transfers import transfers

money = st.integers(-(10**9), 10**9).map(lambda oere: oere / 100)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), money))
def test_after_the_transfers_nobody_loses_unless_all_together_lose(values: dict[str, float]) -> None:
    table = transfers(values)
    left = {name: round(value * 100) for name, value in values.items()}
    for one in table.transfers:
        assert one.amount > 0
        left[one.payer] -= round(one.amount * 100)
        left[one.receiver] += round(one.amount * 100)
    total = sum(round(value * 100) for value in values.values())
    assert sum(left.values()) == total
    if total >= 0:
        assert table.missing == 0
        assert all(amount >= 0 for amount in left.values())
    else:
        assert round(table.missing * 100) == -total
        assert all(amount <= 0 for amount in left.values())


def test_winners_pay_in_proportion_to_their_gain() -> None:
    table = transfers({"a": -100.0, "b": 300.0, "c": 100.0})
    assert [(t.payer, t.amount) for t in table.transfers] == [("b", 75.0), ("c", 25.0)]


def test_when_the_municipality_loses_the_table_says_what_is_missing() -> None:
    table = transfers({"a": -100.0, "b": 30.0, "c": -20.0})
    assert table.missing == 90.0
    assert [(t.receiver, t.amount) for t in table.transfers] == [("a", 25.0), ("c", 5.0)]


@pytest.mark.parametrize(
    ("drawn", "mean", "sd"),
    [
        (quantity.share(0.3, 60), 0.3, np.sqrt(0.21 / 61)),
        (quantity.price(12_000, 0.5), 12_000, 6_000),
        (Quantity(10, "normal", 10, 3), 10, 3),
    ],
)
def test_a_distribution_has_the_mean_and_spread_it_is_told(drawn: Quantity, mean: float, sd: float) -> None:
    values = drawn.quantile((np.arange(100_000) + 0.5) / 100_000)
    assert values.mean() == pytest.approx(mean, rel=1e-3)
    assert values.std() == pytest.approx(sd, rel=5e-3)


def test_a_duration_has_its_median() -> None:
    assert quantity.duration(104, 0.35).quantile(np.array([0.5]))[0] == pytest.approx(104)


@pytest.mark.parametrize(
    "certain",
    [quantity.share(0, 60), quantity.share(1, 60), quantity.price(0, 0.5), quantity.duration(np.inf, 0.3)],
)
def test_what_cannot_vary_is_certain(certain: Quantity) -> None:
    assert not certain.uncertain


@pytest.mark.parametrize("kind", ["gamma", "lognormal", "normal"])
def test_scaling_a_quantity_scales_its_draws(kind: str) -> None:
    one = {
        "gamma": quantity.price(10, 0.3),
        "lognormal": quantity.duration(10, 0.3),
        "normal": Quantity(10, "normal", 10, 2),
    }
    uniform = np.array([0.1, 0.5, 0.9])
    assert one[kind].scaled(3).quantile(uniform) == pytest.approx(3 * one[kind].quantile(uniform))


def test_equal_contents_have_equal_hashes_however_they_are_written() -> None:
    assert canonical({"b": 20.0, "a": 0.30}) == b'{"a":0.3,"b":20}'
    assert digest({"a": 1, "b": 2.0}) == digest({"b": 2, "a": 1.0})
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_the_pack_is_the_one_that_was_published() -> None:
    assert load().name == "dk@2026.1.0"
