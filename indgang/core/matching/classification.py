# SPDX-License-Identifier: MPL-2.0
"""The common procurement vocabulary (CPV): which codes a text is about, and which trades a code is about.

The labels (9,454 codes, Danish and English) are placed by `make setup`; the tree is in the digits.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files

from indgang.core.matching.reading import Reading, read
from indgang.core.matching.values import CpvSuggestion
from indgang.core.matching.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]{2,}")
_BY_SHARED_DIGITS = {8: 1.0, 7: 0.95, 6: 0.9, 5: 0.85, 4: 0.7, 3: 0.5}
_LATER_CODE = 0.85  # each further code of a trade says a little less about it
_SHOWN = 5
_LEAST = 0.2


class Classification:
    """CPV labels and their tree, seen from the trades of a vocabulary."""

    def __init__(self, labels: Mapping[str, tuple[str, str]], vocabulary: Vocabulary) -> None:
        """`labels` maps an eight-digit code to its Danish and English label."""
        self.labels = labels
        self._vocabulary = vocabulary
        self._trades_by_code: dict[str, dict[str, float]] = defaultdict(dict)
        for concept in vocabulary.concepts.values():
            for place, code in enumerate(concept.cpv):
                known = self._trades_by_code[code].get(concept.id, 0.0)
                self._trades_by_code[code][concept.id] = max(known, _LATER_CODE**place)

    def trades_of(self, code: str) -> Mapping[str, float]:
        """The trades that a code is about: by codes of the vocabulary near it in the tree, and by its label."""
        code = code[:8]
        best: dict[str, float] = {}
        for own, trades in self._trades_by_code.items():
            nearness = _BY_SHARED_DIGITS.get(_shared_digits(code, own), 0.0)
            for trade, weight in trades.items():
                best[trade] = max(best.get(trade, 0.0), nearness * weight)
        label = self.labels.get(code)
        if label:
            for trade, strength in read(label[0], self._vocabulary).strengths.items():
                best[trade] = max(best.get(trade, 0.0), strength)
        top = max(best.values(), default=0.0)
        return {trade: weight for trade, weight in best.items() if weight >= max(0.5, 0.8 * top)}

    def suggest(self, reading: Reading) -> tuple[CpvSuggestion, ...]:
        """At most five codes for a text, best first: through the trades it speaks of and through official labels."""
        scores: dict[str, float] = {}
        for trade, strength in list(reading.strengths.items())[:6]:
            for place, code in enumerate(self._vocabulary.concepts[trade].cpv):
                scores[code] = max(scores.get(code, 0.0), strength * 0.9 * _LATER_CODE**place)
        for code, likeness in self._by_label(reading.atoms()).items():
            scores[code] = 1 - (1 - scores.get(code, 0.0)) * (1 - 0.6 * likeness)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            CpvSuggestion(code, self.labels[code][0], round(score, 2))
            for code, score in ranked[:_SHOWN]
            if score >= _LEAST and code in self.labels
        )

    def _by_label(self, atoms: Iterable[str]) -> dict[str, float]:
        """How much of each label's words the text holds (0-1), rare words weighing most."""
        wanted = set(atoms)
        found: dict[str, float] = defaultdict(float)
        for atom in wanted:
            for code in self._codes_by_atom.get(atom, ()):
                found[code] += self._rarity[atom]
        likeness = {}
        for code, weight in found.items():
            whole = sum(self._rarity[atom] for atom in self._atoms_by_code[code])
            if weight >= 0.6 * whole and weight > 4.0:
                likeness[code] = weight / whole
        return likeness

    @cached_property
    def _atoms_by_code(self) -> dict[str, frozenset[str]]:
        lexicon = self._vocabulary.lexicon
        known: dict[str, tuple[str, ...]] = dict.fromkeys(lexicon.stop, ())
        atoms = {}
        for code, (danish, _) in self.labels.items():
            found: list[str] = []
            for word in _WORD.findall(danish.lower()):
                if word not in known:
                    known[word] = lexicon.parts_of(word)
                found += known[word]
            atoms[code] = frozenset(found) - lexicon.light
        return atoms

    @cached_property
    def _codes_by_atom(self) -> dict[str, list[str]]:
        codes = defaultdict(list)
        for code, atoms in self._atoms_by_code.items():
            for atom in atoms:
                codes[atom].append(code)
        return codes

    @cached_property
    def _rarity(self) -> dict[str, float]:
        counts = Counter(atom for atoms in self._atoms_by_code.values() for atom in atoms)
        return {atom: math.log(len(self._atoms_by_code) / count) for atom, count in counts.items()}


def _shared_digits(one: str, other: str) -> int:
    """Leading digits in common, not counting the zeros that only say "in general"."""
    significant = min(len(one.rstrip("0")), len(other.rstrip("0")))
    shared = 0
    for digit, second in zip(one, other, strict=False):
        if digit != second:
            break
        shared += 1
    return 8 if one == other else min(shared, significant) if shared >= significant else shared


@lru_cache(maxsize=1)
def read_labels() -> Mapping[str, tuple[str, str]]:
    """The official labels, or none when they have not been placed (`make setup`)."""
    path = files("indgang.core") / "data" / "vendor" / "cpv.json"
    if not path.is_file():
        return {}
    return {code: (labels[0], labels[1]) for code, labels in json.loads(path.read_text("utf-8")).items()}
