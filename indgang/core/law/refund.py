# SPDX-License-Identifier: MPL-2.0
"""Refusion: how much of a benefit week the state pays back, and when the count of weeks starts over.

Source: lov om kommunernes finansiering af visse offentlige ydelser §§ 5-6 (links in `refund.toml`).
Amounts are integers in øre, weeks are whole calendar weeks. The municipality takes the remainder, so the
two shares always add up to the benefit.
"""

import tomllib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib.resources import files

from indgang.core.text import Refused


class Week(Enum):
    """What one calendar week was. Any benefit in the week makes it BENEFIT, also beside pay in a fleksjob.

    SUBSIDISED is work with a wage subsidy and no listed benefit: it neither counts on nor is self-support.
    """

    BENEFIT = "benefit"
    SELF_SUPPORT = "self_support"
    SUBSIDISED = "subsidised"
    OTHER = "other"


@dataclass(frozen=True)
class Staircase:
    """The state's percent by counted benefit week, and the rule that starts the count over."""

    steps: tuple[tuple[int, int], ...]
    percent_after: int
    reset_weeks: int
    window_weeks: int
    statute: str
    confidence: str
    sources: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    def state_percent(self, counted_week: int) -> int:
        """Percent paid by the state in the benefit week that has this number in the count (1, 2, ...)."""
        if counted_week < 1:
            raise ValueError("a counted benefit week is at least 1")
        for last_week, percent in self.steps:
            if counted_week <= last_week:
                return percent
        return self.percent_after


@dataclass(frozen=True)
class Split:
    """One benefit week in øre: `municipality + state` is the benefit."""

    municipality: int
    state: int


@dataclass(frozen=True)
class Position:
    """Where a person stands: benefit weeks counted so far and the weeks just behind, oldest first."""

    counted_weeks: int = 0
    history: tuple[Week, ...] = ()


def staircase(on: date) -> Staircase:
    """The staircase in force that day. Refuses a day before the rule began."""
    for row in _staircases():
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    raise Refused("Vi kender ikke refusionstrappen for %(day)s. Den gælder fra 4. januar 2016.", day=on)


def position(benefit_weeks_before: int, self_support_weeks: int = 0, *, window_weeks: int = 156) -> Position:
    """A start from two numbers: the benefit weeks are taken to be the latest, self-support just before them.

    Raises ValueError when a number is negative or the self-support weeks do not fit in the window.
    """
    if benefit_weeks_before < 0 or not 0 <= self_support_weeks <= window_weeks:
        raise ValueError("weeks are not negative, and self-support weeks lie within the window")
    recent = min(benefit_weeks_before, window_weeks - self_support_weeks)
    return Position(
        benefit_weeks_before, (Week.SELF_SUPPORT,) * self_support_weeks + (Week.BENEFIT,) * recent
    )


def counted_weeks(weeks: Iterable[Week], rule: Staircase, start: Position = Position()) -> list[int]:
    """The count after each week. It starts over in the first benefit week after a break when enough whole
    weeks of self-support lie in the window behind that week."""
    window: deque[Week] = deque(start.history[-rule.window_weeks :], maxlen=rule.window_weeks)
    self_support = sum(week is Week.SELF_SUPPORT for week in window)
    count = start.counted_weeks
    counts = []
    for week in weeks:
        if week is Week.BENEFIT:
            after_break = not window or window[-1] is not Week.BENEFIT
            if after_break and self_support >= rule.reset_weeks:
                count = 0
            count += 1
        if len(window) == rule.window_weeks and window[0] is Week.SELF_SUPPORT:
            self_support -= 1
        window.append(week)
        self_support += week is Week.SELF_SUPPORT
        counts.append(count)
    return counts


def split(benefit: int, counted_week: int, rule: Staircase) -> Split:
    """Divide one week's benefit in øre; the state's part is rounded, the municipality takes the rest."""
    state = (benefit * rule.state_percent(counted_week) + 50) // 100
    return Split(municipality=benefit - state, state=state)


def splits(
    weeks: Sequence[Week], benefit: int, rule: Staircase, start: Position = Position()
) -> list[Split | None]:
    """The division week by week; None where no benefit is paid."""
    counts = counted_weeks(weeks, rule, start)
    return [
        split(benefit, count, rule) if week is Week.BENEFIT else None
        for week, count in zip(weeks, counts, strict=True)
    ]


@cache
def _staircases() -> tuple[Staircase, ...]:
    rows = tomllib.loads(files(__package__).joinpath("refund.toml").read_text("utf-8"))["staircase"]
    return tuple(
        Staircase(
            steps=tuple((step["last_week"], step["state_percent"]) for step in row["steps"]),
            percent_after=row["state_percent_after"],
            reset_weeks=row["reset_self_support_weeks"],
            window_weeks=row["reset_window_weeks"],
            statute=row["statute"],
            confidence=row["confidence"],
            sources=tuple(row["sources"]),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
        )
        for row in rows
    )
