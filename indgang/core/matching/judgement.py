# SPDX-License-Identifier: MPL-2.0
"""How well one offer answers one need, by subject matter alone.

A task of a need names trades with weights; an offer sells trades with strengths; kinship says how well one
serves for the other. The best trade of a task counts most, the whole of it somewhat; the best task decides,
further tasks add a little.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indgang.core.matching.kinship import Kinship
from indgang.core.matching.letters import Likeness
from indgang.core.matching.listings import ReadOffer
from indgang.core.matching.tasks import Profile, Task

_BEST_TRADE = 0.5
_WEIGHT_POWER = 1.5
_SECOND_TRADE = 0.3  # what a second kindred trade adds of what is missing
_FURTHER_TASK = 0.05
_SHARED_WORDS = 0.06
# What telling words in common add of what is missing to 1: beside a trade named outright, and without one.
# The first decides whether anybody fits, the second who comes first.
_WORDS_BESIDE_TRADES, _WORDS_ALONE = (0.45, 0.65), (0.7, 0.7)
# Likeness of letters orders those who fit, and shows those who use the same words once somebody fits.
_LETTERS, _ALIKE_SHOWN = 2.0, 2.0
_LONG_NEED = 8.0  # telling words; in a longer text each says less


@dataclass(frozen=True, slots=True)
class Fit:
    """How an offer serves a task: `value` 0-1, through which asked and which sold trade."""

    value: float
    asked: str
    sold: str
    kinship: float


NO_FIT = Fit(0.0, "", "", 0.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer with its `subject` (0-1, before place, size and time) and the task it serves best.

    `sure` (0-1), by trades and telling words, decides whether anybody fits; `shown` (0-1) who is then shown.
    `alike` (0-1) is the likeness of letters, of those that were compared.
    """

    subject: float
    sure: float
    shown: float
    offer: ReadOffer
    task: Task | None
    fit: Fit
    alike: float = 0.0


class Judge:
    """Judges offers against one need; made anew for each need."""

    def __init__(
        self, profile: Profile, kinship: Kinship, telling: Mapping[str, float], likeness: Likeness
    ) -> None:
        """`telling`: how much each word of the need says when an offer shares it (0-1). `likeness`: to its text."""
        self.profile = profile
        self.several = profile.several()
        self._firm = profile.is_firm
        self._asked = {
            task: [
                (trade, weight, weight**_WEIGHT_POWER, kinship.of(trade))
                for trade, weight in task.trades.items()
            ]
            for task in profile.tasks
        }
        self._shares = {task: sum(share for _, _, share, _ in asked) for task, asked in self._asked.items()}
        self._reached = {
            task: frozenset(trade for *_, kin in asked for trade in kin)
            for task, asked in self._asked.items()
        }
        self._words = dict(telling)
        self._atoms = frozenset(self._words)
        self._all_words = sum(self._words.values()) or 1.0
        self._likeness = likeness
        self._each_word = min(1.0, _LONG_NEED / self._all_words)
        self._by_words = _WORDS_BESIDE_TRADES if self._firm else _WORDS_ALONE

    def ranked(self, offers: Iterable[ReadOffer], compared: int) -> list[Judged]:
        """Offers by subject matter, best first; ids decide between equals. The best `compared` also by letters."""
        judged = sorted(map(self._judge, offers), key=lambda one: (-one.sure, one.offer.offer.id))
        best = [self._compared(one) for one in judged[:compared]]
        return sorted(best + judged[compared:], key=lambda one: (-one.subject, one.offer.offer.id))

    def _compared(self, one: Judged) -> Judged:
        """Moved up by how alike the words are."""
        alike = self._likeness.of(one.offer.written)
        raised = 1.0 - (1.0 - one.subject) * max(0.0, 1.0 - _LETTERS * alike)
        shown = max(one.sure, _ALIKE_SHOWN * alike)
        return Judged(raised, one.sure, shown, one.offer, one.task, one.fit, alike)

    def _judge(self, offer: ReadOffer) -> Judged:
        best, best_task, others = NO_FIT, None, 0.0
        for task in self.profile.tasks:
            fit = self.fit(task, offer)
            if best_task is None or fit.value > best.value:
                others += best.value
                best, best_task = fit, task
            else:
                others += fit.value
        shared = math.fsum(map(self._words.__getitem__, self._atoms & offer.atoms))
        subject = best.value + _FURTHER_TASK * others + _SHARED_WORDS * shared / self._all_words
        alike = 1.0 - math.exp(-shared * self._each_word)
        missing = 1.0 - min(1.0, subject)
        sure, ranked = (offer.focus * (1.0 - missing * (1.0 - by * alike)) for by in self._by_words)
        return Judged(ranked, sure, sure, offer, best_task, best)

    def fit(self, task: Task, offer: ReadOffer) -> Fit:
        """How an offer serves one task of the need."""
        best = NO_FIT
        reached = self._reached[task]
        if reached.isdisjoint(offer.trades):
            return best
        offered = [(trade, one.firmness) for trade, one in offer.trades.items() if trade in reached]
        whole = 0.0
        for asked, weight, share, kin in self._asked[task]:
            first = second = 0.0
            sold = ""
            for trade, firmness in offered:
                value = kin.get(trade, 0.0) * firmness
                if value > first:
                    first, second, sold = value, first, trade
                elif value > second:
                    second = value
            first += (1.0 - first) * _SECOND_TRADE * second
            whole += share * first
            if first * weight > best.value:
                best = Fit(first * weight, asked, sold, kin.get(sold, 0.0))
        value = task.weight * (_BEST_TRADE * best.value + (1 - _BEST_TRADE) * whole / self._shares[task])
        return Fit(value, best.asked, best.sold, best.kinship)
