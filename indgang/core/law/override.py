# SPDX-License-Identifier: MPL-2.0
"""What a human may decide against the answer: only doubt, and the municipality's own stricter policy.

A statutory block is never overridden. An override is written, and a second person stands behind it.
"""

from indgang.core.law.answer import Answer
from indgang.core.law.finding import BLOCKED, UNCERTAIN, Finding
from indgang.core.text import Refused


def can_override(answer: Answer, rule_id: str) -> bool:
    """Whether an override of this rule's line is possible at all."""
    try:
        check_can_override(answer, rule_id)
    except Refused:
        return False
    return True


def check_can_override(answer: Answer, rule_id: str) -> Finding:
    """The line that may be overridden. Refuses with the reason why it may not."""
    finding = next((each for each in answer.findings if each.rule.id == rule_id), None)
    if finding is None:
        raise Refused("Der er ingen regel med id %(id)s i svaret.", id=rule_id)
    if answer.stop is not None:
        raise Refused("Svar først på det, der mangler. Så kan vi sige, om noget er i tvivl.")
    if finding.status == BLOCKED and not finding.own_policy:
        raise Refused(
            "%(id)s er lukket af loven og kan ikke fraviges. %(reason)s", id=rule_id, reason=finding.reason.da
        )
    if finding.status not in (BLOCKED, UNCERTAIN) or not finding.is_route:
        raise Refused("%(id)s er ikke en vej i tvivl, så der er intet at fravige.", id=rule_id)
    return finding


def check_override(
    answer: Answer, rule_id: str, *, written_reason: str, by: str, second_person: str
) -> Finding:
    """Accept an override: written, and backed by somebody else. Refuses in one sentence."""
    finding = check_can_override(answer, rule_id)
    if not written_reason.strip():
        raise Refused("Skriv, hvorfor I fraviger. Begrundelsen bliver en del af sagen.")
    if not second_person.strip() or second_person.strip() == by.strip():
        raise Refused("En anden end dig selv skal stå bag. Vælg en kollega.")
    return finding
