# SPDX-License-Identifier: MPL-2.0
"""How the tests ask the engine, and how an expectation is read."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from indgang.core.law.answer import Answer
from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import Pack, load
from indgang.core.law.policy import Policy
from indgang.core.law.reading import read_facts

HERE = Path(__file__).parent
DAY = date(2026, 10, 5)
HELD = ("routes", "uncertain", "duties", "docs", "alternative", "conditions")
EXACT = ("regime", "value_dkk", "stop", "eforms", "supplier_result")


def ask(pack: Pack | None = None, policy: Policy | None = None, **facts: object) -> Answer:
    """The answer to these facts, on their own date or on DAY."""
    used = pack or load()
    read = read_facts(used, facts)
    return evaluate(used, read, read.date_stated() or DAY, policy)


def missed(document: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    """What an answer (as JSON) lacks of an expectation; empty when it holds."""
    wrong = [f"{key} is {document[key]!r}" for key in EXACT if key in expect and document[key] != expect[key]]
    for key in HELD:
        if key in expect:
            lacking = set(expect[key]) - set(document[key])
            surplus = document[key] if not expect[key] else []
            wrong += [f"{key} lacks {sorted(lacking)}"] if lacking else []
            wrong += [f"{key} should be empty, is {surplus}"] if surplus else []
    for key in ("blocked", "not_applicable"):
        wrong += [f"{rule} is not {key}" for rule in expect.get(key, ()) if not document[key].get(rule)]
    wrong += [f"{rule} is open" for rule in expect.get("not_open", ()) if rule in document["routes"]]
    return wrong


@cache
def read_outside() -> dict[str, Any]:
    """What somebody outside read the law to say: `scenarios` as our own, and `refused`."""
    table = yaml.safe_load((HERE / "read_outside.yaml").read_text("utf-8"))
    return {
        "scenarios": [
            (row["name"], {**table["defaults"], **row["facts"]}, row["expect"]) for row in table["scenarios"]
        ],
        "refused": [(row["name"], row["facts"], row["says"]) for row in table["refused"]],
    }


@cache
def own_scenarios() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, facts with the defaults filled in, expectation) of `scenarios.yaml`."""
    table = yaml.safe_load((HERE / "scenarios.yaml").read_text("utf-8"))
    return [(row["name"], {**table["defaults"], **row["facts"]}, row["expect"]) for row in table["scenarios"]]


def document(facts: Mapping[str, Any]) -> dict[str, Any]:
    return as_json(ask(**facts))
