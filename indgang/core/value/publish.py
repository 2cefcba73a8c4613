# SPDX-License-Identifier: MPL-2.0
"""What may be shown to everybody: tables in which no person and no enterprise can be found again.

A cell is hidden when fewer than k people, too few enterprises or one dominant enterprise stand behind it;
then further cells are hidden, smallest first, until nothing hidden can be worked out from the rest. Totals are
cells like any other. Public numbers are rounded one by one, so they need not add up.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.pack import Figures
from indgang.core.value.protect import Grid, protected
from indgang.core.value.release import step_for

LOWEST_PEOPLE = 5


@dataclass(frozen=True)
class Rules:
    """`people` may be raised, never lowered below 5. `consent`: enterprises that let themselves be shown."""

    people: int = LOWEST_PEOPLE
    enterprises: int = 3
    dominance: float = 0.70
    round_people: int = 5
    round_amount: int = 1_000
    consent: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.people < LOWEST_PEOPLE:
            raise Refused(_TOO_LOW, people=self.people, lowest=LOWEST_PEOPLE)


@dataclass(frozen=True)
class Contribution:
    """What one enterprise adds to one cell: people, and an amount in kroner."""

    row: str
    column: str
    enterprise: str
    people: int
    amount: float


@dataclass(frozen=True)
class PublicCell:
    """None means hidden. `exact_...` are kept for those who may see them; a page for all never does."""

    people: int | None
    amount: int | None


@dataclass(frozen=True)
class PublicTable:
    """Cells by (row, column); the last row and the last column are totals."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], PublicCell]


TOTAL = "I alt"


def rules(figures: Figures, people: int | None = None, consent: Collection[str] = ()) -> Rules:
    """The pack's limits, the municipality's own k, and the enterprises that have said yes."""
    least = people or int(figures.number("publish.people"))
    return Rules(
        people=least,
        round_people=step_for(least),
        enterprises=int(figures.number("publish.enterprises")),
        dominance=figures.number("publish.dominance"),
        consent=frozenset(consent),
    )


def publish(contributions: Sequence[Contribution], by: Rules) -> PublicTable:
    """The table that may be shown. Refuses when all of it together holds too few people."""
    total = sum(one.people for one in contributions)
    check_enough(total, by)
    rows = tuple(dict.fromkeys(one.row for one in contributions))
    columns = tuple(dict.fromkeys(one.column for one in contributions))
    people, hidden = _primary(contributions, rows, columns, by)
    shown = ~protected(Grid(people, hidden), by.people)
    amounts = _amounts(contributions, rows, columns)
    names = [(row, column) for row in (*rows, TOTAL) for column in (*columns, TOTAL)]
    cells = {}
    for name, place in zip(names, np.ndindex(people.shape), strict=True):
        if shown[place]:
            cells[name] = PublicCell(
                _nearest(float(people[place]), by.round_people),
                _nearest(float(amounts[place]), by.round_amount),
            )
        else:
            cells[name] = PublicCell(None, None)
    return PublicTable((*rows, TOTAL), (*columns, TOTAL), cells)


def check_enough(people: float, by: Rules) -> None:
    """Raises Refused when fewer than k people stand behind a figure."""
    if people < by.people:
        raise Refused(_TOO_FEW, people=round(people), least=by.people)


def check_release(asked: frozenset[str], released: Iterable[frozenset[str]], by: Rules) -> None:
    """Raises Refused when a figure about `asked` and one already released would together show too few people.

    The same people again may be asked about; so may a group that differs by k or more in every part.
    """
    for earlier in released:
        for part in (asked - earlier, earlier - asked):
            if 0 < len(part) < by.people:
                raise Refused(_DIFFERENCE, least=by.people)


def _primary(
    contributions: Sequence[Contribution], rows: Sequence[str], columns: Sequence[str], by: Rules
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    shape = (len(rows) + 1, len(columns) + 1)
    people = np.zeros(shape, dtype=np.int64)
    behind: dict[tuple[int, int], dict[str, float]] = {place: {} for place in np.ndindex(shape)}
    for one in contributions:
        row, column = rows.index(one.row), columns.index(one.column)
        for place in (
            (row, column),
            (row, shape[1] - 1),
            (shape[0] - 1, column),
            (shape[0] - 1, shape[1] - 1),
        ):
            people[place] += one.people
            known = behind[place]
            if one.people or one.amount:  # an enterprise with nobody here hides nobody
                known[one.enterprise] = known.get(one.enterprise, 0.0) + abs(one.amount)
    hidden = people < by.people
    for place, enterprises in behind.items():
        few = len(enterprises) < by.enterprises and not set(enterprises) <= by.consent
        whole = sum(enterprises.values())
        most = max(enterprises, key=lambda name: enterprises[name], default="")
        dominant = whole > 0 and enterprises[most] > by.dominance * whole and most not in by.consent
        hidden[place] |= few or dominant
    return people, hidden


def _amounts(
    contributions: Sequence[Contribution], rows: Sequence[str], columns: Sequence[str]
) -> NDArray[np.float64]:
    amounts = np.zeros((len(rows) + 1, len(columns) + 1))
    for one in contributions:
        row, column = rows.index(one.row), columns.index(one.column)
        amounts[[row, row, -1, -1], [column, -1, column, -1]] += one.amount
    return amounts


def _nearest(value: float, unit: int) -> int:
    return int(np.floor(abs(value) / unit + 0.5)) * unit * (1 if value >= 0 else -1)


_TOO_LOW = gettext_noop("Grænsen er %(people)s personer; den må ikke sættes under %(lowest)s.")
_TOO_FEW = gettext_noop(
    "Der står kun %(people)s personer bag tallene. Et tal, alle må se, kræver mindst %(least)s. Læg flere sammen."
)
_DIFFERENCE = gettext_noop(
    "Sammen med et tal, der allerede er vist, ville dette tal røbe færre end %(least)s personer. Vælg en større gruppe."
)
