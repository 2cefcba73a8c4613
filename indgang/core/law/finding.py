# SPDX-License-Identifier: MPL-2.0
"""What one rule says about one purchase, with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from indgang.core.law.logic import Condition
from indgang.core.law.pack import Pack
from indgang.core.law.regime import Regime
from indgang.core.law.rule import Rule
from indgang.core.law.sentence import Sentence
from indgang.core.law.situation import Situation
from indgang.core.law.truth import Truth, Unknown, any_of

OPEN, UNCERTAIN, BLOCKED, DUTY = "open", "uncertain", "blocked", "duty"
CONDITION, VALUE, NOT_APPLICABLE = "condition", "value", "not_applicable"
HOLDS = {
    "value": VALUE,
    "regime": OPEN,
    "route": OPEN,
    "duty": DUTY,
    "block": BLOCKED,
    "condition": CONDITION,
}


@dataclass(frozen=True)
class Finding:
    """A rule's answer. `causes` are the facts (or figures) whose lack leaves it uncertain.

    `confidence` may be lower than the rule's own. `own_policy` marks a route that the law leaves open and
    the municipality itself has closed.
    """

    rule: Rule
    status: str
    reason: Sentence
    causes: tuple[str, ...] = ()
    confidence: str = ""
    own_policy: bool = False

    @property
    def is_route(self) -> bool:
        return self.rule.gives in ("regime", "route")

    def closed(self, reason: Sentence, *, own_policy: bool = False) -> "Finding":
        return replace(self, status=BLOCKED, reason=reason, own_policy=own_policy)

    def doubted(self, reason: Sentence, causes: tuple[str, ...]) -> "Finding":
        return replace(self, status=UNCERTAIN, reason=reason, causes=causes)


@dataclass(frozen=True)
class Court:
    """Everything that the rules are asked about."""

    pack: Pack
    at: Situation
    regime: Regime
    values: dict[str, Any]

    def phrase(self, name: str, **more: object) -> Sentence:
        """A sentence of the pack, filled with the case's own values and these."""
        return self.pack.phrases[name].filled({**self.values, **more})

    def waiting(self, causes: Iterable[str]) -> Sentence:
        """What is awaited: the facts by their labels, or a derived figure that lies too close."""
        facts = [self.pack.facts[cause].label for cause in causes if cause in self.pack.facts]
        if facts:
            labels = ", ".join(label.da for label in facts)
            english = ", ".join(label.en for label in facts)
            return self.phrase("waiting", facts=labels, facts_en=english)
        row = self.at.row
        amounts = [row.amounts[cause] for cause in causes if cause in row.amounts] if row else []
        margin = self.pack.figures.margin_percent
        return self.phrase("near_figure", figure=amounts[0] if amounts else None, margin=margin)


def judge(court: Court, rule: Rule) -> Finding:
    """What one rule says. Conditions are read in the order of the law's own text: does it apply, may it
    apply, and only then, is it blocked."""
    if not rule.in_force(court.at.on):
        return Finding(rule, NOT_APPLICABLE, _not_in_force(court.pack, court.at.on))
    if rule.gives == "regime":
        return _judge_regime(court, rule)
    if "part" in rule.applies.names and court.at.parts:
        return _judge_parts(court, rule)
    return _judge(court, rule, court.values)


def _judge_parts(court: Court, rule: Rule) -> Finding:
    """Each part in turn; the answer of the part that comes furthest."""
    findings = []
    for part in court.at.parts:
        values = {**court.values, "part.value_dkk": part.value_dkk, "part.cpv_main": part.cpv_main}
        findings.append(_judge(court, rule, values))
    order = (OPEN, UNCERTAIN, BLOCKED, NOT_APPLICABLE)
    return min(findings, key=lambda finding: order.index(finding.status))


def _judge(court: Court, rule: Rule, values: Mapping[str, Any]) -> Finding:
    applies = rule.applies.test(values)
    if applies is True:
        return _holding(court, rule, values, rule.confidence)
    also = _holds(rule.also_when, values)
    if also is True:
        return _holding(court, rule, values, "M")
    maybe = _holds(rule.uncertain_when, values)
    if maybe is True:
        return Finding(rule, UNCERTAIN, rule.uncertain.filled(values), (), rule.confidence)
    condition = _holds(rule.condition_when, values)
    if condition is True:
        return Finding(rule, CONDITION, rule.text.filled(values), (), rule.confidence)
    reachable = any_of((applies, also, maybe, condition))
    if isinstance(reachable, Unknown):
        return Finding(rule, UNCERTAIN, court.waiting(reachable.causes), reachable.causes, rule.confidence)
    return _not_holding(court, rule, values)


def _holding(court: Court, rule: Rule, values: Mapping[str, Any], confidence: str) -> Finding:
    doubt = _holds(rule.uncertain_if, values)
    if doubt is not False:
        return _doubted(court, rule, values, doubt)
    if confidence.startswith("L"):
        reason = rule.uncertain or court.phrase("low_confidence")
        return Finding(rule, UNCERTAIN, reason.filled(values), (), confidence)
    status = HOLDS[rule.gives]
    words = rule.blocked_reason if status == BLOCKED and rule.blocked_reason else rule.text
    return Finding(rule, status, words.filled(values), (), confidence)


def _doubted(court: Court, rule: Rule, values: Mapping[str, Any], doubt: Truth) -> Finding:
    if isinstance(values["related_value_dkk"], Unknown) and _reads(rule, "related_value_dkk"):
        return Finding(
            rule, UNCERTAIN, court.phrase("related_unknown"), ("related_value_dkk",), rule.confidence
        )
    causes = doubt.causes if isinstance(doubt, Unknown) else ()
    reason = court.waiting(causes) if causes else rule.uncertain.filled(values)
    return Finding(rule, UNCERTAIN, reason, causes, rule.confidence)


def _reads(rule: Rule, name: str) -> bool:
    return rule.uncertain_if is not None and name in rule.uncertain_if.names


def _not_holding(court: Court, rule: Rule, values: Mapping[str, Any]) -> Finding:
    causes: tuple[str, ...] = ()
    for block in rule.blocked:
        truth = block.when.test(values)
        if truth is True:
            return Finding(rule, BLOCKED, block.reason.filled(values), (), rule.confidence)
        if truth is not False:
            causes += truth.causes
    if causes:
        once = tuple(dict.fromkeys(causes))
        return Finding(rule, UNCERTAIN, court.waiting(once), once, rule.confidence)
    return _elsewhere(court, rule)


def _judge_regime(court: Court, rule: Rule) -> Finding:
    regime, values = court.regime, court.values
    if regime.is_lighter(rule.id):
        return Finding(rule, BLOCKED, _why_heavier(court, rule), (), rule.confidence)
    if rule.id in (regime.near if regime.name else regime.candidates or regime.possible):
        return Finding(rule, UNCERTAIN, court.waiting(regime.causes), regime.causes, rule.confidence)
    if rule.id != regime.name:
        return _elsewhere(court, rule)
    return _holding(court, rule, values, rule.confidence)


def _why_heavier(court: Court, rule: Rule) -> Sentence:
    if court.regime.name is None:
        return court.phrase("lighter_open")
    over_value = rule.applies.test({**court.at.exact, "kgi": "no"}) is not True
    why = court.phrase("why_value" if over_value else "why_kgi")
    holding = court.pack.rule(court.regime.name).title.filled(court.values)
    words = {"regime": court.regime.name, "regime_words": holding.da, "regime_words_en": holding.en}
    return court.phrase("lighter", **words, this=rule.id, why=why.da, why_en=why.en)


def _elsewhere(court: Court, rule: Rule) -> Finding:
    return Finding(rule, NOT_APPLICABLE, _only_when(court.pack, rule, court.at.on))


@lru_cache(maxsize=4096)
def _only_when(pack: Pack, rule: Rule, on: date) -> Sentence:
    """When the rule applies at all; its words hold figures of the day, never facts of a case."""
    when = rule.when.filled(pack.figures.amounts(on))
    return pack.phrases["only_when"].filled({"when": when.da, "when_en": when.en})


@lru_cache(maxsize=4096)
def _not_in_force(pack: Pack, on: date) -> Sentence:
    return pack.phrases["not_in_force"].filled({"date": on})


def _holds(condition: Condition | None, values: Mapping[str, Any]) -> Truth:
    return False if condition is None else condition.test(values)
