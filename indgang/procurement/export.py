# SPDX-License-Identifier: MPL-2.0
"""Orders as a CSV file for finance: one line an order, amounts in kroner without VAT. Prices of bids are not in it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from indgang.kernel.access import Principal
from indgang.kernel.models import Role
from indgang.kernel.sheets import csv_of
from indgang.procurement.models import Order
from indgang.procurement.permissions import CENTRAL

COLUMNS = (
    "ordrenummer", "bestilt", "enhed", "ean", "konto", "hvad", "cpv", "virksomhed", "cvr", "bestilt_for_kr",
    "leveret", "leveret_dato", "leveret_for_kr", "betalt", "bedoemmelse", "side",
)  # fmt: skip
SEE_ALL = (*CENTRAL, Role.FINANCE)


def orders_visible_to(by: Principal) -> QuerySet[Order]:
    """Every order for purchasing, coordinator and finance; those of their own units for the others who work here."""
    rows = Order.objects.filter(municipality_id=by.municipality_id)
    if not by.holds(*SEE_ALL):
        rows = rows.filter(unit_id__in=by.units)
    return rows.select_related("unit", "organisation", "task").order_by("number")


def orders_as_csv(orders: Iterable[Order]) -> str:
    return csv_of(COLUMNS, map(_row, orders))


def _row(order: Order) -> list[object]:
    return [
        order.number,
        _day(order.ordered_at),
        order.unit.name,
        order.ean_number,
        order.account,
        order.text,
        order.cpv_code or (order.task.cpv_code if order.task else ""),
        order.organisation.name,
        order.organisation.cvr_number or "",
        _kroner(order.amount_oere),
        order.get_delivered_display() if order.delivered else "",
        _day(order.delivered_at),
        _kroner(order.delivered_oere),
        _day(order.paid_at),
        order.rating or "",
        f"/opgaver/{order.task_id}/" if order.task_id else order.page,
    ]


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def _kroner(oere: int | None) -> str:
    """1234567 øre is '12345,67', as a Danish spreadsheet reads it."""
    return "" if oere is None else f"{oere // 100},{oere % 100:02d}"
