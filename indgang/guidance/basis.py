# SPDX-License-Identifier: MPL-2.0
"""What a page rests on: paragraph, how well founded, doubt, and what a lawyer has yet to confirm, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from indgang.core.law.explain import points_on
from indgang.core.law.pack import Pack
from indgang.core.law.record import confidence_words
from indgang.core.law.sentence import Sentence


def told(sentence: Sentence) -> str:
    """The sentence in the reader's language."""
    return sentence.en if get_language() == "en" else sentence.da


@dataclass(frozen=True)
class Basis:
    """One rule behind a page. `is_weak` asks for a lawyer."""

    id: str
    title: str
    statute: str
    confidence: str
    text: str
    note: str
    checked: date | None
    in_force: bool
    points: tuple[str, ...]
    is_weak: bool


def basis_of(pack: Pack, rule_ids: Iterable[str], on: date) -> list[Basis]:
    """The rules in force that day; those that are not are left out unless none is."""
    rules = [rule for rule in pack.rules if rule.id in set(rule_ids)]
    chosen = [rule for rule in rules if rule.in_force(on)] or rules
    figures: dict[str, object] = dict(pack.figures.amounts(on))
    row = pack.figures.threshold_row(on)
    if row is not None:
        figures |= {
            "small_lot_limit": row.amounts["small_lot"],
            "threshold_services": row.amounts["services"],
        }
    return [
        Basis(
            id=rule.id,
            title=told(rule.title.filled(figures)),
            statute=rule.statute,
            confidence=told(confidence_words(rule.confidence)),
            text=told(rule.text.filled(figures)),
            note=told(rule.note.filled(figures)),
            checked=pack.checked(rule),
            in_force=rule.in_force(on),
            points=tuple(told(point.words) for point in points_on(pack, rule)),
            is_weak=rule.confidence.startswith("L"),
        )
        for rule in chosen
    ]
