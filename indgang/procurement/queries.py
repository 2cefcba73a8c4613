# SPDX-License-Identifier: MPL-2.0
"""Reads of purchases that several pages and jobs use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from indgang.kernel.access import Principal
from indgang.procurement.bundle import openings, questions
from indgang.procurement.models import AccessRequest, Answer, Invitation, Order, TaskNotice
from indgang.procurement.permissions import CENTRAL


def visible_to(by: Principal) -> QuerySet[TaskNotice]:
    """Tasks that somebody may open: staff see their units' (central roles all), enterprises what is theirs or public."""
    tasks = TaskNotice.objects.filter(municipality_id=by.municipality_id)
    if by.holds(*CENTRAL):
        return tasks
    mine = Q(unit_id__in=by.units)
    if by.organisations:
        invited = Invitation.objects.filter(
            task=OuterRef("pk"), organisation_id__in=by.organisations, invited_at__isnull=False
        )
        mine |= Q(Exists(invited)) | _public() | Q(company_id__in=by.organisations)
    elif not by.works_here:
        mine = _public()
    return tasks.filter(mine)


def _public() -> Q:
    """Competitions that are out or were: seeing them never depends on status. Companies' tasks by the setting."""
    competitions = Q(lane=TaskNotice.Lane.COMPETITION, company=None)
    companies = Q(company__isnull=False, municipality__publishes_company_tasks=True)
    return Q(published_at__isnull=False, withdrawn_at=None) & (competitions | companies)


def open_competitions(now: datetime) -> QuerySet[TaskNotice]:
    """What the public and every enterprise can see and ask about."""
    return (
        TaskNotice.objects.filter(
            _public(), Q(competition__bids_until__gt=now) | Q(competition=None), decision=None
        )
        .select_related("unit", "competition", "municipality", "company")
        .order_by(F("competition__bids_until").asc(nulls_last=True), "-published_at")
    )


def tasks_waiting_for_answers(now: datetime) -> QuerySet[TaskNotice]:
    """Tasks that are out and undecided, of which fewer than two have answered, sent out within two weeks."""
    return (
        TaskNotice.objects.filter(
            published_at__gte=now - timedelta(days=14),
            withdrawn_at=None,
            decision=None,
            order=None,
            open_to_all=False,
        )
        .filter(Q(competition=None) | Q(competition__bids_until__gt=now))
        .select_related("municipality")
        .order_by("pk")
    )


def answers_of(task: TaskNotice) -> QuerySet[Answer]:
    """Every answer to a task, oldest first."""
    return Answer.objects.filter(invitation__task=task).select_related("photo").order_by("at", "pk")


def latest_answers(answers: Iterable[Answer]) -> dict[int, Answer]:
    """The answer that stands, by invitation; `answers` come oldest first."""
    return {answer.invitation_id: answer for answer in answers}


def phone_list() -> QuerySet[Invitation]:
    """Whom the coordinator should ring."""
    return (
        Invitation.objects.filter(
            on_phone_list_at__isnull=False, task__withdrawn_at=None, task__decision=None
        )
        .filter(Q(task__competition=None) | Q(task__competition__bids_until__gt=F("on_phone_list_at")))
        .select_related("task__unit", "task__law", "organisation", "contact", "duty")
        .order_by("on_phone_list_at", "pk")
    )


def bought_oere(orders: QuerySet[Order]) -> int:
    """What was bought: only what has been delivered counts."""
    return sum(orders.exclude(delivered_at=None).values_list("delivered_oere", flat=True))  # type: ignore[arg-type]


def task_path(task: TaskNotice) -> str:
    return reverse("task", args=[task.pk])


@dataclass(frozen=True)
class Event:
    """One line of a task's history."""

    at: datetime
    text: str
    who: str = ""


def timeline(
    task: TaskNotice, by: Principal, invitations: Sequence[Invitation], answers: Sequence[Answer]
) -> list[Event]:
    """What has happened, newest first, as far as the reader may know. `task` comes from `bundled`."""
    events = [Event(task.created_at, _("Skrevet"), str(task.buyer) if by.works_here else "")]
    if task.published_at:
        events.append(Event(task.published_at, _("Sendt ud")))
    names = {row.pk: str(row.organisation) for row in invitations}
    for answer in answers:
        if by.works_here:
            who = names.get(answer.invitation_id, "") + (_(", skrevet ned") if answer.on_behalf else "")
        else:
            who = _("jeres svar")
        events.append(Event(answer.at, answer.get_kind_display(), who))
    if by.works_here:
        events += [Event(row.invited_at, _("Spurgt"), names[row.pk]) for row in invitations if row.invited_at]
    events += [
        Event(
            row.answered_at or row.asked_at,
            _("Spørgsmål besvaret") if row.answered_at else _("Spørgsmål stillet"),
        )
        for row in questions(task)
    ]
    events += [
        Event(row.at, _("En nøgle drejet"), row.name if by.works_here else "") for row in openings(task)
    ]
    events += _endings(task)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _endings(task: TaskNotice) -> list[Event]:
    events = []
    decision, order = getattr(task, "decision", None), getattr(task, "order", None)
    if decision is not None:
        events.append(Event(decision.decided_at, _("Afgjort"), str(decision.organisation)))
    if order is not None:
        events.append(Event(order.ordered_at, _("Bestilt, ordre %(number)s") % {"number": order.number}))
        if order.delivered_at:
            events.append(
                Event(order.delivered_at, _("Leveret: %(how)s") % {"how": order.get_delivered_display()})
            )
    if task.withdrawn_at:
        events.append(Event(task.withdrawn_at, _("Trukket tilbage"), task.withdrawn_reason))
    return events


def open_access_requests(task: TaskNotice) -> Iterable[AccessRequest]:
    return task.access_requests.select_related("organisation", "about").order_by("asked_at")
