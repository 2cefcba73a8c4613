# SPDX-License-Identifier: MPL-2.0
"""The index of what is sold: retrieval by tantivy, judgement and reasons by us."""

import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import tantivy

from indgang.core.matching.facts import Wanted, wanted
from indgang.core.matching.judgement import Judge
from indgang.core.matching.language import Language, own_language
from indgang.core.matching.listings import ReadOffer
from indgang.core.matching.proposals import Proposer
from indgang.core.matching.retrieval import document, expanded_query, make_schema
from indgang.core.matching.tasks import Profile
from indgang.core.matching.values import Answer, Changes, Match, Need, Offer, Part

_CANDIDATES = 120
_COMPARED = 4  # one in so many candidates, the best of them, is also compared by letters
_WRITER_BYTES = 32_000_000
_IN_A_PART = 3
_CANDIDATES_IN_A_PART = 40  # enough for three proposals; a need of many parts is judged part by part
_OFFERS_ELSEWHERE = 50  # so that a word tells something in a small index too
_RARE = math.log(30)  # a word in one of thirty offers tells all it can


class _View(NamedTuple):
    """What a search looks at: replaced as a whole, never changed."""

    searcher: Any
    offers: Mapping[int, ReadOffer]
    word_counts: Mapping[str, int]


class Index:
    """Offers in memory. Build it from values, keep it current with `apply`, ask it with `search`.

    Safe for several threads of one process: a search sees all of a change or none of it.
    """

    def __init__(self, offers: Iterable[Offer] = (), *, language: Language | None = None) -> None:
        """`language` is for a municipality with its own words; without it the project's own is used."""
        self.language = language or own_language()
        self._schema = make_schema()
        self._tantivy = tantivy.Index(self._schema)
        self._writer: Any = self._tantivy.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._changing = threading.Lock()
        self._rows: dict[str, int] = {}
        self._next_row = 0
        self._view = _View(self._tantivy.searcher(), {}, Counter())
        self.apply(Changes(put=tuple(offers)))

    def __len__(self) -> int:
        return len(self._view.offers)

    def apply(self, changes: Changes) -> None:
        """Take ids out and put offers in; an offer with a known id is replaced."""
        read = [self.language.reader.read(offer) for offer in changes.put]
        with self._changing:
            offers, counts = dict(self._view.offers), Counter(self._view.word_counts)
            for id in {*changes.removed, *(offer.id for offer in changes.put)} & self._rows.keys():
                counts.subtract(offers.pop(self._rows.pop(id)).atoms)
                self._writer.delete_documents_by_term("id", id)
            for offer in {offer.offer.id: offer for offer in read}.values():
                offers[self._next_row] = offer
                counts.update(offer.atoms)
                self._rows[offer.offer.id] = self._next_row
                self._writer.add_document(document(self._next_row, offer, self.language))
                self._next_row += 1
            self._writer.commit()
            self._tantivy.reload()
            self._view = _View(self._tantivy.searcher(), offers, counts)

    def search(self, need: Need, top: int = 10, *, language: Language | None = None) -> Answer:
        """The best `top` offers for a need, with reasons; an empty answer means that nobody fits.

        `language` is that of a municipality with its own words; without it the index's own is used.
        """
        asked = _Asked(self._view, language or self.language, need)
        understood, speech = asked.understood, asked.language
        tasks = understood.several()
        parts = zip(tasks, understood.words_of(tasks), strict=True)
        return Answer(
            need,
            self._matches(asked, understood, top),
            speech.classification.suggest(understood.reading),
            tuple(
                Part(
                    words,
                    speech.vocabulary.label(task.lead),
                    self._matches(
                        asked,
                        understood.only(task),
                        min(top, _IN_A_PART),
                        candidates=_CANDIDATES_IN_A_PART,
                    ),
                )
                for task, words in parts
            ),
            tuple(speech.vocabulary.label(task.lead) for task in understood.tasks[:3]),
            understood.reading.text.shortened,
        )

    def _matches(
        self, asked: "_Asked", understood: Profile, top: int, *, candidates: int = _CANDIDATES
    ) -> tuple[Match, ...]:
        view, speech = asked.view, asked.language
        query = expanded_query(self._schema, speech, understood, asked.want)
        hits = view.searcher.search(query, limit=candidates, count=False).hits
        offers = [view.offers[view.searcher.doc(address)["row"][0]] for _, address in hits]
        if speech.own_keys:
            offers = speech.with_own_words(offers)
        judge = Judge(understood, speech.kinship, asked.telling, asked.likeness)
        return Proposer(judge, asked.want, speech.places, speech.vocabulary).matches(
            judge.ranked(offers, candidates // _COMPARED), top
        )

    def query(self, understood: Profile, want: Wanted) -> Any:
        """The expanded query that retrieval asks tantivy."""
        return expanded_query(self._schema, self.language, understood, want)

    @property
    def searcher(self) -> Any:
        """tantivy's searcher over what is committed."""
        return self._view.searcher


class _Asked:
    """A need as understood in a language, before one view of the index."""

    def __init__(self, view: _View, language: Language, need: Need) -> None:
        self.view, self.language = view, language
        self.understood = language.profile(need)
        self.want = wanted(need, language.places)
        self.telling = self._telling()
        self.likeness = language.letters.likeness_to(language.letters.read(self.understood.reading.text))

    def _telling(self) -> dict[str, float]:
        """How much each word of a need says when an offer shares it (0-1): less, the more offers hold it."""
        count = len(self.view.offers) + _OFFERS_ELSEWHERE
        tells, counts = self.language.vocabulary.tells, self.view.word_counts
        return {
            atom: tells(atom) * min(1.0, math.log(count / (counts.get(atom, 0) + 0.5)) / _RARE)
            for atom in set(self.understood.reading.atoms())
        }
