# SPDX-License-Identifier: MPL-2.0
"""Dated amounts: the threshold row of a day, and every single figure that a rule names.

All amounts of money are whole kroner (or euro where the unit says so) ex VAT.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused


@dataclass(frozen=True)
class ThresholdRow:
    """The thresholds of one period, in kroner; `derived` names the columns that were computed."""

    valid_from: date
    valid_to: date
    amounts: Mapping[str, int]
    euro: Mapping[str, int]
    derived: frozenset[str]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class FigureRow:
    """One figure in one period."""

    id: str
    amount: int
    unit: str
    valid_from: date
    valid_to: date | None
    confidence: str
    sources: tuple[str, ...]
    words: Sentence


@dataclass(frozen=True)
class Figures:
    """All figures of a pack."""

    margin_percent: int
    thresholds: Sequence[ThresholdRow]
    rows: Sequence[FigureRow]

    def threshold_row(self, on: date) -> ThresholdRow | None:
        """The row whose period holds the day, both ends included; None outside the table."""
        return next((row for row in self.thresholds if row.valid_from <= on <= row.valid_to), None)

    def figure(self, name: str, on: date) -> FigureRow:
        """The figure in force that day. Refuses when none is known."""
        for row in self.rows:
            if row.id == name and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return row
        raise Refused("Vi kender ikke tallet %(name)s for %(day)s.", name=name, day=on)

    def amounts(self, on: date) -> dict[str, int]:
        """Every figure by name; outside its period the nearest one, so that a text can still be written."""
        nearest: dict[str, int] = {}
        for row in sorted(self.rows, key=lambda row: row.valid_from):
            if row.id not in nearest or row.valid_from <= on:
                nearest[row.id] = row.amount
        return nearest

    def names(self) -> frozenset[str]:
        return frozenset(row.id for row in self.rows)


COLUMNS = ("services", "light", "works", "state", "small_lot", "small_lot_works")


def parse_figures(table: Mapping[str, Any]) -> Figures:
    thresholds = tuple(
        ThresholdRow(
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            amounts={column: row[column] for column in COLUMNS},
            euro=row["euro"],
            derived=frozenset(row["derived"]),
            sources=tuple(row["sources"]),
        )
        for row in table["threshold"]
    )
    rows = tuple(
        FigureRow(
            id=row["id"],
            amount=row["amount"],
            unit=row["unit"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            confidence=row["confidence"],
            sources=tuple(row["sources"]),
            words=Sentence(row["da"], row["en"]),
        )
        for row in table["figure"]
    )
    return Figures(table["derived_margin_percent"], thresholds, rows)
