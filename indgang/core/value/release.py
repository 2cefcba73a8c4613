# SPDX-License-Identifier: MPL-2.0
"""What a quarter's table of people tells everybody, so that two quarters cannot be subtracted from each other.

Who was there when one quarter ended and is not "from before" in the next has left: a difference that two printed
tables give away. Numbers are therefore rounded, and a reader's best subtraction is tried by linear programming; where
it pins a group of fewer than k people down to fewer than k possible sizes, one more number is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ROUND_TO = 5


def step_for(least: int) -> int:
    """Numbers are rounded to a multiple of five that covers at least k sizes of a group."""
    return -(-least // ROUND_TO) * ROUND_TO


def rounded(people: int | None, step: int = ROUND_TO) -> int | None:
    """The nearest multiple of `step`; None stays hidden."""
    return None if people is None else (people + step // 2) // step * step


@dataclass(frozen=True)
class Sheet:
    """One quarter as it is printed: (rows, columns) rounded people or None; the last row and column are totals."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    people: tuple[tuple[int | None, ...], ...]
    step: int

    def shown(self, row: str, column: str) -> int | None:
        return self.people[self.rows.index(row)][self.columns.index(column)]

    def without(self, row: str, column: str) -> "Sheet":
        lines = [list(line) for line in self.people]
        lines[self.rows.index(row)][self.columns.index(column)] = None
        return replace(self, people=tuple(map(tuple, lines)))


@dataclass(frozen=True)
class Movement:
    """Those in `start` of the earlier sheet who are not in `end` of the later one; column names."""

    start: str
    end: str


def sheet(table: Mapping[str, Sequence[object]], least: int) -> Sheet:
    """A published table (`rows`, `columns`, `people`), rounded."""
    step = step_for(least)
    people = tuple(
        tuple(rounded(cell if isinstance(cell, int) else None, step) for cell in line)
        for line in table["people"]
        if isinstance(line, list | tuple)
    )
    return Sheet(tuple(map(str, table["rows"])), tuple(map(str, table["columns"])), people, step)


def guarded(mine: Sheet, earlier: Sheet | None, later: Sheet | None, movement: Movement, least: int) -> Sheet:
    """`mine` with as much hidden as it takes that neither neighbour can be subtracted to show fewer than k people."""
    while True:
        exposed = _first_exposed(mine, earlier, later, movement, least)
        place = exposed and _smallest(mine, *exposed)
        if not place:
            return mine
        mine = mine.without(*place)


def left_range(earlier: Sheet, later: Sheet, row: str, movement: Movement) -> tuple[float, float]:
    """Lowest and highest number who left between two sheets, as a reader of both could work it out."""
    return _left_range(earlier, later, row, movement)


def is_told(low: float, high: float, least: int) -> bool:
    """Whether a range gives a group of 1 to k-1 people away: fewer than k sizes are possible, not all of them big."""
    if not np.isfinite(low) or not np.isfinite(high):
        return False
    lowest, highest = int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6))
    return highest > 0 and lowest < least and highest - lowest + 1 < least


def _first_exposed(
    mine: Sheet, earlier: Sheet | None, later: Sheet | None, movement: Movement, least: int
) -> tuple[str, str] | None:
    """The row and the column of `mine` through which somebody can be counted."""
    for row in mine.rows:
        if (
            earlier
            and row in earlier.rows
            and is_told(*_left_range(earlier, mine, row, movement), least=least)
        ):
            return row, movement.end
        if later and row in later.rows and is_told(*_left_range(mine, later, row, movement), least=least):
            return row, movement.start
    return None


def _smallest(mine: Sheet, row: str, column: str) -> tuple[str, str] | None:
    """What to hide next: the number itself, else the smallest still shown in its row or column, else anywhere."""
    if column in mine.columns and mine.shown(row, column) is not None:
        return row, column
    shown = [(r, c) for r in mine.rows for c in mine.columns if mine.shown(r, c) is not None]
    near = [place for place in shown if place[0] == row or place[1] == column]
    return min(near or shown, key=lambda place: (mine.shown(*place) or 0, place), default=None)


@cache
def _left_range(earlier: Sheet, later: Sheet, row: str, movement: Movement) -> tuple[float, float]:
    places = [(0, r, c) for r in earlier.rows for c in earlier.columns]
    places += [(1, r, c) for r in later.rows for c in later.columns]
    number = {place: column for column, place in enumerate(places)}
    sheets = (earlier, later)
    bounds = [_bounds(sheets[which], r, c) for which, r, c in places]
    equal = [line for which, one in enumerate(sheets) for line in _sums(which, one, number)]
    moved = {
        r: _movement(number, r, movement)
        for r in dict.fromkeys((*earlier.rows, *later.rows))
        if r in earlier.rows and r in later.rows
    }
    return _ends(moved[row], np.array(equal), -np.array(list(moved.values())), bounds)


def _movement(number: Mapping[tuple[int, str, str], int], row: str, movement: Movement) -> Array:
    line = np.zeros(len(number))
    for place, sign in (((0, row, movement.start), 1.0), ((1, row, movement.end), -1.0)):
        if place in number:  # a column that nobody stands in is not printed
            line[number[place]] = sign
    return line


def _sums(which: int, one: Sheet, number: Mapping[tuple[int, str, str], int]) -> list[Array]:
    """Every row and every column adds up to its last cell."""
    lines = []
    for row in one.rows:
        line = np.zeros(len(number))
        for column in one.columns:
            line[number[which, row, column]] = -1.0 if column == one.columns[-1] else 1.0
        lines.append(line)
    for column in one.columns:
        line = np.zeros(len(number))
        for row in one.rows:
            line[number[which, row, column]] = -1.0 if row == one.rows[-1] else 1.0
        lines.append(line)
    return lines


def _bounds(one: Sheet, row: str, column: str) -> tuple[float, float | None]:
    shown = one.shown(row, column)
    if shown is None:
        return 0.0, None
    return max(0.0, shown - one.step // 2), shown + (one.step - 1) // 2


def _ends(
    wanted: Array, equal: Array, at_most_zero: Array, bounds: Sequence[tuple[float, float | None]]
) -> tuple[float, float]:
    from scipy.optimize import linprog  # takes longer to load than a table takes to guard

    ends = []
    for sign in (1.0, -1.0):
        for limit in (at_most_zero, None):
            found = linprog(
                sign * wanted,
                A_ub=limit,
                b_ub=None if limit is None else np.zeros(len(limit)),
                A_eq=equal,
                b_eq=np.zeros(len(equal)),
                bounds=bounds,
                method="highs",
            )
            if found.status in (0, 3):
                break  # a later sheet that does not follow from the earlier is read without that knowledge
        ends.append(sign * (float(found.fun or 0.0) if found.status == 0 else -np.inf))
    return float(ends[0]), float(ends[1])
