# SPDX-License-Identifier: MPL-2.0
"""Which rule says who gets an enquiry: the one that says most about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A topic, or "" for the contact person; a place, or "" for everywhere; a least amount in kroner, or None."""

    key: int
    topic: str
    town: str = ""
    from_dkk: int | None = None


def best_rule(rules: Iterable[Rule], topic: str, *, town: str, amount_dkk: int | None) -> Rule | None:
    """The rule for `topic` that fits, a named place before everywhere, then the highest amount; None when none fits."""
    fitting = [rule for rule in rules if _fits(rule, topic, town, amount_dkk)]
    return max(fitting, key=lambda rule: (bool(rule.town), rule.from_dkk or 0, -rule.key), default=None)


def _fits(rule: Rule, topic: str, town: str, amount_dkk: int | None) -> bool:
    if rule.topic != topic:
        return False
    if rule.town and rule.town.strip().casefold() != town.strip().casefold():
        return False
    return rule.from_dkk is None or (amount_dkk is not None and amount_dkk >= rule.from_dkk)
