# SPDX-License-Identifier: MPL-2.0
"""After the order: delivered or not, how it went, and paid in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import promise, settle
from indgang.kernel.models import Duty, Membership, Role, User
from indgang.procurement.actions.count import recount
from indgang.procurement.models import Order
from indgang.procurement.permissions import check_can_handle_order, check_can_report_delivery
from indgang.procurement.states import CAME

PAYMENT_DUTY = "procurement.payment"


@transaction.atomic
def report_delivery(
    by: Principal,
    order: Order,
    *,
    delivered: str,
    delivered_oere: int | None = None,
    rating: int | None = None,
    note: str = "",
    now: datetime,
) -> None:
    """Say whether it came. Only this makes the order count as bought; a full delivery counts the order's amount."""
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("unit__municipality", "duty", "task", "organisation")
        .get(pk=order.pk)
    )
    check_can_report_delivery(by, order)
    if delivered == Order.Delivered.PARTLY and delivered_oere is None:
        raise Refused(gettext_noop("Skriv, hvor stort et beløb der er leveret for."))
    full = {Order.Delivered.YES: order.amount_oere, Order.Delivered.NO: 0}
    order.delivered, order.delivered_at = delivered, now
    order.delivered_oere = (
        delivered_oere if delivered_oere is not None else full.get(Order.Delivered(delivered), 0)
    )
    order.rating, order.note = rating, note
    order.save(update_fields=["delivered", "delivered_at", "delivered_oere", "rating", "note"])
    if delivered != Order.Delivered.NO:
        if order.duty is not None:
            settle(order.duty, now=now)
        _watch_payment(by, order, now)
    recount(by, order, now=now)
    audit.record(
        by, "order.deliver", f"order:{order.pk}", now=now, facts={"delivered": delivered, "rating": rating}
    )


@transaction.atomic
def mark_paid(by: Principal, order: Order, *, now: datetime) -> None:
    """The invoice is paid."""
    check_can_handle_order(by, order)
    if order.delivered not in CAME:
        raise Refused(gettext_noop("Meld først, om ordren er leveret."))
    order.paid_at = now
    order.save(update_fields=["paid_at"])
    for duty in Duty.objects.filter(kind=PAYMENT_DUTY, path=_path(order), done_at=None):
        settle(duty, now=now)
    audit.record(by, "order.paid", f"order:{order.pk}", now=now)


def _watch_payment(by: Principal, order: Order, now: datetime) -> None:
    """An invoice that is not marked as paid within the promised days lands with the coordinator."""
    if order.paid_at is not None or Duty.objects.filter(kind=PAYMENT_DUTY, path=_path(order), done_at=None):
        return
    municipality = order.unit.municipality
    promise(
        by,
        PAYMENT_DUTY,
        _("Er %(name)s betalt? Ordre %(number)s") % {"name": order.organisation.name, "number": order.number},
        path=_path(order),
        due_at=now + timedelta(days=municipality.payment_days),
        owner=coordinator(order.municipality_id),
        unit=order.unit,
        calendar=municipality.calendar(),
        now=now,
    )


def coordinator(municipality_id: int) -> User | None:
    """The municipality's coordinator, the first when there are several."""
    post = (
        Membership.objects.filter(municipality_id=municipality_id, role=Role.COORDINATOR, last_date=None)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    return post.user if post else None


def _path(order: Order) -> str:
    return order.page or reverse("task", args=[order.task_id]) + "#ordre"
