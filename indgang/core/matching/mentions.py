# SPDX-License-Identifier: MPL-2.0
"""Where a text speaks of a trade: the keys of the vocabulary found in its sentences.

A key is found when all its atoms stand close together in one sentence: so "drift af kantinen",
"kantinedrift" and "kantinen skal drives" are one. A longer find silences the shorter ones inside it
("rengøringsartikler" is not rengøring).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indgang.core.matching.tokens import Text, Token
from indgang.core.matching.vocabulary import Key, Vocabulary
from indgang.core.matching.words import Lexicon

Spot = tuple[int, str]  # (index of the token, atom)

_WIDEST_GAP = 3  # words with meaning that may stand between the parts of a key
_GAP_WEIGHTS = (1.0, 0.85, 0.7, 0.5)
_CLAUSE_BREAK = 0.75
_PARTED = 0.5
_KIND_OF = 0.85  # "personalekantine" is a kind of kantine
_PART_ONLY = 0.25  # "kantinebord" is no kantine
_MEASURE = 0.3  # "20 paller kabelskrot" is not about paller
_OWNER = 0.5  # in "vask af plejehjemmets rollatorer" it is not the plejehjem that is washed
_FIRST_HALF = 0.6  # in "konference stole" it is chairs that are asked for
_MISSPELLED = 0.9
_LIKE_ADJECTIVES = ("t", "te", "ede", "ig", "ige", "sk", "ske", "bar", "bare")
_SILENCED, _HALF_SILENCED = 0.3, 0.5
_LEADING = 0.55


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text speaks of a concept.

    `firm`: by a word of the trade, not only by a hint. `first` and `last` are indexes of tokens.
    """

    concept: str
    weight: float
    firm: bool
    first: int
    last: int
    spots: frozenset[Spot]

    def weighing(self, factor: float, *, firm: bool | None = None) -> "Mention":
        """The same mention, turned down."""
        kept = self.firm if firm is None else firm
        return Mention(self.concept, self.weight * factor, kept, self.first, self.last, self.spots)

    def is_place(self, lexicon: Lexicon) -> bool:
        """Does it rest on one word that mostly says where or for whom ("hotel", "bryllup")?"""
        return len(self.spots) == 1 and next(iter(self.spots))[1] in lexicon.places


def find(text: Text, vocabulary: Vocabulary) -> list[Mention]:
    """All mentions in a text, each weighed by how well its words fit, the silenced ones turned down."""
    sentences: dict[int, list[tuple[int, Token]]] = defaultdict(list)
    for index, token in enumerate(text.tokens):
        sentences[token.sentence].append((index, token))
    found = [mention for sentence in sentences.values() for mention in _find(sentence, text, vocabulary)]
    return _unsilenced(found, text)


def _find(sentence: Iterable[tuple[int, Token]], text: Text, vocabulary: Vocabulary) -> Iterator[Mention]:
    spots: dict[str, list[int]] = defaultdict(list)
    for index, token in sentence:
        for atom in token.word.atoms:
            for name in (atom, *vocabulary.lexicon.classes.get(atom, ())):
                spots[name].append(index)
    for atom, indexes in spots.items():
        for key in vocabulary.keys_at(atom):
            if key.kind == "english" and not text.english:
                continue
            if len(key.atoms) == 1:
                for index in indexes:
                    yield _mention_of(key, {atom: index}, [index], 1.0, text, vocabulary.lexicon)
            elif all(other in spots for other in key.atoms):
                yield from _mentions_of(key, spots, text, vocabulary.lexicon)


def _mentions_of(key: Key, spots: Mapping[str, list[int]], text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    rarest = min(key.atoms, key=lambda atom: len(spots[atom]))
    for anchor in spots[rarest]:
        chosen = {
            atom: min(spots[atom], key=lambda index: (abs(index - anchor), index)) for atom in key.atoms
        }
        indexes = sorted(set(chosen.values()))
        closeness = _closeness(key, [chosen[atom] for atom in key.atoms], indexes, text, lexicon)
        if closeness:
            yield _mention_of(key, chosen, indexes, closeness, text, lexicon)


def _mention_of(
    key: Key, chosen: Mapping[str, int], indexes: list[int], closeness: float, text: Text, lexicon: Lexicon
) -> Mention:
    found, covered = _spots(chosen, text, lexicon)
    weight = -1.0 if key.kind == "not" else key.weight * closeness * _fit(covered, indexes, text, lexicon)
    return Mention(key.concept, weight, key.kind in ("word", "english"), indexes[0], indexes[-1], found)


def _spots(
    chosen: Mapping[str, int], text: Text, lexicon: Lexicon
) -> tuple[frozenset[Spot], frozenset[Spot]]:
    """What was found, and the atoms of the text it covers.

    Found as a kind of something (a fuglekasse as a kasse), it must not silence what is named exactly.
    """
    if len(chosen) == 1:
        ((atom, index),) = chosen.items()
        if atom in text.tokens[index].word.atoms:
            same = frozenset(((index, atom),))
            return same, same
    own = {atom: _own(atom, text.tokens[index], lexicon) for atom, index in chosen.items()}
    found = frozenset((index, own[atom] if atom[0] == "@" else atom) for atom, index in chosen.items())
    return found, frozenset((index, own[atom]) for atom, index in chosen.items())


def _own(atom: str, token: Token, lexicon: Lexicon) -> str:
    """The atom of the token itself that stands for a class or for what it is a kind of."""
    if atom in token.word.atoms:
        return atom
    return next(own for own in token.word.atoms if atom in lexicon.classes.get(own, ()))


def _closeness(
    key: Key, in_written_order: list[int], indexes: list[int], text: Text, lexicon: Lexicon
) -> float:
    """1 when the parts stand together as they should, less when strewn about, 0 when too far apart."""
    if len(indexes) == 1:
        return 1.0
    first, last = text.tokens[indexes[0]], text.tokens[indexes[-1]]
    gap = max(last.place - first.place - (len(indexes) - 1), 0)
    widest = 1 if key.ordered else 0 if key.tight else _WIDEST_GAP
    breaks = last.clause - first.clause
    if gap > widest or first.segment != last.segment or (key.tight and breaks):
        return 0.0
    turned = in_written_order != sorted(in_written_order)
    between = {token.text for token in text.tokens[indexes[0] + 1 : indexes[-1]]}
    if key.ordered and turned and (gap or between.isdisjoint(lexicon.grammar["being"])):
        return 0.0  # "bilerne er beskidte" is "beskidte biler"
    joined = between & lexicon.grammar["joining"]
    if joined and (key.compound or turned) and not _is_passive(last, lexicon):
        return 0.0  # but "gulvet knirker og skal slibes", "biler og busser vaskes"
    if joined and not turned and _is_passive(first, lexicon):
        return 0.0  # "torvet fejes og skraldespande ..."
    parted = _PARTED if between & lexicon.grammar["parting"] else 1.0
    return float(_GAP_WEIGHTS[gap] * _CLAUSE_BREAK**breaks * parted)


def _is_passive(token: Token, lexicon: Lexicon) -> bool:
    """ "slibes", "vaskes": what it is done to stands before it."""
    return token.text.endswith("s") and len(token.word.atoms) == 1 and lexicon.is_verb(token.word.atoms[0])


def _fit(covered: frozenset[Spot], indexes: list[int], text: Text, lexicon: Lexicon) -> float:
    """How fully the key's atoms are what the words are about, and not only parts of other words."""
    fit = 1.0
    for index in indexes:
        word = text.tokens[index].word
        atoms = {atom for place, atom in covered if place == index}
        if word.atoms[word.head] not in atoms:
            fit *= _PART_ONLY if len(covered) == 1 else 0.5
        elif len(indexes) == 1 and len(atoms) < word.head + 1:
            fit *= _KIND_OF
        if len(indexes) == 1 and _is_first_half(index, text, lexicon):
            fit *= _FIRST_HALF
        if word.kind == "spelled":
            fit *= _MISSPELLED
        if len(indexes) > 1 and index + 1 not in indexes and lexicon.is_genitive(text.tokens[index].text):
            fit *= _OWNER
    only = next(iter(covered))[1] if len(covered) == 1 else ""
    if only in lexicon.measures and indexes[0] > 0 and _is_number(text.tokens[indexes[0] - 1].text, lexicon):
        fit *= _MEASURE
    return fit


def _is_first_half(index: int, text: Text, lexicon: Lexicon) -> bool:
    """Two bare nouns side by side are one compound that was written apart: "konference stole", "pap display"."""
    token, following = text.tokens[index], text.tokens[index + 1 : index + 2]
    if text.english or not following or following[0].clause != token.clause:
        return False
    other = following[0].word
    bare = token.word.atoms == (token.text,) and not lexicon.is_verb(token.text)
    is_thing = other.kind == "known" and bool(other.atoms) and not lexicon.is_verb(other.atoms[other.head])
    return bare and is_thing and not following[0].text.endswith(_LIKE_ADJECTIVES)


def _is_number(written: str, lexicon: Lexicon) -> bool:
    return written[0].isdigit() or written in lexicon.grammar["numbers"]


def _unsilenced(mentions: list[Mention], text: Text) -> list[Mention]:
    """Drop what a "not" covers, and turn down what lies wholly inside a longer firm find of another concept."""
    refused = [mention for mention in mentions if mention.weight < 0]
    longer = [
        mention
        for mention in mentions
        if mention.firm
        and mention.weight >= _LEADING
        and len(mention.spots) > 1
        and not _is_list(text.tokens[mention.first], text.tokens[mention.last])
    ]
    kept: dict[tuple[str, frozenset[Spot]], Mention] = {}
    for mention in mentions:
        if mention.weight <= 0 or any(
            no.concept == mention.concept and no.spots >= mention.spots for no in refused
        ):
            continue
        heard = _turned_down(mention, longer)
        known = kept.get((heard.concept, heard.spots))
        if known is None or known.weight < heard.weight:
            kept[heard.concept, heard.spots] = heard
    return list(kept.values())


def _is_list(first: Token, last: Token) -> bool:
    """ "Rengøring, vinduer, trapper": the windows take nothing from the cleaning."""
    return first.clause != last.clause and first.after_colon == last.after_colon


def _turned_down(mention: Mention, longer: Iterable[Mention]) -> Mention:
    others = [long for long in longer if long.concept != mention.concept]
    if any(long.spots > mention.spots for long in others):
        return mention.weighing(_SILENCED, firm=False)
    if any(_uses_part_of_word(mention, long) for long in others):
        return mention.weighing(_HALF_SILENCED)
    return mention


def _uses_part_of_word(mention: Mention, long: Mention) -> bool:
    """ "drift af personalerestaurant" uses only a part of a word that another trade claims as a whole."""
    if long.first != long.last:
        return False
    shared = {spot for spot in mention.spots if spot[0] == long.first}
    return bool(shared) and shared < long.spots
