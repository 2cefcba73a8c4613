# SPDX-License-Identifier: MPL-2.0
"""Visits as a CSV file for the municipality's employment system: one line for each task, none about a person sought."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils import timezone

from indgang.cases.models import Case, TaskCandidate

COLUMNS = (
    "sag", "virksomhed", "cvr", "by", "branche", "besoegt", "konsulent", "enhed", "valgt_fordi", "opgave", "timer_om_ugen",
    "vej", "timer_fleksjob", "intensitet_procent", "overenskomst", "leverandoer", "begyndt",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visits_as_csv(cases: Iterable[Case]) -> str:
    """Semicolons and a byte order mark, as spreadsheets here expect. Cells that look like formulas are made harmless."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for case in cases:
        tasks: list[TaskCandidate | None] = list(case.candidates.all())
        for task in tasks or [None]:
            writer.writerow([_cell(value) for value in _row(case, task)])
    return "\ufeff" + out.getvalue()


def _row(case: Case, task: TaskCandidate | None) -> list[object]:
    visit = case.visit
    visited = timezone.localtime(visit.visited_at).date().isoformat() if visit.visited_at else ""
    about = [
        case.pk, case.who, case.claimed_cvr, case.town, visit.industry, visited, case.handler.name, case.unit.name,
        visit.criterion or "bad selv om besøg",
    ]  # fmt: skip
    if task is None:
        return [*about, *[""] * (len(COLUMNS) - len(about))]
    profile, outsourcing = getattr(task, "profile", None), getattr(task, "outsourcing", None)
    supplier = outsourcing.supplier if outsourcing else None
    return [
        *about, task.title, task.hours, task.way,
        profile.hours if profile else "", profile.intensity_percent if profile else "",
        profile.agreement if profile else "", supplier.name if supplier else "", task.started_date or "",
    ]  # fmt: skip


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
