# SPDX-License-Identifier: MPL-2.0
"""One rule told in plain words, with its condition, sources and doubts; and what a lawyer has yet to confirm."""

from datetime import date
from typing import Any

from indgang.core.law.pack import Pack, Point
from indgang.core.law.record import confidence_words
from indgang.core.law.rule import Rule
from indgang.core.law.sentence import Sentence


def explain(pack: Pack, rule: Rule, on: date) -> dict[str, Any]:
    """The rule as plain data, in both languages, with the figures of that day."""
    words = _figures_of(pack, on)
    told = {
        "title": rule.title,
        "when": rule.when,
        "text": rule.text,
        "uncertain": rule.uncertain,
        "blocked": rule.blocked_reason,
        "warning": rule.warning,
        "note": rule.note,
        "confidence_words": confidence_words(rule.confidence),
    }
    result: dict[str, Any] = {"id": rule.id, "gives": rule.gives, "paragraph": rule.statute}
    for name, sentence in told.items():
        filled = sentence.filled(words)
        result[f"{name}_da"], result[f"{name}_en"] = filled.da or None, filled.en or None
    for name, sentences in (("check", rule.check), ("never", rule.never)):
        result[f"{name}_da"] = [sentence.filled(words).da for sentence in sentences]
        result[f"{name}_en"] = [sentence.filled(words).en for sentence in sentences]
    checked = pack.checked(rule)
    result |= {
        "condition": rule.applies.text,
        "confidence": rule.confidence,
        "in_force": rule.in_force(on),
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "checked": checked.isoformat() if checked else None,
        "alternative": list(rule.alternative),
        "docs": {key: pack.documents[key].da for key in rule.documents},
        "sources": [
            {"key": key, "title": pack.sources[key].title, "url": pack.sources[key].url}
            for key in rule.sources
        ],
        "unconfirmed": [point.words.da for point in points_on(pack, rule)],
        "pack": pack.label,
    }
    return result


def _figures_of(pack: Pack, on: date) -> dict[str, object]:
    words: dict[str, object] = dict(pack.figures.amounts(on))
    row = pack.figures.threshold_row(on)
    if row is not None:
        words["small_lot_limit"] = row.amounts["small_lot"]
        words["threshold_services"] = row.amounts["services"]
    return words


def points_on(pack: Pack, rule: Rule) -> list[Point]:
    """What a lawyer has yet to confirm about a rule."""
    return [point for point in pack.points if rule.id in point.rules]


def weak_rules(pack: Pack) -> list[tuple[Rule, Sentence]]:
    """Every rule that rests on background knowledge or weak sources, with what its mark means."""
    return [
        (rule, confidence_words(rule.confidence)) for rule in pack.rules if rule.confidence not in ("H", "M")
    ]


def unconfirmed(pack: Pack) -> dict[str, Any]:
    """The whole list: open points, weakly founded rules and derived thresholds, each with who and by when."""
    return {
        "points": [
            {
                "id": point.id,
                "da": point.words.da,
                "en": point.words.en,
                "rules": list(point.rules),
                "owner": point.owner,
                "review_by": point.review_by.isoformat(),
            }
            for point in pack.points
        ],
        "weak_rules": [
            {
                "id": rule.id,
                "title_da": rule.title.filled(pack.figures.amounts(pack.published)).da,
                "confidence": rule.confidence,
            }
            for rule, _ in weak_rules(pack)
        ],
        "derived_figures": [
            {"valid_from": row.valid_from.isoformat(), "column": column, "amount_dkk": row.amounts[column]}
            for row in pack.figures.thresholds
            for column in sorted(row.derived)
        ],
        "pack": pack.label,
    }
