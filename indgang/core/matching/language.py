# SPDX-License-Identifier: MPL-2.0
"""Everything that reads text, made once and shared between threads: vocabulary, kinship, codes, places."""

from collections.abc import Mapping
from functools import lru_cache

from indgang.core.matching.classification import Classification, read_labels
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.letters import Letters
from indgang.core.matching.listings import Reader
from indgang.core.matching.places import Places, read_places
from indgang.core.matching.tasks import Profile, profile
from indgang.core.matching.values import Need
from indgang.core.matching.vocabulary import Vocabulary, read_vocabulary


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

    def profile(self, need: Need) -> Profile:
        """A need as understood."""
        return profile(need, self.vocabulary, self.kinship, self.classification)


@lru_cache(maxsize=1)
def own_language() -> Language:
    """The project's own vocabulary with the official codes and places."""
    return Language(read_vocabulary(), read_labels(), read_places())
