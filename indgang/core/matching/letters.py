# SPDX-License-Identifier: MPL-2.0
"""How alike two texts are in their letters, whatever the words mean.

Trades say what belongs together; letters find what no vocabulary holds: a word nobody thought of, a misspelling
beyond repair, half of an unknown compound. Runs of three to five letters, weighed by how rare they are in the trade
vocabulary, compared by the cosine of the two texts.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from indgang.core.matching.tokens import Text

_LENGTHS = (3, 4, 5)


class Written(NamedTuple):
    """The words of a text that say something, each once, and the length of their vector."""

    words: tuple[str, ...]
    length: float


class _Runs(NamedTuple):
    weights: dict[str, float]
    names: frozenset[str]
    square: float


class Letters:
    """Weighs runs of letters; made once from the words of the vocabulary. Safe to share between threads."""

    def __init__(self, groups: Iterable[str]) -> None:
        """`groups`: the words of each trade, as one text a trade."""
        texts = list(groups)
        spread = Counter(
            run for text in texts for run in {run for word in text.split() for run in _runs(word)}
        )
        self._rarity = {run: math.log((1 + len(texts)) / (1 + count)) + 1.0 for run, count in spread.items()}
        self._rarest = math.log(1 + len(texts)) + 1.0
        self._of = lru_cache(maxsize=1 << 16)(self._weigh)

    def read(self, *texts: Text) -> Written:
        """Each word of the texts once, without those that carry no trade."""
        tokens = (token for text in texts for token in text.tokens)
        words = tuple(dict.fromkeys(intern(token.text) for token in tokens if token.word.kind != "stop"))
        return Written(words, math.sqrt(sum(self._of(word).square for word in words)) or 1.0)

    def _weigh(self, word: str) -> _Runs:
        counts = Counter(_runs(word))
        weights = {intern(run): count * self._rarity.get(run, self._rarest) for run, count in counts.items()}
        return _Runs(weights, frozenset(weights), sum(weight * weight for weight in weights.values()))

    def likeness_to(self, need: Written) -> "Likeness":
        """Compares other texts with this one."""
        weights: Counter[str] = Counter()
        for word in need.words:
            weights.update(self._of(word).weights)
        return Likeness(self._of, weights, need.length)


class Likeness:
    """How alike texts are to one need (0-1)."""

    def __init__(self, runs_of: Callable[[str], _Runs], weights: Counter[str], length: float) -> None:
        self._runs_of, self._weights, self._length = runs_of, weights, length
        self._names = frozenset(weights)
        self._known: dict[str, float] = {}

    def of(self, other: Written) -> float:
        """The cosine of the two vectors."""
        known, total = self._known, 0.0
        for word in other.words:
            value = known.get(word)
            if value is None:
                value = known[word] = self._product(word)
            total += value
        return total / (self._length * other.length)

    def _product(self, word: str) -> float:
        runs, wanted = self._runs_of(word), self._weights
        shared = runs.names & self._names
        return sum(runs.weights[run] * wanted[run] for run in shared) if shared else 0.0


def _runs(word: str) -> Iterator[str]:
    padded = f" {word} "
    for length in _LENGTHS:
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]
