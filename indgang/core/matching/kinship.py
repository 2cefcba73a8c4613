# SPDX-License-Identifier: MPL-2.0
"""How well a seller of one trade would serve a buyer who asks for another."""

from collections import defaultdict
from collections.abc import Mapping

from indgang.core.matching.vocabulary import Vocabulary

_FROM_THE_OTHER_SIDE = 0.8  # a kinship that is written down one way only
_PARENT, _CHILD, _SIBLING = 0.6, 0.55, 0.4
_OVER_A_MIDDLEMAN = 0.6
_LEAST = 0.25


class Kinship:
    """`of(asked)` maps each trade that is worth showing to how well it serves a buyer who asks for `asked`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = vocabulary.concepts
        self._direct: dict[str, dict[str, float]] = {name: {} for name in concepts}
        children: dict[str, list[str]] = defaultdict(list)
        for name, concept in concepts.items():
            self._direct[name] |= concept.near
            if concept.broader:
                children[concept.broader].append(name)
        for name, concept in concepts.items():
            for other, weight in concept.near.items():
                self._direct[other].setdefault(name, weight * _FROM_THE_OTHER_SIDE)
        for parent, family in children.items():
            for child in family:
                self._direct[child].setdefault(parent, _PARENT)
                self._direct[parent].setdefault(child, _CHILD)
                for sibling in family:
                    if sibling != child:
                        self._direct[child].setdefault(sibling, _SIBLING)
        self._reached: dict[str, dict[str, float]] = {}

    def of(self, asked: str) -> Mapping[str, float]:
        """Trades that serve a buyer of `asked`, itself first with 1.0; at most one step over a third trade."""
        known = self._reached.get(asked)
        if known is None:
            known = self._reached[asked] = self._reach(asked)
        return known

    def between(self, asked: str, sold: str) -> float:
        return self.of(asked).get(sold, 0.0)

    def _reach(self, asked: str) -> dict[str, float]:
        direct = self._direct.get(asked, {})
        reached = dict(direct)
        for middle, weight in direct.items():
            for other, further in self._direct[middle].items():
                length = weight * further * _OVER_A_MIDDLEMAN
                if other not in direct and length > reached.get(other, _LEAST):
                    reached[other] = length
        reached[asked] = 1.0
        kept = {name: weight for name, weight in reached.items() if weight >= _LEAST or name in direct}
        return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))
