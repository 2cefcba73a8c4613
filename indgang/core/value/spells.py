# SPDX-License-Identifier: MPL-2.0
"""Simulated histories: people find work, lose it, come back, and the staircase starts over when the law says so.

The expected model lets the count run on as if the job had never been; here every person has spells. A job
lasts so that the share still at work after t weeks is 2^(-t/half-life); who has lost one may find another.
Money is looked up in running sums, so a spell costs the same whether it lasts a week or five years.
The same random numbers serve both worlds: a person who would have found work anyway also succeeds.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase
from indgang.core.value.case import Case
from indgang.core.value.effect import WEEKS
from indgang.core.value.occupancy import first_counted_week

Array = NDArray[np.float64]
Weeks = NDArray[np.int32]


@dataclass(frozen=True)
class People:
    """One entry per person: own start, weeks of programme, staircase count before the first week."""

    group: NDArray[np.intp]
    start: Weeks
    programme: Weeks
    counted: Weeks
    self_support: Weeks


def people(case: Case, rule: Staircase) -> People:
    """Every participant of every group."""
    counts = [round(group.participants) for group in case.groups]
    group = np.repeat(np.arange(len(counts)), counts)

    def each(values: list[int]) -> Weeks:
        return np.array(values, dtype=np.int32)[group]

    return People(
        group=group,
        start=each([g.start_week for g in case.groups]),
        programme=each([g.programme_weeks for g in case.groups]),
        counted=each([first_counted_week(g, rule) - 1 for g in case.groups]),
        self_support=each(
            [0 if g.self_support_weeks >= rule.reset_weeks else g.self_support_weeks for g in case.groups]
        ),
    )


@dataclass(frozen=True)
class Chances:
    """Random numbers of a block, (draws, persons): who succeeds, when, how long the first job lasts.

    `later()` gives what later jobs need, the same in both worlds and for every horizon.
    """

    luck: Array
    moment: Array
    length: Array
    seed: str

    def later(self) -> np.random.Generator:
        return _generator(f"{self.seed}:later")


def chances(seed: int, block: int, shape: tuple[int, int]) -> Chances:
    """The numbers of one block of draws; a block's numbers do not depend on the blocks before it."""
    name = f"{seed}:spells:{block}"
    first = _generator(name)
    return Chances(first.random(shape), first.random(shape), first.random(shape), name)


def _generator(name: str) -> np.random.Generator:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "little")
    return np.random.Generator(np.random.Philox(key=key))


@dataclass(frozen=True)
class Sums:
    """Running sums over run weeks: `patterns` are (kinds, weeks + 1); `rule` divides the benefit."""

    patterns: Array
    rule: Staircase

    @property
    def weeks(self) -> int:
        return int(self.patterns.shape[1]) - 1

    def between(self, first: Weeks, last: Weeks) -> Array:
        """(kinds, ...): the pattern summed over weeks first..last-1."""
        return np.asarray(self.patterns[:, last] - self.patterns[:, first])

    def municipal(self, first: Weeks, last: Weeks, counted: Weeks) -> Array:
        """Discounted benefit weeks times the municipal share, for a spell that begins after `counted` weeks."""
        money = self.patterns[0]
        steps = self.rule.steps
        shares = [1 - percent / 100 for percent in (*(p for _, p in steps), self.rule.percent_after)]
        total = shares[0] * (money[last] - money[first])
        for (last_week, _), lower, higher in zip(steps, shares, shares[1:], strict=False):
            above = np.clip(first + (last_week - counted), first, last)
            total += (higher - lower) * (money[last] - money[above])
        return np.asarray(total)


@dataclass
class World:
    """What one world comes to: `at_work` is (kinds, draws, persons), `municipal` is (draws, persons).

    `jobs` are (first, last) and `idle` (first, last, counted before) for every spell, all (draws, persons).
    """

    at_work: Array
    municipal: Array
    jobs: list[tuple[Weeks, Weeks]]
    idle: list[tuple[Weeks, Weeks, Weeks]]


def world(
    who: People, begins: Weeks, settles: Weeks, half_life: Array, returns: float, sums: Sums, luck: Chances
) -> World:
    """First job from `begins`; its end is counted from `settles`. A `begins` at the horizon means never."""
    horizon = np.int32(sums.weeks)
    shape = begins.shape
    at_work = np.zeros((len(sums.patterns), *shape))
    counted = np.broadcast_to(who.counted, shape)
    first = np.broadcast_to(np.minimum(who.start, horizon), shape)
    municipal = sums.municipal(first, np.minimum(begins, horizon), counted)
    idle = [(first, np.minimum(begins, horizon), counted)]
    counted = counted + np.minimum(begins, horizon) - first
    jobs: list[tuple[Weeks, Weeks]] = []
    start, settled, uniform = np.minimum(begins, horizon), settles, luck.length
    later = luck.later()
    while (start < horizon).any():
        length = _job_length(uniform, half_life)
        end = np.maximum(np.minimum(settled + length, horizon), start).astype(np.int32)
        at_work += sums.between(start, end)
        jobs.append((start, end))
        counted = np.where(
            self_support_behind(end, jobs, who, sums.rule) >= sums.rule.reset_weeks, 0, counted
        )
        if returns:
            wait = _wait(later.random(shape), returns)
            again = np.minimum(end + wait, horizon).astype(np.int32)
        else:
            again = np.full(shape, horizon)
        municipal += sums.municipal(end, again, counted)
        idle.append((end, again, counted))
        counted = counted + (again - end)
        start = settled = again
        uniform = later.random(shape)
    return World(at_work, municipal, jobs, idle)


def self_support_behind(week: Weeks, jobs: list[tuple[Weeks, Weeks]], who: People, rule: Staircase) -> Weeks:
    """Whole weeks of self-support in the window behind `week`."""
    window = week - rule.window_weeks
    before = np.clip(who.start - np.maximum(window, who.start - who.self_support), 0, None)
    for start, end in jobs:
        before = before + np.clip(end - np.maximum(start, window), 0, None)
    return np.asarray(before, dtype=np.int32)


def first_jobs(
    who: People, success: Array, base_rate: Array, luck: Chances, horizon: int
) -> tuple[Weeks, ...]:
    """(begins, settles) with the programme, then without it; `success`, `base_rate` are (draws, 1)."""
    never = np.int32(horizon)
    treated = np.broadcast_to(who.start + who.programme, luck.luck.shape)
    begins_with = np.where(luck.luck < success, treated, never).astype(np.int32)
    ramp = who.start + np.ceil(luck.moment * WEEKS).astype(np.int32)
    begins_without = np.where(luck.luck < base_rate, ramp, never).astype(np.int32)
    settles_without = np.broadcast_to(who.start + np.int32(WEEKS), begins_without.shape)
    return begins_with, begins_with, begins_without, settles_without


def _job_length(uniform: Array, half_life: Array) -> Weeks:
    """Whole weeks, at least 1, so that the share longer than t is 2^(-t/half-life)."""
    length = -np.log2(np.maximum(uniform, 2.0**-60)) * half_life
    return np.ceil(np.clip(length, 1.0, 1e6)).astype(np.int32)


def _wait(uniform: Array, returns: float) -> Weeks:
    weekly = 1 - (1 - min(returns, 1 - 1e-9)) ** (1 / WEEKS)
    wait = np.log(np.maximum(uniform, 2.0**-60)) / np.log1p(-weekly)
    return np.asarray(np.ceil(np.clip(wait, 1.0, 1e6)), dtype=np.int32)
