# SPDX-License-Identifier: MPL-2.0
"""An answer as plain data: the shape that `indgang law --json` prints and that a saved answer keeps."""

from datetime import date
from typing import Any

from indgang.core.law.answer import Answer
from indgang.core.law.finding import NOT_APPLICABLE, UNCERTAIN, Finding
from indgang.core.law.pack import Pack
from indgang.core.law.parse import Part
from indgang.core.law.question import Question
from indgang.core.law.truth import Figure, Unknown


def as_json(answer: Answer) -> dict[str, Any]:
    """Every key of the answer. Amounts are kroner ex VAT, dates ISO, reasons Danish (English in `details`)."""
    court = answer.court
    pack = court.pack
    return {
        "regime": answer.regime,
        "value_dkk": answer.value_dkk,
        "stop": answer.stop,
        "routes": answer.routes,
        "uncertain": answer.uncertain,
        "blocked": {key: reason.da for key, reason in answer.blocked.items()},
        "not_applicable": {key: reason.da for key, reason in answer.not_applicable.items()},
        "duties": answer.duties,
        "conditions": {key: reason.da for key, reason in answer.conditions.items()},
        "alternative": answer.alternative,
        "docs": answer.docs,
        "doc_labels": {key: pack.documents[key].da for key in answer.docs},
        "warnings": [warning.da for warning in answer.warnings],
        "questions": [_question(question) for question in answer.questions],
        "eforms": answer.eforms,
        "supplier_result": answer.supplier_result,
        "supplier_tests": _supplier(answer),
        "details": [line(answer, finding) for finding in answer.findings if finding.status != NOT_APPLICABLE],
        "date": court.at.on.isoformat(),
        "counted_value_dkk": _plain(court.at.exact["V"]),
        "threshold_dkk": _plain(court.at.exact["threshold"]),
        "facts": {name: _plain(value) for name, value in court.at.facts.values.items()},
        "pack": pack.label,
        "policy": answer.policy.label if answer.policy else None,
        "disclaimer": pack.phrases["not_advice"].da,
    }


def line(answer: Answer, finding: Finding) -> dict[str, Any]:
    """One rule's line: what it says, on what, how sure, and until when."""
    rule, pack, values = finding.rule, answer.court.pack, answer.court.values
    title = rule.title.filled(values)
    checked = pack.checked(rule)
    doubtful = finding.status == UNCERTAIN or finding.confidence.startswith("L")
    return {
        "id": rule.id,
        "status": finding.status,
        "title_da": title.da,
        "title_en": title.en,
        "reason_da": finding.reason.da,
        "reason_en": finding.reason.en,
        "paragraph": rule.statute,
        "confidence": finding.confidence or rule.confidence,
        "legal_review": pack.phrases["legal_review"].da if doubtful else None,
        "own_policy": finding.own_policy,
        "instead": answer.instead(finding),
        "docs": list(rule.documents),
        "sources": [source_line(pack, key) for key in rule.sources],
        "valid_from": _day(rule.valid_from),
        "valid_to": _day(rule.valid_to),
        "checked": _day(checked),
    }


def source_line(pack: Pack, key: str) -> dict[str, str]:
    source = pack.sources[key]
    return {"key": key, "title": source.title, "url": source.url, "read_on": source.read_on.isoformat()}


def _question(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "weight": question.weight,
        "question": question.text,
        "why": question.why,
        "answers": [
            {"value": answer.value, "label": answer.label.da, "facts": dict(answer.facts)}
            for answer in question.answers
        ],
        "factors": [factor.da for factor in question.factors],
        "assumption": question.assumption.da or None,
    }


def _supplier(answer: Answer) -> dict[str, list[dict[str, Any]]]:
    return {
        rule_id: [
            {"test": each.words.da, "passed": each.passed, "missing": list(each.missing)} for each in tests
        ]
        for rule_id, tests in answer.supplier_tests.items()
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: object) -> Any:
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, Figure):
        return value.amount
    if isinstance(value, Part):
        return {"value_dkk": value.value_dkk, "cpv_main": value.cpv_main}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else None
