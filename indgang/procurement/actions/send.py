# SPDX-License-Identifier: MPL-2.0
"""Sending a task out: a small purchase to one to three, a competition to all on the list at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.guidance.actions.cases import save_answer
from indgang.kernel import audit, danish, keys, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import OWN_CLOCK, due_in, promise, settle
from indgang.kernel.links import create_link
from indgang.kernel.models import Duty, StoredFile, User
from indgang.procurement.actions.steps import end_step
from indgang.procurement.bundle import HELP_DUTY
from indgang.procurement.law_watch import about
from indgang.procurement.lawful import Gate, automatic_line, gate
from indgang.procurement.models import Competition, Invitation, TaskFile, TaskKey, TaskNotice
from indgang.procurement.permissions import (
    ANSWER,
    check_can_ask_more,
    check_can_change_draft,
    check_can_withdraw,
    check_may_buy_from,
)

ANSWER_DUTY = "procurement.answer"
OPEN_DUTY = "procurement.open"
LINK_LIVES = timedelta(days=120)
MOST_IN_SMALL = 3
LEAST_TIME_FOR_BIDS = timedelta(hours=1)
TIME_FOR_LATECOMERS = 3  # working days


@transaction.atomic
def ask_small(by: Principal, task: TaskNotice, *, now: datetime) -> list[Invitation]:
    """Ask those on the list of a small purchase for a price: no ceremony, one automatic line of reasons."""
    check_can_change_draft(by, task, now)
    if task.lane != TaskNotice.Lane.SMALL:
        raise Refused(
            gettext_noop(
                "Beløbet er over grænsen for småkøb. Svar på spørgsmålene om juraen, og send ud som konkurrence."
            )
        )
    listed = _listed(task)
    if not 1 <= len(listed) <= MOST_IN_SMALL:
        raise Refused(gettext_noop("Vælg en til tre, I vil spørge."))
    found = _check_gate(task, len(listed), now)
    law = task.law
    law.reasoning = (
        ""
        if task.company_id
        else automatic_line(task, [invitation.organisation.name for invitation in listed], found)
    )
    law.decided_at = now
    law.save(update_fields=["reasoning", "decided_at"])
    _keep_answer(by, task, found, now)
    _send_out(by, task, listed, now)
    audit.record(by, "task.ask", f"task:{task.pk}", now=now, facts=_who(listed))
    return listed


@transaction.atomic
def publish_competition(
    by: Principal,
    task: TaskNotice,
    *,
    bids_until: datetime,
    weighs: str,
    ceiling_dkk: int | None = None,
    quantity: str = "",
    open_to_all: bool = False,
    now: datetime,
) -> list[Invitation]:
    """Send a competition to everyone on the list at the same moment, and begin to take sealed bids."""
    check_can_change_draft(by, task, now)
    bids_until = bids_until.replace(microsecond=0)
    if bids_until < now + LEAST_TIME_FOR_BIDS:
        raise Refused(
            gettext_noop("Giv dem mindst en time at byde i, og helst nogle dage. Vælg en senere frist.")
        )
    listed = _listed(task)
    if not listed and not open_to_all:
        raise Refused(gettext_noop("Vælg mindst én, I vil spørge, eller lad alle byde."))
    _keep_answer(by, task, _check_gate(task, len(listed), now), now)
    public, locked = keys.new_key_pair(by.municipality_id)
    Competition.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        bids_until=bids_until,
        ceiling_dkk=ceiling_dkk,
        weighs=weighs,
        public_key=public,
    )
    TaskKey(municipality_id=by.municipality_id, task=task, locked=locked).save(force_insert=True)
    task.quantity, task.open_to_all = quantity, open_to_all
    task.save(update_fields=["quantity", "open_to_all"])
    _send_out(by, task, listed, now)
    promise(
        by,
        OPEN_DUTY,
        _("Åbn tilbud: %(title)s") % {"title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_in(1, now=bids_until, calendar=task.municipality.calendar()),
        owner=task.buyer,
        unit=task.unit,
        now=now,
    )
    audit.record(
        by,
        "task.publish",
        f"task:{task.pk}",
        now=now,
        facts=_who(listed) | {"bids_until": bids_until.isoformat(), "open_to_all": open_to_all},
    )
    return listed


@transaction.atomic
def invite_later(
    by: Principal, task: TaskNotice, organisation: Organisation, *, why: str, now: datetime
) -> Invitation:
    """Ask one more while the task is out: with a reason, the same answers, and time enough for all."""
    check_can_ask_more(by, task, now)
    check_may_buy_from(by, task, organisation.pk, now)
    if not why.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor virksomheden spørges nu."))
    if task.invitations.filter(organisation=organisation, invited_at__isnull=False).exists():
        raise Refused(gettext_noop("Virksomheden er spurgt."))
    found = _check_gate(task, task.invitations.exclude(invited_at=None).count() + 1, now)
    _keep_answer(by, task, found, now)
    invitation, _new = Invitation.objects.get_or_create(
        task=task,
        organisation=organisation,
        defaults={"municipality_id": by.municipality_id, "origin": Invitation.Origin.BUYER, "picked_at": now},
    )
    invitation.removed_at, invitation.why = None, why
    invite(by, invitation, now=now)
    give_latecomers_time(by, task, now)
    audit.record(
        by,
        "task.invite_later",
        f"task:{task.pk}",
        now=now,
        facts={"organisation": organisation.pk, "why": why},
    )
    return invitation


@transaction.atomic
def withdraw(by: Principal, task: TaskNotice, *, reason: str, now: datetime) -> None:
    """Take a task back; everyone who was asked hears why."""
    check_can_withdraw(by, task, now)
    if not reason.strip():
        raise Refused(
            gettext_noop("Skriv, hvorfor opgaven trækkes tilbage. De, der er spurgt, får det at vide.")
        )
    task.withdrawn_at, task.withdrawn_reason = now, reason
    task.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    close_duties(task, now)
    tell_all(
        by,
        task,
        _("Opgaven er trukket tilbage"),
        _(
            "Hej %(contact)s\n\n%(municipality)s har trukket en opgave tilbage, som I var spurgt om. Se hvorfor her:\n{link}"
        ),
        now=now,
    )
    audit.record(by, "task.withdraw", f"task:{task.pk}", now=now, facts={"reason": reason})


@transaction.atomic
def attach_file(by: Principal, task: TaskNotice, file: StoredFile, *, now: datetime) -> TaskFile:
    """Add a file that everyone who is asked may read."""
    check_can_change_draft(by, task, now)
    attached = TaskFile.objects.create(municipality_id=by.municipality_id, task=task, file=file)
    audit.record(by, "task.attach", f"task:{task.pk}", now=now, facts={"file": file.pk})
    return attached


def invite(by: Principal, invitation: Invitation, *, now: datetime) -> None:
    """Make the invitation real: a promise with a due date, a link, a mail. Part of a larger act."""
    task = invitation.task
    contact = main_contact(invitation.organisation_id)
    calendar = task.municipality.calendar()
    invitation.contact, invitation.invited_at = contact, now
    invitation.contacts_made, invitation.last_contact_at = 1, now
    due_at = due_in(task.municipality.invitation_answer_days, now=now, calendar=calendar)
    if hasattr(task, "competition"):
        due_at = min(due_at, task.competition.bids_until)
    invitation.duty = promise(
        by,
        ANSWER_DUTY,
        _("Svar fra %(name)s: %(title)s") % {"name": invitation.organisation.name, "title": task.title},
        path=reverse("task", args=[task.pk]),
        due_at=due_at,
        owner=task.buyer,
        unit=task.unit,
        awaits_others=True,
        ladder=OWN_CLOCK,  # the answer clock decides, not the calendar alone: see actions.clock
        now=now,
    )
    if contact is None or not contact.email:
        invitation.on_phone_list_at = now
    invitation.save()
    _write_invitation(by, invitation, now, reminder=False)


def remind(by: Principal, invitation: Invitation, *, now: datetime) -> None:
    """Write again to somebody who has not answered. Part of a larger act."""
    invitation.contacts_made += 1
    invitation.last_contact_at = now
    invitation.save(update_fields=["contacts_made", "last_contact_at"])
    _write_invitation(by, invitation, now, reminder=True)


def _write_invitation(by: Principal, invitation: Invitation, now: datetime, *, reminder: bool) -> None:
    contact, task = invitation.contact, invitation.task
    if contact is None or not contact.email or invitation.duty is None:
        return
    subject = _("Kan I løse en opgave for %(municipality)s?")
    opening = _("%(municipality)s har en opgave, som passer til det, I laver.")
    if reminder:
        subject = _("Vi mangler jeres svar – også et nej hjælper")
        opening = _("Vi skrev forleden om en opgave for %(municipality)s og mangler jeres svar.")
    words = {
        "municipality": task.municipality.name,
        "contact": contact.name,
        "due": danish.moment(invitation.duty.due_at),
    }
    body = _("Hej %(contact)s") + "\n\n" + opening + "\n\n"
    body += _("Læs den, og svar med ét tryk – det tager et minut. I behøver ikke logge ind:\n{link}") + "\n\n"
    body += _("Svar gerne senest %(due)s. Passer det ikke, så sig det: så spørger vi nogle andre.")
    link = create_link(by, ANSWER, invitation.pk, recipient=contact.email, now=now, lives=LINK_LIVES)
    mail.write(
        by,
        contact.email,
        subject % words,
        body % words,
        now=now,
        about=f"task:{task.pk}",
        link=link,
        link_path="/l/svar/{token}/",
        reply_path=reverse("task", args=[task.pk]),
        reply_owner=task.buyer,
    )


def tell_all(by: Principal, task: TaskNotice, subject: str, body: str, *, now: datetime) -> None:
    """One mail to everyone who was invited; `body` may use %(contact)s, %(municipality)s and {link}."""
    for invitation in task.invitations.exclude(invited_at=None).select_related("contact"):
        tell(by, invitation, subject, body, now=now)


def tell(by: Principal, invitation: Invitation, subject: str, body: str, *, now: datetime) -> None:
    """One mail to one who was invited, with a link to the task."""
    contact = invitation.contact
    if contact is None or not contact.email:
        return
    link = create_link(by, ANSWER, invitation.pk, recipient=contact.email, now=now, lives=LINK_LIVES)
    mail.write(
        by,
        contact.email,
        subject,
        body % {"contact": contact.name, "municipality": invitation.task.municipality.name},
        now=now,
        about=f"task:{invitation.task_id}",
        link=link,
        link_path="/l/svar/{token}/",
        reply_path=reverse("task", args=[invitation.task_id]),
        reply_owner=invitation.task.buyer,
    )


def close_duties(task: TaskNotice, now: datetime) -> None:
    """Nobody waits for anything on this task any more."""
    path = reverse("task", args=[task.pk])
    for duty in Duty.objects.filter(path=path, done_at=None):
        settle(duty, now=now, outcome=Duty.Outcome.DROPPED)


def _listed(task: TaskNotice) -> list[Invitation]:
    rows = task.invitations.filter(removed_at=None, invited_at=None).select_related("organisation", "task")
    return list(rows.order_by("-score", "pk"))


def _check_gate(task: TaskNotice, count: int, now: datetime) -> Gate:
    found = gate(task.law, on=timezone.localtime(now).date())
    if not found.is_open:
        raise Refused(found.reason.msgid, **found.reason.values)
    if found.at_most is not None and count > found.at_most:
        raise Refused(
            gettext_noop("Ved bygge og anlæg må højst %(count)d bedes om tilbud. Tag nogle af listen."),
            count=found.at_most,
        )
    return found


def _keep_answer(by: Principal, task: TaskNotice, found: Gate, now: datetime) -> None:
    """What the law said when somebody was asked stays with the task, to the award and the order."""
    if found.guided is not None:
        path = reverse("task", args=[task.pk])
        save_answer(by, found.guided, task.title, about=about(task.pk), path=path, case=found.case, now=now)


def check_still_lawful(task: TaskNotice, price_oere: int, now: datetime) -> None:
    """The guide once more, with the price that was agreed. Refuses when the way is no longer open at that price."""
    price = -(-price_oere // 100)
    if task.company_id is not None or price <= task.law.value_dkk:
        return
    found = gate(task.law, on=timezone.localtime(now).date(), value_dkk=price)
    if not found.is_open:
        raise Refused(
            gettext_noop(
                "Prisen er højere end den værdi, I regnede med, og ændrer, hvad I må. Træk opgaven tilbage, og begynd med den rigtige værdi."
            )
        )


def _send_out(by: Principal, task: TaskNotice, listed: Sequence[Invitation], now: datetime) -> None:
    task.published_at = now
    task.save(update_fields=["published_at"])
    end_step(task, HELP_DUTY, now=now)
    for invitation in listed:
        invitation.task = task
        invite(by, invitation, now=now)


def give_latecomers_time(by: Principal, task: TaskNotice, now: datetime) -> None:
    """Whoever is asked later must have time enough, and so everybody gets it. Part of a larger act."""
    competition = getattr(task, "competition", None)
    if competition is None:
        return
    enough = due_in(TIME_FOR_LATECOMERS, now=now, calendar=task.municipality.calendar())
    if competition.bids_until < enough:
        move_deadline(by, task, enough, because=_("en virksomhed blev spurgt senere end de andre"), now=now)


def move_deadline(by: Principal, task: TaskNotice, until: datetime, *, because: str, now: datetime) -> None:
    """Give all bidders more time, and tell them. Part of a larger act."""
    competition = task.competition
    competition.bids_until, competition.extended_because = until.replace(microsecond=0), because
    competition.save(update_fields=["bids_until", "extended_because"])
    Duty.objects.filter(kind=OPEN_DUTY, path=reverse("task", args=[task.pk]), done_at=None).update(
        due_at=due_in(1, now=until, calendar=task.municipality.calendar())
    )
    tell_all(
        by,
        task,
        _("Fristen er flyttet"),
        _(
            "Hej %(contact)s\n\nFristen for at byde på en opgave for %(municipality)s er flyttet for alle. Se den nye frist her:\n{link}"
        ),
        now=now,
    )


def _who(listed: Sequence[Invitation]) -> dict[str, object]:
    return {"organisations": [invitation.organisation_id for invitation in listed]}


def buyer_of(task: TaskNotice) -> User:
    return task.buyer
