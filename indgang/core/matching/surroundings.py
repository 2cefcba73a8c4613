# SPDX-License-Identifier: MPL-2.0
"""What stands around a mention and how much it leaves of it.

Words that are negated, asked for in passing, said of those who ask, or that only say where, for whom or with
what, weigh less; so does a sentence in the language of tenders.
"""

from collections import defaultdict
from collections.abc import Iterable

from indgang.core.matching.mentions import Mention
from indgang.core.matching.tokens import Text, Token
from indgang.core.matching.words import Lexicon

_TO_WHOM = ("til", "for", "to")  # "levering til kantiner": customers
_LEADING = 0.5
_ASIDE, _TRAINING, _ASKER, _OWNER, _OURSELVES = 0.3, 0.35, 0.35, 0.35, 0.35
_AFTER_COLON = 0.45
_TENDER_SENTENCE, _TENDER_SHARE = 0.4, 0.3
_SHORT_TEXT = 45
_LIST_ITEM = 0.5  # a later item of a list stands less surely under the preposition before it
_LEAST = 0.03
_NOT_REALLY_NOT = frozenset(("kun", "bare", "blot"))  # "ikke kun rengøring"
_NEAR = 2  # words with meaning
_WE_BEGIN, _SHORT_NAME = ("vi", "vores", "jeg"), 3
_WE, _OWN = ("vi", "kommunen", "bygherre", "bygherren"), ("selv", "varetages")
_INFINITIVE = (("til", "for", "om"), ("at", "to"))  # "hænder til at pakke": no place, a purpose
_LEADS_ON = frozenset(("i", "inden", "indenfor", "som", "hvor", "med"))


class Surroundings:
    """Weighs the mentions of one text. In a listing (`offer`) training contexts count for less, and nothing is an aside."""

    def __init__(self, text: Text, lexicon: Lexicon, *, offer: bool) -> None:
        self.tokens = text.tokens
        self.lexicon = lexicon
        self.prepositions = lexicon.english_prepositions if text.english else lexicon.prepositions
        self.offer = offer
        self._askers = set() if offer else self._find_askers()
        self._ours = set() if offer else self._find_ours()
        self._how: dict[int, float] = {}
        self._sentence_weights = [self._sentence_weight(number) for number in range(text.sentences)]

    def weigh(self, mentions: Iterable[Mention]) -> list[Mention]:
        mentions = list(mentions)
        leads: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.firm and mention.weight >= _LEADING:
                leads[self.tokens[mention.first].sentence].append(mention)
        weighed = []
        for mention in mentions:
            others = leads.get(self.tokens[mention.first].sentence, ())
            factor = self._said_how(mention.first)
            if factor and mention.first in self._askers and mention.last in self._askers:
                factor *= _ASKER
            elif factor and mention.first == mention.last and self._is_owner(mention.first):
                factor *= _OWNER
            if factor:
                factor *= self._said_where(mention, others)
            if self.tokens[mention.first].clause in self._ours:
                factor *= _OURSELVES
            if mention.weight * factor >= _LEAST:
                weighed.append(mention if factor == 1.0 else mention.weighing(factor))
        return weighed

    def _said_how(self, start: int) -> float:
        """Negated, in passing, as a place of training, in a sentence about the contract."""
        if start not in self._how:
            self._how[start] = self._look_back(start)
        return self._how[start]

    def _look_back(self, start: int) -> float:
        first = self.tokens[start]
        grammar = self.lexicon.grammar
        weight = self._sentence_weights[first.sentence]
        for index in range(start - 1, -1, -1):
            token = self.tokens[index]
            if token.sentence != first.sentence:
                break
            if token.clause == first.clause:
                if self._is_negated(index, start):
                    return 0.0
                if token.text in grammar["asides"] and not self.offer:
                    weight *= _ASIDE
            if (
                self.offer
                and self._head(token) in grammar["training"]
                and self._is_followed_by(index, _LEADS_ON)
            ):
                return weight * _TRAINING
        return weight

    def _is_negated(self, index: int, start: int) -> bool:
        """Does the word at `index` turn off what stands at `start`?"""
        token = self.tokens[index]
        if token.text in self.lexicon.grammar["without"]:
            return self._is_near(index, start)
        if token.text not in self.lexicon.negations or self._is_followed_by(index, _NOT_REALLY_NOT):
            return False
        before = {earlier.text for earlier in self.tokens[max(0, index - 2) : index]}
        return self.offer or before.isdisjoint(self.lexicon.grammar["unable"])

    def _is_near(self, index: int, start: int) -> bool:
        """ "uden kød til 40" leaves out the meat, but not what comes after; "uden for byen" leaves out nothing."""
        near = self.tokens[start].place - self.tokens[index].place < _NEAR
        between = {token.text for token in self.tokens[index + 1 : start]}
        return near and between.isdisjoint(self.prepositions)

    def _is_followed_by(self, index: int, words: Iterable[str]) -> bool:
        return index + 1 < len(self.tokens) and self.tokens[index + 1].text in words

    def _sentence_weight(self, number: int) -> float:
        words = [
            token
            for token in self.tokens
            if token.sentence == number and (token.word.atoms or token.text in self.lexicon.tender)
        ]
        if self.offer or number == 0 or not words:
            return 1.0
        tender = sum(token.text in self.lexicon.tender for token in words) / len(words)
        by_place = 1.0 - min(number, 6) * (0.05 if len(self.tokens) < _SHORT_TEXT else 0.1)
        return by_place * (_TENDER_SENTENCE if tender >= _TENDER_SHARE else 1.0)

    def _find_askers(self) -> set[int]:
        """The tokens that say who asks: "Lægehus mangler ...", "Gæstehus: vi ...", "Vi er et malerfirma og vil ..."."""
        askers: set[int] = set()
        tokens = self.tokens
        for index, token in enumerate(tokens):
            if token.text in self.lexicon.grammar["seeking"] and self._is_followed_within_sentence(index):
                start = index
                while start > 0 and not self._ends_clause(tokens[start - 1], token):
                    start -= 1
                askers.update(range(start, index))
            if (
                token.text in _WE_BEGIN
                and token.after_colon
                and not tokens[index - 1].after_colon
                and index <= _SHORT_NAME
            ):
                askers.update(range(index))
            introduced = [earlier.text for earlier in tokens[max(0, index - 2) : index]]
            if token.text in ("en", "et") and introduced in (["vi", "er"], ["jeg", "er"]):
                end = index
                while end + 1 < len(tokens) and not self._ends_clause(tokens[end + 1], token):
                    end += 1
                if self._is_followed_within_sentence(end):
                    askers.update(range(index, end + 1))
        return askers

    def _find_ours(self) -> set[int]:
        """The clauses about what they who ask have or do themselves: "stof har vi selv", "kørsel varetages af kommunen"."""
        words: dict[int, list[str]] = defaultdict(list)
        for token in self.tokens:
            words[token.clause].append(token.text)
        negations = self.lexicon.negations
        return {
            clause
            for clause, said in words.items()
            if any(who in said for who in _WE)
            and any(how in said for how in _OWN)
            and negations.isdisjoint(said)
        }

    def _is_followed_within_sentence(self, index: int) -> bool:
        return index + 1 < len(self.tokens) and self.tokens[index + 1].sentence == self.tokens[index].sentence

    def _is_owner(self, index: int) -> bool:
        """ "hjemmeplejens biler": the home care owns what is spoken of."""
        following = self.tokens[index + 1 : index + 2]
        same_clause = bool(following) and following[0].clause == self.tokens[index].clause
        return same_clause and self.lexicon.is_genitive(self.tokens[index].text)

    def _ends_clause(self, token: Token, begun: Token) -> bool:
        return token.text in self.lexicon.grammar["joining"] or token.clause != begun.clause

    def _said_where(self, mention: Mention, others: Iterable[Mention]) -> float:
        """What is named after the trade itself ("rengøring af skoler") says where, for whom or with what."""
        first = self.tokens[mention.first]
        before = [lead for lead in others if lead.last < mention.first and lead.concept != mention.concept]
        if not before:
            return self._after_something_else(mention)
        weight = 1.0
        if (
            first.after_colon
            and not self.offer
            and any(
                not self.tokens[lead.last].after_colon for lead in before if not lead.is_place(self.lexicon)
            )
        ):
            weight = _AFTER_COLON
        earliest = min(lead.first for lead in before)
        return weight * self._after_preposition(mention, earliest)

    def _after_preposition(self, mention: Mention, earliest: int) -> float:
        """Walk back to the preposition that a mention stands under, over the items of a list."""
        first = self.tokens[mention.first]
        action, listed = self._is_action(first), 1.0
        for index in range(mention.first - 1, earliest, -1):
            token = self.tokens[index]
            if token.segment != first.segment or token.after_colon != first.after_colon:
                break
            if token.clause != first.clause or token.text in self.lexicon.grammar["joining"]:
                if action or len(mention.spots) > 1:  # an activity, or a longer find, stands for itself
                    break
                listed = _LIST_ITEM
            if token.text[0].isdigit() and listed < 1:
                break
            if token.text in _INFINITIVE[0] and self._is_followed_by(index, _INFINITIVE[1]):
                break
            if token.text in self.prepositions:
                return float(self.prepositions[token.text] ** listed)
            if self._is_action(token):
                break
        return 1.0

    def _after_something_else(self, mention: Mention) -> float:
        """ "lamper til mødelokaler": something that is no known trade comes first; what follows still says where."""
        first = self.tokens[mention.first]
        index = mention.first - 1
        while (
            index >= 0
            and not self.tokens[index].word.atoms
            and self.tokens[index].text not in self.prepositions
        ):
            index -= 1
        if index < 1 or self.tokens[index].text not in self.prepositions:
            return 1.0
        thing = self.tokens[index - 1]
        if (
            self.tokens[index].clause != first.clause
            or thing.clause != first.clause
            or self._is_action(first)
        ):
            return 1.0
        if self._head(thing) in self.lexicon.delivering and self.tokens[index].text in _TO_WHOM:
            return float(self.prepositions[self.tokens[index].text])
        if self._is_action(thing) or self._head(thing) in ("", *self.lexicon.light):
            return 1.0
        return float(self.prepositions[self.tokens[index].text] ** 0.5)

    def _head(self, token: Token) -> str:
        return token.word.atoms[token.word.head] if token.word.atoms else ""

    def _is_action(self, token: Token) -> bool:
        head = self._head(token)
        return bool(head) and (self.lexicon.is_verb(head) or token.text.endswith(("ing", "else", "service")))
