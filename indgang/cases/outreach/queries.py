# SPDX-License-Identifier: MPL-2.0
"""Reads about visits that several pages and acts use."""

from django.db.models import Count, Q, QuerySet

from indgang.cases.models import Case, Objection, TaskCandidate, VisitCriteria
from indgang.cases.queries import visible_to
from indgang.kernel.access import Principal


def current_criteria(municipality_id: int) -> VisitCriteria | None:
    """The criteria in force; None until somebody has published some."""
    rows = VisitCriteria.objects.filter(municipality_id=municipality_id).select_related("decided_by")
    return rows.order_by("-from_at", "-pk").first()


def visits_for(by: Principal) -> QuerySet[Case]:
    """Visits that somebody may open, with the company and how many tasks were seen and chosen."""
    return (
        visible_to(by)
        .filter(kind=Case.Kind.OUTREACH)
        .select_related("organisation", "handler", "unit", "municipality", "visit", "visit__criteria")
        .annotate(
            seen=Count("candidates"),
            undecided=Count("candidates", filter=Q(candidates__way="")),
            begun=Count("candidates", filter=Q(candidates__started_date__isnull=False)),
        )
    )


def open_visit(municipality_id: int, *, cvr_number: str, organisation_id: int | None) -> Case | None:
    """The one open visit of a company, whoever pays it."""
    same = Q(claimed_cvr=cvr_number) if cvr_number else Q(pk=None)
    if organisation_id is not None:
        same |= Q(organisation_id=organisation_id)
    rows = Case.objects.filter(same, municipality_id=municipality_id, kind=Case.Kind.OUTREACH, closed_at=None)
    return rows.select_related("handler", "unit", "municipality", "organisation", "visit").first()


def objection_of(municipality_id: int, cvr_number: str) -> Objection | None:
    """The standing objection of a company."""
    if not cvr_number:
        return None
    return Objection.objects.filter(
        municipality_id=municipality_id, cvr_number=cvr_number, lifted_at=None
    ).first()


def tasks_of(case: Case) -> QuerySet[TaskCandidate]:
    """The tasks seen on a visit with what was worked out for them, in the order in which they were seen."""
    return case.candidates.select_related(
        "profile", "outsourcing__supplier", "outsourcing__notice", "case"
    ).order_by("pk")
