# SPDX-License-Identifier: MPL-2.0
"""The words of a decision record (beslutningsnotat), drafted from an answer. Danish, since it is kept and filed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from indgang.core.law.answer import Answer
from indgang.core.law.finding import BLOCKED, DUTY, OPEN, UNCERTAIN, Finding
from indgang.core.law.record import basis
from indgang.core.law.sentence import danish_date, number
from indgang.core.law.truth import Unknown
from indgang.guidance.answer_page import answer_page, fact_lines
from indgang.guidance.guide import Guided
from indgang.guidance.models import LawCase, Override
from indgang.guidance.watch import signed_off
from indgang.kernel.danish import LANGUAGE

Section = dict[str, Any]
TITLES = {
    "case": "Sagen",
    "facts": "Oplysninger",
    "route": "Vejen, og hvorfor",
    "override": "Fraveget",
    "considered": "Andre veje, vi har overvejet",
    "rejected": "Veje, vi ikke kan bruge",
    "checks": "Betingelser, og hvem der har set efter",
    "documents": "Det, der skal ligge på sagen",
    "assumed": "Det, vi har regnet med",
    "basis": "Grundlag",
}
EDITABLE = ("case", "facts", "route", "considered", "rejected", "documents", "assumed")


def draft(case: LawCase, guided: Guided, route: str, overrides: Sequence[Override]) -> list[Section]:
    """The sections that have something to say. `route` is the rule that was chosen."""
    with translation.override(LANGUAGE):
        answer = guided.answer
        page = answer_page(guided)
        chosen = [each for each in answer.findings if each.rule.id == route]
        others = [each for each in answer.having(OPEN) + answer.having(UNCERTAIN) if each.rule.id != route]
        texts = {
            "case": f"{case.title}\n{case.unit.name}, {case.owner.name}",
            "facts": "\n".join(_fact(each) for each in fact_lines(guided)) + _value(answer),
            "route": "\n".join(_finding(answer, each) for each in chosen),
            "override": "\n".join(_override(each) for each in overrides if each.rule_id == route),
            "considered": "\n".join(_short(answer, each) for each in others),
            "rejected": "\n".join(_short(answer, each) for each in answer.having(BLOCKED)),
            "documents": "\n".join(f"{label}{': ' + done if done else ''}" for label, done in page.documents),
            "assumed": "\n".join([*page.assumed, *page.warnings]),
            "basis": _basis(guided, case.municipality_id),
        }
        items = [{"text": text, "by": "", "at": ""} for text in checks(answer, chosen)]
    sections: list[Section] = []
    for key, title in TITLES.items():
        if key == "checks":
            if items:
                sections.append({"key": key, "title": title, "items": items})
        elif texts[key].strip():
            sections.append({"key": key, "title": title, "text": texts[key].strip()})
    return sections


def checks(answer: Answer, chosen: Iterable[Finding]) -> list[str]:
    """What a human must see to: for the chosen route and for every duty, each once."""
    values = answer.court.values
    lines = [
        f"{each.filled(values).da}"
        for finding in [*chosen, *answer.having(DUTY)]
        for each in finding.rule.check
    ]
    return list(dict.fromkeys(lines))


def _fact(fact: Any) -> str:
    return f"{fact.label}: {fact.value}" + (f" ({fact.inherited})" if fact.inherited else "")


def _value(answer: Answer) -> str:
    value = answer.court.at.exact["V"]
    if value is None or isinstance(value, Unknown):
        return ""
    return f"\nVærdi, der tæller: {number(value)} kr. uden moms"


def _finding(answer: Answer, finding: Finding) -> str:
    rule = finding.rule
    title = rule.title.filled(answer.court.values).da
    rests = basis(answer, rule, finding.confidence or rule.confidence).da
    return f"{title} ({rule.id}). {finding.reason.filled(answer.court.values).da}\n{rests}"


def _short(answer: Answer, finding: Finding) -> str:
    title = finding.rule.title.filled(answer.court.values).da
    doubt = " Usikkert: få juridisk vurdering." if finding.status == UNCERTAIN else ""
    return f"{title} ({finding.rule.id}, {finding.rule.statute}). {finding.reason.filled(answer.court.values).da}{doubt}"


def _override(row: Override) -> str:
    return (
        f"{row.rule_id}: {row.reason}\nSkrevet af {row.asked_by.name}, {danish_date(row.asked_at.date())}."
        f" Bakket op af {row.second.name}, {danish_date(row.decided_at.date()) if row.decided_at else ''}. {row.remark}"
    )


def _basis(guided: Guided, municipality_id: int) -> str:
    pack, policy = guided.answer.court.pack, guided.answer.policy
    lawyer = signed_off(municipality_id, pack)
    lines = [
        f"Reglerne på dagen {danish_date(guided.on)}. Regelpakke {pack.label}.",
        f"Gennemgået af {lawyer.lawyer}." if lawyer else "Regelpakken er ikke gennemgået af en jurist.",
        f"Egen politik: {policy.label}." if policy else "",
        pack.phrases["not_advice"].da,
    ]
    return "\n".join(line for line in lines if line)
