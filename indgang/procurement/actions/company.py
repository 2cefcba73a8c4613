# SPDX-License-Identifier: MPL-2.0
"""A company asks the municipality to find somebody for a task of its own. The two then agree themselves.

The municipality does not buy, so the rules of public purchase do not apply; it asks those who fit, and puts
the two in touch. Whether such tasks are shown to all is a setting that is off until legally cleared.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.kernel import audit, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise
from indgang.kernel.models import Membership, Municipality, Role
from indgang.procurement.actions.answer import standing_answer
from indgang.procurement.actions.describe import LONGEST_NEED, headline
from indgang.procurement.actions.send import close_duties
from indgang.procurement.models import Answer, Decision, Invitation, LawFacts, TaskNotice
from indgang.procurement.permissions import check_can_handle
from indgang.procurement.states import State, state_of

COMPANY_DUTY = "procurement.company"


@transaction.atomic
def ask_for_company(
    by: Principal,
    organisation: Organisation,
    need: str,
    *,
    value_dkk: int = 0,
    place: str = "",
    now: datetime,
) -> TaskNotice:
    """A company describes a task; it lands with the coordinator, who asks those who fit.

    Staff may write it down for a company that has said so, e.g. on a visit.
    """
    if not by.speaks_for(organisation.pk) and not by.works_here:
        raise Refused(gettext_noop("Log ind for virksomheden for at bede om hjælp."))
    need = need.strip()
    if not 10 <= len(need) <= LONGEST_NEED:
        raise Refused(
            gettext_noop("Skriv en hel sætning om, hvad der skal løses, fx «Pak 2.400 læsepakker».")
        )
    post = _coordinator(by.municipality_id)
    municipality = Municipality.objects.get(pk=by.municipality_id)
    task = TaskNotice.objects.create(
        municipality=municipality,
        unit=post.unit,
        buyer=post.user,
        lane=TaskNotice.Lane.SMALL,
        title=headline(need),
        need=need,
        place=place,
        company=organisation,
        created_at=now,
    )
    LawFacts.objects.create(
        municipality=municipality,
        task=task,
        value_dkk=value_dkk,
        related_value_dkk=value_dkk,
        cross_border=LawFacts.Known.NO,
        binding_agreement=LawFacts.Known.NO,
    )
    calendar = municipality.calendar()
    promise(
        by,
        COMPANY_DUTY,
        _("%(name)s søger en til en opgave: %(title)s") % {"name": organisation.name, "title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_in(municipality.answer_promise_days, now=now, calendar=calendar),
        owner=post.user,
        unit=post.unit,
        calendar=calendar,
        now=now,
    )
    audit.record(by, "company.ask", f"task:{task.pk}", now=now, facts={"organisation": organisation.pk})
    return task


@transaction.atomic
def put_in_touch(by: Principal, invitation: Invitation, *, now: datetime) -> Decision:
    """Tell the company and the enterprise of each other; they agree on price and terms themselves."""
    task = (
        TaskNotice.objects.select_for_update(of=("self",))
        .select_related("company", "municipality")
        .get(pk=invitation.task_id)
    )
    check_can_handle(by, task)
    if task.company is None or state_of(task, now) is not State.ASKING:
        raise Refused(gettext_noop("De to kan ikke sættes i forbindelse nu. Måske er det allerede sket."))
    given = standing_answer(invitation)
    if given is None or given.kind != Answer.Kind.YES:
        raise Refused(gettext_noop("Vent, til virksomheden har sagt ja."))
    decision = Decision.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        organisation=invitation.organisation,
        price_oere=given.price_oere or 0,
        reason=_("Sat i forbindelse med %(name)s. Pris og vilkår aftaler de selv.")
        % {"name": task.company.name},
        decided_by_id=by.user_id or task.buyer_id,
        decided_at=now,
    )
    close_duties(task, now)
    _introduce(by, task.company, invitation.organisation, task, now)
    _introduce(by, invitation.organisation, task.company, task, now)
    audit.record(
        by,
        "company.put_in_touch",
        f"task:{task.pk}",
        now=now,
        facts={"organisation": invitation.organisation_id},
    )
    return decision


def _introduce(by: Principal, to: Organisation, other: Organisation, task: TaskNotice, now: datetime) -> None:
    contact, theirs = main_contact(to.pk), main_contact(other.pk)
    if contact is None or not contact.email or theirs is None:
        return
    reach = " · ".join(part for part in (theirs.name, theirs.phone, theirs.email) if part)
    mail.write(
        by,
        contact.email,
        _("Tal med %(name)s") % {"name": other.name},
        _("Hej %(contact)s\n\n%(name)s og I kan hjælpe hinanden. Ring eller skriv til dem:\n%(reach)s\n\nPris og vilkår aftaler I selv.")
        % {"contact": contact.name, "name": other.name, "reach": reach},
        now=now,
        about=f"task:{task.pk}",
    )  # fmt: skip


def _coordinator(municipality_id: int) -> Membership:
    post = (
        Membership.objects.filter(municipality_id=municipality_id, role=Role.COORDINATOR, last_date=None)
        .select_related("user", "unit")
        .order_by("pk")
        .first()
    )
    if post is None:
        raise Refused(gettext_noop("Kommunen har ingen koordinator i Indgang. Ring til kommunen."))
    return post
