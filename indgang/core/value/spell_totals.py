# SPDX-License-Identifier: MPL-2.0
"""The value of a case in every draw when its histories are simulated, by account.

Each draw follows every participant, so the spread holds both what we do not know (success, retention, prices)
and chance for the single person.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase, staircase
from indgang.core.value.case import Case
from indgang.core.value.compiled import Compiled
from indgang.core.value.draws import Draws, drawn_effect
from indgang.core.value.effect import discount_factors
from indgang.core.value.pack import Figures
from indgang.core.value.spells import People, Sums, World, chances, first_jobs, people, world
from indgang.core.value.totals import Totals, priced_and_paid
from indgang.core.value.worth import Worth, service_pattern, worth

Array = NDArray[np.float64]
BLOCK = 100_000
"""Persons times draws that are simulated together: small enough for the processor's cache."""


@dataclass(frozen=True)
class Simulation:
    """A case made ready for simulation. `kinds` says which running sum each service uses; the last is job-years."""

    case: Case
    compiled: Compiled
    worth: Worth
    who: People
    sums: Sums
    kinds: tuple[int, ...]
    rule: Staircase


def simulation(case: Case, figures: Figures, compiled: Compiled) -> Simulation:
    """At the case's own horizon and rates."""
    rule = staircase(figures.on)
    weeks = case.method.horizon_weeks
    setting = compiled.situations
    discount = discount_factors(weeks, case.method.rates)
    patterns = [discount]
    kinds = []
    for priced in setting.services:
        pattern = service_pattern(priced, discount)
        same = [n for n, known in enumerate(patterns) if n and np.array_equal(known, pattern)]
        kinds.append(same[0] if same else len(patterns))
        if not same:
            patterns.append(pattern)
    patterns.append(np.full(weeks, 1 / 52))
    running = np.concatenate([np.zeros((len(patterns), 1)), np.cumsum(patterns, axis=1)], axis=1)
    ready = worth(case, setting, weeks, rule)
    return Simulation(case, compiled, ready, people(case, rule), Sums(running, rule), tuple(kinds), rule)


def spell_totals(ready: Simulation, draws: Draws, seed: int) -> Totals:
    """(accounts, draws) kroner, net and gross."""
    count = len(next(iter(draws.values())))
    net = np.repeat(ready.compiled.constant[:, None], count, axis=1)
    gross = np.repeat(ready.compiled.gross_constant[:, None], count, axis=1)
    step = max(1, BLOCK // max(1, len(ready.who.group)))
    for block, start in enumerate(range(0, count, step)):
        part = slice(start, min(start + step, count))
        chosen = {name: values[part] for name, values in draws.items()}
        more_net, more_gross = _block(ready, chosen, seed, block)
        net[:, part] += more_net
        gross[:, part] += more_gross
    return priced_and_paid(ready.compiled, net, gross, draws)


def _block(ready: Simulation, draws: Draws, seed: int, block: int) -> tuple[Array, Array]:
    with_, without, weight = simulate(ready, draws, seed, block)
    change = ready.who.group
    level, slope = ready.worth.level[:, change], ready.worth.slope[:, change]
    idle = _always_idle(ready)
    net_work = weight * (with_.at_work - without.at_work)
    net_saved = weight * (without.municipal - with_.municipal)
    sides = []
    for work, saved in ((net_work, net_saved), (with_.at_work, idle - with_.municipal)):
        accounts = level @ work[0].T + slope @ saved.T
        sides.append(np.concatenate([accounts, [work[kind].sum(axis=1) for kind in (*ready.kinds, -1)]]))
    return sides[0], sides[1]


def simulate(ready: Simulation, draws: Draws, seed: int, block: int) -> tuple[World, World, Array]:
    """Both worlds of one block, and what the difference counts: (1 - displacement) x attribution."""
    who = ready.who
    shape = (len(next(iter(draws.values()))), len(who.group))
    luck = chances(seed, block, shape)
    success, base_rate, half_life, weight = (np.empty(shape) for _ in range(4))
    for segment in ready.compiled.segments:
        drawn = drawn_effect(segment, draws)
        members = np.array([ready.case.groups[group].effect == segment.effect for group in who.group])
        success[:, members] = drawn.used[:, None]
        base_rate[:, members] = drawn.base_rate[:, None]
        half_life[:, members] = drawn.half_life[:, None]
        weight[:, members] = drawn.counted[:, None]
    jobs = first_jobs(who, success, base_rate, luck, ready.sums.weeks)
    returns = ready.case.method.return_per_year
    with_ = world(who, jobs[0], jobs[1], half_life, returns, ready.sums, luck)
    without = world(who, jobs[2], jobs[3], half_life, returns, ready.sums, luck)
    return with_, without, weight


def _always_idle(ready: Simulation) -> Array:
    who, weeks = ready.who, np.int32(ready.sums.weeks)
    start = np.minimum(who.start, weeks)
    return ready.sums.municipal(start, np.full_like(start, weeks), who.counted)
