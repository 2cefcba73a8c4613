# SPDX-License-Identifier: MPL-2.0
"""Which question is put next: only those whose answer would change what the law says. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indgang.core.law.answer import Answer
from indgang.core.law.evaluate import evaluate
from indgang.core.law.question import ASSUMED, Question, question_about
from indgang.core.law.reading import read_facts
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.guide import AGREEMENT, PURCHASES, Guided

NEVER_ASKED = frozenset({"publication_date"})
"""Today unless somebody says otherwise, which can be said on the page."""
SAMPLES: dict[str, tuple[Any, ...]] = {
    "amount": (1, 1_000_000_000),
    "months": (1, 5, 6, 12, 36, 48, 120),
    "percent": (0, 30, 80, 100),
    "count": (0, 1, 4, 26, 60, 1_000),
    "number": (1, 11, 37),
}
WHY_CODE = gettext_noop("Koden viser, om I har en aftale, og om indkøb allerede har vurderet den slags køb.")


def open_questions(guided: Guided, passed: Sequence[str]) -> list[Question]:
    """The questions still worth asking, the next one first: an agreement and the code before everything else."""
    if guided.is_covered:
        return []
    found = [
        question
        for question in guided.answer.questions
        if question.fact not in NEVER_ASKED
        and question.fact not in passed
        and guided.stated.get(question.fact) != "unknown"
        and (question.weight != ASSUMED or matters(guided, question))
    ]
    if _lacks_code(guided, passed):
        found = [question for question in found if question.fact != "cpv_main"]
        found.append(replace(question_about(guided.answer.court, "cpv_main"), why=WHY_CODE))
    first = ("value_dkk", "cpv_main", AGREEMENT)
    return sorted(found, key=lambda question: (question.fact not in first, _place(first, question.fact)))


def _place(first: Sequence[str], fact: str) -> int:
    return first.index(fact) if fact in first else 0


def _lacks_code(guided: Guided, passed: Sequence[str]) -> bool:
    return (
        guided.facts.get("kind") in PURCHASES and "cpv_main" not in guided.stated and "cpv_main" not in passed
    )


def matters(guided: Guided, question: Question) -> bool:
    """Whether two answers to the question lead to different lines of the law."""
    seen = set()
    for facts in _possible(question, guided.facts):
        try:
            seen.add(_told(_again(guided, {**guided.facts, **facts})))
        except Refused:
            continue
        if len(seen) > 1:
            return True
    return False


def _possible(question: Question, facts: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if question.type in SAMPLES:
        least = facts.get("value_dkk") if question.fact == "related_value_dkk" else None
        yield from ({question.fact: least or sample} for sample in SAMPLES[question.type][:1])
        yield from ({question.fact: sample} for sample in SAMPLES[question.type][1:])
    else:
        yield from (answer.facts for answer in question.answers if answer.value != "unknown")


def _again(guided: Guided, facts: Mapping[str, Any]) -> Answer:
    pack = guided.answer.court.pack
    return evaluate(pack, read_facts(pack, dict(facts)), guided.on, guided.answer.policy)


def _told(answer: Answer) -> tuple[object, ...]:
    lines = (answer.routes, answer.uncertain, list(answer.blocked), answer.duties, list(answer.conditions))
    return (answer.regime, *(tuple(each) for each in lines))
