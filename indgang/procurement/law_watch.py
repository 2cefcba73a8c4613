# SPDX-License-Identifier: MPL-2.0
"""Tasks whose law has changed since it was asked: looked at every night, amber until somebody has looked."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from indgang.guidance.actions.law_changes import drop_notices, look_at_answers
from indgang.guidance.models import LawNotice, SavedAnswer
from indgang.guidance.watch import amber_abouts
from indgang.kernel.access import Principal
from indgang.procurement.models import Order, TaskNotice

PREFIX = "task:"


def about(task_id: int) -> str:
    """The name by which the law guide knows a task."""
    return f"{PREFIX}{task_id}"


def amber_tasks(municipality_id: int) -> frozenset[int]:
    """Ids of the tasks whose law has changed, for lists."""
    return frozenset(
        int(name.removeprefix(PREFIX)) for name in amber_abouts(municipality_id) if name.startswith(PREFIX)
    )


def look_at_tasks(by: Principal, *, now: datetime) -> list[LawNotice]:
    """One municipality's round: open tasks are held against the newest rules, notices of ended ones are dropped.

    Before a task is sent out the passing of time counts too; afterwards the day of sending decides.
    """
    open_tasks = (
        TaskNotice.objects.filter(municipality_id=by.municipality_id, withdrawn_at=None)
        .exclude(order__delivered=Order.Delivered.YES)
        .values_list("pk", "published_at")
    )
    published = {about(pk): published_at is not None for pk, published_at in open_tasks}
    newest = (
        SavedAnswer.objects.filter(municipality_id=by.municipality_id, about__startswith=PREFIX)
        .values("about")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    answers = [
        answer
        for answer in SavedAnswer.objects.filter(pk__in=newest).select_related("case__owner")
        if answer.about in published
    ]
    today = timezone.localtime(now).date()
    found = look_at_answers(by, [row for row in answers if not published[row.about]], today=today, now=now)
    found += look_at_answers(by, [row for row in answers if published[row.about]], today=None, now=now)
    standing = LawNotice.objects.filter(
        municipality_id=by.municipality_id, handled_at=None, about__startswith=PREFIX
    ).select_related("duty", "answer")
    current = {row.pk for row in answers}
    drop_notices([row for row in standing if row.about not in published], how="Opgaven er slut", now=now)
    renewed = [row for row in standing if row.about in published and row.answer_id not in current]
    drop_notices(renewed, how="Der er lavet et nyt svar", now=now)
    return found
