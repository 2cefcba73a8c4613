# SPDX-License-Identifier: MPL-2.0
"""Who may do what with a task, and the sentence when they may not."""

from datetime import datetime

from indgang.core.text import Refused, gettext_noop
from indgang.directory.queries import bars, conflicts
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role
from indgang.procurement.models import Bid, Invitation, Opening, Order, TaskNotice
from indgang.procurement.states import State, state_of, takes_bids

CENTRAL = (Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
ANSWER = "svar"


def check_can_create(by: Principal) -> None:
    if not by.works_here and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kommunens egne folk kan oprette opgaver her."))


def check_can_handle(by: Principal, task: TaskNotice) -> None:
    """Belongs to the unit, or buys for the whole municipality."""
    if by.kind is Kind.SYSTEM or task.unit_id in by.units or by.holds(*CENTRAL):
        return
    raise Refused(
        gettext_noop("Opgaven hører til en anden enhed. Spørg den, der købte ind, eller koordinatoren.")
    )


def check_can_change_draft(by: Principal, task: TaskNotice, now: datetime) -> None:
    check_can_handle(by, task)
    if state_of(task, now) is not State.DRAFT:
        raise Refused(
            gettext_noop("Opgaven er sendt ud og kan ikke ændres. Du kan trække den tilbage og lave en ny.")
        )


def check_can_withdraw(by: Principal, task: TaskNotice, now: datetime) -> None:
    check_can_handle(by, task)
    if state_of(task, now) in (State.AWARDED, State.ORDERED, State.DELIVERED, State.WITHDRAWN):
        raise Refused(gettext_noop("Opgaven er afgjort og kan ikke trækkes tilbage."))


def check_may_buy_from(by: Principal, task: TaskNotice, organisation_id: int, now: datetime) -> None:
    """No tie that makes the buyer partial, and no bar between the task's unit and the enterprise."""
    check_unit_may_buy(by, task.unit_id, organisation_id, now)


def check_unit_may_buy(by: Principal, unit_id: int, organisation_id: int, now: datetime) -> None:
    """The same for a purchase without a task."""
    today = now.date()
    if by.user_id is not None and conflicts(by.user_id, organisation_id, on=today).exists():
        raise Refused(
            gettext_noop(
                "Du har en interesse i den virksomhed og må ikke spørge, åbne eller vælge her. Bed en kollega om det."
            )
        )
    if bars(organisation_id, unit_id, on=today).exists():
        raise Refused(
            gettext_noop("Enheden må ikke købe hos den virksomhed lige nu på grund af en aftalt spærring.")
        )


def check_can_ask_more(by: Principal, task: TaskNotice, now: datetime) -> None:
    check_can_handle(by, task)
    if state_of(task, now) is not State.ASKING:
        raise Refused(gettext_noop("Der kan kun spørges flere, mens opgaven er ude."))


def check_can_answer(by: Principal, invitation: Invitation, now: datetime) -> None:
    """By the link, for the enterprise, or written down by staff for somebody who rang."""
    task = invitation.task
    allowed = (
        by.may_by_link(ANSWER, invitation.pk)
        or by.speaks_for(invitation.organisation_id)
        or by.holds(*CENTRAL)
        or task.unit_id in by.units
        or by.kind is Kind.SYSTEM
    )
    if not allowed or invitation.invited_at is None:
        raise Refused(gettext_noop("Det svar kan du ikke give."))
    if state_of(task, now) is not State.ASKING:
        raise Refused(
            gettext_noop("Der er lukket for svar. Ring til kommunen, hvis du gerne vil høre om næste opgave.")
        )


def check_can_put_question(by: Principal, task: TaskNotice, organisation_id: int, now: datetime) -> None:
    if not by.speaks_for(organisation_id):
        raise Refused(gettext_noop("Log ind som virksomhed for at spørge."))
    if state_of(task, now) is not State.ASKING:
        raise Refused(gettext_noop("Der er lukket for spørgsmål."))


def check_can_bid(by: Principal, task: TaskNotice, organisation_id: int, now: datetime) -> None:
    """A sealed bid needs a log-in: a link can be forwarded."""
    if by.kind is not Kind.USER or not by.speaks_for(organisation_id):
        raise Refused(gettext_noop("Log ind som virksomhed for at byde."))
    if not takes_bids(task, now):
        raise Refused(
            gettext_noop(
                "Fristen er gået, og tilbuddet er ikke modtaget. Ring til indkøberen, hvis noget gik galt hos os."
            )
        )
    invited = task.invitations.filter(organisation_id=organisation_id, invited_at__isnull=False).exists()
    if not task.open_to_all and not invited:
        raise Refused(
            gettext_noop("Opgaven er sendt til udvalgte. Bed om at være med, så svarer indkøberen.")
        )


def check_can_open(by: Principal, task: TaskNotice, now: datetime) -> None:
    check_can_handle(by, task)
    if state_of(task, now) is not State.TO_OPEN:
        raise Refused(gettext_noop("Tilbud kan først åbnes, når fristen er gået, og kun én gang."))
    if by.user_id is None or Opening.objects.filter(task=task, user_id=by.user_id).exists():
        raise Refused(gettext_noop("Du har drejet din nøgle. En kollega skal dreje den anden."))
    for organisation_id in task.invitations.exclude(invited_at=None).values_list(
        "organisation_id", flat=True
    ):
        check_may_buy_from(by, task, organisation_id, now)


def check_can_award(by: Principal, task: TaskNotice, now: datetime) -> None:
    check_can_handle(by, task)
    if state_of(task, now) is not State.TO_AWARD:
        raise Refused(
            gettext_noop("Tilbuddene skal åbnes, før nogen kan vælges, og opgaven kan kun afgøres én gang.")
        )


def check_can_award_bid(by: Principal, bid: Bid, now: datetime) -> None:
    check_can_award(by, bid.task, now)
    check_may_buy_from(by, bid.task, bid.organisation_id, now)


def check_can_buy_small(by: Principal, invitation: Invitation, now: datetime) -> None:
    task = invitation.task
    check_can_handle(by, task)
    if task.lane != TaskNotice.Lane.SMALL or state_of(task, now) is not State.ASKING:
        raise Refused(gettext_noop("Der kan ikke købes på den opgave nu. Måske er den allerede købt."))
    check_may_buy_from(by, task, invitation.organisation_id, now)


def check_can_handle_order(by: Principal, order: Order) -> None:
    if order.unit_id not in by.units and not by.holds(*CENTRAL) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Ordren hører til en anden enhed."))


def check_can_report_delivery(by: Principal, order: Order) -> None:
    check_can_handle_order(by, order)
    if order.delivered_at is not None and order.delivered == Order.Delivered.YES:
        raise Refused(gettext_noop("Ordren er meldt leveret."))
