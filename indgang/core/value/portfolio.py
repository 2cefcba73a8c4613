# SPDX-License-Identifier: MPL-2.0
"""Every placement in every draw: which enterprises and which people the value comes from.

A draw changes the curve of people at work, a placement what a week at work is worth; the sum over the weeks
is a matrix product, and no array of draws x placements x weeks is ever stored. What does not depend on the
staircase shrinks to one number a draw times one a placement. Accounts come one at a time in the same memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import staircase
from indgang.core.value.case import Case, Effect, Group
from indgang.core.value.compiled import Compiled, compiled
from indgang.core.value.draws import DrawnEffect, Draws, drawn_effect
from indgang.core.value.effect import WEEKS, discount_factors
from indgang.core.value.occupancy import programme_persons
from indgang.core.value.pack import Figures
from indgang.core.value.totals import powers
from indgang.core.value.worth import Worth, service_pattern, worth

Array = NDArray[np.float64]
BLOCK = 500
"""Draws that are worked on together: a block of the result stays in the processor's cache."""


@dataclass(frozen=True)
class Portfolio:
    """A case of many placements, made ready."""

    case: Case
    compiled: Compiled
    worth: Worth
    discount: Array


def portfolio(case: Case, figures: Figures) -> Portfolio:
    """At the case's horizon and rates. Raises ValueError for told histories, curves and løntilskud."""
    if any(g.effect is None or g.effect.curve_with or g.wage_subsidy for g in case.groups):
        raise ValueError("a portfolio holds placements whose effect is the formula's")
    weeks = case.method.horizon_weeks
    ready = compiled(case, figures)
    table = worth(case, ready.situations, weeks, staircase(figures.on))
    return Portfolio(case, ready, table, discount_factors(weeks, case.method.rates))


def by_placement(
    ready: Portfolio, draws: Draws, accounts: tuple[str, ...] = ()
) -> Iterator[tuple[str, Array]]:
    """Account by account, net kroner (draws, groups). Copy what you keep: the memory is used again."""
    count = len(next(iter(draws.values())))
    out = np.empty((count, len(ready.case.groups)))
    classes = list(_classes(ready, draws))
    prices = _prices(ready, draws)
    for account in accounts or ready.worth.accounts:
        for one in classes:
            whole = len(one.members) == out.shape[1]
            part = out if whole else np.empty((count, len(one.members)))
            _fill(ready, account, one, prices, draws, part)
            if not whole:
                out[:, one.members] = part
        yield account, out


@dataclass(frozen=True)
class _Class:
    """Groups that share effect and programme length, hence the (weeks, draws) curve of net persons at work.

    `sums` are (kinds, draws, starts): the curve summed with the discount factors, then with each service's
    pattern, for each start week; `start` is every member's place among the starts.
    """

    members: NDArray[np.intp]
    groups: list[Group]
    persons: Array
    curve: Array
    sums: Array
    start: NDArray[np.intp]


def _classes(ready: Portfolio, draws: Draws) -> Iterator[_Class]:
    alike: dict[tuple[Effect, int], list[int]] = {}
    for number, group in enumerate(ready.case.groups):
        if group.effect:
            alike.setdefault((group.effect, group.programme_weeks), []).append(number)
    services = ready.compiled.situations.services
    patterns = [ready.discount, *(service_pattern(priced, ready.discount) for priced in services)]
    segments = {segment.effect: segment for segment in ready.compiled.segments}
    for (effect, programme), members in alike.items():
        groups = [ready.case.groups[number] for number in members]
        starts, place = np.unique([group.start_week for group in groups], return_inverse=True)
        net = curve(drawn_effect(segments[effect], draws), programme, len(ready.discount))
        sums = np.array(
            [net.T @ np.array([_from(pattern, start) for start in starts]).T for pattern in patterns]
        )
        persons = np.array([group.participants for group in groups])
        yield _Class(np.array(members), groups, persons, net, sums, place)


def curve(drawn: DrawnEffect, programme: int, weeks: int) -> Array:
    """(weeks, draws): net persons at work per participant, from the placement's own first week."""
    used, lost = drawn.counted * drawn.used, drawn.counted * drawn.base_rate
    decay = powers(drawn.half_life, weeks)
    net = np.zeros_like(decay)
    if programme < weeks:
        np.multiply(decay[: weeks - programme], used, out=net[programme:])
    ramp = np.arange(min(WEEKS, weeks)) / WEEKS
    net[:WEEKS] -= ramp[:, None] * lost
    if weeks > WEEKS:
        net[WEEKS:] -= decay[: weeks - WEEKS] * lost
    return net


def _from(weekly: Array, start: int) -> Array:
    """From run weeks to own weeks: a later start leaves fewer of them."""
    own = np.zeros_like(weekly)
    own[: max(0, len(weekly) - start)] = weekly[start:]
    return own


def _fill(ready: Portfolio, account: str, one: _Class, prices: Array, draws: Draws, out: Array) -> None:
    place = ready.worth.accounts.index(account)
    slope = ready.worth.slope[place, one.members] * one.persons
    steep = slope.any()
    if steep:
        weekly = ready.worth.municipal[one.members] * ready.discount * slope[:, None]
        own = np.array([_from(row, group.start_week) for row, group in zip(weekly, one.groups, strict=True)])
        np.matmul(one.curve.T, own.T, out=out)
    factors, amounts = _flat(ready, account, place, one, prices, draws)
    for first in range(0, len(out), BLOCK):
        rows = slice(first, first + BLOCK)
        flat = sum(
            (factor[rows][:, one.start if factor.shape[1] > 1 else [0]] * amount)
            for factor, amount in zip(factors, amounts, strict=True)
        )
        out[rows] = out[rows] + flat if steep else flat


def _flat(
    ready: Portfolio, account: str, place: int, one: _Class, prices: Array, draws: Draws
) -> tuple[list[Array], list[Array]]:
    """What is one number a draw (by start week) times one a placement."""
    factors, amounts = [one.sums[0]], [ready.worth.level[place, one.members] * one.persons]
    for number, priced in enumerate(ready.compiled.situations.services):
        if account in (priced.stream.payer, priced.stream.receiver):
            sign = 1.0 if account == priced.stream.payer else -1.0
            factors.append(one.sums[number + 1] * prices[priced.price][:, None])
            amounts.append(sign * one.persons)
    for line in ready.compiled.costs:
        mine = [group.cost.per_participant == line.quantity for group in one.groups]
        share = np.where(mine, [_paid(ready, group, account) for group in one.groups], 0.0)
        if share.any():
            factors.append(draws[line.name][:, None])
            amounts.append(-share)
    return factors, amounts


def _paid(ready: Portfolio, group: Group, account: str) -> float:
    """What this account pays for a krone of the group's cost per participant, discounted; resources receive."""
    if account == "RESSOURCE":
        share = -1.0
    else:
        share = sum(part for payer, part in group.cost.payers if payer == account)
    return share * float(programme_persons(group, len(ready.discount)) @ ready.discount) if share else 0.0


def _prices(ready: Portfolio, draws: Draws) -> Array:
    count = len(next(iter(draws.values())))
    drawn = [draws[f"service.{number}"] for number in range(1, len(ready.compiled.prices) + 1)]
    return ready.compiled.situations.prices(np.array(drawn)) if drawn else np.zeros((0, count))
