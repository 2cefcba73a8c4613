# SPDX-License-Identifier: MPL-2.0
"""From a judged offer to a proposal: its score, up to three reasons, and the one thing that is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indgang.core.matching.facts import Terms, Wanted, terms
from indgang.core.matching.judgement import Fit, Judge
from indgang.core.matching.listings import ReadOffer, Sold
from indgang.core.matching.places import Places
from indgang.core.matching.tasks import Task
from indgang.core.matching.values import Match
from indgang.core.matching.vocabulary import Vocabulary
from indgang.core.text import Reason, gettext_noop

LEAST_SUBJECT = 0.30  # below this an offer is not shown at all (docs/explanation/matching.md, "Nobody")
_SAME_TRADE = 0.93
_CLOSE_TRADE = 0.55
_WELL_SERVED = 0.5
_LONGEST_QUOTE = 90

# Raw scores and what they turned out to mean: the share of such proposals that could do the main thing asked
# for (grade 2 or 3), on the sets in tests/core/matching/data. Measured by `indgang match evaluate`.
_MEANING = (
    (0.0, 0.0),
    (0.30, 0.08),
    (0.45, 0.22),
    (0.55, 0.42),
    (0.65, 0.62),
    (0.80, 0.80),
    (0.92, 0.90),
    (1.0, 0.95),
)


@dataclass(frozen=True, slots=True)
class Proposer:
    """Makes proposals for one need."""

    judge: Judge
    want: Wanted
    places: Places
    vocabulary: Vocabulary

    def for_part(self, judge: Judge) -> "Proposer":
        return replace(self, judge=judge)

    def matches(self, judged: Iterable[tuple[float, ReadOffer]], top: int) -> tuple[Match, ...]:
        """The best `top` proposals; `judged` are offers with their score by subject matter."""
        weighed = []
        for subject, offer in judged:
            task, fit = self.judge.best_fit(offer)
            held = self._terms(offer, fit)
            weighed.append((subject * held.factor, offer, task, fit, held))
        weighed.sort(key=lambda entry: (-entry[0], entry[1].offer.id))
        return tuple(
            Match(
                offer.offer.id,
                round(meaning(score), 2),
                self._reasons(offer, task, fit, held),
                self._missing(offer, fit, held),
            )
            for score, offer, task, fit, held in weighed[:top]
        )

    def _terms(self, offer: ReadOffer, fit: Fit) -> Terms:
        sold = offer.trades.get(fit.sold)
        if sold is None or not offer.offer.listings:
            return Terms(1.0, (), ())
        concept = self.vocabulary.concepts[fit.asked]
        return terms(
            self.want,
            offer.offer.listings[sold.listing],
            self.places,
            reach=concept.reach,
            season=concept.season,
        )

    def _reasons(self, offer: ReadOffer, task: Task | None, fit: Fit, held: Terms) -> tuple[Reason, ...]:
        first = self._subject_reason(offer, fit)
        others = [] if task is None else self._other_tasks(offer, task)
        return (first, *others[:1], *held.reasons)[:3]

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

    def _other_tasks(self, offer: ReadOffer, task: Task) -> list[Reason]:
        reasons = []
        for other in self.judge.profile.several():
            if other.lead == task.lead:
                continue
            fit = self.judge.fit(other, offer)
            sold = offer.trades.get(fit.sold)
            if sold is not None and sold.start >= 0 and fit.value >= _WELL_SERVED * other.weight:
                values = {"sold": self.vocabulary.label(fit.sold), "quote": quote(offer, sold)}
                reasons.append(Reason(gettext_noop("Kan også tage %(sold)s – »%(quote)s«"), values))
        return reasons

    def _missing(self, offer: ReadOffer, fit: Fit, held: Terms) -> Reason | None:
        if held.missing:
            return held.missing[0]
        if fit.sold and fit.kinship < _CLOSE_TRADE:
            return Reason(
                gettext_noop("Skriver ikke selv, at de tager %(asked)s: ring og spørg"),
                {"asked": self.vocabulary.label(fit.asked)},
            )
        unmet = [
            other
            for other in self.judge.profile.several()
            if self.judge.fit(other, offer).value < _WELL_SERVED * other.weight
        ]
        if unmet:
            return Reason(
                gettext_noop("I skal finde en anden til %(asked)s"),
                {"asked": self.vocabulary.label(unmet[0].lead)},
            )
        return None


def meaning(raw: float) -> float:
    """The share of proposals with this raw score that could do the main thing asked for."""
    for (low, low_share), (high, high_share) in zip(_MEANING, _MEANING[1:], strict=False):
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
