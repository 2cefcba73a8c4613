# SPDX-License-Identifier: MPL-2.0
"""Our own situations, and the golden scenarios of the legal basis when it lies beside the project."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from indgang.core.law.finding import NOT_APPLICABLE, UNCERTAIN
from indgang.core.law.pack import load
from indgang.core.text import Refused
from tests.core.law.case import ask, document, missed, own_scenarios, read_outside

LEGAL_BASIS = Path(__file__).resolve().parents[4] / "shared" / "domain" / "law.md"
GOLDEN_DEFAULTS = {
    "authority_type": "kommune",
    "publication_date": "2026-09-01",
    "kgi": "no",
    "performed_in_dk": True,
}


@pytest.mark.parametrize(
    ("facts", "expect"), [case[1:] for case in own_scenarios()], ids=[case[0] for case in own_scenarios()]
)
def test_our_own_situation(facts: dict[str, Any], expect: dict[str, Any]) -> None:
    answer = document(facts)
    wrong = missed(answer, expect)
    valued = {line["id"] for line in answer["details"] if line["status"] == "value"}
    assert wrong == []
    assert set(expect.get("values", [])) <= valued
    assert bool(answer["warnings"]) or not expect.get("warns")


@pytest.mark.parametrize(
    ("facts", "expect"),
    [case[1:] for case in read_outside()["scenarios"]],
    ids=[case[0] for case in read_outside()["scenarios"]],
)
def test_as_somebody_outside_reads_the_law(facts: dict[str, Any], expect: dict[str, Any]) -> None:
    answer = document(facts)
    valued = {line["id"] for line in answer["details"] if line["status"] == "value"}
    assert missed(answer, expect) == []
    assert set(expect.get("values", [])) <= valued
    assert bool(answer["warnings"]) or not expect.get("warns")


@pytest.mark.parametrize(
    ("facts", "says"),
    [case[1:] for case in read_outside()["refused"]],
    ids=[case[0] for case in read_outside()["refused"]],
)
def test_facts_that_nobody_can_read_are_refused_by_name(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused) as refused:
        document(facts)
    assert says in str(refused.value)


def test_every_rule_says_something_in_some_situation() -> None:
    said = defaultdict(set)
    for _, facts, _ in own_scenarios():
        for finding in ask(**facts).findings:
            said[finding.rule.id].add(finding.status)
    silent = [rule.id for rule in load().rules if said[rule.id] <= {NOT_APPLICABLE}]
    assert silent == []


def test_every_doubt_and_every_ground_for_closing_is_met_in_some_situation() -> None:
    """Each uncertain_when, also_when, warn_when, condition_when and blocked clause is true somewhere."""
    unmet = {}
    for rule in load().rules:
        for condition in rule.conditions():
            unmet[rule.id, condition.text] = condition
    for _, facts, _ in own_scenarios():
        answer = ask(**facts)
        values = dict(answer.court.values)
        variants = [values] + [{**values, "part.value_dkk": part.value_dkk} for part in answer.court.at.parts]
        for key, condition in list(unmet.items()):
            if any(condition.test(variant) is True for variant in variants):
                del unmet[key]
    assert sorted(unmet) == []


def test_doubt_is_never_counted_as_open() -> None:
    for _, facts, _ in own_scenarios():
        answer = ask(**facts)
        assert not set(answer.routes) & set(answer.uncertain)
        for line in document(facts)["details"]:
            if line["status"] == UNCERTAIN or line["confidence"].startswith("L"):
                assert line["legal_review"] == "Få juridisk vurdering."
                assert line["id"] not in answer.routes


def test_every_line_says_paragraph_confidence_source_and_day_of_reading() -> None:
    for _, facts, _ in own_scenarios():
        for line in document(facts)["details"]:
            assert line["paragraph"]
            assert line["confidence"][0] in "HML"
            assert line["reason_da"]
            assert line["reason_en"]
            assert line["sources"] or line["confidence"].endswith("BK")
            assert bool(line["checked"]) is bool(line["sources"])


def test_no_sentence_is_left_with_a_hole_in_it() -> None:
    for name, facts, _ in own_scenarios():
        text = json.dumps(document(facts), ensure_ascii=False)
        assert not re.search(r"\{[a-z_.]+\}|\?\.? kr\.|Unknown", text), name


@cache
def golden() -> list[dict[str, Any]]:
    if not LEGAL_BASIS.is_file():
        return []
    section = LEGAL_BASIS.read_text("utf-8").split("## 5. Worked scenarios")[1].split("\n## 6.")[0]
    block = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return list(yaml.safe_load(block.group(1)))


@pytest.mark.skipif(
    not golden(), reason="the legal basis (../shared/domain/law.md) does not lie beside the project"
)
@pytest.mark.parametrize("scenario", golden(), ids=[scenario["id"] for scenario in golden()])
def test_golden_scenario(scenario: dict[str, Any]) -> None:
    assert missed(document({**GOLDEN_DEFAULTS, **scenario["in"]}), scenario["expect"]) == []
