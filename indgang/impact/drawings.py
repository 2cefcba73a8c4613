# SPDX-License-Identifier: MPL-2.0
"""Where the parts of a chart lie. A drawing is 360 wide and made for a phone; a table beside it says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 360.0
ROW = 42.0
PLOT = 200.0


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart: its words above, the bar below. `minus` is hatched, a sum is solid."""

    label: str
    amount: float
    top: float
    x: float
    width: float
    is_sum: bool = False
    low: float = 0.0
    high: float = 0.0

    @property
    def minus(self) -> bool:
        return self.amount < 0

    @property
    def text_y(self) -> float:
        return self.top + 13

    @property
    def bar_y(self) -> float:
        return self.top + 19


@dataclass(frozen=True)
class Bars:
    """A bar chart; `zero` is where nothing lies."""

    bars: Sequence[Bar]
    zero: float
    width: float = WIDTH

    @property
    def height(self) -> float:
        return len(self.bars) * ROW + 4


@dataclass(frozen=True)
class Curve:
    """A running total: points as SVG wants them, its words at the end, and a dash that tells it apart in grey."""

    label: str
    points: str
    dash: str
    end_y: float
    label_y: float
    last: float


@dataclass(frozen=True)
class Curves:
    curves: Sequence[Curve]
    zero: float
    years: Sequence[tuple[int, float]] = field(default_factory=tuple)
    width: float = WIDTH
    height: float = PLOT + 30


def waterfall(steps: Sequence[Mapping[str, Any]], label: str) -> Bars:
    """From the cost over every department to society; each bar begins where the one before ended."""
    ends = [step[end] for step in steps for end in ("start", "end")]
    scale = _Scale(ends, WIDTH)
    bars = []
    for row, step in enumerate(steps):
        left, right = sorted((scale.at(step["start"]), scale.at(step["end"])))
        change = step["end"] - step["start"]
        bars.append(
            Bar(str(step[label]), change, row * ROW, left, max(right - left, 1.0), bool(step["is_sum"]))
        )
    return Bars(bars, scale.at(0.0))


def tornado(rows: Sequence[Mapping[str, Any]], label: str) -> Bars:
    """What moves the public value most stands on top."""
    scale = _Scale([row[end] for row in rows for end in ("at_low", "at_high")], WIDTH)
    bars = []
    for number, row in enumerate(rows):
        left, right = sorted((scale.at(row["at_low"]), scale.at(row["at_high"])))
        bars.append(
            Bar(
                str(row[label]), abs(row["swing_dkk"]), number * ROW, left, max(right - left, 1.0),
                low=row["at_low"], high=row["at_high"],
            )
        )  # fmt: skip
    return Bars(bars, scale.at(0.0))


def over_time(months: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Curves:
    """Running totals of a few purses, month by month."""
    room = WIDTH - 92
    totals = {name: [0.0, *(month["running"][name] for month in months)] for name in names}
    scale = _Scale([value for line in totals.values() for value in line], PLOT, flipped=True)
    step = room / max(1, len(months))
    curves = []
    for (name, words), dash in zip(names.items(), ("", "7 4", "2 3", "10 3 2 3"), strict=False):
        line = totals[name]
        points = " ".join(f"{place * step:.1f},{scale.at(value) + 8:.1f}" for place, value in enumerate(line))
        end = scale.at(line[-1]) + 8
        curves.append(Curve(words, points, dash, end, end, line[-1]))
    years = [(year, year * 12 * step) for year in range(1, len(months) // 12 + 1)]
    return Curves(_parted(curves), scale.at(0.0) + 8, years)


def _parted(curves: Sequence[Curve], least: float = 14.0) -> list[Curve]:
    """Labels moved apart so that none lies upon another."""
    placed, last = [], -least
    for curve in sorted(curves, key=lambda one: one.end_y):
        last = max(curve.end_y, last + least)
        placed.append(
            Curve(curve.label, curve.points, curve.dash, curve.end_y, min(last, PLOT + 8), curve.last)
        )
    return placed


class _Scale:
    """From kroner to a place in the drawing; zero always lies inside."""

    def __init__(self, values: Sequence[float], length: float, *, flipped: bool = False) -> None:
        self.low, self.high = min([0.0, *values]), max([0.0, *values])
        self.length, self.flipped = length, flipped

    def at(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round((1 - share if self.flipped else share) * self.length, 2)
