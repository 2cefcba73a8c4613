# SPDX-License-Identifier: MPL-2.0
"""What an enterprise sells, read once and kept small: trades, how firmly each is sold, and where it says so."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indgang.core.matching.classification import Classification
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.letters import Letters, Written
from indgang.core.matching.mentions import Mention
from indgang.core.matching.reading import Reading, read
from indgang.core.matching.tokens import Text, Token
from indgang.core.matching.values import Listing, Offer
from indgang.core.matching.vocabulary import Vocabulary

_LEAST = 0.2  # weaker readings are noise
_FROM_CODE = 0.75  # a code alone says less than words
_SIDE_BY_SIDE = 0.04  # each further unrelated trade takes this share of the focus
_LEAST_FOCUS = 0.88
_FOCUS_FROM = 0.5
_KINDRED = 0.4


@dataclass(frozen=True, slots=True)
class Sold:
    """One trade of an offer: how firmly it is sold (0-1), in which listing, and where in its text (-1: by code).

    `firmness` is the square root of `strength`: a trade named in passing is still sold.
    """

    strength: float
    firmness: float
    listing: int
    start: int
    end: int

    @classmethod
    def of(cls, strength: float, listing: int, start: int = -1, end: int = -1) -> "Sold":
        return cls(strength, math.sqrt(strength), listing, start, end)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads offers; safe to share between threads."""

    vocabulary: Vocabulary
    letters: Letters
    kinship: Kinship
    classification: Classification

    def read(self, offer: Offer) -> "ReadOffer":
        trades: dict[str, Sold] = {}
        atoms: set[str] = set()
        texts: list[Text] = []
        for number, listing in enumerate(offer.listings):
            reading = read(listing.text, self.vocabulary, offer=True)
            atoms.update(reading.atoms())
            texts.append(reading.text)
            for trade, sold in self._sold(number, listing, reading).items():
                known = trades.get(trade)
                if known is None or known.strength < sold.strength:
                    trades[trade] = sold
        return ReadOffer(offer, trades, frozenset(atoms), self.letters.read(*texts), self._focus(trades))

    def _focus(self, trades: Mapping[str, Sold]) -> float:
        """Less for an enterprise of many unrelated trades; kindred ones count once."""
        leads: list[str] = []
        for trade, sold in sorted(trades.items(), key=lambda item: (-item[1].strength, item[0])):
            if sold.strength >= _FOCUS_FROM and not any(self._are_kin(lead, trade) for lead in leads):
                leads.append(trade)
        return max(_LEAST_FOCUS, 1.0 - _SIDE_BY_SIDE * max(len(leads) - 1, 0))

    def _are_kin(self, one: str, other: str) -> bool:
        return max(self.kinship.between(one, other), self.kinship.between(other, one)) >= _KINDRED

    def _sold(self, number: int, listing: Listing, reading: Reading) -> dict[str, Sold]:
        tokens = reading.text.tokens
        trades = {
            trade: Sold.of(strength, number, *_place(reading.evidence[trade], tokens))
            for trade, strength in reading.strengths.items()
            if strength >= _LEAST
        }
        for code in listing.cpv:
            for trade, weight in self.classification.trades_of(code).items():
                known = trades.get(trade)
                if known is None or known.strength < _FROM_CODE * weight:
                    trades[trade] = Sold.of(_FROM_CODE * weight, number)
        return trades


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """An offer with its trades. `focus` (0.88-1) is less for enterprises that sell a great many things."""

    offer: Offer
    trades: Mapping[str, Sold]
    atoms: frozenset[str]
    written: Written
    focus: float


def _place(mention: Mention, tokens: Sequence[Token]) -> tuple[int, int]:
    return tokens[mention.first].start, tokens[mention.last].end
