# SPDX-License-Identifier: MPL-2.0
"""Taking a text apart into things that are sold separately, by the trades that its sentences speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indgang.core.matching import Language
from indgang.core.matching.reading import Reading, read
from indgang.directory.categories import categories_of

FIRM = 0.45
KIN = 0.4
MOST_PARTS = 6
LONGEST_ITEM = 3
"""Words of one thing in a bare list; longer ones are sentences, whose "og" joins anything."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9])|\n+|;\s*")
_BULLET = re.compile(r"^\s*(?:[-–•*·]|\d+[.)])\s+")
_LIST = re.compile(r",\s*(?:og\s+|samt\s+)?|\s+(?:og|samt)\s+")
_TERMS = re.compile(
    r"\b(?:leverer|kører|kommer|dækker|henter|bringer|varsel|leveringstid|før|mindste|største|pris\w*|kr|kroner|uge\w*|dag\w*)\b",
    re.IGNORECASE,
)
"""Words of sentences that say how something is sold rather than what."""


@dataclass
class _Part:
    trades: set[str]
    texts: list[str] = field(default_factory=list)


def parts_of(text: str, language: Language) -> list[str]:
    """Unrelated things apart, each in the seller's own words; a text about one thing stays whole.

    A sentence without a trade of its own goes with the one before it; kindred trades are one thing.
    """
    parts: list[_Part] = []
    loose: list[str] = []
    for sentence in _sentences(text, language):
        trades = _trades(sentence, language)
        home = next((part for part in parts if _are_near(part.trades, trades, language)), None)
        if trades and home is None:
            parts.append(_Part(trades, [*loose, sentence]))
            loose = []
        elif home is not None:
            home.texts.append(sentence)
            home.trades |= trades
        elif parts:
            parts[-1].texts.append(sentence)
        else:
            loose.append(sentence)
    if len(parts) < 2:
        return [text.strip()]
    return [_joined(part.texts) for part in parts[:MOST_PARTS]]


def _joined(texts: list[str]) -> str:
    """Sentences in a row; bullets each on a line."""
    return "".join(f"{text} " if text[-1] in ".!?" else f"{text}\n" for text in texts).strip()


def understood(text: str, language: Language) -> Reading:
    """The trades a listing speaks of."""
    return read(text, language.vocabulary, offer=True)


def _sentences(text: str, language: Language) -> Iterator[str]:
    for piece in _SENTENCE.split(text):
        sentence = _BULLET.sub("", piece).strip()
        if sentence:
            yield from _listed(sentence, language)


def _listed(sentence: str, language: Language) -> list[str]:
    """'Havearbejde, cykelreparation og catering' is three things; 'ost, pølse og brød' is one."""
    items = [item.strip(" .") for item in _LIST.split(sentence)]
    if len(items) < 2 or any(len(item.split()) > LONGEST_ITEM for item in items):
        return [sentence]
    trades = [_trades(item, language) for item in items]
    if not all(trades):
        return [sentence]
    kin = any(_are_kin(one, other, language) for n, one in enumerate(trades) for other in trades[n + 1 :])
    return [sentence] if kin else [item[:1].upper() + item[1:] for item in items]


def _trades(sentence: str, language: Language) -> set[str]:
    """Trades that a sentence names outright; none when it only says where, when or how much."""
    reading = understood(sentence, language)
    firm = {
        trade
        for trade, strength in reading.strengths.items()
        if strength >= FIRM and reading.evidence[trade].firm
    }
    if len(firm) == 1 and _TERMS.search(sentence) and len(sentence.split()) <= 9:
        return set() if max(reading.strengths.values()) < 2 * FIRM else firm
    return firm


def _are_kin(some: set[str], others: set[str], language: Language) -> bool:
    """Trades that may stand in one list of one thing: near each other, or in the same human category."""
    return _are_near(some, others, language) or not _categories(some, language).isdisjoint(
        _categories(others, language)
    )


def _are_near(some: set[str], others: set[str], language: Language) -> bool:
    kinship = language.kinship
    return any(
        one == other or max(kinship.between(one, other), kinship.between(other, one)) >= KIN
        for one in some
        for other in others
    )


def _categories(trades: set[str], language: Language) -> frozenset[str]:
    concepts = (language.vocabulary.concepts[trade] for trade in trades)
    return categories_of(code for concept in concepts for code in concept.cpv[:1])
