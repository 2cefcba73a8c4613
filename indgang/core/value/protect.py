# SPDX-License-Identifier: MPL-2.0
"""Hiding enough: whether a hidden cell could be worked out from the totals, and what more to hide.

The last row and column of a grid are totals, so every line says: its parts add up to its last cell. A hidden
count is safe when the equations of all lines leave it a range of at least k people; the range is found by
linear programming, as somebody with the printed table could do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """(rows + 1, columns + 1) people with totals, and what must be hidden for its own sake."""

    people: Counts
    hidden: Mask


def protected(grid: Grid, least: int) -> Mask:
    """Everything to hide so that each hidden cell keeps a range of at least `least` people."""
    hidden = grid.hidden.copy()
    while True:
        if _hide_more_in_lines(grid.people, hidden, least):
            continue
        exposed = _exposed(grid.people, hidden, least)
        if exposed is None or not _hide_beside(exposed, grid.people, hidden):
            return hidden


def ranges(people: Counts, hidden: Mask, cell: tuple[int, int]) -> tuple[float, float]:
    """Lowest and highest number of people that a hidden cell may hold, given everything that is shown."""
    from scipy.optimize import linprog  # takes longer to load than most tables take to protect

    places = [tuple(place) for place in np.argwhere(hidden)]
    number = {place: column for column, place in enumerate(places)}
    lines, known = [], []
    for line in _lines(people.shape):
        row = np.zeros(len(places))
        rest = 0.0
        for place in line:
            sign = -1.0 if place == line[-1] else 1.0
            if place in number:
                row[number[place]] += sign
            else:
                rest -= sign * people[place]
        lines.append(row)
        known.append(rest)
    aim = np.zeros(len(places))
    aim[number[cell]] = 1.0
    low, high = (
        linprog(sign * aim, A_eq=np.array(lines), b_eq=np.array(known), bounds=(0, None), method="highs")
        for sign in (1.0, -1.0)
    )
    lowest = 0.0 if low.fun is None else float(low.fun)
    return lowest, np.inf if high.fun is None else -float(high.fun)


def _lines(shape: tuple[int, ...]) -> list[list[tuple[int, int]]]:
    rows, columns = shape
    across = [[(row, column) for column in range(columns)] for row in range(rows)]
    down = [[(row, column) for row in range(rows)] for column in range(columns)]
    return across + down


def _hide_more_in_lines(people: Counts, hidden: Mask, least: int) -> bool:
    """One line's hidden cells must be at least two and hold at least `least` people together."""
    for line in _lines(people.shape):
        dark = [place for place in line if hidden[place]]
        if not dark:
            continue
        parts = [place for place in dark if place != line[-1]]
        enough = hidden[line[-1]] or sum(int(people[place]) for place in parts) >= least
        if len(dark) >= 2 and enough:
            continue
        light = [place for place in line if not hidden[place]]
        if light:
            hidden[min(light, key=lambda place: (people[place], place))] = True
            return True
    return False


def _exposed(people: Counts, hidden: Mask, least: int) -> tuple[int, int] | None:
    for place in map(tuple, np.argwhere(hidden)):
        low, high = ranges(people, hidden, place)
        if high - low < least - 1e-7:
            return place
    return None


def _hide_beside(cell: tuple[int, int], people: Counts, hidden: Mask) -> bool:
    """Hide the smallest cell that is still shown in the exposed cell's lines, else anywhere."""
    shown = [tuple(place) for place in np.argwhere(~hidden)]
    near = [place for place in shown if place[0] == cell[0] or place[1] == cell[1]]
    if not shown:
        return False
    hidden[min(near or shown, key=lambda place: (people[place], place))] = True
    return True
