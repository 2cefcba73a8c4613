# SPDX-License-Identifier: MPL-2.0
"""What each part of matching is worth: the same index without one part at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from indgang.core.matching.classification import read_labels
from indgang.core.matching.index import Index
from indgang.core.matching.language import Language
from indgang.core.matching.places import read_places
from indgang.core.matching.quality import Ranker
from indgang.core.matching.spelling import Spelling
from indgang.core.matching.values import Offer
from indgang.core.matching.vocabulary import Vocabulary, read_lexicon, read_tables
from indgang.core.matching.words import Lexicon

_ASKED_FOR = 100
Tables = Mapping[str, Mapping[str, Any]]


class _NoCompounds(Lexicon):
    def _compound(self, word: str) -> tuple[str, ...]:
        return ()


class _NoCorrection(Lexicon):
    def _spelling_index(self) -> Spelling:
        return Spelling((), ())


def variants(offers: Sequence[Offer]) -> list[tuple[str, Ranker]]:
    """Rankers by the Danish name of what they do without."""
    tables = read_tables()
    languages = {
        "uden nabofag": Vocabulary(_without(tables, "near", "broader"), read_lexicon()),
        "uden antydende ord": Vocabulary(_without(tables, "hints"), read_lexicon()),
        "uden sammensatte udtryk": Vocabulary(_single_words(tables), read_lexicon()),
        "uden deling af ord": Vocabulary(tables, read_lexicon(_NoCompounds)),
        "uden rettelse af stavefejl": Vocabulary(tables, read_lexicon(_NoCorrection)),
    }
    return [(name, _ranker(offers, vocabulary)) for name, vocabulary in languages.items()]


def _ranker(offers: Sequence[Offer], vocabulary: Vocabulary) -> Ranker:
    index = Index(offers, language=Language(vocabulary, read_labels(), read_places()))
    return lambda need: index.search(need, _ASKED_FOR).matches


def _without(tables: Tables, *fields: str) -> dict[str, dict[str, Any]]:
    return {
        name: {field: value for field, value in table.items() if field not in fields}
        for name, table in tables.items()
    }


def _single_words(tables: Tables) -> dict[str, dict[str, Any]]:
    def only_single(text: str) -> str:
        return ", ".join(phrase.strip() for phrase in text.split(",") if " " not in phrase.strip())

    return {
        name: {
            **table,
            **{field: only_single(table[field]) for field in ("words", "hints") if field in table},
        }
        for name, table in tables.items()
    }
