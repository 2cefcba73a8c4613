# SPDX-License-Identifier: MPL-2.0
"""One rule of law: its conditions, its words in both languages, and what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indgang.core.law.logic import Condition, Scope, condition
from indgang.core.law.sentence import NOTHING, Sentence

GIVES = ("value", "regime", "route", "duty", "block", "condition")


@dataclass(frozen=True)
class Block:
    """A ground on which a route is closed, with the reason to show."""

    when: Condition
    reason: Sentence


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule as the pack states it. A condition that is None never holds.

    `gives` says what an applying rule is: it rules the value, is a regime, opens a route, is a duty, blocks,
    or is a condition to be shown. `confidence` is H, M or L, with -BK where only background knowledge backs it.
    """

    id: str
    gives: str
    title: Sentence
    statute: str
    confidence: str
    sources: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    applies: Condition
    also_when: Condition | None
    uncertain_if: Condition | None
    uncertain_when: Condition | None
    warn_when: Condition | None
    condition_when: Condition | None
    blocked: tuple[Block, ...]
    closes_all: bool
    alternative: tuple[str, ...]
    alternative_when: Condition | None
    documents: tuple[str, ...]
    when: Sentence
    text: Sentence
    uncertain: Sentence
    blocked_reason: Sentence
    warning: Sentence
    note: Sentence
    check: tuple[Sentence, ...]
    never: tuple[Sentence, ...]

    def in_force(self, on: date) -> bool:
        """Both ends of the validity count."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def conditions(self) -> Iterable[Condition]:
        """Every condition that the rule states."""
        single = (
            self.applies,
            self.also_when,
            self.uncertain_if,
            self.uncertain_when,
            self.warn_when,
            self.condition_when,
            self.alternative_when,
        )
        yield from (stated for stated in single if stated is not None)
        yield from (block.when for block in self.blocked)

    def sentences(self) -> Iterable[Sentence]:
        """Every sentence of the rule."""
        yield from (
            self.title,
            self.when,
            self.text,
            self.uncertain,
            self.blocked_reason,
            self.warning,
            self.note,
        )
        yield from self.check
        yield from self.never
        yield from (block.reason for block in self.blocked)


def parse_rule(row: Mapping[str, Any], scope: Scope) -> Rule:
    """A rule from its table. Raises BadCondition or KeyError when the table is not a rule."""

    def stated(name: str) -> Condition | None:
        return condition(row[name], scope) if name in row else None

    if row["gives"] not in GIVES:
        raise KeyError(f"{row['id']}: gives {row['gives']!r}")
    return Rule(
        id=row["id"],
        gives=row["gives"],
        title=_sentence(row, "title"),
        statute=row["statute"],
        confidence=row["confidence"],
        sources=tuple(row["sources"]),
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        applies=condition(row["applies"], scope),
        also_when=stated("also_when"),
        uncertain_if=stated("uncertain_if"),
        uncertain_when=stated("uncertain_when"),
        warn_when=stated("warn_when"),
        condition_when=stated("condition_when"),
        blocked=tuple(
            Block(condition(block["when"], scope), Sentence(block["da"], block["en"]))
            for block in row.get("blocked", [])
        ),
        closes_all=row.get("closes_all", False),
        alternative=tuple(row.get("alternative", [])),
        alternative_when=stated("alternative_when"),
        documents=tuple(row.get("documents", [])),
        when=_sentence(row, "when"),
        text=_sentence(row, "text"),
        uncertain=_sentence(row, "uncertain"),
        blocked_reason=_sentence(row, "blocked"),
        warning=_sentence(row, "warning"),
        note=_sentence(row, "note"),
        check=_sentences(row, "check"),
        never=_sentences(row, "never"),
    )


def _sentence(row: Mapping[str, Any], name: str) -> Sentence:
    if f"{name}_da" not in row and f"{name}_en" not in row:
        return NOTHING
    return Sentence(row[f"{name}_da"], row[f"{name}_en"])


def _sentences(row: Mapping[str, Any], name: str) -> tuple[Sentence, ...]:
    pairs = zip(row.get(f"{name}_da", []), row.get(f"{name}_en", []), strict=True)
    return tuple(Sentence(da, en) for da, en in pairs)
