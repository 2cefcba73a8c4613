# SPDX-License-Identifier: MPL-2.0
"""Orders added up where the law adds purchases up. A company's own purchase is none of ours."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from indgang.guidance.actions.cases import facts_in
from indgang.guidance.actions.purchases import count_purchase
from indgang.guidance.models import PurchaseEntry
from indgang.kernel.access import Principal
from indgang.procurement.models import Order


def count_order(by: Principal, order: Order, oere: int, *, now: datetime) -> None:
    """Count an amount for an order; the same order again corrects it."""
    count_purchase(
        by,
        kind="order",
        text=order.text,
        amount_dkk=round(oere / 100),
        bought_date=timezone.localtime(order.ordered_at).date(),
        unit=order.unit,
        organisation=order.organisation,
        cpv_code=_code(order),
        source=_source(order),
        path=order.page or reverse("task", args=[order.task_id]) + "#ordre",
        now=now,
    )


def recount(by: Principal, order: Order, *, now: datetime) -> None:
    """What was delivered counts, once it is known: less than was ordered, or nothing.

    An order on an agreement counts from the day it is placed when its kind is known; one that follows a task counts
    when something came.
    """
    if order.task is None and not order.cpv_code:
        return
    if order.task is not None and order.task.company_id is not None:
        return
    came = order.delivered_oere or 0
    counted = PurchaseEntry.objects.filter(municipality_id=order.municipality_id, source=_source(order))
    if came or counted.exists():
        count_order(by, order, came, now=now)


def _source(order: Order) -> str:
    return f"order:{order.pk}"


def _code(order: Order) -> str:
    """The order's own code, its task's, or the one that its words can hardly mean otherwise."""
    stated = order.cpv_code or (order.task.cpv_code if order.task else "")
    return stated or facts_in(order.text).get("cpv_main", "")
