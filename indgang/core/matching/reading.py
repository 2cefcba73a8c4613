# SPDX-License-Identifier: MPL-2.0
"""Which trades a text speaks of, how strongly, and in which of its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indgang.core.matching.mentions import Mention, find
from indgang.core.matching.surroundings import Surroundings
from indgang.core.matching.tokens import Text, cut
from indgang.core.matching.vocabulary import Vocabulary

_LEAST_STRENGTH = 0.12
_HINTS_AT_MOST = 0.6
_ONE_HINT = 0.5  # one hint beside a trade named outright says little
_FURTHER_MENTIONS = (1.0, 0.35, 0.25, 0.15, 0.1)


@dataclass(frozen=True, slots=True)
class Reading:
    """`strengths` per concept (0-1), strongest first, and `evidence`: the best mention of each."""

    text: Text
    strengths: Mapping[str, float]
    evidence: Mapping[str, Mention]

    def atoms(self) -> tuple[str, ...]:
        """All parts of words that carry meaning, in order."""
        return tuple(atom for token in self.text.tokens for atom in token.word.atoms)

    def is_firm(self) -> bool:
        """Is at least one trade named outright?"""
        return any(mention.firm for mention in self.evidence.values())


def read(source: str, vocabulary: Vocabulary, *, offer: bool = False) -> Reading:
    """Read a need, or with `offer` a listing."""
    text = cut(source, vocabulary.lexicon)
    mentions = Surroundings(text, vocabulary.lexicon, offer=offer).weigh(find(text, vocabulary))
    return _summed(text, mentions)


def _summed(text: Text, mentions: Iterable[Mention]) -> Reading:
    """Put mentions together: the best one counts fully, each further one adds a part of what is missing to 1."""
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_concept[mention.concept].append(mention)
    hints_only = not any(mention.firm for group in by_concept.values() for mention in group)
    strengths: dict[str, float] = {}
    for concept, group in by_concept.items():
        group.sort(key=lambda mention: (-mention.weight, mention.first))
        strength = _together(group)
        if not any(mention.firm for mention in group):
            alone = len({atom for mention in group for _, atom in mention.spots}) == 1
            strength = strength * _ONE_HINT if alone and not hints_only else min(strength, _HINTS_AT_MOST)
        if strength >= _LEAST_STRENGTH:
            strengths[concept] = strength
    ordered = dict(sorted(strengths.items(), key=lambda item: (-item[1], item[0])))
    return Reading(text, ordered, {concept: by_concept[concept][0] for concept in ordered})


def _together(group: Iterable[Mention]) -> float:
    missing = 1.0
    for mention, share in zip(group, _FURTHER_MENTIONS, strict=False):
        missing *= 1.0 - mention.weight * share
    return 1.0 - missing
