# SPDX-License-Identifier: MPL-2.0
"""Which routes fit the usual amounts in a category, and which category somebody means. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from indgang.core.law import cpv
from indgang.core.law.answer import Answer
from indgang.core.law.cpv import KIND_WORDS
from indgang.core.law.evaluate import evaluate
from indgang.core.law.model_clauses import ModelClause, fitting
from indgang.core.law.pack import Pack
from indgang.core.law.reading import read_facts
from indgang.core.law.sentence import Sentence
from indgang.core.sort_key import danish_sort_key
from indgang.directory.categories import Category, all_categories, category_of
from indgang.directory.search import find
from indgang.guidance.basis import told

USUAL = {
    "goods": (50_000, 300_000, 1_000_000, 3_000_000),
    "services": (50_000, 300_000, 1_000_000, 3_000_000, 8_000_000),
    "works": (150_000, 1_000_000, 5_000_000),
}
MONTHS = 24
"""The term that is assumed, in months: long enough for a plan, short enough for § 190."""


@dataclass(frozen=True)
class Way:
    """A rule by its id and its name in the reader's language."""

    id: str
    title: str


@dataclass(frozen=True)
class AmountRow:
    """What may be done at an amount in kroner; `is_own` when it is what the municipality usually pays."""

    amount: int
    is_own: bool
    regime: Way | None
    ways: tuple[Way, ...]
    doubtful: tuple[Way, ...]


@dataclass(frozen=True)
class KindRows:
    """The rows of one kind of purchase; `always` are the ways that are open at every amount."""

    kind: str
    label: str
    code: str
    rows: tuple[AmountRow, ...]
    always: tuple[Way, ...]


def kinds_of(category: Category) -> dict[str, str]:
    """Kinds of purchase in a category, each with a CPV code that stands for it."""
    codes: dict[str, str] = {}
    for stem in category.cpv:
        code = stem.ljust(8, "0")
        if code in cpv.names():
            codes.setdefault(cpv.kind_of(code), code)
    return codes


def routes_of(pack: Pack, category: Category, on: date, own: Sequence[int] = ()) -> list[KindRows]:
    """What may be done at usual amounts, where firms in other countries have no clear interest.

    `own` are amounts that the municipality itself has paid lately; their middle one is shown first.
    """
    middle = sorted(own)[len(own) // 2] if own else None
    return [_rows(pack, kind, code, on, middle) for kind, code in kinds_of(category).items()]


def _rows(pack: Pack, kind: str, code: str, on: date, middle: int | None) -> KindRows:
    amounts = [*([middle] if middle else []), *USUAL[kind]]
    answers = [(amount, _ask(pack, kind, code, amount, on)) for amount in dict.fromkeys(amounts)]
    everywhere = set(answers[0][1].routes).intersection(*(answer.routes for _amount, answer in answers))
    rows = tuple(_row(amount, answer, everywhere, amount == middle) for amount, answer in answers)
    always = tuple(way for way in _ways(answers[0][1], answers[0][1].routes) if way.id in everywhere)
    return KindRows(kind, told(KIND_WORDS[kind]), code, rows, always)


def _ask(pack: Pack, kind: str, code: str, amount: int, on: date) -> Answer:
    facts = {
        "authority_type": "kommune",
        "kind": kind,
        "value_dkk": amount,
        "related_value_dkk": amount,
        "kgi": "no",
        "cpv_main": code,
        "duration_months": MONTHS,
        "performed_in_dk": True,
        "publication_date": on.isoformat(),
    }
    return evaluate(pack, read_facts(pack, facts), on)


def _row(amount: int, answer: Answer, everywhere: set[str], is_own: bool) -> AmountRow:
    regime = next(iter(_ways(answer, [answer.regime])), None) if answer.regime else None
    own_ways = [each for each in answer.routes if each not in everywhere and each != answer.regime]
    return AmountRow(
        amount, is_own, regime, tuple(_ways(answer, own_ways)), tuple(_ways(answer, answer.uncertain))
    )


def _ways(answer: Answer, ids: Iterable[str]) -> list[Way]:
    rules = {rule.id: rule for rule in answer.court.pack.rules}
    return [Way(each, told(rules[each].title.filled(answer.court.values))) for each in ids]


def clauses_of(category: Category) -> list[ModelClause]:
    """Model clauses that fit what is sold in a category."""
    return fitting(kinds_of(category), category.cpv)


@dataclass(frozen=True)
class Hit:
    """A category that somebody may mean, and the word of the vocabulary that says so."""

    category: Category
    because: str = ""


@cache
def _vocabulary() -> tuple[tuple[str, str, Sentence], ...]:
    """Folded words, category and label of every CPV code that belongs to a category."""
    return tuple(
        (f" {danish_sort_key(da)} {danish_sort_key(en)}", slug, Sentence(da, en))
        for code, (da, en) in cpv.names().items()
        if (slug := category_of(code))
    )


def find_categories(text: str) -> list[Hit]:
    """Categories by name first, then by what lies in them, then by what the words mean; all of them without words."""
    words = danish_sort_key(text[:300]).split()
    if not words:
        return [Hit(category) for category in all_categories()]
    hits: dict[str, Hit] = {}
    for category in all_categories():
        named = f" {danish_sort_key(category.da)} {danish_sort_key(category.en)}"
        if all(f" {word}" in named for word in words):
            hits.setdefault(category.slug, Hit(category))
    by_slug = {category.slug: category for category in all_categories()}
    for named, slug, label in _vocabulary():
        if slug not in hits and all(f" {word}" in named for word in words):
            hits[slug] = Hit(by_slug[slug], told(label))
    for code, label_da, _score in find(text, top=1).cpv[:3]:
        slug = category_of(code)
        if slug and slug not in hits:
            hits[slug] = Hit(by_slug[slug], label_da)
    return list(hits.values())
