# SPDX-License-Identifier: MPL-2.0
"""How many of each group are in which situation, week by week, with the programme and without it.

All arrays are (groups, weeks) in persons, from the first week of the run; a group that starts later is not
there yet. `counted` is the number of the week on the staircase for somebody who stays on benefit.
"""

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Position, Staircase, Week, counted_weeks
from indgang.core.value.case import Case, Effect, Group
from indgang.core.value.effect import with_programme, without_programme

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """Persons on benefit and at work; `..._municipal` are the same times the municipal share of the week."""

    idle: Array
    at_work: Array
    idle_municipal: Array
    work_municipal: Array

    def _parts(self) -> tuple[Array, ...]:
        return self.idle, self.at_work, self.idle_municipal, self.work_municipal

    def minus(self, other: "Side") -> "Side":
        return Side(*(one - two for one, two in zip(self._parts(), other._parts(), strict=True)))

    def towards(self, other: "Side", weight: Array) -> "Side":
        """This side plus `weight` (groups, 1) of the way to the other."""
        pairs = zip(self._parts(), other._parts(), strict=True)
        return Side(*(one + weight * (two - one) for one, two in pairs))


@dataclass(frozen=True)
class Occupancy:
    """`treated` is the programme alone, `with_` what counts of it after displacement; `idle` is nobody at work.

    `subsidised` are persons in løntilskud, whose benefit stops meanwhile; `share` is the municipal share of the
    week for somebody who stays on benefit throughout.
    """

    treated: Side
    with_: Side
    without: Side
    idle: Side
    subsidised: Array
    share: Array

    @property
    def net(self) -> Side:
        return self.with_.minus(self.without)

    @property
    def gross(self) -> Side:
        return self.treated.minus(self.idle)


def occupancy(case: Case, weeks: int, rule: Staircase) -> Occupancy:
    """By the expected curves, for the groups that have an effect; a group with a history has rows of zeros."""
    rows = [_group_rows(group, weeks, rule) for group in case.groups]
    present, treated, used, without, subsidised, share = (np.array(c) for c in zip(*rows, strict=True))

    def side(at_work: Array) -> Side:
        idle = present - at_work
        return Side(idle, at_work, idle * share, at_work * share)

    return Occupancy(
        treated=side(treated),
        with_=side(without).towards(side(used), weights(case)),
        without=side(without),
        idle=side(np.zeros_like(present)),
        subsidised=subsidised,
        share=share,
    )


def weights(case: Case) -> Array:
    """(groups, 1): how much of the effect counts, (1 - displacement) x attribution."""
    effects = [group.effect for group in case.groups]
    counted = [(1 - e.displacement.central) * e.attribution if e else 0.0 for e in effects]
    return np.array(counted)[:, None]


def programme_persons(group: Group, weeks: int) -> Array:
    """Persons over programme weeks: the share of one participant's cost that falls in each run week."""
    persons = np.zeros(weeks)
    length = max(group.programme_weeks, 1)
    persons[group.start_week : group.start_week + length] = group.participants / length
    return persons


def unit_curves(effect: Effect, programme_weeks: int, weeks: int, half_life: float) -> tuple[Array, Array]:
    """Share at work per unit of success and per unit of base rate, from the group's own first week."""
    if effect.curve_with:
        return (
            _interpolated(effect.curve_with, weeks, effect.success.central),
            _interpolated(effect.curve_without, weeks, effect.base_rate.central),
        )
    return with_programme(weeks, programme_weeks, half_life), without_programme(weeks, half_life)


Number = TypeVar("Number", float, Array)


def success_used(success: Number, base_rate: Number, correction: float) -> Number:
    """Success after the optimism correction: the distance to the base rate shrinks."""
    return base_rate + correction * (success - base_rate)


def municipal_shares(group: Group, weeks: int, rule: Staircase) -> Array:
    """Municipal share of the benefit week in run week 0, 1, ... if the person stays on benefit throughout."""
    first = first_counted_week(group, rule)
    table = _municipal_table(rule)
    position = np.clip(first + np.arange(weeks) - group.start_week, 1, len(table)) - 1
    return table[position]


def first_counted_week(group: Group, rule: Staircase) -> int:
    """The number of the group's first benefit week; 1 when enough self-support lies just behind it."""
    return counted_weeks([Week.BENEFIT], rule, start_position(group))[0]


def start_position(group: Group) -> Position:
    """Where the group stands on the staircase when the run begins."""
    if group.self_support_weeks:
        return Position(group.counted_weeks, (Week.SELF_SUPPORT,) * group.self_support_weeks)
    return Position(group.counted_weeks, (Week.BENEFIT,) * min(group.counted_weeks, 156))


@cache
def _municipal_table(rule: Staircase) -> Array:
    last = rule.steps[-1][0] + 1
    return np.array([1 - rule.state_percent(week) / 100 for week in range(1, last + 1)])


def subsidised_persons(group: Group, weeks: int) -> Array:
    """Persons in løntilskud by run week; they draw no benefit meanwhile."""
    persons = np.zeros(weeks)
    if group.wage_subsidy and group.effect:
        persons[group.start_week : group.start_week + group.programme_weeks] = group.participants
    return persons


def _group_rows(group: Group, weeks: int, rule: Staircase) -> tuple[Array, ...]:
    start = min(group.start_week, weeks)
    present, treated, used, without = np.zeros((4, weeks))
    effect = group.effect
    if effect is not None:
        present[start:] = group.participants
        success, base = effect.success.central, effect.base_rate.central
        one, other = unit_curves(effect, group.programme_weeks, weeks - start, effect.half_life.central)
        treated[start:] = group.participants * success * one
        used[start:] = group.participants * success_used(success, base, effect.correction) * one
        without[start:] = group.participants * base * other
    shares = municipal_shares(group, weeks, rule)
    return present, treated, used, without, subsidised_persons(group, weeks), shares


def _interpolated(curve: tuple[tuple[int, float], ...], weeks: int, central: float) -> Array:
    points, shares = zip(*curve, strict=True)
    return np.asarray(np.interp(np.arange(weeks), points, shares) / (central or 1.0))
