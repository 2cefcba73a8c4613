# SPDX-License-Identifier: MPL-2.0
from pathlib import Path

from indgang.core.law.pack import load
from tests.core.law.case import document, own_scenarios

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = (ROOT / "docs" / "reference" / "law-facts.md").read_text("utf-8")


def test_every_fact_every_value_and_every_rule_stands_in_the_reference() -> None:
    pack = load()
    for name, spec in pack.facts.items():
        line = next((line for line in REFERENCE.splitlines() if line.startswith(f"| `{name}` |")), "")
        assert line, name
        assert all(f"`{word}`" in line for word in spec.words()), name
    for rule in pack.rules:
        assert f"| {rule.id} | {rule.gives} |" in REFERENCE, rule.id


def test_every_key_of_an_answer_stands_in_the_reference() -> None:
    for key in document(own_scenarios()[0][1]):
        assert f"`{key}`" in REFERENCE, key
