# SPDX-License-Identifier: MPL-2.0
"""Whether one supplier may take part in a reserved competition, from what is known of it.

The tests are data (`supplier.toml` of the pack). All tests of a rule must be passed; what is not known is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indgang.core.law.logic import Condition, Scope, condition
from indgang.core.law.sentence import Sentence
from indgang.core.law.truth import Unknown, all_of

ELIGIBLE, NOT_ELIGIBLE, NOT_KNOWN = "eligible", "not_eligible", "unknown"


@dataclass(frozen=True)
class SupplierTest:
    """One test, and the rules whose participants must pass it."""

    rules: tuple[str, ...]
    when: Condition
    words: Sentence


@dataclass(frozen=True)
class Outcome:
    """Passed (True), failed (False) or not known (None), and the facts that are missing."""

    words: Sentence
    passed: bool | None
    missing: tuple[str, ...]


def parse_tests(table: Mapping[str, Any], scope: Scope) -> tuple[SupplierTest, ...]:
    return tuple(
        SupplierTest(tuple(row["rules"]), condition(row["when"], scope), Sentence(row["da"], row["en"]))
        for row in table["test"]
    )


def outcomes(tests: Iterable[SupplierTest], rule_id: str, values: Mapping[str, Any]) -> list[Outcome]:
    """Every test of a rule for the supplier in `values`."""
    found = []
    for test in tests:
        if rule_id in test.rules:
            truth = test.when.test(values)
            missing = truth.causes if isinstance(truth, Unknown) else ()
            passed = None if isinstance(truth, Unknown) else truth
            found.append(Outcome(test.words.filled(values), passed, missing))
    return found


def verdicts(
    tests: Sequence[SupplierTest], rule_ids: Iterable[str], values: Mapping[str, Any]
) -> dict[str, str] | None:
    """eligible, not_eligible or unknown for each of these rules that has tests; None without a supplier."""
    if values["supplier"] is None or isinstance(values["supplier"], Unknown):
        return None
    found = {}
    for rule_id in rule_ids:
        asked = [test.when.test(values) for test in tests if rule_id in test.rules]
        if asked:
            verdict = all_of(asked)
            found[rule_id] = (
                NOT_KNOWN if isinstance(verdict, Unknown) else ELIGIBLE if verdict else NOT_ELIGIBLE
            )
    return found
