# SPDX-License-Identifier: MPL-2.0
"""Visits as a CSV file for the municipality's employment system: one line for each task, none about a person sought."""

from collections.abc import Iterable

from django.utils import timezone

from indgang.cases.models import Case, TaskCandidate
from indgang.kernel.sheets import csv_of

COLUMNS = (
    "sag", "virksomhed", "cvr", "by", "branche", "besoegt", "konsulent", "enhed", "valgt_fordi", "opgave", "timer_om_ugen",
    "vej", "timer_fleksjob", "intensitet_procent", "overenskomst", "leverandoer", "begyndt",
)  # fmt: skip


def visits_as_csv(cases: Iterable[Case]) -> str:
    """One line for each task of each visit; a visit without tasks has one line."""
    return csv_of(COLUMNS, (_row(case, task) for case in cases for task in _tasks(case)))


def _tasks(case: Case) -> list[TaskCandidate | None]:
    return list(case.candidates.all()) or [None]


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
