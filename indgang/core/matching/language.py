# SPDX-License-Identifier: MPL-2.0
"""Everything that reads text, made once and shared between threads: vocabulary, kinship, codes, places."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from indgang.core.matching.classification import Classification, read_labels
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.letters import Letters
from indgang.core.matching.listings import Reader, ReadOffer
from indgang.core.matching.places import Places, read_places
from indgang.core.matching.tasks import Profile, profile
from indgang.core.matching.values import Need
from indgang.core.matching.vocabulary import Key, Vocabulary, read_vocabulary


class Language:
    """A vocabulary with all that is built on it. A municipality with its own words has a language of its own."""

    def __init__(self, vocabulary: Vocabulary, labels: Mapping[str, tuple[str, str]], places: Places) -> None:
        """`labels` are the official codes with their Danish and English names."""
        vocabulary.lexicon.protect(places.words())
        self.vocabulary = vocabulary
        self.kinship = Kinship(vocabulary)
        self.classification = Classification(labels, vocabulary)
        self.places = places
        self.letters = Letters(vocabulary.texts())
        self.reader = Reader(vocabulary, self.letters, self.kinship, self.classification)
        self.own_keys: tuple[Key, ...] = ()
        self._read_anew = lru_cache(maxsize=4096)(self.reader.read)

    def extended(self, extra: str) -> "Language":
        """This language with a municipality's own words on top (format: docs/reference/vocabulary.md).

        Costs about a second; raises Refused as `read_vocabulary` does.
        """
        longer = Language(read_vocabulary(extra), self.classification.labels, self.places)
        known = {(key.concept, key.atoms, key.kind) for key in self.vocabulary.keys}
        longer.own_keys = tuple(
            key for key in longer.vocabulary.keys if (key.concept, key.atoms, key.kind) not in known
        )
        return longer

    def with_own_words(self, offers: Sequence[ReadOffer]) -> list[ReadOffer]:
        """Offers that were read in another language, and use words that only this one knows, read anew."""
        own = [frozenset(key.atoms) for key in self.own_keys]
        return [
            self._read_anew(offer.offer) if any(atoms <= offer.atoms for atoms in own) else offer
            for offer in offers
        ]

    def profile(self, need: Need) -> Profile:
        """A need as understood."""
        return profile(need, self.vocabulary, self.kinship, self.classification)


@lru_cache(maxsize=1)
def own_language() -> Language:
    """The project's own vocabulary with the official codes and places."""
    return Language(read_vocabulary(), read_labels(), read_places())
