# SPDX-License-Identifier: MPL-2.0
"""The simple ways of finding somebody, to hold ours against: full-text search, letters in common, a sector filter."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import tantivy

from indgang.core.matching.facts import wanted
from indgang.core.matching.language import Language
from indgang.core.matching.reading import read
from indgang.core.matching.values import Match, Need, Offer

_WORD = re.compile(r"\w+")


class FullText:
    """BM25 over the words of the listings: tantivy with its Danish stemmer and stop words."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stopword("danish"))
            .filter(tantivy.Filter.stemmer("danish"))
            .build()
        )
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", tokenizer_name="danish")
        self._index = tantivy.Index(builder.build())
        self._index.register_tokenizer("danish", analyzer)
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        for offer in offers:
            writer.add_document(tantivy.Document(id=offer.id, body=_body(offer)))
        writer.commit()
        self._index.reload()

    def __call__(self, need: Need) -> list[Match]:
        words = " ".join(_WORD.findall(need.text))
        query, _ = self._index.parse_query_lenient(words, ["body"])
        searcher = self._index.searcher()
        return [
            Match(searcher.doc(address)["id"][0], score, ())
            for score, address in searcher.search(query, 100).hits
        ]


class Letters:
    """TF-IDF over runs of three to five letters, cosine similarity."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        counts = {offer.id: Counter(_runs(_body(offer))) for offer in offers}
        spread = Counter(run for count in counts.values() for run in count)
        self._rarity = {run: math.log((1 + len(offers)) / (1 + many)) + 1 for run, many in spread.items()}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id, count in counts.items():
            for run, weight in self._weighed(count).items():
                self._postings[run].append((id, weight))

    def _weighed(self, count: Counter[str]) -> dict[str, float]:
        weights = {run: many * self._rarity[run] for run, many in count.items() if run in self._rarity}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {run: weight / length for run, weight in weights.items()}

    def __call__(self, need: Need) -> list[Match]:
        scores: dict[str, float] = defaultdict(float)
        for run, weight in self._weighed(Counter(_runs(need.text))).items():
            for id, other in self._postings[run]:
                scores[id] += weight * other
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [Match(id, score, ()) for id, score in ranked[:100] if score > 0]


class SectorAndArea:
    """The usual directory: one sector (CPV division) for need and enterprise, and an area that must cover the place."""

    def __init__(self, offers: Sequence[Offer], language: Language) -> None:
        self._language = language
        self._offers = [(offer, self._sector(_body(offer))) for offer in offers]

    def _sector(self, text: str) -> str:
        codes = self._language.classification.suggest(read(text, self._language.vocabulary))
        return codes[0].code[:2] if codes else ""

    def __call__(self, need: Need) -> list[Match]:
        sector = self._sector(need.text)
        place = wanted(need, self._language.places).place
        return [
            Match(offer.id, 1.0, ())
            for offer, own in self._offers
            if sector and own == sector and self._delivers(offer, place)
        ]

    def _delivers(self, offer: Offer, place: str) -> bool:
        area = self._language.places.area([name for listing in offer.listings for name in listing.areas])
        return not place or area is None or place in area


def _body(offer: Offer) -> str:
    return " ".join(listing.text for listing in offer.listings)


def _runs(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        padded = f" {word} "
        for length in (3, 4, 5):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]
