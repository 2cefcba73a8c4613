# SPDX-License-Identifier: MPL-2.0
"""Whom to contact next, so that a need gets its answers in time without asking more people than needed.

Contacts are spread evenly over the window instead of sent in waves: whoever has answered stops the rest,
and few are asked in vain. An enterprise is asked, reminded and at last put on the list to be called; the
best match comes first, and nobody outside the matches is contacted to reach a number.

The figures of `PACE` come from `indgang replay`; `docs/explanation/answer-clock.md` shows them.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True)
class Pace:
    """How fast contacts may be made.

    `first` at once, then evenly up to `most` by `spread` of the `window` (working days). When one answer
    is missing instead of two, the pace is multiplied by `when_one_is_missing`. An enterprise gets at most
    `per_enterprise` contacts, at least `rest` working days apart.
    """

    wanted: int = 2
    window: float = 5.0
    first: int = 3
    most: int = 34
    spread: float = 0.85
    when_one_is_missing: float = 0.85
    per_enterprise: int = 3
    rest: float = 1.0

    def allowed(self, elapsed: float, missing: int) -> float:
        """Contacts that may have been made after `elapsed` working days."""
        share = min(1.0, elapsed / (self.window * self.spread))
        ease = 1.0 if missing > 1 else self.when_one_is_missing
        return self.first + (self.most - self.first) * share * ease


PACE = Pace()


class Step(StrEnum):
    ASK = "ask"
    REMIND = "remind"
    CALL = "call"


@dataclass(frozen=True)
class Asked(Generic[Id]):
    """An enterprise that has been contacted. `last` is in working days since the need was sent out."""

    enterprise: Id
    contacts: int
    last: float
    answered: bool = False


@dataclass(frozen=True)
class Contact(Generic[Id]):
    enterprise: Id
    step: Step


def next_contacts(
    elapsed: float, asked: Sequence[Asked[Id]], pool: Sequence[Id], *, pace: Pace = PACE
) -> list[Contact[Id]]:
    """The contacts to make now, `elapsed` working days after the need was sent out.

    `pool` holds the matches that have not been asked, best first. Empty when enough have answered, when
    the pace allows no more, or when nobody is left.
    """
    missing = pace.wanted - sum(one.answered for one in asked)
    if missing <= 0:
        return []
    room = int(pace.allowed(elapsed, missing) - sum(one.contacts for one in asked) + 1e-9)
    if room <= 0:
        return []
    found = [Contact(enterprise, Step.ASK) for enterprise in pool[:room]]
    rested = [
        one
        for one in asked
        if not one.answered and one.contacts < pace.per_enterprise and elapsed - one.last >= pace.rest
    ]
    rested.sort(key=lambda one: (one.contacts, one.last))
    for one in rested[: room - len(found)]:
        last_chance = one.contacts == pace.per_enterprise - 1
        found.append(Contact(one.enterprise, Step.CALL if last_chance else Step.REMIND))
    return found


def is_exhausted(asked: Sequence[Asked[Id]], pool: Sequence[Id], *, pace: Pace = PACE) -> bool:
    """Nobody is left to contact: a person must take over."""
    return not pool and all(one.answered or one.contacts >= pace.per_enterprise for one in asked)
