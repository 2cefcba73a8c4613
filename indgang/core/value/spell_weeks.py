# SPDX-License-Identifier: MPL-2.0
"""Simulated histories as weekly averages, so that the books of a simulated case can be written."""

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.draws import central
from indgang.core.value.occupancy import Occupancy, Side, subsidised_persons, weights
from indgang.core.value.spell_totals import Simulation, simulate
from indgang.core.value.spells import World

Array = NDArray[np.float64]
SIMULATED_PERSONS = 80_000


def copies_of(ready: Simulation) -> int:
    """Simulated copies of every participant behind an average."""
    return max(1, SIMULATED_PERSONS // max(20, len(ready.who.group)))


def simulated_occupancy(ready: Simulation, weeks: int, seed: int) -> Occupancy:
    """Persons by group and run week at the central values, averaged over the copies."""
    copies = copies_of(ready)
    with_, without, _ = simulate(ready, central(ready.compiled, copies), seed, 0)
    treated = _side(ready, with_, weeks, copies)
    untreated = _side(ready, without, weeks, copies)
    idle = _always_idle(ready, treated, weeks)
    subsidised = np.array([subsidised_persons(group, weeks) for group in ready.case.groups])
    return Occupancy(
        treated=treated,
        with_=untreated.towards(treated, weights(ready.case)),
        without=untreated,
        idle=idle,
        subsidised=subsidised,
        share=ready.worth.municipal[:, :weeks],
    )


def _side(ready: Simulation, told: World, weeks: int, copies: int) -> Side:
    changes = np.zeros((3, len(ready.case.groups), weeks + 1))
    group = np.broadcast_to(ready.who.group, told.municipal.shape)

    def step(kind: int, week: NDArray[np.int32], amount: Array | float) -> None:
        place = (group * (weeks + 1) + np.minimum(week, weeks)).ravel()
        weight = np.broadcast_to(amount, group.shape).ravel()
        changes[kind] += np.bincount(place, weight, changes[kind].size).reshape(changes[kind].shape)

    for first, last in told.jobs:
        step(0, first, 1.0)
        step(0, last, -1.0)
    steps = ready.rule.steps
    shares = [1 - percent / 100 for percent in (*(p for _, p in steps), ready.rule.percent_after)]
    for first, last, counted in told.idle:
        step(1, first, 1.0)
        step(1, last, -1.0)
        step(2, first, shares[0])
        step(2, last, -shares[-1])
        for (last_week, _), lower, higher in zip(steps, shares, shares[1:], strict=False):
            step(2, np.clip(first + (last_week - counted), first, last), higher - lower)
    at_work, idle, municipal = np.cumsum(changes, axis=2)[:, :, :weeks] / copies
    return Side(idle, at_work, municipal, np.zeros_like(municipal))


def _always_idle(ready: Simulation, like: Side, weeks: int) -> Side:
    present = np.round(like.idle + like.at_work, 9)
    nobody = np.zeros_like(present)
    return Side(present, nobody, present * ready.worth.municipal[:, :weeks], nobody)
