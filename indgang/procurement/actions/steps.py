# SPDX-License-Identifier: MPL-2.0
"""What the buyer must do next stands on the desk as a promise: choose when somebody said yes, order when it is decided."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty
from indgang.procurement.actions.deliver import coordinator
from indgang.procurement.bundle import HELP_DUTY
from indgang.procurement.models import TaskNotice
from indgang.procurement.permissions import check_can_change_draft

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


@transaction.atomic
def ask_coordinator(by: Principal, task: TaskNotice, *, now: datetime) -> Duty:
    """Nobody fits, or not the right one: the coordinator looks further and comes back within the promised days."""
    check_can_change_draft(by, task, now)
    if Duty.objects.filter(kind=HELP_DUTY, path=reverse("task", args=[task.pk]), done_at=None).exists():
        raise Refused(gettext_noop("Koordinatoren er i gang med at lede."))
    municipality = task.municipality
    calendar = municipality.calendar()
    duty = promise(
        by,
        HELP_DUTY,
        _("Find nogen til: %(title)s") % {"title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_in(municipality.answer_promise_days, now=now, calendar=calendar),
        owner=coordinator(by.municipality_id),
        unit=task.unit,
        calendar=calendar,
        now=now,
    )
    audit.record(by, "task.ask_coordinator", f"task:{task.pk}", now=now)
    return duty
