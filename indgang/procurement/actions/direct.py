# SPDX-License-Identifier: MPL-2.0
"""Ordering without a task: on an agreement that stands already. Delivery, rating and payment go as for any order."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel import audit, filing
from indgang.kernel.access import Kind, Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Unit
from indgang.procurement.actions.award import promise_delivery
from indgang.procurement.actions.count import count_order
from indgang.procurement.models import Order
from indgang.procurement.orders import draw_order, next_number
from indgang.procurement.permissions import CENTRAL, check_unit_may_buy


class PageOf(Protocol):
    """Where an order will be seen, once its number in the database is known."""

    def __call__(self, order_id: int) -> str: ...


@dataclass(frozen=True)
class Wanted:
    """What is ordered. `amount_oere` is without VAT; `need` is the longer text on the order."""

    text: str
    amount_oere: int
    need: str = ""
    place: str = ""
    delivery_date: date | None = None
    cpv_code: str = ""
    """What kind it is. Without one the order is not added up with others of its kind."""


@transaction.atomic
def order_directly(
    by: Principal, *, unit: Unit, organisation: Organisation, wanted: Wanted, page_of: PageOf, now: datetime
) -> Order:
    """Place an order with EAN, account and address of the unit; the caller has judged that it may be bought so."""
    if unit.pk not in by.units and not by.holds(*CENTRAL) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Du kan kun bestille til en enhed, du arbejder i."))
    check_unit_may_buy(by, unit.pk, organisation.pk, now)
    if by.user_id is None:
        raise Refused(gettext_noop("Log ind for at bestille."))
    order = Order.objects.create(
        municipality_id=by.municipality_id,
        number=next_number(by.municipality_id),
        organisation=organisation,
        unit=unit,
        ordered_by_id=by.user_id,
        text=wanted.text[:200],
        amount_oere=wanted.amount_oere,
        ean_number=unit.ean_number,
        account=unit.account,
        delivery_address=wanted.place.strip()[:200] or unit.delivery_address,
        delivery_date=wanted.delivery_date,
        cpv_code=wanted.cpv_code,
        ordered_at=now,
    )
    order.page = page_of(order.pk)
    order.document = draw_order(by, order, need=wanted.need, now=now)
    order.duty = promise_delivery(by, order, now)
    order.save(update_fields=["page", "document", "duty"])
    if order.cpv_code:
        count_order(by, order, order.amount_oere, now=now)
    title = _("Ordre %(number)s") % {"number": order.number}
    filing.journalise(by, f"ordre-{order.number}", title, order.document, now=now)
    audit.record(by, "order.direct", f"order:{order.pk}", now=now, facts={"number": order.number})
    return order
