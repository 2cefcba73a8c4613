# SPDX-License-Identifier: MPL-2.0
"""A purchasing plan line by line: what each planned purchase falls under, or why a line cannot be read.

The first line names the facts (dotted for parts of an object); a column named `id` is carried along.
Semicolon or comma divides, as the first line does.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indgang.core.law.answer import Answer
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import Pack
from indgang.core.law.parse import nearest
from indgang.core.law.policy import Policy
from indgang.core.law.reading import read_facts
from indgang.core.text import Refused

ID_COLUMN = "id"


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan: an answer, or the sentence that says what is wrong with it."""

    number: int
    id: str
    answer: Answer | None
    refusal: Refused | None


Row = tuple[int, dict[str, str]]


def read_plan(pack: Pack, lines: Iterable[str]) -> list[Row]:
    """Line number and cells by column name, empty cells left out. Refuses a plan without known columns."""
    rows = iter(lines)
    header = next(rows, "").lstrip("\ufeff")
    divider = ";" if header.count(";") >= header.count(",") else ","
    columns = [column.strip() for column in next(csv.reader([header], delimiter=divider), [])]
    for column in columns:
        if column != ID_COLUMN and column not in pack.facts:
            raise Refused(
                "Planens første linje har kolonnen %(column)s, som vi ikke kender. Den nærmeste er %(near)s.",
                column=column or "(tom)",
                near=nearest(column, [*pack.facts, ID_COLUMN]),
            )
    if "kind" not in columns:
        raise Refused("Planens første linje mangler kolonnen kind.")
    reader = csv.reader(rows, delimiter=divider)
    return [
        (
            reader.line_num + 1,
            {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()},
        )
        for cells in reader
        if cells
    ]


def answer_plan(
    pack: Pack, rows: Iterable[Row], today: date, policy: Policy | None = None
) -> Iterator[PlanLine]:
    """Each row answered by the law of its own publication_date, or of today when it has none."""
    for number, row in rows:
        facts = {name: value for name, value in row.items() if name != ID_COLUMN}
        try:
            read = read_facts(pack, facts)
            answer = evaluate(pack, read, read.date_stated() or today, policy)
            yield PlanLine(number, row.get(ID_COLUMN, ""), answer, None)
        except Refused as refusal:
            yield PlanLine(number, row.get(ID_COLUMN, ""), None, refusal)
