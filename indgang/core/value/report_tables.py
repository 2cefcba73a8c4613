# SPDX-License-Identifier: MPL-2.0
"""The tables of a report as plain data: transfers, unit figures, sensitivity, doubts."""

from collections.abc import Mapping
from typing import Any

from indgang.core.law.refund import staircase
from indgang.core.value.fleksjob import as_json as month_as_json
from indgang.core.value.fleksjob import month
from indgang.core.value.knowledge import quantity_label
from indgang.core.value.labels import label
from indgang.core.value.marks import touches
from indgang.core.value.occupancy import first_counted_week
from indgang.core.value.result import PerUnit, Result

Plain = dict[str, Any]


def transfers(result: Result) -> Plain:
    """Payer, receiver, kroner; and what is missing."""
    table = result.transfers
    return {
        "rows": [{"payer": t.payer, "receiver": t.receiver, "amount_dkk": t.amount} for t in table.transfers],
        "missing_dkk": table.missing,
        "break_even_for_all": not table.missing,
    }


def per_unit(row: PerUnit) -> Plain:
    """Per participant, per net job-year, per krone of the contract."""
    return {
        "participant_dkk": oere(row.participant),
        "net_job_year_dkk": oere_or_none(row.net_job_year),
        "net_job_year_question": "net_job_year",
        "purchase_krone": None if row.purchase_krone is None else round(row.purchase_krone, 6),
        "purchase_krone_without_premium": None
        if row.purchase_krone_without_premium is None
        else round(row.purchase_krone_without_premium, 6),
    }


def equalisation(result: Result) -> Plain:
    """The municipality after equalisation, and whether that turns its sign."""
    after = result.municipality_after_equalisation
    before = result.purses["municipality"].amounts.npv
    return {
        "counted": bool(result.case.method.equalisation),
        "municipality_after_dkk": oere(after),
        "changes_the_sign": (before > 0) != (after > 0),
        "confidence": result.figures.pack.find(
            "municipality.equalisation_share", result.figures.on
        ).confidence,
    }


def tornado(result: Result) -> list[Plain]:
    """Widest swing first."""
    rows = []
    for swing in result.tornado:
        da, en = quantity_label(swing.name, result.case)
        row = {"label_da": da, "label_en": en, **vars(swing), "swing_dkk": oere(swing.swing)}
        rows.append(rounded(row))
    return rows


def fleksjob_months(result: Result) -> Plain | None:
    """A month by group, or None without a fleksjob."""
    rule = staircase(result.figures.on)
    months = {
        group.id: month_as_json(month(group.fleksjob, first_counted_week(group, rule), rule, result.figures))
        for group in result.case.groups
        if group.fleksjob
    }
    return months or None


def other_questions(result: Result) -> list[Plain]:
    """Published figures that answer other questions."""
    rows = []
    for key, code in (
        ("published.average_mover.year", "average_mover"),
        ("published.held_job_low.year", "held_job"),
        ("published.held_job_high.year", "held_job"),
    ):
        known = result.figures.pack.versions(key)
        if known:
            rows.append({"question": question(code), "dkk": known[0].value, "source": known[0].source})
    return rows


def doubts(result: Result) -> list[Plain]:
    """Everything that is not verified, worst first."""
    known = sorted(result.figures.pack.doubts, key=lambda doubt: doubt.rank)
    return [
        {"rank": d.rank, "da": d.text_da, "en": d.text_en, "touches_this": touches(d, result.figures.used)}
        for d in known
    ]


def question(code: str) -> Plain:
    """A question's code and words."""
    text = label("question", code)
    return {"code": code, "da": text.da, "en": text.en}


def oere(value: float) -> float:
    """Kroner rounded to øre; never minus zero."""
    return round(value, 2) + 0.0


def oere_or_none(value: float | None) -> float | None:
    """The same for a figure that may be missing."""
    return None if value is None else oere(value)


def rounded(row: Mapping[str, Any]) -> Plain:
    """Floats to six decimals."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}


def all_oere(row: Mapping[str, Any]) -> Plain:
    """All floats of a row as kroner."""
    plain: Plain = {}
    for name, value in row.items():
        if isinstance(value, float):
            plain[name] = oere(value)
        elif isinstance(value, dict):
            plain[name] = {key: oere(number) for key, number in value.items()}
        else:
            plain[name] = value
    return plain
