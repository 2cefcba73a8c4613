# SPDX-License-Identifier: MPL-2.0
"""The order as a document: numbered per municipality, and readable by a screen reader (PDF/UA-1)."""

from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile
from indgang.kernel.pdf import typeset
from indgang.kernel.templatetags.ui import oere
from indgang.procurement.models import Order

_LOCK = 7_302
TEMPLATE = Path(__file__).parent / "documents" / "order.typ"


def next_number(municipality_id: int) -> int:
    """The municipality's next order number, reserved until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, municipality_id])
    last = Order.objects.filter(municipality_id=municipality_id).aggregate(last=Max("number"))["last"]
    return (last or 10_000) + 1


def draw_order(by: Principal, order: Order, *, now: datetime) -> StoredFile:
    """The order as PDF, kept among the files."""
    unit, organisation = order.unit, order.organisation
    facts = {
        "number": str(order.number),
        "municipality": unit.municipality.name,
        "cvr": unit.municipality.cvr_number,
        "unit": unit.name,
        "buyer": order.ordered_by.name,
        "phone": order.ordered_by.phone,
        "email": order.ordered_by.email,
        "supplier": organisation.name,
        "supplier_cvr": organisation.cvr_number,
        "text": order.text,
        "need": order.task.need if order.task else "",
        "quantity": order.task.quantity if order.task else "",
        "amount": oere(order.amount_oere),
        "ean": order.ean_number,
        "account": order.account,
        "address": order.delivery_address,
        "delivery": date_format(order.delivery_date, "j. F Y") if order.delivery_date else "",
        "ordered": date_format(timezone.localtime(order.ordered_at), "j. F Y"),
        "payment_days": str(unit.municipality.payment_days),
    }
    return files.store(f"ordre-{order.number}.pdf", typeset(TEMPLATE, facts), by=by, now=now)
