# SPDX-License-Identifier: MPL-2.0
"""Answering what somebody looks for: words, place, category, target group, job type."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from indgang.core.matching import Language, Match, Need
from indgang.core.text import Reason
from indgang.directory.freshness import Freshness
from indgang.directory.places import municipality_name
from indgang.directory.search.entry import Entry, fold
from indgang.directory.search.live import LiveEntries, live_for
from indgang.directory.search.own_words import language_for
from indgang.kernel.access import Principal

LONGEST_QUESTION = 300
SCORE_NAME_BEGINS, SCORE_NAME_WORD, SCORE_MEANING = 100.0, 70.0, 60.0
SCORE_MAIN_THING, SCORE_WORDS, SCORE_PARTS = 50.0, 40.0, 25.0
"""What counts most: the name, then what the words mean, then the words themselves (more when a listing begins with
them), then parts of words."""
LEAST_MEANING = 0.35
MOST_MEANT = 60
FADED_COUNTS = 0.7


@dataclass(frozen=True)
class Question:
    """What is asked. Empty means: all. `place` is a municipality code: who lies there or delivers there."""

    text: str = ""
    place: int | None = None
    category: str = ""
    target_group: str = ""
    job_type: str = ""
    has_open_places: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Question()

    @property
    def narrows(self) -> bool:
        """Whether more than words is asked for."""
        return self != Question(self.text)


@dataclass
class Answer:
    """Entries, the best first (in Danish order when no words were given), and why some were found by meaning.

    `published` is the set they come from, so that a page asks the database for news only once.
    """

    published: LiveEntries
    entries: list[Entry] = field(default_factory=list)
    reasons: dict[int, Reason] = field(default_factory=dict)


def browse(principal: Principal, question: Question, *, today: date) -> Answer:
    """Published enterprises in sight; staff also find their own drafts, and what is hidden from the public."""
    published = live_for()
    drafts = live_for(principal.municipality_id) if principal.works_here else None
    entries = _candidates(published, drafts, today)
    if question.narrows:
        entries = [entry for entry in entries if _passes(entry, question, today)]
    words = fold(question.text[:LONGEST_QUESTION]).split()
    if not words:
        return Answer(published, entries)
    meant = _meant(
        question,
        language_for(principal.municipality_id),
        [live for live in (published, drafts) if live is not None and live.entries],
    )
    scored: list[tuple[float, Entry]] = []
    for entry in entries:
        match = meant.get(entry.id)
        score = max(_score(entry, words), SCORE_MEANING * match.score if match else 0.0)
        if score:
            faded = score < SCORE_NAME_WORD and entry.standing.freshness(today) is not Freshness.FRESH
            scored.append((score * FADED_COUNTS if faded else score, entry))
    scored.sort(key=lambda pair: (-pair[0], pair[1].name_key))
    return Answer(
        published,
        [entry for _, entry in scored],
        {number: match.reasons[0] for number, match in meant.items()},
    )


def _meant(question: Question, speech: Language, sets: list[LiveEntries]) -> dict[int, Match]:
    """Who sells what the words mean, whichever words the seller uses."""
    need = Need("", question.text, place=municipality_name(question.place) if question.place else "")
    found = (
        match for live in sets for match in live.matching().search(need, MOST_MEANT, language=speech).matches
    )
    return {int(match.id): match for match in found if match.score >= LEAST_MEANING}


def _candidates(published: LiveEntries, drafts: LiveEntries | None, today: date) -> list[Entry]:
    """The public sees what is in sight; staff (for whom there are `drafts`) also what is hidden."""
    if drafts is None:
        return _in_sight(published, today)
    if not drafts.entries:
        return published.in_order()
    return sorted([*published.in_order(), *drafts.in_order()], key=lambda entry: (entry.name_key, entry.id))


def _in_sight(live: LiveEntries, today: date) -> list[Entry]:
    """Computed once per change of the directory and day."""
    found = live.derived.get(("in sight", today))
    if not isinstance(found, list):
        found = [entry for entry in live.in_order() if entry.standing.is_in_sight(today)]
        live.derived[("in sight", today)] = found
    return found


def _passes(entry: Entry, question: Question, today: date) -> bool:
    return (
        (question.place is None or entry.delivers_in(question.place))
        and (not question.category or question.category in entry.categories)
        and (not question.target_group or question.target_group in entry.target_groups)
        and (not question.job_type or question.job_type in entry.job_types)
        and (not question.has_open_places or bool(entry.open_on(today)))
    )


def _score(entry: Entry, words: list[str]) -> float:
    """How well the words fit: the name above all, then whole words, then parts of words; 0 when they do not.

    The haystack holds the name and the leads too, so a word that it lacks settles the matter.
    """
    for word in words:
        if word not in entry.haystack:
            return 0.0
    if entry.name_key.startswith(" ".join(words)):
        return SCORE_NAME_BEGINS
    if all(f" {word}" in f" {entry.name_key}" for word in words):
        return SCORE_NAME_WORD
    if any(all(f" {word}" in lead for word in words) for lead in entry.leads):
        return SCORE_MAIN_THING
    if all(f" {word}" in entry.haystack for word in words):
        return SCORE_WORDS
    return SCORE_PARTS if all(len(word) >= 3 for word in words) else 0.0


@dataclass(frozen=True)
class Overview:
    """How many enterprises in sight there are in all, per municipality, per category and so on."""

    total: int
    seats: Counter[int]
    places: Counter[int]
    categories: Counter[str]
    target_groups: Counter[str]
    job_types: Counter[str]
    open_places: int


def overview(live: LiveEntries, *, today: date) -> Overview:
    """The public's overview of what is published, computed once per change of the directory and day."""
    found = live.derived.get(("overview", today))
    if not isinstance(found, Overview):
        found = _count(_in_sight(live, today), today)
        live.derived[("overview", today)] = found
    return found


def _count(entries: Iterable[Entry], today: date) -> Overview:
    seats, places = Counter[int](), Counter[int]()
    categories, target_groups, job_types = Counter[str](), Counter[str](), Counter[str]()
    total = open_places = 0
    for entry in entries:
        total += 1
        seats.update(entry.seats)
        places.update(entry.seats | entry.areas)
        categories.update(entry.categories)
        target_groups.update(entry.target_groups)
        job_types.update(entry.job_types)
        open_places += sum(place.count for place in entry.open_on(today))
    return Overview(total, seats, places, categories, target_groups, job_types, open_places)
