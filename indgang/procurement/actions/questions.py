# SPDX-License-Identifier: MPL-2.0
"""Questions that all may read, and requests to be let in."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.procurement.actions.send import tell_all
from indgang.procurement.models import Question, TaskNotice
from indgang.procurement.permissions import check_can_handle, check_can_put_question
from indgang.procurement.states import State, state_of

QUESTION_DUTY = "procurement.question"
REQUEST_DUTY = "procurement.request"


@transaction.atomic
def put_question(
    by: Principal, task: TaskNotice, organisation_id: int, text: str, *, now: datetime
) -> Question:
    """Ask the buyer. Everyone will see the question, nobody will see who asked."""
    check_can_put_question(by, task, organisation_id, now)
    if len(text.strip()) < 5:
        raise Refused(gettext_noop("Skriv dit spørgsmål i feltet."))
    calendar = task.municipality.calendar()
    duty = promise(
        by,
        QUESTION_DUTY,
        _("Svar på spørgsmål: %(title)s") % {"title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_in(1, now=now, calendar=calendar),
        owner=task.buyer,
        unit=task.unit,
        calendar=calendar,
        now=now,
    )
    question = Question.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        organisation_id=organisation_id,
        text=text.strip(),
        asked_at=now,
        duty=duty,
    )
    audit.record(by, "task.question", f"task:{task.pk}", now=now, facts={"question": question.pk})
    return question


@transaction.atomic
def answer_question(by: Principal, question: Question, text: str, *, now: datetime) -> None:
    """Answer so that everyone sees it; all who were invited get a mail that there is an answer."""
    check_can_handle(by, question.task)
    if not text.strip():
        raise Refused(gettext_noop("Skriv et svar. Alle kan se det."))
    if question.answered_at is not None:
        raise Refused(gettext_noop("Spørgsmålet er besvaret."))
    question.answer, question.answered_at, question.answered_by_id = text.strip(), now, by.user_id
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    if question.duty is not None:
        settle(question.duty, now=now)
    tell_all(
        by,
        question.task,
        _("Nyt svar på et spørgsmål"),
        _(
            "Hej %(contact)s\n\nDer er kommet et svar på et spørgsmål om en opgave for %(municipality)s. Læs det her:\n{link}"
        ),
        now=now,
    )
    audit.record(
        by, "task.answer_question", f"task:{question.task_id}", now=now, facts={"question": question.pk}
    )


@transaction.atomic
def ask_to_join(by: Principal, task: TaskNotice, organisation_id: int, *, now: datetime) -> None:
    """Somebody who was not asked would like to be: the buyer decides, and must answer."""
    if not by.speaks_for(organisation_id):
        raise Refused(gettext_noop("Log ind som virksomhed for at bede om at være med."))
    if state_of(task, now) is not State.ASKING:
        raise Refused(gettext_noop("Der er lukket for opgaven."))
    if task.invitations.filter(organisation_id=organisation_id, invited_at__isnull=False).exists():
        raise Refused(gettext_noop("I er med. Se opgaven og svar."))
    calendar = task.municipality.calendar()
    promise(
        by,
        REQUEST_DUTY,
        _("En virksomhed vil være med: %(title)s") % {"title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_in(1, now=now, calendar=calendar),
        owner=task.buyer,
        unit=task.unit,
        calendar=calendar,
        now=now,
    )
    task.invitations.get_or_create(
        organisation_id=organisation_id,
        defaults={"municipality_id": by.municipality_id, "origin": "asked", "picked_at": now, "why": ""},
    )
    audit.record(by, "task.ask_to_join", f"task:{task.pk}", now=now, facts={"organisation": organisation_id})
