# SPDX-License-Identifier: MPL-2.0
"""The index of what is sold: retrieval by tantivy, judgement and reasons by us.

Offers are filed under the trades they sell, in three grades of firmness, under their words and under the
municipalities where they deliver. A need is asked as "one of these trades, the nearer the better"; the best
hundred or so are then judged one by one. Searching and changing are safe from several threads of a process.
"""

import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import tantivy

from indgang.core.matching.classification import Classification, read_labels
from indgang.core.matching.facts import Wanted, wanted
from indgang.core.matching.judgement import Judge, ranked
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.listings import Reader, ReadOffer
from indgang.core.matching.places import Places, read_places
from indgang.core.matching.proposals import LEAST_SUBJECT, Proposer
from indgang.core.matching.tasks import Profile, Task, profile
from indgang.core.matching.values import Answer, Changes, Match, Need, Offer, Part
from indgang.core.matching.vocabulary import Vocabulary, read_vocabulary

_GRADES = ((0.85, "firm", 1.0), (0.5, "fair", 0.82), (0.0, "faint", 0.55))
_CANDIDATES = 120
_DELIVERS, _UNKNOWN_AREA = 0.06, 0.04
_BY_WORD = 0.02
_WRITER_BYTES = 32_000_000
_IN_A_PART = 3


class Language:
    """Everything that reads text, made once and shared: vocabulary, kinship, codes, places."""

    def __init__(self, vocabulary: Vocabulary, labels: Mapping[str, tuple[str, str]], places: Places) -> None:
        vocabulary.lexicon.protect(places.words())
        self.vocabulary = vocabulary
        self.kinship = Kinship(vocabulary)
        self.classification = Classification(labels, vocabulary)
        self.places = places
        self.reader = Reader(vocabulary, self.kinship, self.classification)

    def profile(self, need: Need) -> Profile:
        return profile(need, self.vocabulary, self.kinship, self.classification)


@lru_cache(maxsize=1)
def own_language() -> Language:
    """The project's own vocabulary with the official codes and places."""
    return Language(read_vocabulary(), read_labels(), read_places())


class Index:
    """Offers in memory. Build it from values, keep it current with `apply`, ask it with `search`."""

    def __init__(self, offers: Iterable[Offer] = (), *, language: Language | None = None) -> None:
        """`language` is for a municipality with its own words; without it the project's own is used."""
        self.language = language or own_language()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("row", stored=True, indexed=False, fast=True)
        for field in ("trade", "word", "area"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._tantivy = tantivy.Index(self._schema)
        self._writer: Any = self._tantivy.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._lock = threading.Lock()
        self._offers: dict[int, ReadOffer] = {}
        self._rows: dict[str, int] = {}
        self._next_row = 0
        self._word_counts: Counter[str] = Counter()
        self.apply(Changes(put=tuple(offers)))

    def __len__(self) -> int:
        return len(self._rows)

    def apply(self, changes: Changes) -> None:
        """Put offers in (one with a known id is replaced) and take ids out. Searches see all of it or none."""
        read = [self.language.reader.read(offer) for offer in changes.put]
        with self._lock:
            for id in {*changes.removed, *(offer.id for offer in changes.put)} & self._rows.keys():
                self._drop(id)
            added: dict[int, ReadOffer] = {}
            for offer in {offer.offer.id: offer for offer in read}.values():
                added[self._next_row] = offer
                self._rows[offer.offer.id] = self._next_row
                self._word_counts.update(offer.atoms)
                self._writer.add_document(self._document(self._next_row, offer))
                self._next_row += 1
            self._offers |= added
            self._writer.commit()
            self._tantivy.reload()

    def _drop(self, id: str) -> None:
        row = self._rows.pop(id)
        self._word_counts.subtract(self._offers.pop(row).atoms)
        self._writer.delete_documents_by_term("id", id)

    def _document(self, row: int, offer: ReadOffer) -> Any:
        document = tantivy.Document()
        document.add_text("id", offer.offer.id)
        document.add_unsigned("row", row)
        for trade, sold in offer.trades.items():
            document.add_text("trade", f"{trade} {_grade(sold.strength)}")
        for atom in offer.atoms:
            document.add_text("word", atom)
        area = self.language.places.area([name for listing in offer.offer.listings for name in listing.areas])
        for name in area if area is not None else ("?",):
            document.add_text("area", name)
        return document

    def search(self, need: Need, top: int = 10) -> Answer:
        """The best `top` offers for a need, with reasons; an empty answer means that nobody fits."""
        language = self.language
        understood = language.profile(need)
        want = wanted(need, language.places)
        judge = Judge(understood, language.kinship, self._rarity(understood))
        candidates = self._candidates(understood, want)
        proposer = Proposer(judge, want, language.places, language.vocabulary)
        judged = [(score, offer) for score, offer in ranked(judge, candidates) if score >= LEAST_SUBJECT]
        matches = proposer.matches(judged, top)
        return Answer(
            need,
            matches,
            language.classification.suggest(understood.reading),
            self._parts(understood, want, proposer, top) if len(understood.several()) > 1 else (),
            tuple(language.vocabulary.label(task.lead) for task in understood.tasks[:3]),
            understood.reading.text.shortened,
        )

    def _parts(self, understood: Profile, want: Wanted, proposer: Proposer, top: int) -> tuple[Part, ...]:
        """Each of several tasks answered by itself."""
        parts = []
        for task, words in zip(understood.several(), _words_of(understood), strict=True):
            alone = Profile(
                understood.need,
                understood.reading,
                (Task(task.lead, task.trades, 1.0, task.start, task.end),),
            )
            judge = Judge(alone, self.language.kinship, {})
            judged = [
                (score, offer)
                for score, offer in ranked(judge, self._candidates(alone, want))
                if score >= LEAST_SUBJECT
            ]
            matches = proposer.for_part(judge).matches(judged, min(top, _IN_A_PART))
            parts.append(Part(words, self.language.vocabulary.label(task.lead), matches))
        return tuple(parts)

    def _candidates(self, understood: Profile, want: Wanted) -> list[ReadOffer]:
        query = self.expanded_query(understood, want)
        searcher = self._tantivy.searcher()
        offers = self._offers
        hits = searcher.search(query, limit=_CANDIDATES, count=False).hits
        found = (offers.get(searcher.doc(address)["row"][0]) for _, address in hits)
        return [offer for offer in found if offer is not None]

    def expanded_query(self, understood: Profile, want: Wanted) -> Any:
        """The tantivy query: the nearest trade decides, delivery and shared words break ties."""
        should = tantivy.Occur.Should
        trades = [
            self._term("trade", f"{trade} {grade}", value)
            for trade, kin in self._wanted_trades(understood).items()
            for _, grade, firmness in _GRADES
            if (value := kin * firmness) >= 0.1
        ]
        parts = [(should, tantivy.Query.disjunction_max_query(trades, 0.05))] if trades else []
        words = [self._term("word", atom, _BY_WORD) for atom in dict.fromkeys(understood.reading.atoms())]
        if not understood.is_firm or not trades:
            parts += [(should, word) for word in words]
        if not parts:
            return tantivy.Query.empty_query()
        ties = [(should, word) for word in words[:40]] if trades else []
        if want.place:
            ties += [
                (should, self._term("area", want.place, _DELIVERS)),
                (should, self._term("area", "?", _UNKNOWN_AREA)),
            ]
        wanted_ones = tantivy.Query.boolean_query(parts)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, wanted_ones), *ties])

    def _wanted_trades(self, understood: Profile) -> dict[str, float]:
        nearest: dict[str, float] = {}
        for task in understood.tasks:
            for asked, weight in task.trades.items():
                for trade, kin in self.language.kinship.of(asked).items():
                    nearest[trade] = max(nearest.get(trade, 0.0), task.weight * weight * kin)
        return nearest

    def _term(self, field: str, value: str, score: float) -> Any:
        return tantivy.Query.const_score_query(
            tantivy.Query.term_query(self._schema, field, value, "basic"), score
        )

    def _rarity(self, understood: Profile) -> dict[str, float]:
        count = len(self._offers)
        return {
            atom: math.log(1 + count / self._word_counts[atom])
            if self._word_counts[atom]
            else math.log(2 + count)
            for atom in set(understood.reading.atoms())
        }


def _grade(strength: float) -> str:
    return next(grade for least, grade, _ in _GRADES if strength >= least)


def _words_of(understood: Profile) -> list[str]:
    """The words of each task: from where it starts to where the next one does, without loose ends."""
    tasks = understood.several()
    source = understood.reading.text.source
    starts = [0, *(task.start for task in tasks[1:])]
    ends = [*starts[1:], len(source)]
    return [_tidy(source[start:end]) for start, end in zip(starts, ends, strict=True)]


def _tidy(words: str) -> str:
    words = " ".join(words.split()).strip(" ,;.:+-/&")
    for ending in (" og", " samt", " og så", " plus", " og leje af", " and", " derudover", " desuden"):
        words = words.removesuffix(ending).strip(" ,;.:+-/&")
    return words if len(words) <= 160 else f"{words[:157].rstrip()}…"


def best(matches: Iterable[Match]) -> Match | None:
    """The first of some matches, or None."""
    return next(iter(matches), None)


__all__ = ["Index", "Language", "own_language"]
