# SPDX-License-Identifier: MPL-2.0
"""What is told to somebody who used a rule, when the rule, a figure or the day is another one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indgang.core.law.changes import changes, outcomes
from indgang.core.law.pack import add_packs, load, names, remove_packs
from indgang.core.text import Refused
from tests.core.law.case import DAY
from tests.core.law.later_pack import publish

LOTS = ("figures.toml", 'id = "small_lots_percent"\namount = 20', 'id = "small_lots_percent"\namount = 15')
STATUTE = ("rules/30-routes.toml", 'statute = "udbudsloven § 49"', 'statute = "udbudsloven § 49, stk. 1"')
WEAKER = (
    "rules/30-routes.toml",
    'confidence = "H"\nnote_da = "Kilderne er',
    'confidence = "M"\nnote_da = "Kilderne er',
)
TENDER = {
    "kind": "services", "value_dkk": 3_000_000, "cpv_main": "90910000", "kgi": "no",
    "part": {"value_dkk": 500_000, "cpv_main": "90911300"}, "total_value_all_parts": 3_000_000,
}  # fmt: skip


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A folder for packs; what was put in is forgotten afterwards."""
    yield tmp_path
    remove_packs(tmp_path)


def test_a_pack_that_is_put_in_answers_from_then_on_and_the_old_one_can_still_be_asked(shelf: Path) -> None:
    old = load()
    add_packs(publish(shelf, LOTS))
    assert load().name == "2027-06-01"
    assert [name for name, _ in names()] == [old.name, "2027-06-01"]
    assert load(old.label).sha256 == old.sha256


def test_a_pack_that_was_put_in_and_then_changed_is_refused(shelf: Path) -> None:
    add_packs(publish(shelf, LOTS))
    (shelf / "2027-06-01" / "extra.toml").write_text("a = 1")
    with pytest.raises(Refused, match="ændret, siden den blev forseglet"):
        load()


def test_a_figure_tells_what_it_was_and_what_it_is(shelf: Path) -> None:
    old = load()
    add_packs(publish(shelf, LOTS))
    told = changes(old, load(), {"R08"}, on=DAY)
    assert [change.words.da for change in told] == [
        "Så meget må delydelser højst udgøre af det hele: 20 → 15 %."
    ]


def test_who_did_not_use_the_rule_hears_nothing(shelf: Path) -> None:
    old = load()
    add_packs(publish(shelf, LOTS, STATUTE))
    assert changes(old, load(), {"R54", "R190"}, on=DAY) == ()


def test_a_changed_rule_says_what_of_it_changed(shelf: Path) -> None:
    old = load()
    add_packs(publish(shelf, STATUTE, WEAKER))
    told = changes(old, load(), ["R49", "R08"], on=DAY)
    assert [change.words.da for change in told] == [
        "«Opdel eller forklar» (R49) er ændret: paragraffen.",
        "«Delydelse» (R08) er ændret: hvor godt den er belagt (H → M).",
    ]
    assert [change.rule_id for change in told] == ["R49", "R08"]


def test_a_rule_that_is_gone_is_named_by_its_old_title(shelf: Path) -> None:
    add_packs(publish(shelf, ("rules/70-employment.toml", 'id = "J10"', 'id = "J10x"')))
    old = load("2026-11-24")
    told = changes(old, load(), {"J10"}, on=DAY)
    assert [change.words.da for change in told] == ["«Virksomhedspraktik» (J10) findes ikke længere."]


def test_the_same_pack_changes_nothing_on_the_same_day() -> None:
    every = {rule.id for rule in load().rules}
    assert changes(load(), load(), every, on=DAY, today=DAY) == ()


def test_time_alone_changes_a_rule_that_ended_and_a_threshold_with_a_new_period() -> None:
    pack = load()
    told = changes(pack, pack, {"J02b"}, on=date(2026, 12, 1), today=date(2027, 1, 4))
    assert "gjaldt til og med 31. december 2026" in told[0].words.da
    told = changes(pack, pack, {"D"}, on=date(2025, 12, 1), today=date(2026, 1, 2))
    assert "Tærsklen for varer og tjenester fra 1. januar 2026: 1.644.638 → 1.611.360 kr." in [
        change.words.da for change in told
    ]
    assert changes(pack, pack, {"D"}, on=date(2025, 12, 1), today=None) == ()


def test_after_the_last_known_period_it_says_that_nothing_is_known() -> None:
    pack = load()
    told = changes(pack, pack, {"D"}, on=date(2027, 12, 1), today=date(2028, 1, 2))
    assert [change.words.da for change in told] == ["Tærskelværdierne for i dag er ikke kendt."]


def test_the_same_facts_are_answered_again_and_only_the_difference_is_told(shelf: Path) -> None:
    old = load()
    add_packs(publish(shelf, LOTS))
    told = outcomes(old, load(), TENDER, on=DAY)
    assert [change.words.da for change in told] == ["«Delydelse» (R08) var åben og er nu lukket."]
    smaller = TENDER | {"part": {"value_dkk": 200_000, "cpv_main": "90911300"}}
    assert outcomes(old, load(), smaller, on=DAY) == ()
