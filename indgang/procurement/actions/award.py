# SPDX-License-Identifier: MPL-2.0
"""Choosing: whom the task goes to, with a reason for each who offered, and an order that asks for nothing twice."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.guidance.limits import check_room
from indgang.kernel import audit, filing
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, due_in, promise
from indgang.kernel.models import Duty, User
from indgang.procurement.actions.answer import standing_answer
from indgang.procurement.actions.send import check_still_lawful, close_duties, tell
from indgang.procurement.actions.steps import CHOOSE_DUTY, ORDER_DUTY, end_step, promise_step
from indgang.procurement.models import Answer, Bid, Decision, DecisionLine, Invitation, Order, TaskNotice
from indgang.procurement.orders import draw_award, draw_order, next_number
from indgang.procurement.permissions import check_can_award_bid, check_can_buy_small, check_can_handle

DELIVERY_DUTY = "procurement.delivery"


@transaction.atomic
def award(
    by: Principal, bid: Bid, *, reason: str, refusals: Mapping[int, str] | None = None, now: datetime
) -> Decision:
    """Give the task to one bidder. `refusals` holds a reason per other organisation; price speaks where none is given.

    Two who press at the same moment make one decision: the second is refused.
    """
    task = _locked(bid.task_id)
    bid.task = task
    check_can_award_bid(by, bid, now)
    if len(reason.strip()) < 10:
        raise Refused(gettext_noop("Skriv begrundelsen, så både vinder og tabere kan forstå den."))
    standing = list(
        Bid.objects.filter(task=task, withdrawn_at=None, replaced_at=None, price_oere__isnull=False).order_by(
            "price_oere"
        )
    )
    _check_equal_price(bid, standing, reason)
    check_still_lawful(task, bid.price_oere or 0, now)
    decision = _decide(by, task, bid.organisation, bid.price_oere or 0, reason.strip(), now)
    for other in standing:
        won = other.pk == bid.pk
        given = (refusals or {}).get(other.organisation_id, "").strip()
        said = decision.reason if won else given or _refusal_by_price(bid, other)
        DecisionLine.objects.create(
            municipality_id=by.municipality_id,
            decision=decision,
            organisation_id=other.organisation_id,
            won=won,
            reason=said,
        )
    _step_taken(task, now)
    promise_step(by, task, ORDER_DUTY, now=now)
    _tell_outcome(by, decision, now)
    _file(by, decision, now)
    audit.record(
        by,
        "task.award",
        f"task:{task.pk}",
        now=now,
        facts={"organisation": bid.organisation_id, "bids": [other.pk for other in standing]},
    )
    return decision


@transaction.atomic
def buy_small(
    by: Principal, invitation: Invitation, *, price_oere: int | None = None, reason: str = "", now: datetime
) -> Order:
    """Buy from one who answered a small purchase: decision and order in one press.

    The price is the one that was answered, unless the buyer agreed another by phone.
    """
    task = _locked(invitation.task_id)
    invitation.task = task
    check_can_buy_small(by, invitation, now)
    standing = standing_answer(invitation)
    price = price_oere if price_oere is not None else standing.price_oere if standing else None
    if price is None:
        raise Refused(gettext_noop("Skriv den pris, I har aftalt."))
    if price > task.law.value_dkk * 100 and price >= task.municipality.small_purchase_limit_dkk * 100:
        raise Refused(
            gettext_noop(
                "Prisen er over grænsen for småkøb. Træk opgaven tilbage, og send den ud som konkurrence."
            )
        )
    check_still_lawful(task, price, now)
    others = [other for other in _yes_answers(task) if other.pk != invitation.pk]
    said = reason.strip() or _small_reason(price, others)
    decision = _decide(by, task, invitation.organisation, price, said, now)
    for other in others:
        DecisionLine.objects.create(
            municipality_id=by.municipality_id,
            decision=decision,
            organisation_id=other.organisation_id,
            won=False,
            reason=_("Vi valgte en anden denne gang. Tak for jeres svar."),
        )
    DecisionLine.objects.create(
        municipality_id=by.municipality_id,
        decision=decision,
        organisation_id=invitation.organisation_id,
        won=True,
        reason=said,
    )
    _step_taken(task, now)
    _tell_outcome(by, decision, now)
    _file(by, decision, now)
    audit.record(
        by, "task.buy", f"task:{task.pk}", now=now, facts={"organisation": invitation.organisation_id}
    )
    return place_order(by, decision, now=now)


@transaction.atomic
def place_order(by: Principal, decision: Decision, *, now: datetime) -> Order:
    """Order what was decided: EAN, account and address come from the unit."""
    task = _locked(decision.task_id)
    check_can_handle(by, task)
    if Order.objects.filter(task=task).exists():
        raise Refused(gettext_noop("Der er bestilt. Se ordren nederst på opgaven."))
    unit = task.unit
    if task.company_id is None:
        check_room(
            by.municipality_id,
            task.cpv_code,
            decision.organisation_id,
            round(decision.price_oere / 100),
            on=timezone.localtime(now).date(),
            unit_id=unit.pk,
        )
    order = Order(
        municipality_id=by.municipality_id,
        number=next_number(by.municipality_id),
        task=task,
        organisation=decision.organisation,
        unit=unit,
        ordered_by_id=by.user_id or task.buyer_id,
        text=task.title,
        amount_oere=decision.price_oere,
        ean_number=unit.ean_number,
        account=unit.account,
        delivery_address=task.place or unit.delivery_address,
        delivery_date=task.delivery_date,
        ordered_at=now,
    )
    end_step(task, ORDER_DUTY, now=now)
    order.document = draw_order(by, order, now=now)
    order.duty = promise_delivery(by, order, now)
    order.save()
    filing.journalise(
        by,
        f"ordre-{order.number}",
        _("Ordre %(number)s") % {"number": order.number},
        order.document,
        now=now,
    )
    winner = (
        task.invitations.filter(organisation=decision.organisation).select_related("contact", "task").first()
    )
    if winner is not None:
        tell(
            by,
            winner,
            _("En ordre til jer"),
            _(
                "Hej %(contact)s\n\n%(municipality)s har bestilt hos jer. Ordren med EAN-nummer og adresse ligger her:\n{link}"
            ),
            now=now,
        )
    audit.record(
        by, "order.place", f"order:{order.pk}", now=now, facts={"task": task.pk, "number": order.number}
    )
    return order


def promise_delivery(by: Principal, order: Order, now: datetime) -> Duty:
    """Somebody who ordered says whether it came, the working day after it should have."""
    calendar = order.unit.municipality.calendar()
    day = order.delivery_date
    return promise(
        by,
        DELIVERY_DUTY,
        _("Er det leveret? %(text)s") % {"text": order.text},
        path=order.page or reverse("task", args=[order.task_id]),
        due_at=at(calendar.add(day, 1)) if day else due_in(10, now=now, calendar=calendar),
        owner=User.objects.get(pk=order.ordered_by_id),
        unit=order.unit,
        calendar=calendar,
        now=now,
    )


def _file(by: Principal, decision: Decision, now: datetime) -> None:
    """The award goes to the records system."""
    document = draw_award(by, decision, now=now)
    filing.journalise(
        by,
        f"opgave-{decision.task_id}",
        _("Tildeling: %(title)s") % {"title": decision.task.title},
        document,
        now=now,
    )


def _step_taken(task: TaskNotice, now: datetime) -> None:
    """Somebody has chosen; nobody waits for anything else on the task any more."""
    end_step(task, CHOOSE_DUTY, now=now)
    close_duties(task, now)


def _locked(task_id: int) -> TaskNotice:
    return (
        TaskNotice.objects.select_for_update(of=("self",))
        .select_related("unit", "municipality", "law", "buyer")
        .get(pk=task_id)
    )


def _decide(
    by: Principal, task: TaskNotice, organisation: Organisation, price_oere: int, reason: str, now: datetime
) -> Decision:
    return Decision.objects.create(
        municipality_id=by.municipality_id,
        task=task,
        organisation=organisation,
        price_oere=price_oere,
        reason=reason,
        decided_by_id=by.user_id or task.buyer_id,
        decided_at=now,
    )


def _check_equal_price(bid: Bid, standing: list[Bid], reason: str) -> None:
    equal = [other for other in standing if other.pk != bid.pk and other.price_oere == bid.price_oere]
    if equal and len(reason.strip()) < 40:
        raise Refused(
            gettext_noop(
                "To bød det samme. Skriv udførligt, hvad der afgjorde det, fx levering, kvalitet eller lodtrækning."
            )
        )


def _refusal_by_price(winner: Bid, other: Bid) -> str:
    if (other.price_oere or 0) > (winner.price_oere or 0):
        return _("Et andet tilbud havde en lavere pris.")
    return _("Et andet tilbud var samlet set bedre efter det, vi valgte efter.")


def _small_reason(price_oere: int, others: list[Invitation]) -> str:
    prices = [
        given.price_oere
        for other in others
        if (given := standing_answer(other)) and given.price_oere is not None
    ]
    if not prices:
        return _("Eneste med en pris, og prisen er rimelig for opgaven.")
    if price_oere <= min(prices):
        return _("Laveste pris blandt dem, der svarede.")
    return _("Bedste løsning samlet set; ikke laveste pris.")


def _yes_answers(task: TaskNotice) -> list[Invitation]:
    asked = task.invitations.exclude(invited_at=None).select_related("organisation", "contact")
    return [one for one in asked if (given := standing_answer(one)) and given.kind == Answer.Kind.YES]


def _tell_outcome(by: Principal, decision: Decision, now: datetime) -> None:
    lines = {line.organisation_id: line for line in decision.lines.all()}
    for invitation in decision.task.invitations.exclude(invited_at=None).select_related("contact", "task"):
        line = lines.get(invitation.organisation_id)
        if line is not None:
            tell(
                by,
                invitation,
                _("I har fået opgaven") if line.won else _("Svar på jeres tilbud"),
                _("Hej %(contact)s\n\n%(municipality)s har valgt. Se begrundelsen her:\n{link}"),
                now=now,
            )
