# SPDX-License-Identifier: MPL-2.0
"""Which trades a text speaks of, how strongly, and in which of its words.

A key of the vocabulary is found when all its atoms stand close together in one sentence, in any order: so
"drift af kantinen", "kantinedrift" and "kantinen skal drives" are one. A longer find silences the shorter
ones inside it ("rengøringsartikler" is not rengøring). Words that are negated, asked for in passing, or that
only say where or for whom, weigh less.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from indgang.core.matching.tokens import Text, Token, cut
from indgang.core.matching.vocabulary import Key, Vocabulary

Spot = tuple[int, str]  # (index of the token, atom)

_WIDEST_GAP = 3  # words with meaning that may stand between the parts of a key
_GAP_WEIGHTS = (1.0, 0.85, 0.7, 0.5)
_CLAUSE_BREAK = 0.75
_JOINING = frozenset(("og", "samt", "eller", "and", "or", "plus"))
_PARTING = frozenset(("fra", "uden", "hos", "ved", "from", "without"))
_KIND_OF_WEIGHT = 0.85  # "personalekantine" is a kind of kantine
_PART_ONLY_WEIGHT = 0.25  # "kantinebord" is no kantine
_MEASURE_WEIGHT = 0.3  # "20 paller kabelskrot" is not about paller
_SILENCED_WEIGHT = 0.3
_HALF_SILENCED_WEIGHT = 0.5
_LEAST_STRENGTH = 0.12
_HINTS_AT_MOST = 0.6

# What a preposition says about the thing after it, once the sentence has named its trade.
_AFTER_PREPOSITION = {
    "af": 0.6, "med": 0.6, "om": 0.5, "til": 0.45, "for": 0.45, "i": 0.4, "på": 0.35, "hos": 0.3, "ved": 0.35, "fra": 0.35,
    "m": 0.6, "som": 0.5, "under": 0.4, "omkring": 0.35, "mellem": 0.35, "langs": 0.35, "efter": 0.5, "mod": 0.5, "blandt": 0.4, "of": 0.6, "in": 0.35, "at": 0.35, "to": 0.45, "with": 0.6, "from": 0.35,
}  # fmt: skip
_ASIDE = frozenset(
    [
        "krav",
        "erfaring",
        "hensyn",
        "forudsætning",
        "forudsætter",
        "evt",
        "eventuelt",
        "mulighed",
        "bonus",
        "nuværende",
        "tidligere",
    ]
)
_TRAINING = frozenset(
    [
        "værksted",
        "småjob",
        "oplære",
        "træne",
        "praktik",
        "uddanne",
        "undervise",
        "forløb",
        "stu",
        "jobtræning",
        "arbejdstræning",
        "beskæftigelsestræning",
        "opkvalificere",
    ]
)
_SEEKING = frozenset(
    ["søger", "mangler", "ønsker", "efterlyser", "efterspørger", "leder", "needs", "seeks", "wants"]
)  # "lægehus mangler ..."
_ASKER_WEIGHT = 0.35
_NOT_REALLY_NOT = frozenset(["kun", "bare", "blot"])


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text speaks of a concept."""

    concept: str
    weight: float
    firm: bool  # a word of the trade, not only a hint
    first: int  # tokens
    last: int
    spots: frozenset[Spot]


@dataclass(frozen=True, slots=True)
class Reading:
    """`strengths` per concept (0-1), with the mentions behind them, best first."""

    text: Text
    mentions: tuple[Mention, ...]
    strengths: Mapping[str, float]
    evidence: Mapping[str, Mention] = field(default_factory=dict)

    def atoms(self) -> tuple[str, ...]:
        return tuple(atom for token in self.text.tokens for atom in token.word.atoms)


def read(source: str, vocabulary: Vocabulary, *, offer: bool = False) -> Reading:
    """Read a need, or with `offer` a listing (where training contexts count for less and no sentence is an aside)."""
    text = cut(source, vocabulary.lexicon)
    found = [mention for sentence in _sentences(text) for mention in _find(sentence, text, vocabulary)]
    mentions = _weighed(_unsilenced(found), text, vocabulary, offer=offer)
    return summed(text, mentions)


def summed(text: Text, mentions: Iterable[Mention]) -> Reading:
    """Put mentions together: the best one counts fully, each further one adds a part of what is missing to 1."""
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_concept[mention.concept].append(mention)
    hints_only = not any(mention.firm for group in by_concept.values() for mention in group)
    strengths: dict[str, float] = {}
    evidence: dict[str, Mention] = {}
    for concept, group in by_concept.items():
        group.sort(key=lambda mention: (-mention.weight, mention.first))
        missing = 1.0
        for place, mention in enumerate(group[:5]):
            missing *= 1.0 - mention.weight * (1.0, 0.35, 0.25, 0.15, 0.1)[place]
        strength = 1.0 - missing
        if not any(mention.firm for mention in group):  # one hint alone says little
            strength = (
                min(strength, _HINTS_AT_MOST)
                if hints_only or len({atom for mention in group for _, atom in mention.spots}) > 1
                else strength * 0.5
            )
        if strength >= _LEAST_STRENGTH:
            strengths[concept] = strength
            evidence[concept] = group[0]
    ordered = dict(sorted(strengths.items(), key=lambda item: (-item[1], item[0])))
    kept = tuple(mention for concept in ordered for mention in by_concept[concept])
    return Reading(text, kept, ordered, evidence)


def _sentences(text: Text) -> Iterable[list[Token]]:
    sentences: dict[int, list[Token]] = defaultdict(list)
    for token in text.tokens:
        sentences[token.sentence].append(token)
    return sentences.values()


def _find(sentence: list[Token], text: Text, vocabulary: Vocabulary) -> list[Mention]:
    start = next(place for place, token in enumerate(text.tokens) if token is sentence[0])
    spots: dict[str, list[int]] = defaultdict(list)
    for index, token in enumerate(sentence, start):
        for atom in token.word.atoms:
            spots[atom].append(index)
            for name in vocabulary.lexicon.classes.get(atom, ()):
                spots[name].append(index)
    mentions = []
    for atom in spots:
        for key in vocabulary.keys_at(atom):
            if key.kind == "english" and not text.english:
                continue
            if all(other in spots for other in key.atoms):
                mentions += _mentions_of(key, spots, text, vocabulary)
    return mentions


def _mentions_of(
    key: Key, spots: Mapping[str, list[int]], text: Text, vocabulary: Vocabulary
) -> Iterable[Mention]:
    rarest = min(key.atoms, key=lambda atom: len(spots[atom]))
    for anchor in spots[rarest]:
        chosen = {
            atom: min(spots[atom], key=lambda index: (abs(index - anchor), index)) for atom in key.atoms
        }
        indexes = sorted(set(chosen.values()))
        closeness = _closeness(key, [chosen[atom] for atom in key.atoms], indexes, text)
        if not closeness:
            continue
        covered = frozenset(
            (index, _plain(atom, text.tokens[index], vocabulary)) for atom, index in chosen.items()
        )
        firm = key.kind in ("word", "english")
        weight = (
            -1.0
            if key.kind == "not"
            else key.weight * closeness * _fit(covered, indexes, text, vocabulary.lexicon.measures)
        )
        yield Mention(key.concept, weight, firm, indexes[0], indexes[-1], covered)


def _plain(atom: str, token: Token, vocabulary: Vocabulary) -> str:
    """The atom of the token that stands for a class."""
    if not atom.startswith("@"):
        return atom
    return next(own for own in token.word.atoms if atom in vocabulary.lexicon.classes.get(own, ()))


def _closeness(key: Key, written_order: list[int], indexes: list[int], text: Text) -> float:
    """1 when the parts stand together as they should, less when strewn about, 0 when too far apart."""
    if len(indexes) == 1:
        return 1.0
    first, last = text.tokens[indexes[0]], text.tokens[indexes[-1]]
    gap = max(last.place - first.place - (len(indexes) - 1), 0)
    if gap > (1 if key.ordered else 0 if key.tight else _WIDEST_GAP) or first.segment != last.segment:
        return 0.0
    if key.ordered and written_order != sorted(written_order):
        return 0.0
    breaks = last.clause - first.clause
    if key.tight and breaks:
        return 0.0
    between = {token.text for token in text.tokens[indexes[0] + 1 : indexes[-1]]}
    if key.compound and between & _JOINING:
        return 0.0
    return _GAP_WEIGHTS[gap] * _CLAUSE_BREAK**breaks * (0.5 if between & _PARTING else 1.0)


def _fit(covered: frozenset[Spot], indexes: list[int], text: Text, measures: Set[str]) -> float:
    """How fully the key's atoms are what the words are about, and not only parts of other words."""
    fit = 1.0
    for index in indexes:
        word = text.tokens[index].word
        atoms = {atom for place, atom in covered if place == index}
        if word.atoms[word.head] in atoms:
            if len(indexes) == 1 and len(atoms) < word.head + 1:
                fit *= _KIND_OF_WEIGHT
        else:
            fit *= _PART_ONLY_WEIGHT if len(covered) == 1 else 0.5
        if word.kind == "spelled":
            fit *= 0.9
    if len(covered) == 1 and next(iter(covered))[1] in measures and _follows_number(text, indexes[0]):
        fit *= _MEASURE_WEIGHT
    return fit


def _follows_number(text: Text, index: int) -> bool:
    return index > 0 and text.tokens[index - 1].text[0].isdigit()


def _unsilenced(mentions: list[Mention]) -> list[Mention]:
    """Drop what a "not" covers, and turn down what lies wholly inside a longer firm find of another concept."""
    refused = [mention for mention in mentions if mention.weight < 0]
    longest = [
        mention for mention in mentions if mention.firm and mention.weight >= 0.45 and len(mention.spots) > 1
    ]
    kept: dict[tuple[str, frozenset[Spot]], Mention] = {}
    for mention in mentions:
        if mention.weight <= 0 or any(
            no.concept == mention.concept and no.spots >= mention.spots for no in refused
        ):
            continue
        if any(long.spots > mention.spots and long.concept != mention.concept for long in longest):
            mention = replace(mention, weight=mention.weight * _SILENCED_WEIGHT, firm=False)
        elif any(_is_part_of_word(mention, long) for long in longest):
            mention = replace(mention, weight=mention.weight * _HALF_SILENCED_WEIGHT)
        known = kept.get((mention.concept, mention.spots))
        if known is None or known.weight < mention.weight:
            kept[mention.concept, mention.spots] = mention
    return list(kept.values())


def _is_part_of_word(mention: Mention, long: Mention) -> bool:
    """ "drift af personalerestaurant" uses a part only of a word that another trade claims as a whole."""
    if long.first != long.last or long.concept == mention.concept:
        return False
    shared = {spot for spot in mention.spots if spot[0] == long.first}
    return bool(shared) and shared < long.spots


def _weighed(mentions: list[Mention], text: Text, vocabulary: Vocabulary, *, offer: bool) -> list[Mention]:
    scope = _Scope(text, vocabulary, offer=offer)
    leads: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.firm and mention.weight >= 0.5:
            leads[text.tokens[mention.first].sentence].append(mention)
    weighed = []
    for mention in mentions:
        weight = mention.weight * scope.weight(mention) * scope.after_preposition(mention, leads)
        if weight >= 0.03:
            weighed.append(replace(mention, weight=weight))
    return weighed


class _Scope:
    """What surrounds a mention: a "not", an aside, a training context, a sentence of tender language."""

    def __init__(self, text: Text, vocabulary: Vocabulary, *, offer: bool) -> None:
        self.text = text
        self.lexicon = vocabulary.lexicon
        self.offer = offer
        self._askers = {} if offer else self._ends_of_askers()
        self._sentence_weights = [self._sentence_weight(number) for number in range(text.sentences)]

    def weight(self, mention: Mention) -> float:
        tokens = self.text.tokens
        first = tokens[mention.first]
        weight = self._sentence_weights[first.sentence]
        if mention.last < self._askers.get(first.sentence, 0):
            weight *= _ASKER_WEIGHT
        for index in range(mention.first - 1, -1, -1):
            token = tokens[index]
            if token.sentence != first.sentence:
                break
            same_clause = token.clause == first.clause
            if same_clause and token.text in self.lexicon.negations:
                following = tokens[index + 1].text if index + 1 < len(tokens) else ""
                if following not in _NOT_REALLY_NOT:
                    return 0.0
            if same_clause and token.text in _ASIDE and not self.offer:
                weight *= 0.3
            if (
                self.offer
                and token.word.atoms
                and token.word.atoms[token.word.head] in _TRAINING
                and self._leads_on(index)
            ):
                weight *= 0.55
                break
        return weight

    def _ends_of_askers(self) -> dict[int, int]:
        """Where, in a sentence, those who ask end and what they ask for begins.

        "Lægehus mangler ...", "Vi er et malerfirma og vil leje ...", "Boligforening i Struer: ..."
        """
        ends: dict[int, int] = {}
        tokens = self.text.tokens
        for index, token in enumerate(tokens):
            if (
                token.text in _SEEKING
                and index + 1 < len(tokens)
                and tokens[index + 1].sentence == token.sentence
            ):
                ends.setdefault(token.sentence, index)
            introduced = [earlier.text for earlier in tokens[max(0, index - 2) : index]]
            if token.text in ("en", "et") and introduced in (["vi", "er"], ["jeg", "er"]):
                after = (
                    later
                    for later in range(index, len(tokens))
                    if tokens[later].text in ("og", "der", "som") or tokens[later].clause != token.clause
                )
                end = next(after, None)
                if end is not None and tokens[end].sentence == token.sentence:
                    ends.setdefault(token.sentence, end)
        return ends

    def _leads_on(self, index: int) -> bool:
        """ "småjobs i køkken": the trade after it is where people are trained."""
        tokens = self.text.tokens
        return index + 1 < len(tokens) and tokens[index + 1].text in (
            "i",
            "inden",
            "indenfor",
            "som",
            "hvor",
            "med",
        )

    def _sentence_weight(self, number: int) -> float:
        words = [
            token
            for token in self.text.tokens
            if token.sentence == number and (token.word.atoms or token.text in self.lexicon.tender)
        ]
        if self.offer or number == 0 or not words:
            return 1.0
        tender = sum(token.text in self.lexicon.tender for token in words) / len(words)
        length = len(self.text.tokens)
        by_place = 1.0 - min(number, 6) * (0.05 if length < 45 else 0.1)
        return by_place * (0.4 if tender >= 0.3 else 1.0)

    def after_preposition(self, mention: Mention, leads: Mapping[int, list[Mention]]) -> float:
        """What is named after the trade itself ("rengøring af skoler") says where, for whom or with what."""
        tokens = self.text.tokens
        first = tokens[mention.first]
        before = [
            lead
            for lead in leads.get(first.sentence, ())
            if lead.last < mention.first
            and lead.concept != mention.concept
            and not lead.spots & mention.spots
        ]
        if not before:
            return self._loosely_after_preposition(mention)
        weight = (
            0.55
            if first.after_colon
            and not self.offer
            and any(not tokens[lead.last].after_colon for lead in before)
            else 1.0
        )
        action = self._is_action(first)
        listed = 1.0  # a later item of a list stands less surely under the preposition before it
        for index in range(mention.first - 1, -1, -1):
            token = tokens[index]
            if token.segment != first.segment or token.after_colon != first.after_colon:
                break
            if token.clause != first.clause or token.text in _JOINING:
                if action or not self._may_list(mention):
                    break
                listed = 0.5
            if token.text[0].isdigit() and listed < 1:
                break
            if tokens[index + 1].text in ("at", "to") and token.text in (
                "til",
                "for",
                "om",
            ):  # "hænder til at pakke"
                break
            if token.text in _AFTER_PREPOSITION and any(lead.first < index for lead in before):
                return weight * _AFTER_PREPOSITION[token.text] ** listed
            if self._is_action(token):
                break
        return weight

    def _loosely_after_preposition(self, mention: Mention) -> float:
        """ "lamper til mødelokaler": something that is no known trade comes first; what follows still says where."""
        tokens = self.text.tokens
        first = tokens[mention.first]
        index = mention.first - 1
        while index >= 0 and not tokens[index].word.atoms and tokens[index].text not in _AFTER_PREPOSITION:
            index -= 1
        if (
            index < 1
            or tokens[index].text not in _AFTER_PREPOSITION
            or tokens[index].clause != first.clause
            or self._is_action(first)
        ):
            return 1.0
        thing = tokens[index - 1]
        if (
            thing.clause != first.clause
            or not thing.word.atoms
            or thing.word.atoms[thing.word.head] in self.lexicon.light
        ):
            return 1.0
        return float(_AFTER_PREPOSITION[tokens[index].text] ** 0.5) if not self._is_action(thing) else 1.0

    def _may_list(self, mention: Mention) -> bool:
        """A plain thing or place may be one more item after a preposition; a longer find stands for itself."""
        return len(mention.spots) == 1

    def _is_action(self, token: Token) -> bool:
        word = token.word
        return bool(word.atoms) and (
            self.lexicon.is_verb(word.atoms[word.head]) or token.text.endswith(("ing", "else", "service"))
        )
