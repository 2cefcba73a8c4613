# SPDX-License-Identifier: MPL-2.0
"""The answer as a page shows it: every line with its reason, what to do instead, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from indgang.core.law.answer import Answer
from indgang.core.law.finding import BLOCKED, CONDITION, DUTY, OPEN, UNCERTAIN, Finding
from indgang.core.law.override import can_override
from indgang.core.law.pack import Source
from indgang.core.law.question import ASSUMED
from indgang.core.law.record import Line as CoreLine
from indgang.core.law.record import confidence_words, sections
from indgang.core.law.sentence import Sentence
from indgang.core.law.truth import Unknown
from indgang.directory.categories import cpv_label
from indgang.guidance.basis import told
from indgang.guidance.guide import Guided
from indgang.guidance.models import Override


@dataclass(frozen=True)
class Line:
    """One rule's line in the reader's language."""

    id: str
    title: str
    reason: str
    checks: tuple[str, ...]
    nevers: tuple[str, ...]
    note: str
    instead: tuple[tuple[str, str, bool], ...]
    paragraph: str
    confidence: str
    since: date | None
    until: date | None
    checked: date | None
    sources: tuple[Source, ...]
    legal_review: bool
    own_policy: bool
    can_override: bool
    override: Override | None = None

    @property
    def anchor(self) -> str:
        return f"regel-{self.id}"


@dataclass(frozen=True)
class Fact:
    """One fact as it stands, who said it, and where it is changed."""

    name: str
    label: str
    value: str
    inherited: str = ""


@dataclass(frozen=True)
class AnswerPage:
    """Everything the page shows, in reading order."""

    headline: str
    regime: Line | None
    value_dkk: float | None
    routes: Sequence[Line]
    ways: Sequence[Line]
    beside: Sequence[Line]
    uncertain: Sequence[Line]
    blocked: Sequence[Line]
    duties: Sequence[Line]
    conditions: Sequence[Line]
    documents: Sequence[tuple[str, str]]
    assumed: Sequence[str]
    warnings: Sequence[str]
    still_open: Sequence[str]
    pack: str
    policy: str


def answer_page(guided: Guided, overrides: Iterable[Override] = ()) -> AnswerPage:
    answer = guided.answer
    standing = {each.rule_id: each for each in overrides}
    by_status: dict[str, list[Line]] = {OPEN: [], UNCERTAIN: [], BLOCKED: [], DUTY: [], CONDITION: []}
    for finding in answer.findings:
        if finding.status in by_status:
            by_status[finding.status].append(_line(answer, finding, standing.get(finding.rule.id)))
    regime = next((each for each in by_status[OPEN] if each.id == answer.regime), None)
    value = answer.court.at.exact["V"]
    pack = answer.court.pack
    return AnswerPage(
        headline=_headline(guided, by_status[OPEN], by_status[UNCERTAIN]),
        regime=regime,
        value_dkk=None if isinstance(value, Unknown) else value,
        routes=by_status[OPEN],
        ways=[each for each in by_status[OPEN] if each.id in guided.ways],
        beside=[each for each in by_status[OPEN] if each.id not in guided.ways],
        uncertain=by_status[UNCERTAIN],
        blocked=by_status[BLOCKED],
        duties=by_status[DUTY],
        conditions=by_status[CONDITION],
        documents=[(told(pack.documents[key]), _settled(guided, key)) for key in answer.docs],
        assumed=[
            told(each.assumption)
            for each in answer.questions
            if each.assumption and each.fact != "publication_date"
        ],
        warnings=[told(each) for each in answer.warnings],
        still_open=[each.text for each in answer.questions if each.weight != ASSUMED],
        pack=pack.name,
        policy=answer.policy.name if answer.policy else "",
    )


def _headline(guided: Guided, routes: Sequence[Line], uncertain: Sequence[Line]) -> str:
    answer = guided.answer
    if answer.stop is not None:
        return _("Vi kan ikke svare endnu")
    first = next((each for each in routes if each.id in guided.ways), None)
    if first is not None:
        return _("Det må I: %(route)s") % {"route": _lower(first.title)}
    if uncertain:
        return _("Få en juridisk vurdering, før I gør noget")
    if answer.having(CONDITION):
        return _("Det gælder for jer")
    return _("Det må I ikke")


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _line(answer: Answer, finding: Finding, override: Override | None) -> Line:
    rule, values, pack = finding.rule, answer.court.values, answer.court.pack
    confidence = finding.confidence or rule.confidence
    instead = [
        (name, told(pack.rule(name).title.filled(values)), name in answer.routes)
        for name in answer.instead(finding)
    ]
    return Line(
        id=rule.id,
        title=told(rule.title.filled(values)),
        reason=told(finding.reason.filled(values)),
        checks=_filled(rule.check, values) if finding.status in (OPEN, DUTY) else (),
        nevers=_filled(rule.never, values) if finding.status in (OPEN, DUTY) else (),
        note=told(rule.note.filled(values)) if finding.status != BLOCKED else "",
        instead=tuple(instead),
        paragraph=rule.statute,
        confidence=f"{told(confidence_words(confidence))} ({confidence})",
        since=rule.valid_from,
        until=rule.valid_to,
        checked=pack.checked(rule),
        sources=tuple(pack.sources[key] for key in rule.sources),
        legal_review=finding.status == UNCERTAIN or confidence.startswith("L"),
        own_policy=finding.own_policy,
        can_override=can_override(answer, rule.id),
        override=override,
    )


def _filled(sentences: Iterable[Sentence], values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(told(each.filled(values)) for each in sentences)


def _settled(guided: Guided, document: str) -> str:
    """Who has already seen to a document that is owed; '' when it is for the reader to write."""
    row = None
    if document in ("kgi_note", "kgi_form"):
        row = guided.cross_border
    elif document in ("price_check", "market_terms"):
        row = guided.price
    if row is None:
        return ""
    return _("Vurderet af %(name)s, gælder til %(day)s") % {
        "name": row.signed_by.name, "day": row.last_date.strftime("%d.%m.%Y"),
    }  # fmt: skip


def fact_lines(guided: Guided) -> list[Fact]:
    """The facts in the order of the vocabulary, in words, inherited ones marked."""
    specs = guided.answer.court.pack.facts
    inherited = {name for name in guided.facts if name not in guided.stated}
    by_name = {line.name: line for line in _told_facts(guided)}
    lines = []
    for name in specs:
        line = by_name.get(name)
        if line is None:
            continue
        note = ""
        if name in inherited:
            note = _("fra aftalelisten")
            if name == "kgi" and guided.cross_border is not None:
                note = _("vurderet af %(name)s") % {"name": guided.cross_border.signed_by.name}
        lines.append(Fact(line.name, line.label, line.value, note))
    return lines


def _told_facts(guided: Guided) -> Iterable[Fact]:
    """The core's own words for facts, one by one."""
    answer = guided.answer
    specs = answer.court.pack.facts
    names = [name for name, value in answer.court.at.facts.values.items()
             if not (specs[name].type == "object" and value is True)]  # fmt: skip
    for name, line in zip(names, _fact_section(answer), strict=True):
        label, _colon, value = told(line.text).partition(": ")
        if name == "cpv_main" and (words := cpv_label(value)):
            value = f"{words} ({value})"
        yield Fact(name, label, value)


def _fact_section(answer: Answer) -> Sequence[CoreLine]:
    return next((each.lines for each in sections(answer, with_facts=True) if each.key == "facts"), ())
