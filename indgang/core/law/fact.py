# SPDX-License-Identifier: MPL-2.0
"""What a fact is: its type, its words, what its absence means, and the question that asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indgang.core.law.logic import Condition, Scope, condition
from indgang.core.law.sentence import NOTHING, Sentence

TYPES = frozenset(
    {
        "choice",
        "flag",
        "amount",
        "months",
        "percent",
        "count",
        "number",
        "date",
        "cpv",
        "text",
        "object",
        "part",
        "parts",
    }
)


@dataclass(frozen=True)
class Choice:
    """One answer that a fact may have, and the facts to store when it is chosen."""

    value: str
    label: Sentence
    facts: Mapping[str, str]


@dataclass(frozen=True)
class FactSpec:
    """One fact of the vocabulary.

    `absent` is what it means that nothing is said: `unknown` (nothing opens on it), `none` (nothing of the
    kind is reported), `ended` (open-ended), `today`, another fact's name, or a value.
    """

    name: str
    type: str
    absent: str
    label: Sentence
    question: str
    why: str
    choices: tuple[Choice, ...]
    minimum: float
    assumption: Sentence
    factors: tuple[Sentence, ...]
    asked: str
    ask_when: Condition | None = None

    @property
    def parent(self) -> str | None:
        """The object that a dotted fact belongs to."""
        return self.name.rpartition(".")[0] or None

    def words(self) -> Iterable[str]:
        """The values that conditions may name."""
        return (choice.value for choice in self.choices if self.type == "choice")

    def compiled(self, scope: Scope) -> "FactSpec":
        return replace(self, ask_when=condition(self.asked, scope))

    def label_of(self, value: object) -> Sentence:
        """The words for a value of a choice."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return Sentence(str(value), str(value))


def parse_specs(table: Mapping[str, Any]) -> dict[str, FactSpec]:
    """The vocabulary, in the order in which facts are asked."""
    specs = {}
    for row in table["fact"]:
        if row["type"] not in TYPES:
            raise KeyError(f"{row['name']}: type {row['type']!r}")
        specs[row["name"]] = FactSpec(
            name=row["name"],
            type=row["type"],
            absent=row["absent"],
            label=Sentence(row["label_da"], row["label_en"]),
            question=row.get("question_da", ""),
            why=row.get("why_da", ""),
            choices=tuple(
                Choice(
                    each["value"],
                    Sentence(each["da"], each["en"]),
                    each.get("facts", {row["name"]: each["value"]}),
                )
                for each in row.get("answers", [])
            ),
            minimum=row.get("minimum", 1 if row["type"] == "amount" else 0),
            assumption=Sentence(row["none_da"], row["none_en"]) if "none_da" in row else NOTHING,
            factors=tuple(
                Sentence(*pair)
                for pair in zip(row.get("factors_da", []), row.get("factors_en", []), strict=True)
            ),
            asked=row.get("ask_when", "never"),
        )
    return specs
