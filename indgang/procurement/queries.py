# SPDX-License-Identifier: MPL-2.0
"""Reads of purchases that several pages and jobs use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from indgang.kernel.access import Principal
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
    """Competitions that are out or were: seeing them never depends on status."""
    return Q(lane=TaskNotice.Lane.COMPETITION, published_at__isnull=False, withdrawn_at=None, company=None)


def loaded(tasks: QuerySet[TaskNotice]) -> QuerySet[TaskNotice]:
    """With all that a task's state and head need, in one query."""
    return tasks.select_related(
        "unit",
        "buyer",
        "municipality",
        "law",
        "competition",
        "decision__organisation",
        "order__organisation",
        "company",
    )


def open_competitions(now: datetime) -> QuerySet[TaskNotice]:
    """What the public and every enterprise can see and ask about."""
    return (
        TaskNotice.objects.filter(_public(), competition__bids_until__gt=now, decision=None)
        .select_related("unit", "competition", "municipality")
        .order_by("competition__bids_until")
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


def latest_answers(task: TaskNotice) -> dict[int, Answer]:
    """The answer that stands, by invitation."""
    last = Answer.objects.filter(invitation=OuterRef("invitation")).order_by("-at", "-pk").values("pk")[:1]
    standing = Answer.objects.filter(invitation__task=task, pk=Subquery(last)).select_related("photo")
    return {answer.invitation_id: answer for answer in standing}


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


def timeline(task: TaskNotice, by: Principal) -> list[Event]:
    """What has happened, newest first, as far as the reader may know."""
    events = [Event(task.created_at, _("Skrevet"), str(task.buyer) if by.works_here else "")]
    if task.published_at:
        events.append(Event(task.published_at, _("Sendt ud")))
    if by.works_here:
        events += _answers(task)
    else:
        events += _own_answers(task, by)
    events += [
        Event(
            q.answered_at or q.asked_at, _("Spørgsmål besvaret") if q.answered_at else _("Spørgsmål stillet")
        )
        for q in task.questions.all()
    ]
    events += [Event(o.at, _("En nøgle drejet"), str(o.user)) for o in task.openings.select_related("user")]
    events += _endings(task)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _answers(task: TaskNotice) -> list[Event]:
    rows = Answer.objects.filter(invitation__task=task).select_related("invitation__organisation")
    found = [
        Event(
            answer.at,
            answer.get_kind_display(),
            str(answer.invitation.organisation) + (_(", skrevet ned") if answer.on_behalf else ""),
        )
        for answer in rows
    ]
    asked = task.invitations.exclude(invited_at=None).select_related("organisation")
    return found + [
        Event(row.invited_at or task.created_at, _("Spurgt"), str(row.organisation)) for row in asked
    ]


def _own_answers(task: TaskNotice, by: Principal) -> list[Event]:
    rows = Answer.objects.filter(invitation__task=task, invitation__organisation_id__in=by.organisations)
    return [Event(answer.at, answer.get_kind_display(), _("jeres svar")) for answer in rows]


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
