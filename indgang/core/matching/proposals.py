# SPDX-License-Identifier: MPL-2.0
"""From a judged offer to a proposal: its score, up to three reasons, and the one thing that is missing."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indgang.core.matching.facts import MOST_FACTOR, Terms, Wanted, terms
from indgang.core.matching.judgement import Fit, Judge, Judged
from indgang.core.matching.listings import ReadOffer, Sold
from indgang.core.matching.places import Places
from indgang.core.matching.tasks import Task
from indgang.core.matching.values import Match
from indgang.core.matching.vocabulary import Vocabulary
from indgang.core.text import Reason, gettext_noop

# Below the first the answer is "nobody"; once somebody is above it, others are shown down to the second
# (docs/explanation/matching.md, "Nobody").
_LEAST_BEST = 0.40
_LEAST_BEST_SELDOM, _UNLESS_ALIKE, _LEADING = 0.7, 0.08, 0.9
_LEAST_SHOWN = 0.33
_SAME_TRADE = 0.93
_CLOSE_TRADE = 0.55
_WELL_SERVED = 0.5
_LONGEST_QUOTE = 90

# Raw scores and what they turned out to mean: the share of such proposals that could do the main thing asked
# for (grade 2 or 3), on the sets in tests/core/matching/data. Measured by `indgang match evaluate`.
_MEANING = (
    (0.0, 0.0),
    (0.33, 0.005),
    (0.45, 0.012),
    (0.55, 0.05),
    (0.65, 0.12),
    (0.75, 0.19),
    (0.83, 0.26),
    (0.875, 0.42),
    (0.915, 0.58),
    (0.94, 0.7),
    (0.97, 0.8),
    (0.985, 0.88),
    (1.0, 0.92),
)


class _Held(NamedTuple):
    """A judged offer with its terms; `rank` sorts the best first, ids between equals."""

    rank: tuple[float, str]
    judged: Judged
    terms: Terms

    def by_rank(self) -> tuple[float, str]:
        return self.rank


@dataclass(frozen=True, slots=True)
class Proposer:
    """Makes proposals for one need."""

    judge: Judge
    want: Wanted
    places: Places
    vocabulary: Vocabulary

    def matches(self, judged: Sequence[Judged], top: int) -> tuple[Match, ...]:
        """The best `top` proposals of the judged offers (best first); none when the best is not good enough."""
        best = max(judged, key=lambda one: one.sure, default=None)
        if best is None or best.sure < self._least(best):
            return ()
        held: list[_Held] = []
        for one in judged:
            if one.shown < _LEAST_SHOWN:
                continue
            if len(held) >= top and one.subject * MOST_FACTOR < -held[top - 1].rank[0]:
                break  # neither this one nor those after it can come among the best `top`
            its = self._terms(one)
            insort(held, _Held((-one.subject * its.factor, one.offer.offer.id), one, its), key=_Held.by_rank)
        return tuple(self._match(each.judged, each.terms) for each in held[:top])

    def _least(self, best: Judged) -> float:
        """What the best must reach; more when a trade is asked for that is seldom sold, and the words are others too."""
        tasks = self.judge.profile.tasks
        heaviest = max((task.weight for task in tasks), default=0.0)
        seldom = any(
            self.vocabulary.concepts[task.lead].seldom for task in tasks if task.weight >= _LEADING * heaviest
        )
        return _LEAST_BEST_SELDOM if seldom and best.alike < _UNLESS_ALIKE else _LEAST_BEST

    def _match(self, one: Judged, held: Terms) -> Match:
        score = round(meaning(one.subject * held.factor), 2)
        return Match(one.offer.offer.id, score, self._reasons(one, held), self._missing(one, held))

    def _terms(self, one: Judged) -> Terms:
        sold = one.offer.trades.get(one.fit.sold)
        if sold is None:
            return Terms(1.0, (), ())
        concept = self.vocabulary.concepts[one.fit.asked]
        listing = one.offer.offer.listings[sold.listing]
        return terms(self.want, listing, self.places, reach=concept.reach, season=concept.season)

    def _reasons(self, one: Judged, held: Terms) -> tuple[Reason, ...]:
        first = self._subject_reason(one.offer, one.fit)
        return (first, *self._other_tasks(one)[:1], *held.reasons)[:3]

    def _subject_reason(self, offer: ReadOffer, fit: Fit) -> Reason:
        sold = offer.trades.get(fit.sold)
        if sold is None:
            return Reason(
                gettext_noop("Bruger nogle af de samme ord: »%(quote)s«"), {"quote": _opening(offer)}
            )
        values = {
            "sold": self.vocabulary.label(fit.sold),
            "asked": self.vocabulary.label(fit.asked),
            "quote": quote(offer, sold),
        }
        if sold.start < 0:
            return Reason(gettext_noop("Har koden for %(sold)s blandt det, de sælger"), values)
        if fit.kinship >= _SAME_TRADE:
            return Reason(gettext_noop("Sælger %(sold)s – »%(quote)s«"), values)
        if fit.kinship >= _CLOSE_TRADE:
            return Reason(gettext_noop("Sælger %(sold)s, som ligger tæt på %(asked)s – »%(quote)s«"), values)
        return Reason(
            gettext_noop("Sælger %(sold)s, som kan dække en del af %(asked)s – »%(quote)s«"), values
        )

    def _other_tasks(self, one: Judged) -> list[Reason]:
        reasons = []
        for other in self.judge.several:
            fit = self.judge.fit(other, one.offer)
            sold = one.offer.trades.get(fit.sold)
            if other is not one.task and sold is not None and sold.start >= 0 and self._serves(fit, other):
                values = {"sold": self.vocabulary.label(fit.sold), "quote": quote(one.offer, sold)}
                reasons.append(Reason(gettext_noop("Kan også tage %(sold)s – »%(quote)s«"), values))
        return reasons

    def _serves(self, fit: Fit, task: Task) -> bool:
        return fit.value >= _WELL_SERVED * task.weight

    def _missing(self, one: Judged, held: Terms) -> Reason | None:
        if held.missing:
            return held.missing[0]
        if one.fit.sold and one.fit.kinship < _CLOSE_TRADE:
            asked = {"asked": self.vocabulary.label(one.fit.asked)}
            return Reason(gettext_noop("Skriver ikke selv, at de tager %(asked)s: ring og spørg"), asked)
        for other in self.judge.several:
            if not self._serves(self.judge.fit(other, one.offer), other):
                left = {"asked": self.vocabulary.label(other.lead)}
                return Reason(gettext_noop("I skal finde en anden til %(asked)s"), left)
        return None


def meaning(raw: float) -> float:
    """The share of proposals with this raw score that could do the main thing asked for."""
    for (low, low_share), (high, high_share) in pairwise(_MEANING):
        if raw <= high:
            return low_share + (high_share - low_share) * (raw - low) / (high - low)
    return _MEANING[-1][1]


def quote(offer: ReadOffer, sold: Sold) -> str:
    """The listing's own words around the place where the trade is named, at most 90 characters."""
    text = offer.offer.listings[sold.listing].text
    start = max((text.rfind(mark, 0, sold.start) + 1 for mark in ".;:\n!?("), default=0)
    ends = [place for mark in ".;\n!?)" if (place := text.find(mark, sold.end)) >= 0]
    end = min(ends, default=len(text))
    if end - start > _LONGEST_QUOTE:
        start = max(start, _word_start(text, sold.start - (_LONGEST_QUOTE - (sold.end - sold.start)) // 2))
        end = min(end, _word_end(text, max(start + _LONGEST_QUOTE, sold.end)))
    return _shorten(text[start:end])


def _word_start(text: str, place: int) -> int:
    return max(text.rfind(" ", 0, max(place, 0)) + 1, 0)


def _word_end(text: str, place: int) -> int:
    found = text.find(" ", place)
    return found if found >= 0 else len(text)


def _shorten(words: str) -> str:
    words = " ".join(words.split()).strip(" ,-–")
    return words if len(words) <= 2 * _LONGEST_QUOTE else f"{words[: 2 * _LONGEST_QUOTE].rstrip()}…"


def _opening(offer: ReadOffer) -> str:
    texts: Sequence[str] = [listing.text for listing in offer.offer.listings] or [offer.offer.name]
    words = " ".join(texts[0].split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _word_end(words, _LONGEST_QUOTE)]}…"
