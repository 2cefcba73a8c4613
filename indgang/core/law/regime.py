# SPDX-License-Identifier: MPL-2.0
"""Which regime a purchase falls under, or what has to be answered first.

The regime rules of the pack decide: exactly one must hold. Where an answer is missing, every regime that
may still hold stays a candidate, and nothing opens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indgang.core.law.pack import Pack
from indgang.core.law.rule import Rule
from indgang.core.law.situation import CONCESSIONS, NOT_CONTRACTS, Situation
from indgang.core.law.truth import OneOf, Truth, Unknown

NO_PERIOD = "threshold_period"


@dataclass(frozen=True)
class Regime:
    """`name` is None while something must be answered; `candidates` are those that may hold.

    `near` are the regimes that a derived figure leaves in doubt although `name` is settled. `possible` are
    those that a rule may meet while `name` is None; `ladder` runs from the lightest to the heaviest.
    """

    name: str | None
    candidates: tuple[str, ...]
    stop: str | None
    causes: tuple[str, ...]
    near: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    def is_lighter(self, rule_id: str) -> bool:
        """Whether that regime is lighter than every regime that may hold; as far as that can be said."""
        rungs = [self.ladder.index(name) for name in self.candidates if name in self.ladder]
        return bool(rungs) and rule_id in self.ladder and self.ladder.index(rule_id) < min(rungs)

    def value(self) -> object:
        """What `regime` is in a condition."""
        if len(self.near) > 1:
            return OneOf(self.near, *self.causes)
        return self.name if self.name is not None else OneOf(self.possible, *self.causes)


def find_regime(pack: Pack, at: Situation) -> Regime:
    """The regime of a purchase on its day."""
    if at.row is None:
        return Regime(None, (), NO_PERIOD, ("publication_date",), possible=_possible(at))
    if at.kind in NOT_CONTRACTS:
        return Regime("X", ("X",), None, ())
    rules = [rule for rule in pack.rules if rule.gives == "regime" and rule.in_force(at.on)]
    tested = [(rule, rule.applies.test(at.exact)) for rule in rules]
    candidates = _candidates(tested)
    causes = _causes(truth for _, truth in tested)
    if causes or len(candidates) != 1:
        stop = _first(pack, causes) if causes else "kind"
        possible = candidates if len(candidates) > 1 else _possible(at)
        return Regime(None, candidates, stop, causes, ladder=_ladder(at), possible=possible)
    doubtful = [(rule, rule.applies.test(at.values)) for rule in rules]
    near, figures = _candidates(doubtful), _causes(truth for _, truth in doubtful)
    return Regime(candidates[0], candidates, None, figures, near if figures else (), _ladder(at))


def _ladder(at: Situation) -> tuple[str, ...]:
    """From the lightest regime to the heaviest, for this kind. A service outside the list can never be E."""
    if at.kind == "works":
        return ("W1", "W2", "W3", "D")
    if at.kind not in ("goods", "services"):
        return ()
    light = at.values["light_regime"]
    return ("A", "B", "C", *(("E",) if light is not False else ()), *(("D",) if light is not True else ()))


def _possible(at: Situation) -> tuple[str, ...]:
    """Every regime that this kind may fall under; a concession may turn out to be an ordinary contract."""
    if at.kind in CONCESSIONS:
        return (
            ("K", "A", "B", "C", "E", "D")
            if at.kind == "concession_services"
            else ("K", "W1", "W2", "W3", "D")
        )
    return ("X",) if at.kind in NOT_CONTRACTS else _ladder(at)


def _candidates(tested: Sequence[tuple[Rule, Truth]]) -> tuple[str, ...]:
    return tuple(rule.id for rule, truth in tested if truth is not False)


def _causes(truths: Iterable[Truth]) -> tuple[str, ...]:
    causes = [cause for truth in truths if isinstance(truth, Unknown) for cause in truth.causes]
    return tuple(dict.fromkeys(causes))


def _first(pack: Pack, causes: Sequence[str]) -> str:
    order = list(pack.facts)
    return min(causes, key=lambda cause: order.index(cause) if cause in order else len(order))
