# SPDX-License-Identifier: MPL-2.0
"""Which fact is asked next, in plain Danish, and why: the order of the pack's vocabulary.

A question has one of three weights: `stop` (nothing can be said without it), `needed` (a rule is uncertain
without it), `assumed` (an assumption was made, which the answer states).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indgang.core.law.fact import FactSpec
from indgang.core.law.finding import UNCERTAIN, Court, Finding
from indgang.core.law.sentence import NOTHING, Sentence
from indgang.core.law.truth import Unknown

STOP, NEEDED, ASSUMED = "stop", "needed", "assumed"
_YES_NO = (("yes", "Ja", "Yes"), ("no", "Nej", "No"))


@dataclass(frozen=True)
class Answered:
    """One way to answer: its words, and the facts to store when it is chosen."""

    value: str
    label: Sentence
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A fact that is still open."""

    fact: str
    type: str
    weight: str
    text: str
    why: str
    answers: tuple[Answered, ...]
    factors: tuple[Sentence, ...]
    assumption: Sentence


def open_questions(court: Court, findings: Iterable[Finding]) -> list[Question]:
    """Every question still worth asking, first the one to ask next."""
    stops = set(court.regime.causes) if court.regime.stop else set()
    caused = {cause for finding in findings for cause in finding.causes}
    read = {name for finding in findings if finding.status == UNCERTAIN for name in _doubt_reads(finding)}
    questions = []
    for name, spec in court.pack.facts.items():
        weight = STOP if name in stops else NEEDED if name in caused | read else ASSUMED
        if name not in stops and name not in caused and not _worth_asking(court, spec):
            continue
        questions.append(_question(spec, weight, court))
    return questions


def question_about(court: Court, fact: str) -> Question:
    """The question that asks for one fact, also when it has been answered. Raises KeyError for no fact."""
    return _question(court.pack.facts[fact], ASSUMED, court)


def next_question(questions: Sequence[Question]) -> Question | None:
    """The first question that is not a mere assumption, else the first; None when all is said."""
    return next(
        (question for question in questions if question.weight != ASSUMED),
        questions[0] if questions else None,
    )


def _doubt_reads(finding: Finding) -> Iterable[str]:
    """The facts that the rule's own doubt looks at: one that is not stated may settle it."""
    doubt = finding.rule.uncertain_when
    return doubt.names if doubt is not None else ()


def _worth_asking(court: Court, spec: FactSpec) -> bool:
    stated = court.at.facts.values
    if spec.name in stated or spec.ask_when is None or not spec.question:
        return False
    if spec.parent and spec.parent in stated and stated[spec.parent] is None:
        return False
    return spec.ask_when.test(court.values) is True


def _question(spec: FactSpec, weight: str, court: Court) -> Question:
    answers = tuple(Answered(choice.value, choice.label, choice.facts) for choice in spec.choices)
    if spec.type == "flag":
        answers = tuple(Answered(value, Sentence(da, en), {spec.name: value}) for value, da, en in _YES_NO)
    if spec.name != "kind":
        answers += (
            Answered("unknown", Sentence("Det ved jeg ikke", "I don't know"), {spec.name: "unknown"}),
        )
    words = {**court.values, "date": court.at.on}
    why = Sentence(spec.why, spec.why).filled(words).da
    assumption = NOTHING if isinstance(court.values[spec.name], Unknown) else spec.assumption.filled(words)
    return Question(spec.name, spec.type, weight, spec.question, why, answers, spec.factors, assumption)
