# SPDX-License-Identifier: MPL-2.0
"""Green, yellow, red: a rule over plain numbers. And whether a promise was kept, from its dates."""

from datetime import date
from decimal import Decimal
from enum import StrEnum


class Colour(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def colour(value: Decimal, target: Decimal, *, higher_is_better: bool, tolerance_percent: int) -> Colour:
    """Green at the target or better, yellow within the tolerance of it, red beyond.

    The tolerance is per cent of the target's size, so that a target of nought has none.
    """
    short = target - value if higher_is_better else value - target
    if short <= 0:
        return Colour.GREEN
    if short * 100 <= abs(target) * tolerance_percent:
        return Colour.YELLOW
    return Colour.RED


class Kept(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    AHEAD = "ahead"


def kept(due: date, done: date | None, today: date) -> Kept:
    """Kept in time (the due day itself included), kept late, not kept though due, or not due yet."""
    if done is not None:
        return Kept.IN_TIME if done <= due else Kept.LATE
    return Kept.OVERDUE if today > due else Kept.AHEAD
