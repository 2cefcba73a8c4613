# SPDX-License-Identifier: MPL-2.0
"""The answer: what is open, uncertain, blocked or owed, each line with what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from indgang.core.law.finding import (
    BLOCKED,
    CONDITION,
    DUTY,
    NOT_APPLICABLE,
    OPEN,
    UNCERTAIN,
    VALUE,
    Court,
    Finding,
)
from indgang.core.law.policy import Policy
from indgang.core.law.question import Question, open_questions
from indgang.core.law.sentence import Sentence
from indgang.core.law.situation import NOT_CONTRACTS
from indgang.core.law.supplier import Outcome, outcomes, verdicts
from indgang.core.law.truth import Unknown
from indgang.core.law.warning import warnings


@dataclass(frozen=True)
class Answer:
    """Everything the pack says about one set of facts on one day. It is never changed after it is made."""

    court: Court
    findings: tuple[Finding, ...]
    policy: Policy | None = None

    @property
    def regime(self) -> str | None:
        """A, B, C, D, E, W1-W3, K or X; None while something must be answered (`stop`)."""
        return self.court.regime.name

    @property
    def stop(self) -> str | None:
        """The fact without which the regime is not known."""
        return self.court.regime.stop

    @property
    def value_dkk(self) -> float | None:
        """The value of the purchase itself in kroner; None when it is not known."""
        value = self.court.at.values["value_dkk"]
        return None if isinstance(value, Unknown) else value

    def having(self, status: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.status == status]

    @cached_property
    def routes(self) -> list[str]:
        """Ids of the routes that are open, the regime first."""
        return [finding.rule.id for finding in self.having(OPEN)]

    @cached_property
    def uncertain(self) -> list[str]:
        return [finding.rule.id for finding in self.having(UNCERTAIN)]

    @cached_property
    def blocked(self) -> dict[str, Sentence]:
        return {finding.rule.id: finding.reason for finding in self.having(BLOCKED)}

    @cached_property
    def not_applicable(self) -> dict[str, Sentence]:
        return {finding.rule.id: finding.reason for finding in self.having(NOT_APPLICABLE)}

    @cached_property
    def duties(self) -> list[str]:
        return [finding.rule.id for finding in self.having(DUTY)]

    @cached_property
    def conditions(self) -> dict[str, Sentence]:
        return {finding.rule.id: finding.reason for finding in self.having(CONDITION)}

    def instead(self, finding: Finding) -> list[str]:
        """The nearest lawful rules for one that blocks; one that is itself blocked is left out."""
        rule = finding.rule
        if finding.status != BLOCKED:
            return []
        if rule.gives == "regime" and self.regime and not finding.own_policy:
            return [self.regime] if self.regime in self.routes else []
        if rule.alternative_when is not None and rule.alternative_when.test(self.court.values) is not True:
            return []
        return [name for name in rule.alternative if name not in self.blocked]

    @cached_property
    def alternative(self) -> list[str]:
        """What the blocking rules offer instead, each once."""
        blocking = (finding for finding in self.having(BLOCKED) if finding.rule.alternative)
        return _once(name for finding in blocking for name in self.instead(finding))

    @cached_property
    def docs(self) -> list[str]:
        """Ids of the documents owed: for what is open or uncertain, for duties and conditions, and, in a
        purchase, for the rules that gave its value."""
        owing = {OPEN, UNCERTAIN, DUTY, CONDITION}
        if self.court.at.kind not in NOT_CONTRACTS:
            owing.add(VALUE)
        own = self.policy.documents(self.court.values) if self.policy else ()
        return _once(
            [name for finding in self.findings if finding.status in owing for name in finding.rule.documents]
            + list(own)
        )

    @cached_property
    def warnings(self) -> list[Sentence]:
        return warnings(self.court, self.findings)

    @cached_property
    def questions(self) -> list[Question]:
        return open_questions(self.court, self.findings)

    @property
    def eforms(self) -> dict[str, object] | None:
        """What a notice must say about a reservation (eForms); None where no notice reserves anything."""
        if self.regime == "E":
            return {"subtype": 20, "BT-71": "res-pub-ser"} if "R190" in self.routes else {"subtype": 20}
        return {"BT-71": "res-ws"} if {"R54", "RK24"} & set(self.routes) else None

    @property
    def supplier_result(self) -> dict[str, str] | None:
        """eligible, not_eligible or unknown for each reserved route that is open or uncertain."""
        asked = [finding.rule.id for finding in self.findings if finding.status in (OPEN, UNCERTAIN)]
        return verdicts(self.court.pack.supplier_tests, asked, self.court.values)

    @property
    def supplier_tests(self) -> dict[str, list[Outcome]]:
        """Every test that the supplier must pass here, exclusion included; empty without a supplier."""
        if self.supplier_result is None:
            return {}
        asked = [finding.rule.id for finding in self.findings if finding.status in (OPEN, UNCERTAIN, DUTY)]
        told = {
            rule_id: outcomes(self.court.pack.supplier_tests, rule_id, self.court.values) for rule_id in asked
        }
        return {rule_id: tests for rule_id, tests in told.items() if tests}


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
