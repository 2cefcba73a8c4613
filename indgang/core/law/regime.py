# SPDX-License-Identifier: MPL-2.0
"""Which regime a purchase falls under, or what has to be answered first.

The regime rules of the pack decide: exactly one must hold. Where an answer is missing, every regime that
may still hold stays a candidate, and nothing opens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indgang.core.law.logic import OneOf, Truth, Unknown
from indgang.core.law.pack import Pack
from indgang.core.law.rule import Rule
from indgang.core.law.situation import CONCESSIONS, NOT_CONTRACTS, Situation

LIGHTEST_FIRST = (("A", "B", "C", "E", "D"), ("W1", "W2", "W3", "D"))
NO_PERIOD = "threshold_period"


@dataclass(frozen=True)
class Regime:
    """`name` is None while something must be answered; `candidates` are those that may hold.

    `near` are the regimes that a derived figure leaves in doubt although `name` is settled.
    """

    name: str | None
    candidates: tuple[str, ...]
    stop: str | None
    causes: tuple[str, ...]
    near: tuple[str, ...] = ()

    def is_lighter(self, rule_id: str) -> bool:
        """Whether that regime is lighter than every regime that may hold."""
        for ladder in LIGHTEST_FIRST:
            if rule_id in ladder and self.candidates and all(name in ladder for name in self.candidates):
                return ladder.index(rule_id) < min(ladder.index(name) for name in self.candidates)
        return False

    def value(self) -> object:
        """What `regime` is in a condition."""
        if len(self.near) > 1:
            return OneOf(self.near, *self.causes)
        if self.name is not None:
            return self.name
        return OneOf(self.candidates, *self.causes) if len(self.candidates) > 1 else Unknown(*self.causes)


def find_regime(pack: Pack, at: Situation) -> Regime:
    """The regime of a purchase on its day."""
    if at.row is None:
        return Regime(None, (), NO_PERIOD, ("publication_date",))
    if at.kind in NOT_CONTRACTS:
        return Regime("X", ("X",), None, ())
    rules = [rule for rule in pack.rules if rule.gives == "regime" and rule.in_force(at.on)]
    tested = [(rule, rule.applies.test(at.exact)) for rule in rules]
    candidates = _candidates(tested)
    causes = _causes(truth for _, truth in tested)
    if causes or len(candidates) != 1:
        stop = _first(pack, causes) if causes else "kind"
        return Regime(None, () if at.kind in CONCESSIONS else candidates, stop, causes)
    doubtful = [(rule, rule.applies.test(at.values)) for rule in rules]
    near, figures = _candidates(doubtful), _causes(truth for _, truth in doubtful)
    return Regime(candidates[0], candidates, None, figures, near if figures else ())


def _candidates(tested: Sequence[tuple[Rule, Truth]]) -> tuple[str, ...]:
    return tuple(rule.id for rule, truth in tested if truth is not False)


def _causes(truths: Iterable[Truth]) -> tuple[str, ...]:
    causes = [cause for truth in truths if isinstance(truth, Unknown) for cause in truth.causes]
    return tuple(dict.fromkeys(causes))


def _first(pack: Pack, causes: Sequence[str]) -> str:
    order = list(pack.facts)
    return min(causes, key=lambda cause: order.index(cause) if cause in order else len(order))
