# SPDX-License-Identifier: MPL-2.0
"""An enterprise's answer: one press, any number of times; the last one stands until the task closes."""

from datetime import date, datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.duties import settle
from indgang.kernel.models import Duty, StoredFile
from indgang.procurement.actions.steps import CHOOSE_DUTY, end_step, promise_step
from indgang.procurement.models import Answer, Aversion, Invitation, TaskNotice
from indgang.procurement.permissions import check_can_answer, check_can_handle


@transaction.atomic
def answer(
    by: Principal,
    invitation: Invitation,
    kind: str,
    *,
    because: str = "",
    note: str = "",
    price_oere: int | None = None,
    ready_date: date | None = None,
    photo: StoredFile | None = None,
    now: datetime,
) -> Answer:
    """Write an answer down. Staff may do so for somebody who rang; the enterprise then sees it as theirs."""
    check_can_answer(by, invitation, now)
    if kind == Answer.Kind.NOT_NOW and not because:
        raise Refused(gettext_noop("Sæt kryds ved hvorfor. Så bliver næste opgave en, der passer bedre."))
    if kind != Answer.Kind.YES:
        price_oere = ready_date = photo = None
    on_behalf = by.works_here and not by.speaks_for(invitation.organisation_id)
    given = Answer.objects.create(
        municipality_id=by.municipality_id,
        invitation=invitation,
        kind=kind,
        because=because if kind == Answer.Kind.NOT_NOW else "",
        note=note,
        price_oere=price_oere,
        ready_date=ready_date,
        photo=photo,
        at=now,
        given_by=str(by),
        on_behalf=on_behalf,
    )
    if kind == Answer.Kind.NEVER:
        _note_aversion(by, invitation, now)
    else:
        undo_aversion(by, invitation, now=now)
    if invitation.duty is not None:
        settle(invitation.duty, now=now)
    _tell_the_desk(by, invitation.task, now)
    Invitation.objects.filter(pk=invitation.pk).update(on_phone_list_at=None)
    audit.record(
        by,
        "task.answer",
        f"task:{invitation.task_id}",
        now=now,
        facts={
            "organisation": invitation.organisation_id,
            "answer": kind,
            "because": because,
            "on_behalf": on_behalf,
        },
    )
    return given


def _tell_the_desk(by: Principal, task: TaskNotice, now: datetime) -> None:
    """In a small purchase a yes is something to choose from, and a withdrawn yes is not."""
    if task.lane != TaskNotice.Lane.SMALL:
        return
    asked = task.invitations.exclude(invited_at=None)
    if any(given.kind == Answer.Kind.YES for one in asked if (given := standing_answer(one))):
        promise_step(by, task, CHOOSE_DUTY, now=now)
    else:
        end_step(task, CHOOSE_DUTY, now=now, outcome=Duty.Outcome.DROPPED)


def standing_answer(invitation: Invitation) -> Answer | None:
    """The answer that stands: the last one."""
    return invitation.answers.order_by("-at", "-pk").first()


def _note_aversion(by: Principal, invitation: Invitation, now: datetime) -> None:
    prefix = invitation.task.cpv_code[:3]
    if prefix:
        Aversion.objects.get_or_create(
            municipality_id=by.municipality_id,
            organisation_id=invitation.organisation_id,
            cpv_prefix=prefix,
            undone_at=None,
            defaults={"since": now},
        )


def undo_aversion(by: Principal, invitation: Invitation, *, now: datetime) -> None:
    """The enterprise wants such tasks after all."""
    Aversion.objects.filter(
        municipality_id=by.municipality_id,
        organisation_id=invitation.organisation_id,
        cpv_prefix=invitation.task.cpv_code[:3],
        undone_at=None,
    ).update(undone_at=now)


@transaction.atomic
def called(by: Principal, invitation: Invitation, *, reached: bool, now: datetime) -> None:
    """Somebody rang. Counts as a contact; when nobody answered, the number stays on the list until tomorrow."""
    check_can_handle(by, invitation.task)
    invitation.contacts_made += 1
    invitation.last_contact_at = now
    invitation.on_phone_list_at = None if reached else invitation.on_phone_list_at
    invitation.save(update_fields=["contacts_made", "last_contact_at", "on_phone_list_at"])
    audit.record(
        by,
        "task.called",
        f"task:{invitation.task_id}",
        now=now,
        facts={"organisation": invitation.organisation_id, "reached": reached},
    )
