# SPDX-License-Identifier: MPL-2.0
"""What the pages of a visit and of a task are filled with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from indgang.cases.models import Case, TaskCandidate, Visit
from indgang.cases.outreach.permissions import check_can_choose, check_can_visit
from indgang.core.law.calculators.staffing import FleksjobCounts, NetExtra, RatioRoom
from indgang.core.law.pack import load
from indgang.core.outreach.job_profile import FleksjobSum, comes_on_top, fleksjob_sum, placement_room
from indgang.core.text import Reason, Refused
from indgang.directory.models import Organisation
from indgang.directory.search import find
from indgang.kernel.access import Principal, may


@dataclass(frozen=True)
class Staffed:
    """The two rules of head-count at a workplace, or why they cannot be told."""

    room: RatioRoom | None
    extra: NetExtra | None
    trouble: Reason | None = None


@dataclass(frozen=True)
class Offer:
    """An enterprise that could take a task, with reasons."""

    organisation: Organisation
    reasons: tuple[Reason, ...]
    missing: Reason | None


def sum_of(task: TaskCandidate, on: date) -> FleksjobSum | None:
    """The fleksjob's arithmetic; None while there is no job profile."""
    profile = getattr(task, "profile", None)
    if profile is None:
        return None
    return fleksjob_sum(
        hours=profile.hours,
        intensity_percent=profile.intensity_percent,
        hourly_pay=Decimal(profile.hourly_oere) / 100,
        year=on.year,
    )


def staffed(visit: Visit, on: date) -> Staffed:
    """What the ratio rule and the rule of net extra jobs say, from the figures told on the visit."""
    figures, room, extra = load().figures, None, None
    try:
        if visit.ordinary is not None:
            room = placement_room(
                figures,
                on,
                ordinary=visit.ordinary,
                in_places=visit.in_places or 0,
                fleksjobs=visit.fleksjobs or 0,
                counts=FleksjobCounts.NOT_AT_ALL,
            )
        if visit.monthly:
            now = (visit.ordinary or 0) + (visit.fleksjobs or 0)
            extra = comes_on_top(figures, on, months=visit.monthly, now=now)
    except Refused as refusal:
        return Staffed(room, extra, refusal.reason)
    return Staffed(room, extra)


def offers_for(task: TaskCandidate, *, top: int = 5) -> list[Offer]:
    """Enterprises of the directory that could take the task, best first. One query beside the index's own."""
    found = find(
        task.need, place_code=task.case.municipality.code, cpv_code=task.cpv_code, top=top + 1
    ).matches
    rows = Organisation.objects.in_bulk([one.organisation_id for one in found])
    offers = [
        Offer(rows[one.organisation_id], one.reasons, one.missing)
        for one in found
        if one.organisation_id in rows
    ]
    own = task.case.claimed_cvr
    return [one for one in offers if not own or one.organisation.cvr_number != own][:top]


def step_of(case: Case) -> str:
    """The one next thing in a visit: a yes, the visit, a way for each task, or its end."""
    visit = case.visit
    if case.closed_at is not None:
        return "closed"
    if visit.agreed_at is None:
        return "agree"
    if visit.visited_at is None:
        return "go"
    return "choose" if case.undecided else "end"  # type: ignore[attr-defined]


def visit_page(by: Principal, case: Case, tasks: list[TaskCandidate]) -> dict[str, object]:
    return {
        "case": case,
        "visit": case.visit,
        "tasks": tasks,
        "step": step_of(case),
        "people": list(case.participants.filter(left_at=None).order_by("added_at", "pk")),
        "may_visit": may(check_can_visit, by, case),
    }


def task_page(by: Principal, task: TaskCandidate) -> dict[str, object]:
    """Both ways side by side, with the sums and the offers."""
    today = timezone.localdate()
    return {
        "task": task,
        "case": task.case,
        "profile": getattr(task, "profile", None),
        "outsourcing": getattr(task, "outsourcing", None),
        "sum": sum_of(task, today),
        "staffed": staffed(task.case.visit, today),
        "offers": offers_for(task),
        "follow_ups": list(task.follow_ups.select_related("duty").order_by("months")),
        "may_choose": may(check_can_choose, by, task),
    }
