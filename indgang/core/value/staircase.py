# SPDX-License-Identifier: MPL-2.0
"""What a spell on benefit costs whom, and where a history of weeks leaves a person on the staircase.

The staircase itself is `core.law.refund`'s; this is its use in kroner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indgang.core.law.refund import Staircase, Week, counted_weeks
from indgang.core.value.history import LAW_WEEK, Activity

RULE_OF_THUMB = 0.80


@dataclass(frozen=True)
class Step:
    """Some weeks of a spell at one rate; kroner."""

    first_week: int
    last_week: int
    state_percent: int
    gross: float
    municipality: float
    state: float


@dataclass(frozen=True)
class Spell:
    """A spell in kroner; `rule_of_thumb` is what a flat 80 % would have said of the municipality's part."""

    steps: tuple[Step, ...]

    @property
    def gross(self) -> float:
        return sum(step.gross for step in self.steps)

    @property
    def municipality(self) -> float:
        return sum(step.municipality for step in self.steps)

    @property
    def state(self) -> float:
        return sum(step.state for step in self.steps)

    @property
    def rule_of_thumb(self) -> float:
        return RULE_OF_THUMB * self.gross


def spell(benefit_week: float, weeks: int, from_week: int, rule: Staircase) -> Spell:
    """`weeks` benefit weeks of `benefit_week` kroner, after `from_week` weeks already counted."""
    numbers = range(from_week + 1, from_week + weeks + 1)
    steps = []
    for percent, group in groupby(numbers, rule.state_percent):
        inside = list(group)
        gross = benefit_week * len(inside)
        state = gross * percent / 100
        steps.append(Step(inside[0], inside[-1], percent, gross, gross - state, state))
    return Spell(tuple(steps))


def settled(found: Spell, decimals: int) -> tuple[Step, ...]:
    """The steps and, last, the whole spell, rounded so that every row and every column adds up.

    Running totals are rounded, not rows; the municipality takes what the state's rounded part leaves.
    """
    rows: list[Step] = []
    gross = state = before_gross = before_state = 0.0
    for step in found.steps:
        gross, state = gross + step.gross, state + step.state
        row = round(gross, decimals) - before_gross, round(state, decimals) - before_state
        rows.append(_row(step.first_week, step.last_week, step.state_percent, *row, decimals))
        before_gross, before_state = round(gross, decimals), round(state, decimals)
    last = found.steps[-1].last_week if found.steps else 0
    first = found.steps[0].first_week if found.steps else 0
    return (*rows, _row(first, last, 0, before_gross, before_state, decimals))


def _row(first: int, last: int, percent: int, gross: float, state: float, decimals: int) -> Step:
    gross, state = round(gross, decimals), round(state, decimals)
    return Step(first, last, percent, gross, round(gross - state, decimals), state)


@dataclass(frozen=True)
class Standing:
    """Where a history ends. `next_week` is the number a benefit week would get if it came now.

    `restarts` are the weeks (1, 2, ...) in which the count started over; `missing_self_support` how many whole
    weeks of self-support are lacking before a new spell would start over.
    """

    weeks: int
    counted_weeks: int
    state_percent: int | None
    next_week: int
    next_state_percent: int
    self_support_in_window: int
    missing_self_support: int
    restarts: tuple[int, ...]


def standing(history: Sequence[Activity], rule: Staircase) -> Standing:
    """Follows the history week by week by the law's rule. `history` holds at least one week."""
    weeks = [LAW_WEEK[activity] for activity in history]
    counts = counted_weeks([*weeks, Week.BENEFIT], rule)
    *told, following = counts
    window = weeks[-rule.window_weeks :].count(Week.SELF_SUPPORT)
    return Standing(
        weeks=len(weeks),
        counted_weeks=told[-1],
        state_percent=rule.state_percent(told[-1]) if told[-1] else None,
        next_week=following,
        next_state_percent=rule.state_percent(following),
        self_support_in_window=window,
        missing_self_support=max(0, rule.reset_weeks - window),
        restarts=tuple(
            number
            for number, (week, before, now) in enumerate(zip(weeks, [0, *told], told, strict=False), 1)
            if week is Week.BENEFIT and 0 < now <= before
        ),
    )
