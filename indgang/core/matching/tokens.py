# SPDX-License-Identifier: MPL-2.0
"""A text cut into sentences, clauses and words, each word with its parts and its place in the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from indgang.core.matching.words import Lexicon, Word

LONGEST_TEXT = 20_000  # characters that are read; the rest of a longer text is left out

_TOKEN = re.compile(
    r"(?P<section>§+\s?\d+\w?)|(?P<word>[^\W_]+(?:[-'’&][^\W_]+)*)|(?P<break>[.!?…]+|\n+|[,;:()/+•·–—|*]|\s-\s)"
)
_NOTHING = Word((), 0, "stop")
_SEPARATORS = {
    ",": 1,
    "/": 1,
    "+": 1,
    "(": 2,
    ")": 2,
    "–": 2,
    "—": 2,
    ";": 2,
    ":": 3,
    "|": 2,
    "•": 4,
    "·": 4,
    "*": 4,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One written word. `place` counts words that carry meaning, so that "frokost til 90 børn" stands close.

    A comma or a slash starts a new `clause`; a semicolon, a bracket or a dash also starts a new `segment`.
    """

    text: str
    start: int
    end: int
    place: int
    sentence: int
    segment: int
    clause: int
    after_colon: bool
    word: Word


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read. `english` when more of its words are English than Danish."""

    source: str
    tokens: tuple[Token, ...]
    sentences: int
    english: bool
    shortened: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """A word as it stands in the text, before it is read."""

    text: str
    start: int
    end: int
    sentence: int
    segment: int
    clause: int
    after_colon: bool


def cut(source: str, lexicon: Lexicon) -> Text:
    """Read `source` (at most `LONGEST_TEXT` characters of it); `tokens` keep their places in the source."""
    plain = unicodedata.normalize("NFC", source[:LONGEST_TEXT]).replace("\u00ad", "")
    words = list(_split(plain, lexicon))
    english = lexicon.is_english([written.text for written in words if not written.text.isdigit()])
    tokens: list[Token] = []
    place = 0
    for _, group in groupby(words, key=lambda written: written.clause):
        clause = list(group)
        for written, word in zip(clause, _read(clause, lexicon, english=english), strict=True):
            tokens.append(
                Token(
                    written.text,
                    written.start,
                    written.end,
                    place,
                    written.sentence,
                    written.segment,
                    written.clause,
                    written.after_colon,
                    word,
                )
            )
            place += bool(word.atoms)
    sentences = tokens[-1].sentence + 1 if tokens else 0
    return Text(plain, tuple(tokens), sentences, english, len(source) > LONGEST_TEXT)


def _split(plain: str, lexicon: Lexicon) -> Iterator[_Written]:
    """The words with the sentence, the segment and the clause they stand in."""
    sentence = segment = clause = 0
    after_colon = begun = False
    last = ""
    for match in _TOKEN.finditer(plain):
        if match["break"]:
            strength = _strength(match["break"], last, plain, match.end(), lexicon)
            clause += strength > 0
            segment += strength in (2, 4)
            after_colon = (after_colon or strength == 3) and strength < 4
            if strength == 4 and begun:
                sentence, begun = sentence + 1, False
            continue
        last = re.sub(r"\s", "", match["section"]) if match["section"] else match["word"].lower()
        clause += last in lexicon.grammar["relatives"]
        yield _Written(last, match.start(), match.end(), sentence, segment, clause, after_colon)
        begun = True


def _strength(mark: str, last: str, plain: str, end: int, lexicon: Lexicon) -> int:
    """0 nothing, 1 and 2 a new clause, 3 a colon, 4 a new sentence."""
    if mark.startswith("\n"):
        return 4
    if mark[0] in ".!?…":
        if mark == "." and (last in lexicon.grammar["abbreviations"] or len(last) == 1 or last.isdigit()):
            return 0
        return 4 if end >= len(plain) or plain[end].isspace() else 0
    return _SEPARATORS.get(mark.strip(), 2)


def _read(clause: list[_Written], lexicon: Lexicon, *, english: bool) -> list[Word]:
    """What the words of one clause consist of."""
    words = [written.text.replace("'", "").replace("’", "") for written in clause]
    read = [lexicon.read_english(word) for word in words] if english else lexicon.read_clause(words)
    for index, word in enumerate(words):
        if word.isdigit():
            read[index] = _NOTHING
        elif word.startswith("§"):
            read[index] = Word((word.replace("§§", "§"),), 0, "known")
        elif word == "have" and index and words[index - 1] in lexicon.grammar["auxiliaries"]:
            read[index] = _NOTHING
    return read
