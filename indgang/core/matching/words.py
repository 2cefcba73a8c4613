# SPDX-License-Identifier: MPL-2.0
"""Danish words down to the parts that carry meaning: "kantinedriften" is (kantine, drive).

A word is looked up among known forms, relieved of its endings, split as a compound, or - when all that
fails - read as a misspelling of a known word. What is left is a guess: its own light stem.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indgang.core.matching.spelling import Spelling, is_close

Kind = Literal["known", "stop", "spelled", "guess"]

_ENDINGS = [
    "e",
    "s",
    "n",
    "r",
    "t",
    "es",
    "er",
    "en",
    "et",
    "ne",
    "ns",
    "rs",
    "ene",
    "ens",
    "ets",
    "ers",
    "ere",
    "nes",
    "rne",
    "erne",
    "enes",
    "rnes",
    "ernes",
]
_LINKS = ("s", "e", "er", "n")
_SHORT_PARTS = frozenset(("øl", "by", "sø", "is", "bi", "te", "it", "el", "tv", "ur", "å", "ø"))
_SHORT_LAST_PARTS = frozenset(("øl", "by", "sø", "is", "å", "ø"))
_LONGEST = 60


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
        self.stop: set[str] = set()
        self.english_stop: set[str] = set()
        self.light: set[str] = set()
        self.negations: set[str] = set()
        self.places: set[str] = set()
        self.measures: set[str] = set()
        self.tender: set[str] = set()
        self.classes: dict[str, list[str]] = defaultdict(list)
        self._forms: dict[str, str] = {}
        self._compounds: dict[str, tuple[str, ...]] = {}
        self._doing: set[str] = set()
        self._neutral: set[str] = set()
        self._whole: set[str] = set()
        self._verbs: set[str] = set()
        self._no_parts: set[str] = set()
        self._guessed_forms: dict[str, str] = {}
        self._spelling: Spelling | None = None
        classes: list[tuple[str, str]] = []
        for section, line in _lines(text):
            self._take(section, line, classes)
        self.light = {self.root(word) for word in self.light}
        self.places = {self.root(word) for word in self.places}
        self.measures = {self.root(word) for word in self.measures}
        for name, member in classes:
            self.classes[self.root(member)].append(name if name.startswith("@") else self.root(name))
        self._find_kinds()
        self.read = lru_cache(maxsize=1 << 16)(self._read)

    def _take(self, section: str, line: str, classes: list[tuple[str, str]]) -> None:
        base, _, rest = line.partition(":")
        match section:
            case "verbs":
                self._add_verb(base.strip(), rest.split())
            case "nouns":
                for form in (base.strip(), *rest.split()):
                    self._forms[form] = base.strip()
            case "compounds":
                self._compounds[base.strip()] = tuple(rest.split())
            case "words" | "whole":
                for word in line.split():
                    self._forms.setdefault(word, word)
                if section == "whole":
                    self._whole.update(line.split())
            case "known":
                self._neutral.update(line.split())
            case "light":
                self.light.update(line.split())
            case "doing":
                self._doing.update(line.split())
            case "stop":
                self.stop.update(line.split())
            case "english":
                self.english_stop.update(line.split())
            case "not":
                self.negations.update(line.split())
            case "kinds":
                classes += [(base.strip(), word) for word in rest.split()]
            case "measures":
                self.measures.update(line.split())
            case "places":
                self.places.update(line.split())
            case "tender":
                self.tender.update(line.split())
            case "classes":
                classes += [(base.strip(), word) for word in rest.split()]
            case _:
                raise ValueError(f"unknown section [{section}] in the word list")

    def _add_verb(self, verb: str, irregular: list[str]) -> None:
        self._verbs.add(verb)
        self._forms[verb] = verb
        for form in irregular:
            self._forms[form] = verb
        stem = verb[:-1] if verb.endswith("e") else verb
        regular = [
            f"{verb}r",
            f"{verb}s",
            f"{verb}re",
            *(stem + end for end in ("ede", "et", "te", "t", "ning", "ing", "else", "ende")),
        ]
        regular += [_undoubled(stem), f"{_undoubled(stem)}ning", f"{_undoubled(stem)}t"]
        if verb.endswith("ere"):
            regular += [verb[:-3] + "ation", verb[:-3] + "ationer"]
        for form in regular:
            self._guessed_forms.setdefault(form, verb)

    def _find_kinds(self) -> None:
        """A listed compound is also what its last part is: an elcykel is a cykel."""
        for word in sorted(set(self._forms.values()) - self._whole):
            parts = self._compound(word) if len(word) > 5 else ()
            if len(parts) > 1 and len(parts[-1]) > 2 and parts[-1] not in self.light:
                self.classes[word].append(parts[-1])

    def learn(self, written: str, *, part: bool = True) -> None:
        """Make sure that a word of the vocabulary is known; `part=False`: it never stands inside a compound."""
        for word in written.split("-"):
            if (
                len(word) < 2
                or word in self._compounds
                or self._known(word)
                or (part and self._compound(word))
            ):
                continue
            self._forms[word] = _light_stem(word)
            self._forms.setdefault(_light_stem(word), _light_stem(word))
            if not part:
                self._no_parts.add(word)
        self.read.cache_clear()
        self._spelling = None

    def protect(self, words: Iterable[str]) -> None:
        """These words are right as they are written (names of places, official labels): never correct them."""
        self._neutral.update(words)
        self.read.cache_clear()

    def is_neutral(self, word: str) -> bool:
        return word in self._neutral or any(
            word.removesuffix(ending) in self._neutral
            for ending in ("s", "e", "r", "n", "t", "en", "et", "er", "erne", "ne")
        )

    def root(self, word: str) -> str:
        """The root of a single word, or the word itself when it is not known."""
        return self._known(word) or word

    def is_verb(self, root: str) -> bool:
        return root in self._verbs

    def _read(self, written: str) -> Word:
        if written in self.stop or (len(written) == 1 and written not in "åø"):
            return Word((), 0, "stop")
        written = written[:_LONGEST]
        if "-" in written and written not in self._forms:
            return self._joined([self.read(part) for part in written.split("-") if part])
        for spelled in _spellings(written):
            atoms = (
                self._atoms(spelled)
                if self._known(spelled)
                else self._undoubled_form(spelled) or self._atoms(spelled)
            )
            if atoms:
                return self._word(atoms, "known")
        corrected = "" if self.is_neutral(written) else self._corrected(written)
        if corrected:
            return self._word(self._atoms(corrected), "spelled", corrected)
        return Word((_light_stem(written),), 0, "guess")

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

    def _undoubled_form(self, word: str) -> tuple[str, ...]:
        """rengørring -> rengøring: a letter doubled or not is the commonest slip, before any compound is tried."""
        if len(word) < 6 or not word.isalpha() or self.is_neutral(word):
            return ()
        known = self._known(self._spelling_index().doubled_otherwise(word))
        return (known,) if known else ()

    def _atoms(self, word: str) -> tuple[str, ...]:
        if word in self._compounds:
            return self._compounds[word]
        known = self._known(word)
        return (known,) if known else self._compound(word)

    def _known(self, word: str) -> str:
        """The root of one word. "læderrens" is læder + rens, not a form of læder: a clear compound comes first."""
        root = self._forms.get(word) or self._guessed_forms.get(word) or self._relieved(word, (str,))
        if root or self._is_clear_compound(word):
            return root
        return self._relieved(word, (_undoubled, _with_e_back))

    def _is_clear_compound(self, word: str) -> bool:
        return any(
            self._plain_root(word[:cut]) and self._plain_root(word[cut:]) for cut in range(4, len(word) - 3)
        )

    def _plain_root(self, word: str) -> str:
        return "" if word in self._no_parts else self._forms.get(word) or self._guessed_forms.get(word) or ""

    def _relieved(self, word: str, changes: Iterable[Callable[[str], str]]) -> str:
        """The root after taking an ending off, or an empty text."""
        stems = [stem for ending in _ENDINGS if (stem := word.removesuffix(ending)) != word and len(stem) > 2]
        for change in changes:
            for stem in stems:
                candidate = change(stem)
                root = self._forms.get(candidate) or self._guessed_forms.get(candidate)
                if root and candidate not in self._no_parts:
                    return root
        return ""

    def _compound(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, or nothing. Fewest parts win, then the longest."""
        if len(word) < 5 or not word.isalpha():
            return ()
        best: list[tuple[float, tuple[str, ...]] | None] = [None] * len(word) + [(0.0, ())]
        for start in range(len(word) - 2, -1, -1):
            for end in range(start + 2, len(word) + 1):
                rest = best[end]
                if rest is None or (end == len(word) and start == 0):
                    continue
                root, cost = self._part(word[start:end], last=end == len(word))
                if not root:
                    continue
                total = rest[0] + cost
                here = best[start]
                if here is None or total < here[0]:
                    best[start] = (total, (root, *rest[1]))
        found = best[0]
        return found[1] if found and found[0] < 4.6 else ()

    def _part(self, segment: str, *, last: bool) -> tuple[str, float]:
        if len(segment) < 3 and (segment not in _SHORT_PARTS or (last and segment not in _SHORT_LAST_PARTS)):
            return "", 0.0
        price = 1.0 + (0.5 if len(segment) == 3 else 0.0) + (0.8 if len(segment) < 3 else 0.0)
        if segment in self._no_parts or segment in self.english_stop:
            return "", 0.0
        root = self._known(segment) if last else self._forms.get(segment) or self._guessed_forms.get(segment)
        if root:
            faint = (
                len(root) < 4
                and segment != root
                and segment not in self._forms
                and segment not in self._guessed_forms
            )
            return root, price + (0.6 if faint else 0.0)
        if not last:
            for link in _LINKS:
                base = segment.removesuffix(link)
                if base != segment and len(base) >= 3 and base not in self._no_parts:
                    root = self._forms.get(base) or self._guessed_forms.get(base)
                    if root:
                        return root, (1.5 if len(base) == 3 else 1.0) + (0.05 if link == "s" else 0.2)
        return "", 0.0

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
            if self._part(left, last=False)[0] and len(right) >= 6 and (fixed := spelling.nearest(right)):
                return left + fixed
            if len(left) >= 6 and self._known(right) and (fixed := spelling.nearest(left.removesuffix("s"))):
                return fixed + right
        return ""

    def _spelling_index(self) -> Spelling:
        if self._spelling is None:
            forms = [form for form in (*self._forms, *self._guessed_forms) if form not in self._no_parts]
            self._spelling = Spelling(forms, self.stop)
        return self._spelling

    def means_the_same(self, one: str, other: str) -> bool:
        """Two written words that differ by a slip of the pen at most."""
        return one == other or is_close(one, other)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    section = ""
    for raw in text.splitlines():
        line = raw.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            yield section, line


def _undoubled(stem: str) -> str:
    """klipp -> klip, buss -> bus."""
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem


def _with_e_back(stem: str) -> str:
    """artikl -> artikel, teatr -> teater, midl -> middel."""
    if len(stem) > 3 and stem[-1] in "lrn" and stem[-2] not in "aeiouyæøå":
        return f"{stem[:-1]}e{stem[-1]}"
    return stem


def _light_stem(word: str) -> str:
    for ending in ("ernes", "erne", "enes", "ene", "ens", "ets", "er", "en", "et", "es", "e", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4:
            return _undoubled(stem)
    return word


def _spellings(written: str) -> Iterable[str]:
    """The word as written, then with the letters that keyboards without æøå make do with."""
    yield written
    if re.search(r"aa|ae|oe", written):
        yield written.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    if "é" in written or "ü" in written or "ö" in written or "ä" in written:
        yield written.replace("é", "e").replace("ü", "y").replace("ö", "ø").replace("ä", "æ")
