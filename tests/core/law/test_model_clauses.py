# SPDX-License-Identifier: MPL-2.0
"""The clauses as data: whole in both languages, resting on rules that exist, offered where they fit."""

import re
from pathlib import Path

import pytest

from indgang.core.law.model_clauses import changed_since_written, clause, fitting, model_clauses
from indgang.core.law.pack import add_packs, load, remove_packs
from indgang.core.text import Refused
from tests.core.law.later_pack import publish


def test_every_clause_is_whole_in_both_languages_with_the_same_blanks_and_points() -> None:
    for each in model_clauses():
        for sentence in (each.title, each.use, each.text):
            assert sentence.da, each.id
            assert sentence.en, each.id
        blanks = [sorted(re.findall(r"\{([^}]+)\}", text)) for text in (each.text.da, each.text.en)]
        assert blanks[0] == blanks[1], each.id
        points = [re.findall(r"^\d+\.", text, re.M) for text in (each.text.da, each.text.en)]
        assert points[0] == points[1], each.id
        assert len(points[0]) >= 3, each.id


def test_every_clause_rests_on_rules_that_the_newest_pack_knows() -> None:
    known = {rule.id for rule in load().rules}
    assert {rule for each in model_clauses() for rule in each.rules} <= known
    assert all(each.rules for each in model_clauses())


def test_no_clause_demands_registration_a_local_address_or_non_profit() -> None:
    for each in model_clauses():
        assert "skal være registreret" not in each.text.da, each.id
        assert "nonprofit" not in each.text.da.lower().replace("-", ""), each.id
        assert "hjemsted" not in each.text.da, each.id


def test_ids_are_used_once_and_an_unknown_one_is_refused() -> None:
    ids = [each.id for each in model_clauses()]
    assert len(ids) == len(set(ids))
    assert clause("trainees").counts_hours
    with pytest.raises(Refused, match="ingen klausul"):
        clause("findes-ikke")


def test_a_clause_is_offered_where_it_fits() -> None:
    food = [each.id for each in fitting({"goods"}, ["15"])]
    assert "food" in food
    assert "reserved-mission" not in food
    assert "social-hours" not in food
    care = [each.id for each in fitting({"services"}, ["85312"], 2_000_000)]
    assert {"reserved-mission", "social-hours"} <= set(care)
    assert "trainees" not in care
    assert "trainees" in [each.id for each in fitting({"works"}, ["45"], 5_000_000)]


def test_a_clause_says_when_the_rules_behind_it_have_changed(tmp_path: Path) -> None:
    assert all(changed_since_written(each, load()) == () for each in model_clauses())
    add_packs(
        publish(
            tmp_path, ("rules/30-routes.toml", 'statute = "udbudsloven § 49"', 'statute = "udbudsloven § 50"')
        )
    )
    try:
        told = changed_since_written(clause("small-pieces"), load())
        assert [each.words.da for each in told] == ["«Opdel eller forklar» (R49) er ændret: paragraffen."]
        assert changed_since_written(clause("pace"), load()) == ()
    finally:
        remove_packs(tmp_path)
