# SPDX-License-Identifier: MPL-2.0
"""Requests to see papers (aktindsigt): decided by a person within seven working days, after hearing the bidder."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import StoredFile
from indgang.procurement.actions.send import tell
from indgang.procurement.models import AccessRequest, TaskNotice
from indgang.procurement.permissions import check_can_handle

ACCESS_DUTY = "procurement.access"
DAYS_TO_ANSWER = 7  # offentlighedsloven § 36, stk. 2


@transaction.atomic
def ask_for_access(
    by: Principal, task: TaskNotice, organisation_id: int, text: str, *, about_id: int | None, now: datetime
) -> AccessRequest:
    """A bidder asks to see papers after the decision."""
    if not by.speaks_for(organisation_id) and not by.works_here:
        raise Refused(gettext_noop("Log ind som virksomhed for at bede om aktindsigt."))
    if not hasattr(task, "decision"):
        raise Refused(gettext_noop("Aktindsigt kan først gives, når opgaven er afgjort."))
    if len(text.strip()) < 5:
        raise Refused(gettext_noop("Skriv, hvad I gerne vil se."))
    calendar = task.municipality.calendar()
    duty = promise(
        by,
        ACCESS_DUTY,
        _("Svar på aktindsigt: %(title)s") % {"title": task.title},
        path=reverse("task", args=[task.pk]) + "#aktindsigt",
        due_at=due_in(DAYS_TO_ANSWER, now=now, calendar=calendar),
        owner=task.buyer,
        unit=task.unit,
        calendar=calendar,
        now=now,
    )
    request = AccessRequest.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        organisation_id=organisation_id,
        about_id=about_id,
        text=text.strip(),
        asked_at=now,
        duty=duty,
    )
    audit.record(by, "access.ask", f"task:{task.pk}", now=now, facts={"request": request.pk})
    return request


@transaction.atomic
def hear_bidder(by: Principal, request: AccessRequest, *, now: datetime) -> None:
    """Ask the one whose papers they are what is confidential, and why."""
    check_can_handle(by, request.task)
    if request.about_id is None:
        raise Refused(gettext_noop("Anmodningen handler ikke om en bestemt virksomheds papirer."))
    request.heard_at = now
    request.save(update_fields=["heard_at"])
    invitation = (
        request.task.invitations.filter(organisation_id=request.about_id)
        .select_related("contact", "task")
        .first()
    )
    if invitation is not None:
        tell(
            by,
            invitation,
            _("Nogen har bedt om at se jeres papirer"),
            _(
                "Hej %(contact)s\n\n%(municipality)s er blevet bedt om aktindsigt i jeres tilbud. Skriv her, hvad der er fortroligt og hvorfor:\n{link}"
            ),
            now=now,
        )
    audit.record(by, "access.hear", f"task:{request.task_id}", now=now, facts={"request": request.pk})


@transaction.atomic
def answer_hearing(by: Principal, request: AccessRequest, text: str, *, now: datetime) -> None:
    """What the bidder says about its own papers."""
    if request.about_id is None or not by.speaks_for(request.about_id):
        raise Refused(gettext_noop("Kun virksomheden selv kan svare på høringen."))
    request.hearing_answer = text.strip()
    request.save(update_fields=["hearing_answer"])
    audit.record(
        by, "access.hearing_answer", f"task:{request.task_id}", now=now, facts={"request": request.pk}
    )


@transaction.atomic
def decide_access(
    by: Principal,
    request: AccessRequest,
    *,
    outcome: str,
    reason: str,
    paper: StoredFile | None = None,
    now: datetime,
) -> None:
    """Decide with reasons. The papers of somebody who has not been heard are not given.

    Full access shows the asker the whole bid; partial access is a copy (`paper`) without what is confidential.
    """
    check_can_handle(by, request.task)
    if request.decided_at is not None:
        raise Refused(gettext_noop("Der er svaret på anmodningen."))
    if len(reason.strip()) < 10:
        raise Refused(gettext_noop("Skriv begrundelsen. Et afslag kan påklages, og det skal stå i svaret."))
    if outcome != AccessRequest.Outcome.REFUSED and request.about_id is not None and request.heard_at is None:
        raise Refused(gettext_noop("Hør først den virksomhed, papirerne kommer fra."))
    if outcome == AccessRequest.Outcome.PARTLY and paper is None:
        raise Refused(
            gettext_noop("Læg en kopi ved, hvor det fortrolige er dækket. Den er det, de får at se.")
        )
    request.outcome, request.reason = outcome, reason.strip()
    request.paper = paper if outcome != AccessRequest.Outcome.REFUSED else None
    request.decided_at, request.decided_by_id = now, by.user_id
    request.save(update_fields=["outcome", "reason", "paper", "decided_at", "decided_by"])
    if request.duty is not None:
        settle(request.duty, now=now)
    invitation = (
        request.task.invitations.filter(organisation_id=request.organisation_id)
        .select_related("contact", "task")
        .first()
    )
    if invitation is not None:
        tell(
            by,
            invitation,
            _("Svar på jeres aktindsigt"),
            _(
                "Hej %(contact)s\n\n%(municipality)s har svaret på jeres anmodning om aktindsigt. Læs svaret her:\n{link}"
            ),
            now=now,
        )
    audit.record(
        by,
        "access.decide",
        f"task:{request.task_id}",
        now=now,
        facts={"request": request.pk, "outcome": outcome},
    )
