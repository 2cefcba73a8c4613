# SPDX-License-Identifier: MPL-2.0
"""Facts and a date in, an answer out. Read this first.

1. `situation`: value over the whole term, thresholds of the day, CPV lists, parts.
2. `find_regime`: which set of rules holds, or which fact must be known first.
3. `judge`: every rule of the pack says open, uncertain, blocked, duty, condition or not applicable.
4. Here: a binding agreement closes every route; at a stop nothing is open; own policy closes what it says.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indgang.core.law.answer import Answer
from indgang.core.law.finding import BLOCKED, OPEN, UNCERTAIN, Court, Finding, judge
from indgang.core.law.pack import Pack
from indgang.core.law.policy import Policy
from indgang.core.law.reading import Facts
from indgang.core.law.regime import find_regime
from indgang.core.law.situation import situation


def evaluate(pack: Pack, facts: Facts, on: date, policy: Policy | None = None) -> Answer:
    """What the law in force that day says about these facts, as far as this pack knows.

    `on` is the publication date (for municipal and employment rules the date of the decision). The facts'
    own publication_date is not looked at here: the caller chooses the date.
    """
    policy = policy.running_on(on) if policy is not None else None
    at = situation(pack, facts, on)
    regime = find_regime(pack, at)
    court = Court(pack, at, regime, {**at.values, "regime": regime.value()})
    findings = [judge(court, rule) for rule in pack.rules]
    findings = _under_binding_agreement(court, findings)
    if regime.stop is not None:
        findings = [_stopped(court, finding) for finding in findings]
    if policy is not None:
        findings = [_under_policy(court, finding, policy) for finding in findings]
    return Answer(court, tuple(findings), policy)


def _under_binding_agreement(court: Court, findings: Sequence[Finding]) -> list[Finding]:
    """While N11 blocks no route is open; while it is not known, none is certain."""
    binding = [finding for finding in findings if finding.rule.closes_all]
    if any(finding.status == BLOCKED for finding in binding):
        reason = court.phrase("binding")
        return [
            finding.closed(reason) if finding.is_route and finding.status in (OPEN, UNCERTAIN) else finding
            for finding in findings
        ]
    for unsettled in binding:
        if unsettled.status == UNCERTAIN:
            reason = court.phrase("binding_unknown")
            return [
                finding.doubted(reason, unsettled.causes)
                if finding.is_route and finding.status == OPEN
                else finding
                for finding in findings
            ]
    return list(findings)


def _stopped(court: Court, finding: Finding) -> Finding:
    if finding.status != OPEN:
        return finding
    return finding.doubted(court.waiting(court.regime.causes), court.regime.causes)


def _under_policy(court: Court, finding: Finding, policy: Policy) -> Finding:
    if not finding.is_route or finding.status not in (OPEN, UNCERTAIN):
        return finding
    for restriction in policy.holding(court.values):
        if finding.rule.id in restriction.closes:
            words = restriction.reason.filled(court.values)
            reason = court.phrase("own_policy", policy=policy.name, reason=words.da, reason_en=words.en)
            return replace(finding.closed(reason, own_policy=True), causes=())
    return finding
