# SPDX-License-Identifier: MPL-2.0
"""Other people's published figures, redone within their own rounding. Sources stand in the method's page."""

from typing import Any

import pytest

from indgang.core.text import Refused
from indgang.core.value.chains import chain
from indgang.core.value.pack import Pack


@pytest.mark.parametrize(
    ("parts", "more", "total", "cost", "npv", "ratio"),
    [
        ((2_570, 1_547, 0, -283), {"cost": 2_053, "npv": 1_780, "ratio": 1.87}, 3_834, 2_053, 1_781, 1.868),
        ((2_394, 4_985, 0, -2_011), {"npv": 1_226, "ratio": 1.30}, 5_368, 4_142, 1_226, 1.296),
        ((2_614, 6_138, 2, -471), {"cost": 951, "npv": 7_332, "ratio": 8.71}, 8_283, 951, 7_332, 8.710),
    ],
)
def test_a_washington_state_table_adds_up(
    pack: Pack, parts: tuple[int, ...], more: dict[str, float], total: int, cost: int, npv: int, ratio: float
) -> None:
    named = dict(zip(("taxpayers", "participants", "others", "indirect"), parts, strict=True))
    found = chain({"kind": "reconciliation", "parts": named, **more}, pack)
    assert (found["total"], found["cost"], found["npv"], round(found["ratio"], 3)) == (
        total,
        cost,
        npv,
        ratio,
    )
    assert found["adds_up"] is True


def test_a_table_that_does_not_add_up_is_said(pack: Pack) -> None:
    found = chain({"kind": "reconciliation", "parts": {"a": 100, "b": 50}, "cost": 60, "npv": 80}, pack)
    assert found["adds_up"] is False
    assert "passer ikke sammen" in found["warnings"][0]


def test_the_open_sroi_chain(pack: Pack) -> None:
    found = chain(
        {
            "kind": "sroi", "people": 60, "value_each": 8_500, "deadweight": 0.4, "attribution": 0.3,
            "drop_off": 0.3, "discount_rate": 0.035, "years": 2, "investment": 250_000,
        },
        pack,
    )  # fmt: skip
    assert (found["gross"], found["after_deadweight"], found["after_attribution"]) == (
        510_000,
        306_000,
        214_200,
    )
    assert found["years"][1] == {"year": 2, "value": 149_940, "present_value": 144_869.57}
    assert found["present_value"] == 359_069.57
    assert round(found["ratio"], 4) == 1.4363
    assert "kan ikke sammenlignes" in found["warnings"][0]


def test_six_years_of_the_kora_gain(pack: Pack) -> None:
    found = chain({"kind": "annuity", "yearly": [122, 136, 42], "years": 6, "discount_rate": 0.03}, pack)
    assert round(found["factor"], 4) == 5.5797
    assert [round(value, 1) for value in found["present_values"]] == [680.7, 758.8, 234.3]
    middle = chain(
        {"kind": "annuity", "yearly": 1, "years": 6, "discount_rate": 0.025, "timing": "mid"}, pack
    )
    assert round(middle["factor"], 3) == 5.577


@pytest.mark.parametrize(
    ("persons", "total", "each"), [(8_624, 599e6, 69_457), (7_125, 500e6, 70_175), (15_000, 1.1e9, 73_333)]
)
def test_the_ministrys_gain_per_mover(pack: Pack, persons: int, total: float, each: int) -> None:
    found = chain({"kind": "claim", "persons": persons, "claimed_total": total}, pack)
    assert round(found["implied_value_each"]) == each


def test_a_total_that_is_half_of_what_it_says_is_flagged(pack: Pack) -> None:
    found = chain(
        {"kind": "claim", "persons": 2_927, "share": 0.10, "value_each": 25_600, "claimed_total": 3_879_700},
        pack,
    )
    assert round(found["implied_outcomes"], 1) == 151.6
    assert found["adds_up"] is False
    assert "151,6" in found["warnings"][0]


def test_the_rest_of_a_total_is_the_wellbeing_part(pack: Pack) -> None:
    found = chain({"kind": "reconciliation", "parts": {"economic": 35_000}, "total": 42_000}, pack)
    assert found["remainder"] == 7_000


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"kind": "sroy"}, "kendes ikke"),
        ({"kind": "sroi", "people": 1, "value_each": 1, "investment": 0}, "over 0"),
        ({"kind": "sroi", "people": 1, "value_each": 1, "investment": 1, "deadwieght": 0.1}, "deadweight"),
        ({"kind": "reconciliation"}, "parts"),
        ({"kind": "claim", "persons": 3}, "to af"),
        ({"kind": "annuity", "yearly": [1], "years": 2, "discount_rate": 3.5}, "0,035"),
        ({"kind": "annuity", "yearly": [float("nan")], "years": 2, "discount_rate": 0}, "endeligt"),
    ],
)
def test_a_calculation_that_cannot_be_read_is_refused(pack: Pack, raw: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        chain(raw, pack)
