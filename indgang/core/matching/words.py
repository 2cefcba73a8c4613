# SPDX-License-Identifier: MPL-2.0
"""Danish words down to the parts that carry meaning: "kantinedriften" is (kantine, drive).

A word is looked up among known forms, relieved of its endings, split as a compound, or - when all that
fails - read as a misspelling of a known word. What is left is a guess: its own light stem.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indgang.core.matching.english import stem
from indgang.core.matching.spelling import Spelling
from indgang.core.matching.word_list import read_word_list, undoubled

Kind = Literal["known", "stop", "spelled", "guess"]

_ENDINGS = {
    "e": ("e", "ne", "ene", "ere", "rne", "erne"),
    "s": ("s", "es", "ns", "rs", "ens", "ets", "ers", "nes", "enes", "rnes", "ernes"),
    "n": ("n", "en"),
    "r": ("r", "er"),
    "t": ("t", "et"),
}  # by their last letter, short ones first
_LINKS = (("s", 0.05), ("e", 0.2), ("er", 0.2), ("n", 0.2))
_SHORT_PARTS = frozenset(("øl", "by", "sø", "is", "bi", "te", "it", "el", "tv", "ur", "å", "ø"))
_SHORT_LAST_PARTS = frozenset(("øl", "by", "sø", "is", "å", "ø"))
_LONGEST, _LONGEST_PART = 60, 22
_NO_COMPOUND_ENDS_SO = ("ende", "else", "elsen", "elser", "eret", "erede", "erer", "eres", "isk", "iske")
_KNOWN_HALF, _UNKNOWN_HALF = 5, 4  # letters, of a compound that is half unknown
_FARTHEST_PARTICLE = 6  # words before it among which its verb stands
_DEAREST_COMPOUND = 4.6
_FAINT = 0.6  # a last part of three letters that only an ending makes a word


@dataclass(frozen=True, slots=True)
class Word:
    """What a written word consists of.

    `atoms` are roots from left to right; `head` is the place of the atom that says what it is, past parts
    that add nothing ("rengøringsopgave" is about rengøring); `spelled_as` is the form it was read as.
    """

    atoms: tuple[str, ...]
    head: int
    kind: Kind
    spelled_as: str = ""


class Lexicon:
    """The words the software knows. Built once, then only read; safe to share between threads."""

    def __init__(self, text: str) -> None:
        """Read a word list (format: docs/reference/vocabulary.md)."""
        words = read_word_list(text)
        self.stop, self.english_stop = words.stop, words.english_stop
        self.negations, self.tender = words.negations, words.tender
        self.prepositions, self.english_prepositions = words.prepositions, words.english_prepositions
        self.grammar = words.grammar
        self._forms, self._verbs, self._compounds = words.forms, words.verbs, words.compounds
        self._doing, self._neutral = words.doing, words.neutral
        self._english: set[str] = set()
        self._roots: dict[str, str] = {}
        self._spelling: Spelling | None = None
        self.read = lru_cache(maxsize=1 << 16)(self._read)
        self.light = {self.root(word) for word in words.light}
        self.places = {self.root(word) for word in words.places}
        self.measures = {self.root(word) for word in words.measures}
        self.delivering = {self.root(word) for word in words.delivering}
        self.classes: dict[str, list[str]] = defaultdict(list)
        for name, member in words.classes:
            self.classes[self.root(member)].append(name if name.startswith("@") else self.root(name))
        self._particles = words.particles
        self._separable = {self.root(verb) for verb in words.separable}
        self._find_kinds(words.whole)

    def _find_kinds(self, whole: set[str]) -> None:
        """A listed compound is also what its last part is: an elcykel is a cykel."""
        for word in sorted(set(self._forms.values()) - whole):
            parts = self._compound(word) if len(word) > 5 else ()
            if len(parts) > 1 and len(parts[-1]) > 2 and parts[-1] not in self.light:
                self.classes[word].append(parts[-1])

    def learn(self, words: Iterable[str]) -> None:
        """Make sure that words are known, the short ones first so that they may split the long ones."""
        pieces = {piece for word in words for piece in word.split("-") if len(piece) > 1}
        length = 0
        for piece in sorted(pieces, key=lambda piece: (len(piece), piece)):
            if len(piece) != length:
                length = len(piece)
                self._roots.clear()
            if self._compounds.get(piece) or self._known(piece) or self._compound(piece):
                continue
            self._forms[piece] = _light_stem(piece)
            self._forms.setdefault(_light_stem(piece), _light_stem(piece))
        self._forget()

    def learn_english(self, words: Iterable[str]) -> None:
        """These words tell an English text, and are read by their English stems in it."""
        self._english.update(stem(word) for word in words if word not in self.english_stop)

    def protect(self, words: Iterable[str]) -> None:
        """These words are right as they are written (names of places): never correct them."""
        self._neutral.update(words)
        self._forget()

    def _forget(self) -> None:
        self._roots.clear()
        self.read.cache_clear()
        self._spelling = None

    def root(self, word: str) -> str:
        """The root of a single word, or the word itself when it is not known."""
        return self._known(word) or word

    def is_genitive(self, written: str) -> bool:
        """ "hjemmeplejens", "skolernes", "Majas" - but not "vaskes"."""
        if not written.endswith(("ens", "ets", "nes", "rs", "as")):
            return False
        word = self.read(written)
        return word.atoms == self.read(written[:-1]).atoms != () and not self.is_verb(word.atoms[-1])

    def is_one_verb(self, words: Sequence[str]) -> bool:
        """Are they a verb and its particle, "pakke ind"?"""
        return self.read_clause(words) != [self.read(word) for word in words]

    def is_verb(self, root: str) -> bool:
        return root in self._verbs

    def is_vague(self, root: str) -> bool:
        """Does it only say where, for whom, how many or that something is done?"""
        return any(
            root in vague
            for vague in (self.light, self._doing, self.places, self.measures, self._neutral, self.delivering)
        )

    def parts_of(self, written: str) -> tuple[str, ...]:
        """The atoms of a word that is spelled right (an official label): no correction, so quicker."""
        return self._single(written) or self._compound(written) or (_light_stem(written),)

    def read_clause(self, words: Sequence[str]) -> list[Word]:
        """Read the words of one clause; "pakke gaverne ind" is "indpakke gaverne", "gøre rent" is "rengøre"."""
        read = [self.read(word) for word in words]
        for index, particle in enumerate(words):
            if particle not in self._particles or self._is_preposition(particle, words[index + 1 :]):
                continue
            counts = words[index + 1 : index + 2] == ["til"]  # "samle op til 20 borde" is no opsamling
            for verb in range(index - 1 - counts, max(index - _FARTHEST_PARTICLE, 0) - 1, -1):
                if particle in self.prepositions and words[verb][-1] not in _ENDINGS:
                    continue  # "vask af", and then a new line
                root = self._known(self._particles[particle] + words[verb])
                if root in self._separable:
                    read[verb], read[index] = Word((root,), 0, "known"), Word((), 0, "stop")
                    break
        return read

    def read_english(self, written: str) -> Word:
        """A word of an English text: a stem of the English vocabulary, else a name or a Danish word as it stands."""
        if written in self.english_stop:
            return Word((), 0, "stop")
        if stem(written) in self._english:
            return Word((stem(written),), 0, "known")
        if "-" in written:
            return self._joined([self.read_english(part) for part in written.split("-") if part])
        word = self.read(written)
        return Word((_light_stem(written),), 0, "guess") if word.kind == "spelled" else word

    def is_english(self, words: Sequence[str]) -> bool:
        """Do more of the words speak for English than for Danish? What both languages have speaks for neither."""
        english = danish = 0
        for word in words:
            is_english = word in self.english_stop or stem(word) in self._english
            is_danish = word in self.stop or self.read(word).kind == "known"
            english += is_english and not is_danish
            danish += is_danish and not is_english
        return english > danish

    def _is_preposition(self, particle: str, following: Sequence[str]) -> bool:
        """In "vask af tøj" yes; in "bordene skal tørres af" no."""
        after = following[0] if following else ""
        return particle in self.prepositions and bool(
            after and after not in self.prepositions and after not in self.grammar["joining"]
        )

    def _read(self, written: str) -> Word:
        if written in self.stop or (len(written) == 1 and written not in "åø"):
            return Word((), 0, "stop")
        written = written[:_LONGEST]
        if "-" in written and written not in self._forms:
            return self._joined([self.read(part) for part in written.split("-") if part])
        for spelled in _spellings(written):
            atoms = self._single(spelled) or self._doubled_otherwise(spelled) or self._compound(spelled)
            if atoms:
                return self._word(atoms, "known")
        corrected = "" if self._is_neutral(written) else self._corrected(written)
        if corrected:
            return self._word(self._single(corrected) or self._compound(corrected), "spelled", corrected)
        return self._half_known(written) or Word((_light_stem(written),), 0, "guess")

    def _half_known(self, written: str) -> Word | None:
        """A compound of which one half is known: "makrelsalat" is a kind of salat, "klatregrej" has to do with klatre."""
        if not written.isalpha() or written.endswith(_NO_COMPOUND_ENDS_SO):
            return None
        for cut in range(_UNKNOWN_HALF, len(written) - _KNOWN_HALF + 1):
            root = self._known(written[cut:])
            if root and self._says_something(root) and not self.is_verb(root):
                return Word((_light_stem(written[:cut]), root), 1, "guess")
        for cut in range(len(written) - _UNKNOWN_HALF, _KNOWN_HALF, -1):
            root = self._part(written[:cut])[0]
            if root and self._says_something(root):
                return Word((root, _light_stem(written[cut:])), 1, "guess")
        return None

    def _says_something(self, root: str) -> bool:
        return len(root) >= _KNOWN_HALF - 1 and not self.is_vague(root) and root not in self.stop

    def _joined(self, words: list[Word]) -> Word:
        atoms = tuple(atom for word in words for atom in word.atoms)
        kinds = {word.kind for word in words}
        kind: Kind = "known" if "known" in kinds else "spelled" if "spelled" in kinds else "guess"
        return self._word(atoms, kind) if atoms else Word((), 0, "stop")

    def _word(self, atoms: tuple[str, ...], kind: Kind, spelled_as: str = "") -> Word:
        head = len(atoms) - 1
        while head > 0 and (atoms[head] in self.light or atoms[head] in self._doing):
            head -= 1
        return Word(atoms, head, kind, spelled_as)

    def _single(self, word: str) -> tuple[str, ...]:
        if word in self._compounds:
            return self._compounds[word]
        known = self._known(word)
        return (known,) if known else ()

    def _known(self, word: str) -> str:
        """The root of one word. "læderrens" is læder + rens, not a form of læder: a clear compound comes first."""
        root = self._roots.get(word)
        if root is None:
            root = self._forms.get(word) or self._relieved(word, str)
            if not root and not self._is_clear_compound(word):
                root = self._relieved(word, undoubled) or self._relieved(word, _with_e_back)
            self._roots[word] = root
        return root

    def _is_clear_compound(self, word: str) -> bool:
        forms = self._forms
        return any(word[:cut] in forms and word[cut:] in forms for cut in range(4, len(word) - 3))

    def _relieved(self, word: str, change: Callable[[str], str]) -> str:
        """The root after taking an ending off, or an empty text."""
        for ending in _ENDINGS.get(word[-1:], ()):
            if word.endswith(ending) and len(word) - len(ending) > 2:
                candidate = change(word[: -len(ending)])
                root = self._forms.get(candidate)
                if root:
                    return root
        return ""

    def _compound(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, or nothing. Fewest parts win, then the longest."""
        length = len(word)
        if length < 5 or not word.isalpha():
            return ()
        reached: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *([None] * length)]
        whole: tuple[float, tuple[str, ...]] = (_DEAREST_COMPOUND, ())
        for start in range(length - 1):
            here = reached[start]
            if here is None or here[0] >= whole[0]:
                continue
            if start:
                root, price = self._last_part(word[start:])
                if root and here[0] + price < whole[0]:
                    whole = (here[0] + price, (*here[1], root))
            for end in range(start + 2, min(length - 1, start + _LONGEST_PART) + 1):
                root, price = self._part(word[start:end])
                there = reached[end]
                if root and (there is None or here[0] + price < there[0]):
                    reached[end] = (here[0] + price, (*here[1], root))
        return whole[1]

    def _part(self, segment: str) -> tuple[str, float]:
        """The root and the price of a part that others follow, with its linking letters."""
        root = self._forms.get(segment)
        if root and (len(segment) > 2 or segment in _SHORT_PARTS):
            return root, _price(segment)
        for link, dearer in _LINKS:
            if segment.endswith(link) and len(segment) - len(link) > 2:
                base = segment[: -len(link)]
                root = self._forms.get(base)
                if root:
                    return root, min(_price(base), 1.5) + dearer
        return "", 0.0

    def _last_part(self, segment: str) -> tuple[str, float]:
        if (len(segment) < 3 and segment not in _SHORT_LAST_PARTS) or segment in self.english_stop:
            return "", 0.0
        root = self._known(segment)
        faint = len(root) < 4 and segment != root and segment not in self._forms
        return root, _price(segment) + (_FAINT if faint else 0.0)

    def _is_neutral(self, word: str) -> bool:
        return word in self._neutral or any(
            word.removesuffix(ending) in self._neutral
            for ending in ("s", "e", "r", "n", "t", "en", "et", "er", "erne", "ne")
        )

    def _doubled_otherwise(self, word: str) -> tuple[str, ...]:
        """rengørring -> rengøring: a letter doubled or not is the commonest slip, before any compound is tried."""
        if len(word) < 6 or not word.isalpha() or self._is_neutral(word):
            return ()
        known = self._known(self._spelling_index().doubled_otherwise(word))
        return (known,) if known else ()

    def _corrected(self, written: str) -> str:
        """The known form, or the compound of known forms, that a misspelled word was meant to be."""
        if len(written) < 5 or not written.isalpha():
            return ""
        spelling = self._spelling_index()
        whole = spelling.nearest(written)
        if whole:
            return whole
        for cut in range(len(written) - 4, 3, -1):
            left, right = written[:cut], written[cut:]
            if len(right) >= 6 and self._part(left)[0] and (fixed := spelling.nearest(right)):
                return left + fixed
            if len(left) >= 6 and self._known(right) and (fixed := spelling.nearest(left.removesuffix("s"))):
                return fixed + right
        return ""

    def _spelling_index(self) -> Spelling:
        if self._spelling is None:
            self._spelling = Spelling(self._forms, self.stop)
        return self._spelling


def _price(segment: str) -> float:
    """Long parts are cheap; a part of two or three letters may be there by chance."""
    return 1.0 if len(segment) > 3 else 1.5 if len(segment) == 3 else 1.8


def _with_e_back(stem: str) -> str:
    """artikl -> artikel, teatr -> teater, midl -> middel."""
    if len(stem) > 3 and stem[-1] in "lrn" and stem[-2] not in "aeiouyæøå":
        return f"{stem[:-1]}e{stem[-1]}"
    return stem


def _light_stem(word: str) -> str:
    for ending in ("ernes", "erne", "enes", "ene", "ens", "ets", "er", "en", "et", "es", "e", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4:
            return undoubled(stem)
    return word


def _spellings(written: str) -> Iterable[str]:
    """The word as written, then with the letters that keyboards without æøå make do with."""
    yield written
    if re.search(r"aa|ae|oe", written):
        yield written.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    if re.search(r"[éüöä]", written):
        yield written.replace("é", "e").replace("ü", "y").replace("ö", "ø").replace("ä", "æ")
