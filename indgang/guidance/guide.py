# SPDX-License-Identifier: MPL-2.0
"""The guide itself: what is known already is filled in, and the core answers.

1. The contract list (`coverage`): covered closes every route; not found answers the question of an agreement.
2. Standing assessments: cross-border interest is inherited where the head of purchasing has signed for the code and amount.
3. The municipality's own policy closes what it says.
What somebody states wins over what is inherited; only an agreement that must be used wins over everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from indgang.core.law.answer import Answer
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import Pack, load
from indgang.core.law.reading import read_facts
from indgang.core.law.truth import Unknown
from indgang.core.text import Refused
from indgang.guidance.coverage import Coverage, State, above, covered_by, lists
from indgang.guidance.models import StandingAssessment
from indgang.guidance.own_policy import policy_of, versions
from indgang.kernel.models import Municipality

PURCHASES = frozenset({"goods", "services", "works"})
AGREEMENT = "existing_agreement"
BESIDE = frozenset({"R39", "R40", "R46", "R49", "R162", "R176", "R177"})
"""What can be done on the way (dialogue, demands, points, clauses), and is no way to buy by itself."""


@dataclass(frozen=True)
class Guided:
    """The answer to a set of facts in one municipality on one day, and what was filled in to get it."""

    stated: Mapping[str, Any]
    facts: Mapping[str, Any]
    on: date
    answer: Answer
    coverage: Coverage | None = None
    cross_border: StandingAssessment | None = None
    price: StandingAssessment | None = None

    @property
    def ways(self) -> list[str]:
        """The open routes that are ways to act by themselves, the lightest first."""
        return [route for route in self.answer.routes if route not in BESIDE]

    @property
    def is_covered(self) -> bool:
        return self.coverage is not None and self.coverage.is_covered


def guide(municipality_id: int, stated: Mapping[str, Any], on: date, *, unit_id: int | None = None) -> Guided:
    """What the law says to a unit. Refuses facts that cannot be read or cannot all be true, in plain words."""
    pack = load()
    policy_text, listed_at = _on_file(municipality_id, on)
    policy = policy_of(policy_text, municipality_id, pack, unit_id)
    facts = dict(stated)
    covered = None
    if facts.get("kind") in PURCHASES:
        covered = covered_by(listed_at, municipality_id, code_of(facts), on)
        facts |= _agreement(covered, facts)
    first = evaluated(pack, facts, on)
    result = Guided(stated, facts, on, first, covered)
    found = _standing(municipality_id, first, code_of(facts), on)
    if "kgi" not in facts and StandingAssessment.Kind.CROSS_BORDER in found:
        facts["kgi"] = "no"
        result = replace(result, cross_border=found[StandingAssessment.Kind.CROSS_BORDER])
    is_settled = policy is None and result.cross_border is None
    answer = first if is_settled else evaluate(pack, read_facts(pack, facts), on, policy)
    return replace(result, answer=answer, facts=facts, price=found.get(StandingAssessment.Kind.PRICE))


def _on_file(municipality_id: int, on: date) -> tuple[str | None, datetime | None]:
    """The text of the policy in force, and when the newest contract list was read in: one question, on every task page."""
    here = OuterRef("pk")
    policy, listed_at = (
        Municipality.objects.filter(pk=municipality_id)
        .values_list(
            Subquery(versions(here, on).values("text")[:1]), Subquery(lists(here).values("finished_at")[:1])
        )
        .get()
    )
    return policy, listed_at


def evaluated(pack: Pack, facts: Mapping[str, Any], on: date) -> Answer:
    """The core's answer without policy; refusals speak of labels, not of names of facts."""
    try:
        return evaluate(pack, read_facts(pack, dict(facts)), on)
    except Refused as refusal:
        raise Refused(in_plain_words(pack, str(refusal))) from refusal


def in_plain_words(pack: Pack, sentence: str) -> str:
    """A sentence of the reader with the labels of facts in place of their names."""
    for name in sorted(pack.facts, key=len, reverse=True):
        if "_" in name or "." in name:
            sentence = sentence.replace(name, f"«{pack.facts[name].label.da}»")
    return sentence


def code_of(facts: Mapping[str, Any]) -> str:
    """The CPV code that was stated; '' for none or not known."""
    code = facts.get("cpv_main")
    return str(code) if code and code != "unknown" else ""


def _agreement(covered: Coverage, facts: Mapping[str, Any]) -> dict[str, Any]:
    told = any(name == AGREEMENT or name.startswith(f"{AGREEMENT}.") for name in facts)
    if covered.state is State.COVERED:
        return {f"{AGREEMENT}.exclusive": "yes"}
    if not told and covered.state in (State.NOT_FOUND, State.OPTIONAL):
        return {AGREEMENT: "no"}
    return {}


def _standing(municipality_id: int, answer: Answer, code: str, on: date) -> dict[str, StandingAssessment]:
    """The assessments that cover the code and the value that counts, the nearest code first."""
    value = answer.court.at.exact["V"]
    if not code or value is None or isinstance(value, Unknown) or answer.court.at.kind not in PURCHASES:
        return {}
    rows = StandingAssessment.objects.filter(
        municipality_id=municipality_id,
        cpv_code__in=above(code),
        up_to_dkk__gte=value,
        first_date__lte=on,
        last_date__gte=on,
        withdrawn_at=None,
    ).select_related("signed_by")
    nearest_last = sorted(rows, key=lambda row: (len(row.cpv_code.rstrip("0")), row.signed_at))
    return {row.kind: row for row in nearest_last}
