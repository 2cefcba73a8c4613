# SPDX-License-Identifier: MPL-2.0
"""Finding the hundred or so offers that are worth judging, with tantivy.

Offers are filed under the trades they sell, in three grades of firmness, under their words and under the
municipalities where they deliver. A need is asked as "one of these trades, the nearer the better".
"""

from collections.abc import Iterator
from typing import Any

import tantivy

from indgang.core.matching.facts import Wanted
from indgang.core.matching.language import Language
from indgang.core.matching.listings import ReadOffer
from indgang.core.matching.tasks import Profile

_GRADES = ((0.85, "firm", 1.0), (0.5, "fair", 0.82), (0.0, "faint", 0.55))
_LEAST_ASKED = 0.1
_OTHER_TRADES = 0.05  # what further trades add to the nearest one
_DELIVERS, _UNKNOWN_AREA = 0.06, 0.04
_SHARED_WORD, _MOST_WORDS = 0.25, 40
_TELLING = 0.4  # words that find somebody even when the need names a trade


def make_schema() -> Any:
    """The fields of an offer in tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", stored=True, indexed=False, fast=True)
    for field in ("trade", "word", "area"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    return builder.build()


def document(row: int, offer: ReadOffer, language: Language) -> Any:
    """An offer as tantivy files it; `row` leads back to it."""
    filed = tantivy.Document()
    filed.add_text("id", offer.offer.id)
    filed.add_unsigned("row", row)
    for trade, sold in offer.trades.items():
        filed.add_text("trade", f"{trade} {_grade(sold.strength)}")
    for atom in offer.atoms:
        filed.add_text("word", atom)
    area = language.places.area([name for listing in offer.offer.listings for name in listing.areas])
    for name in area if area is not None else ("?",):
        filed.add_text("area", name)
    return filed


def _grade(strength: float) -> str:
    return next(grade for least, grade, _ in _GRADES if strength >= least)


def expanded_query(schema: Any, language: Language, understood: Profile, want: Wanted) -> Any:
    """The nearest trade or telling words in common; delivery breaks ties."""
    should = tantivy.Occur.Should
    trades = [
        _term(schema, "trade", f"{trade} {grade}", value)
        for trade, kin in _wanted_trades(language, understood).items()
        for _, grade, firmness in _GRADES
        if (value := kin * firmness) >= _LEAST_ASKED
    ]
    tells = language.vocabulary.tells
    atoms = {atom: tells(atom) for atom in understood.reading.atoms()}
    ranked = sorted(atoms, key=lambda atom: -atoms[atom])[:_MOST_WORDS]
    words = [
        (should, _term(schema, "word", atom, _SHARED_WORD * atoms[atom])) for atom in ranked if atoms[atom]
    ]
    asked = [(should, tantivy.Query.disjunction_max_query(trades, _OTHER_TRADES))] if trades else []
    asked += [(should, query) for query in _own_words(schema, language, understood)]
    asked += [
        pair
        for pair, atom in zip(words, ranked, strict=False)
        if not understood.is_firm or atoms[atom] >= _TELLING
    ]
    if not asked:
        return tantivy.Query.empty_query()
    ties: list[Any] = []
    if want.place:
        ties = [
            *ties,
            (should, _term(schema, "area", want.place, _DELIVERS)),
            (should, _term(schema, "area", "?", _UNKNOWN_AREA)),
        ]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, tantivy.Query.boolean_query(asked)), *ties])


def _own_words(schema: Any, language: Language, understood: Profile) -> Iterator[Any]:
    """Offers were filed before the municipality's own words were known: look for the words themselves."""
    nearest = _wanted_trades(language, understood) if language.own_keys else {}
    for key in language.own_keys:
        if key.concept in nearest:
            yield _term(schema, "word", key.atoms[0], nearest[key.concept])


def _wanted_trades(language: Language, understood: Profile) -> dict[str, float]:
    nearest: dict[str, float] = {}
    for task in understood.tasks:
        for asked, weight in task.trades.items():
            for trade, kin in language.kinship.of(asked).items():
                nearest[trade] = max(nearest.get(trade, 0.0), task.weight * weight * kin)
    return nearest


def _term(schema: Any, field: str, value: str, score: float) -> Any:
    return tantivy.Query.const_score_query(tantivy.Query.term_query(schema, field, value, "basic"), score)
