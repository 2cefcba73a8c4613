# SPDX-License-Identifier: MPL-2.0
"""Model clauses in Indgang's own words: which of them fit a purchase, and what the buyer must fill in.

They are no part of a pack: a pack says what the law is, a clause is one way to write a contract. The rules that a
clause rests on are named, so that a changed rule reaches it.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indgang.core.law.changes import Change, changes
from indgang.core.law.pack import Pack, load
from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused

_BLANK = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class ModelClause:
    """A clause to start from. `least_dkk` is the value in kroner ex VAT from which it makes sense."""

    id: str
    title: Sentence
    use: Sentence
    text: Sentence
    rules: tuple[str, ...]
    kinds: frozenset[str]
    cpv: tuple[str, ...]
    least_dkk: int
    counts_hours: bool

    @property
    def blanks(self) -> tuple[str, ...]:
        """What the buyer fills in, in order, each once."""
        return tuple(dict.fromkeys(_BLANK.findall(self.text.da)))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("model_clauses.toml").read_text("utf-8"))


def changed_since_written(one: ModelClause, newest: Pack) -> tuple[Change, ...]:
    """What has changed in the rules behind a clause since its words were written."""
    written = load(_table()["written_for"])
    return changes(written, newest, one.rules, on=newest.published)


@cache
def model_clauses() -> tuple[ModelClause, ...]:
    """All clauses, in the order in which they are shown."""
    return tuple(
        ModelClause(
            id=row["id"],
            title=Sentence(row["title_da"], row["title_en"]),
            use=Sentence(row["use_da"], row["use_en"]),
            text=Sentence(row["text_da"].strip(), row["text_en"].strip()),
            rules=tuple(row["rules"]),
            kinds=frozenset(row["kinds"]),
            cpv=tuple(row["cpv"]),
            least_dkk=row["least_dkk"],
            counts_hours=row["counts_hours"],
        )
        for row in _table()["clause"]
    )


def clause(clause_id: str) -> ModelClause:
    """The clause with this id. Refuses one that does not exist."""
    for each in model_clauses():
        if each.id == clause_id:
            return each
    raise Refused("Der er ingen klausul med navnet %(id)s. Se listen over klausuler.", id=clause_id)


def fitting(kinds: Iterable[str], cpv: Iterable[str], value_dkk: int | None = None) -> list[ModelClause]:
    """Clauses for a kind of purchase, some CPV codes or stems, and a value in kroner (None: any value)."""
    wanted, stems = frozenset(kinds), tuple(cpv)
    return [
        each
        for each in model_clauses()
        if each.kinds & wanted
        and (not each.cpv or any(_meet(stem, own) for stem in stems for own in each.cpv))
        and (value_dkk is None or value_dkk >= each.least_dkk)
    ]


def _meet(stem: str, own: str) -> bool:
    return stem.startswith(own) or own.startswith(stem)
