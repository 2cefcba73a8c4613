# SPDX-License-Identifier: MPL-2.0
"""What the buyer must do next stands on the desk as a promise: choose when somebody said yes, order when it is decided."""

from datetime import datetime

from django.urls import reverse

from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty
from indgang.procurement.models import TaskNotice

CHOOSE_DUTY = "procurement.choose"
ORDER_DUTY = "procurement.order"
DAYS = {CHOOSE_DUTY: 2, ORDER_DUTY: 2}  # working days
WORDS = {
    CHOOSE_DUTY: _("Vælg, hvem der får opgaven: %(title)s"),
    ORDER_DUTY: _("Bestil hos den, I valgte: %(title)s"),
}


def promise_step(by: Principal, task: TaskNotice, kind: str, *, now: datetime) -> None:
    """Put the step on the buyer's desk, once. Part of a larger act."""
    path = reverse("task", args=[task.pk])
    if Duty.objects.filter(kind=kind, path=path, done_at=None).exists():
        return
    calendar = task.municipality.calendar()
    promise(
        by,
        kind,
        WORDS[kind] % {"title": task.title},
        path=path,
        due_at=due_in(DAYS[kind], now=now, calendar=calendar),
        owner=task.buyer,
        unit=task.unit,
        calendar=calendar,
        now=now,
    )


def end_step(task: TaskNotice, kind: str, *, now: datetime, outcome: str = Duty.Outcome.DONE) -> None:
    """The step is taken, or there is nothing to take any more."""
    for duty in Duty.objects.filter(kind=kind, path=reverse("task", args=[task.pk]), done_at=None):
        settle(duty, now=now, outcome=outcome)
