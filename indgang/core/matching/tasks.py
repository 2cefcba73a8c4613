# SPDX-License-Identifier: MPL-2.0
"""From the words of a need to the tasks in it: trades that belong together are one task."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indgang.core.matching.classification import Classification
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.mentions import Mention
from indgang.core.matching.reading import Reading, read
from indgang.core.matching.values import Need
from indgang.core.matching.vocabulary import Vocabulary

_LEAST_SHARE = 0.3  # of the strongest trade in the need
_SAME_TASK = 0.65  # kinship from which two trades are one task
_PLACE_WEIGHT = 0.4  # "hotel", "bryllup": who asks or when, once another trade is named
_FIRM = 0.5
# Each trade counts a little less than the one named before it; in a text of some length, also what comes after
# the sentence that first names a trade outright.
_EACH_LATER, _LAST = 0.07, 0.7
_LATER, _LONG_TEXT = 0.8, 18
_FIRM_READING, _HINTED_READING = 0.4, 0.7
_TASK_OF_ITS_OWN = 0.5
_LONGEST_WORDS = 160
_JOINTS = r"og|samt|så|plus|and|derudover|desuden|også|eller"
_LOOSE_START = re.compile(rf"^(?:(?:{_JOINTS})\b|[\s,;.:+/&()-])+", re.IGNORECASE)
_LOOSE_END = re.compile(rf"(?:\b(?:{_JOINTS})|[\s,;.:+/&(-])+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One thing to be done: its leading trade, the trades it touches with their weights (lead first), its words."""

    lead: str
    trades: Mapping[str, float]
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A need as understood. `tasks` most important first; empty when no trade was recognised."""

    need: Need
    reading: Reading
    tasks: tuple[Task, ...]

    @property
    def is_firm(self) -> bool:
        """Was at least one trade named outright, or given as a code?"""
        return bool(self.need.cpv) or self.reading.is_firm()

    def several(self) -> tuple[Task, ...]:
        """The tasks that stand on words of their own; empty unless there are at least two."""
        own: list[Task] = []
        for task in self.tasks:
            firm = self.reading.evidence.get(task.lead)
            apart = all(task.start >= other.end or task.end <= other.start for other in own)
            if task.weight >= _TASK_OF_ITS_OWN and firm is not None and firm.firm and apart:
                own.append(task)
        return tuple(sorted(own, key=lambda task: task.start)) if len(own) > 1 else ()

    def only(self, task: Task) -> "Profile":
        """The same need with nothing but one of its tasks in it."""
        alone = Task(task.lead, task.trades, 1.0, task.start, task.end)
        return Profile(self.need, self.reading, (alone,))

    def words_of(self, tasks: Sequence[Task]) -> list[str]:
        """The words of each task: from the clause it begins in to the clause of the next one."""
        text = self.reading.text
        starts = [0] * min(len(tasks), 1)
        for before, task in pairwise(tasks):
            index = next(index for index, token in enumerate(text.tokens) if token.start >= task.start)
            clause = text.tokens[index].clause
            while text.tokens[index - 1].clause == clause and text.tokens[index - 1].start >= before.end:
                index -= 1
            starts.append(text.tokens[index].start)
        ends = [*starts[1:], len(text.source)]
        return [_tidy(text.source[start:end]) for start, end in zip(starts, ends, strict=False)]


def _tidy(words: str) -> str:
    """Without the loose ends that join one task to the next."""
    words = _LOOSE_END.sub("", _LOOSE_START.sub("", " ".join(words.split())))
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rstrip()}…"


def profile(need: Need, vocabulary: Vocabulary, kinship: Kinship, classification: Classification) -> Profile:
    reading = read(need.text, vocabulary)
    strengths = _with_places_turned_down(reading, vocabulary)
    _turn_down_what_comes_later(strengths, reading)
    for code in need.cpv:
        for trade, weight in classification.trades_of(code).items():
            strengths[trade] = 1 - (1 - strengths.get(trade, 0.0)) * (1 - 0.8 * weight)
    return Profile(need, reading, tuple(_tasks(strengths, reading, kinship)))


def _with_places_turned_down(reading: Reading, vocabulary: Vocabulary) -> dict[str, float]:
    strengths = dict(reading.strengths)
    places = {trade for trade, mention in reading.evidence.items() if mention.is_place(vocabulary.lexicon)}
    if any(
        mention.firm and strengths[trade] >= _FIRM
        for trade, mention in reading.evidence.items()
        if trade not in places
    ):
        for trade in places:
            strengths[trade] *= _PLACE_WEIGHT
    return strengths


def _turn_down_what_comes_later(strengths: dict[str, float], reading: Reading) -> None:
    """What is named first is what is wanted; the rest of it says how, with what and for whom."""
    tokens = reading.text.tokens
    places = sorted({mention.first for mention in reading.evidence.values()})
    order = {place: number for number, place in enumerate(places)}
    named = [
        tokens[mention.first].sentence
        for trade, mention in reading.evidence.items()
        if mention.firm and strengths[trade] >= _FIRM
    ]
    begins = min(named) if named and len(tokens) >= _LONG_TEXT else len(tokens)
    for trade, mention in reading.evidence.items():
        strengths[trade] *= max(_LAST, 1.0 - _EACH_LATER * order[mention.first])
        if tokens[mention.first].sentence > begins:
            strengths[trade] *= _LATER


def _tasks(strengths: Mapping[str, float], reading: Reading, kinship: Kinship) -> list[Task]:
    strongest = max(strengths.values(), default=0.0)
    ranked = sorted(strengths.items(), key=lambda item: (-item[1], item[0]))
    groups: list[dict[str, float]] = []
    for trade, strength in ranked:
        if strength < _LEAST_SHARE * strongest:
            break
        home = next((group for group in groups if _belongs(trade, group, kinship)), None)
        if home is None:
            groups.append({trade: strength})
        else:
            home[trade] = strength
    confidence = _confidence(strongest, reading)
    return [_task(group, reading, confidence) for group in groups]


def _confidence(strongest: float, reading: Reading) -> float:
    """What to multiply by, so that a faint but only reading of a need still finds its trade."""
    if not strongest:
        return 1.0
    return float(strongest ** (_FIRM_READING if reading.is_firm() else _HINTED_READING) / strongest)


def _belongs(trade: str, group: Mapping[str, float], kinship: Kinship) -> bool:
    lead = next(iter(group))
    return max(kinship.between(lead, trade), kinship.between(trade, lead)) >= _SAME_TASK


def _task(group: Mapping[str, float], reading: Reading, confidence: float) -> Task:
    lead = next(iter(group))
    mentions: Sequence[Mention] = [reading.evidence[trade] for trade in group if trade in reading.evidence]
    mentions = [mention for mention in mentions if mention.firm] or mentions
    tokens = reading.text.tokens
    start = min((tokens[mention.first].start for mention in mentions), default=0)
    end = max((tokens[mention.last].end for mention in mentions), default=0)
    return Task(
        lead,
        {trade: strength / group[lead] for trade, strength in group.items()},
        min(1.0, group[lead] * confidence),
        start,
        end,
    )
