# SPDX-License-Identifier: MPL-2.0
"""How well one offer answers one need, by subject matter alone.

A task of a need names trades with weights; an offer sells trades with strengths; kinship says how well one
serves for the other. The best trade of a task counts most, the whole of it somewhat; the best task decides,
further tasks add a little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indgang.core.matching.kinship import Kinship
from indgang.core.matching.listings import ReadOffer
from indgang.core.matching.tasks import Profile, Task

_BEST_TRADE = 0.6
_WEIGHT_POWER = 1.5
_SECOND_TRADE = 0.3  # what a second kindred trade adds of what is missing
_FURTHER_TASK = 0.1
_STRENGTH_POWER = 0.5
_SHARED_WORDS = 0.06
_BY_WORDS_ALONE = 0.5


@dataclass(frozen=True, slots=True)
class Fit:
    """How an offer serves a task: `value` 0-1, through which asked and which sold trade."""

    value: float
    asked: str
    sold: str
    kinship: float


class Judge:
    """Judges offers against one need; made anew for each need."""

    def __init__(self, profile: Profile, kinship: Kinship, rarity: Mapping[str, float]) -> None:
        self.profile = profile
        self._kin = {trade: kinship.of(trade) for task in profile.tasks for trade in task.trades}
        self._words = {atom: rarity.get(atom, 0.0) for atom in set(profile.reading.atoms())}
        self._all_words = sum(self._words.values()) or 1.0

    def subject(self, offer: ReadOffer) -> float:
        """0-1: subject matter, before place, size and time."""
        fits = sorted((self.fit(task, offer).value for task in self.profile.tasks), reverse=True)
        shared = self._shared_words(offer)
        if not self.profile.is_firm:
            by_words = _BY_WORDS_ALONE * shared
            return min(1.0, max(fits[0] if fits else 0.0, by_words)) * offer.focus
        total = fits[0] + _FURTHER_TASK * sum(fits[1:])
        if total:
            total += _SHARED_WORDS * shared
        return min(1.0, total) * offer.focus

    def fit(self, task: Task, offer: ReadOffer) -> Fit:
        best = Fit(0.0, task.lead, "", 0.0)
        whole = weights = 0.0
        for asked, weight in task.trades.items():
            kin = self._kin[asked]
            served = sorted(
                (
                    (kin[trade] * _firmness(one.strength), trade)
                    for trade, one in offer.trades.items()
                    if trade in kin
                ),
                reverse=True,
            )
            value, sold = served[0] if served else (0.0, "")
            if len(served) > 1:
                value += (1.0 - value) * _SECOND_TRADE * served[1][0]
            share = weight**_WEIGHT_POWER
            whole += share * value
            weights += share
            if value * weight > best.value:
                best = Fit(value * weight, asked, sold, kin.get(sold, 0.0))
        value = task.weight * (_BEST_TRADE * best.value + (1 - _BEST_TRADE) * whole / weights)
        return Fit(value, best.asked, best.sold, best.kinship)

    def best_fit(self, offer: ReadOffer) -> tuple[Task | None, Fit]:
        """The task of the need that the offer serves best."""
        fits = [(task, self.fit(task, offer)) for task in self.profile.tasks]
        return max(fits, key=lambda pair: pair[1].value, default=(None, Fit(0.0, "", "", 0.0)))

    def _shared_words(self, offer: ReadOffer) -> float:
        return sum(weight for atom, weight in self._words.items() if atom in offer.atoms) / self._all_words


@lru_cache(maxsize=4096)
def _firmness(strength: float) -> float:
    return float(strength**_STRENGTH_POWER)


def ranked(judge: Judge, offers: Sequence[ReadOffer]) -> list[tuple[float, ReadOffer]]:
    """Offers by subject matter, best first; ids decide between equals."""
    judged = [(judge.subject(offer), offer) for offer in offers]
    return sorted(judged, key=lambda pair: (-pair[0], pair[1].offer.id))
