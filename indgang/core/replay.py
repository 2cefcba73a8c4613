# SPDX-License-Identifier: MPL-2.0
"""Replaying the answer clock on a market in which each contact is answered with a given probability.

A reminder counts as a contact. The clock looks every hour of a working day, as the job does.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from indgang.core.answer_clock import PACE, Asked, Pace, next_contacts

LOOKS_A_DAY = 8
REPLY_DELAYS = ((0.40, 0.25), (0.30, 0.75), (0.20, 1.5), (0.10, 2.5))
"""(share of answers, at most so many working days later); even within each band. An assumption."""


@dataclass(frozen=True)
class Outcome:
    """One need: whether it got its answers in the window, contacts spent, and whether the pool was emptied."""

    answered: bool
    contacts: int
    pool: int
    exhausted: bool


@dataclass
class Replay:
    """Many needs. A pool is sufficient when it allows the contacts that the pace may spend."""

    pace: Pace
    outcomes: list[Outcome] = field(default_factory=list)

    def sufficient(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.pool * self.pace.per_enterprise >= self.pace.most]

    def too_small(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.pool * self.pace.per_enterprise < self.pace.most]


def share_answered(outcomes: Sequence[Outcome]) -> float:
    return fmean(one.answered for one in outcomes) if outcomes else 0.0


def mean_contacts(outcomes: Sequence[Outcome]) -> float:
    return fmean(one.contacts for one in outcomes) if outcomes else 0.0


def replay(pools: Sequence[int], *, needs: int, probability: float, seed: int, pace: Pace = PACE) -> Replay:
    """Play `needs` needs, with pool sizes taken from `pools` in turn. The same seed gives the same result."""
    chance = random.Random(seed)  # noqa: S311
    result = Replay(pace)
    for number in range(needs):
        result.outcomes.append(_one_need(pools[number % len(pools)], probability, chance, pace))
    return result


def _one_need(size: int, probability: float, chance: random.Random, pace: Pace) -> Outcome:
    pool = list(range(size))
    asked: dict[int, Asked[int]] = {}
    replies: dict[int, float] = {}
    spent = 0
    for look in range(int(pace.window * LOOKS_A_DAY)):
        now = look / LOOKS_A_DAY
        for enterprise, at in replies.items():
            if at <= now and not asked[enterprise].answered:
                asked[enterprise] = Asked(
                    enterprise, asked[enterprise].contacts, asked[enterprise].last, True
                )
        for contact in next_contacts(now, list(asked.values()), pool, pace=pace):
            before = asked.get(contact.enterprise)
            asked[contact.enterprise] = Asked(contact.enterprise, (before.contacts if before else 0) + 1, now)
            spent += 1
            if chance.random() < probability:
                replies.setdefault(contact.enterprise, now + _delay(chance))
        pool = [enterprise for enterprise in pool if enterprise not in asked]
    in_time = sum(at <= pace.window for at in replies.values())
    exhausted = not pool and all(
        one.contacts >= pace.per_enterprise or one.answered for one in asked.values()
    )
    return Outcome(in_time >= pace.wanted, spent, size, exhausted and in_time < pace.wanted)


def _delay(chance: random.Random) -> float:
    draw, earliest = chance.random(), 0.0
    for share, latest in REPLY_DELAYS:
        if draw < share:
            return earliest + (latest - earliest) * draw / share
        draw, earliest = draw - share, latest
    return earliest
