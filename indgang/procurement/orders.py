# SPDX-License-Identifier: MPL-2.0
"""The order and the award as documents that a screen reader can read (PDF/UA-1); orders are numbered per municipality."""

from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.formats import date_format

from indgang.kernel import danish, files
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile
from indgang.kernel.pdf import typeset
from indgang.kernel.templatetags.ui import oere
from indgang.procurement.lawful import gate, latest_answer
from indgang.procurement.models import Decision, LawFacts, Order

_LOCK = 7_302
DOCUMENTS = Path(__file__).parent / "documents"


def next_number(municipality_id: int) -> int:
    """The municipality's next order number, reserved until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, municipality_id])
    last = Order.objects.filter(municipality_id=municipality_id).aggregate(last=Max("number"))["last"]
    return (last or 10_000) + 1


@translation.override(danish.LANGUAGE)
def draw_order(by: Principal, order: Order, *, need: str = "", now: datetime) -> StoredFile:
    """The order as PDF, kept among the files. `need` says what is wanted when no task does."""
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
        "need": order.task.need if order.task else need,
        "quantity": order.task.quantity if order.task else "",
        "amount": oere(order.amount_oere),
        "ean": order.ean_number,
        "account": order.account,
        "address": order.delivery_address,
        "delivery": date_format(order.delivery_date, "DATE_FORMAT") if order.delivery_date else "",
        "ordered": date_format(timezone.localtime(order.ordered_at), "DATE_FORMAT"),
        "payment_days": str(unit.municipality.payment_days),
    }
    return files.store(f"ordre-{order.number}.pdf", typeset(DOCUMENTS / "order.typ", facts), by=by, now=now)


@translation.override(danish.LANGUAGE)
def draw_award(by: Principal, decision: Decision, *, now: datetime) -> StoredFile:
    """The award as PDF for the records system: who was asked, what was offered, who decided and why."""
    task = decision.task
    said = {line.organisation_id: line.reason for line in decision.lines.all()}
    bids = task.bids.filter(withdrawn_at=None, replaced_at=None, price_oere__isnull=False)
    asked = task.invitations.exclude(invited_at=None).select_related("organisation").order_by("pk")
    facts = {
        "title": task.title,
        "municipality": task.municipality.name,
        "unit": task.unit.name,
        "decided": date_format(timezone.localtime(decision.decided_at), "DATE_FORMAT"),
        "need": task.need,
        "law": translated_reason(task.law, now),
        "reasoning": task.law.reasoning,
        "asked": ", ".join(row.organisation.name for row in asked) or "Alle kunne byde.",
        "bids": [
            {
                "name": bid.organisation.name,
                "price": oere(bid.price_oere),
                "reason": said.get(bid.organisation_id, ""),
            }
            for bid in bids.select_related("organisation").order_by("price_oere")
        ],
        "openers": ", ".join(opening.user.name for opening in task.openings.select_related("user")),
        "winner": decision.organisation.name,
        "price": oere(decision.price_oere),
        "reason": decision.reason,
        "decider": decision.decided_by.name,
    }
    return files.store(f"tildeling-{task.pk}.pdf", typeset(DOCUMENTS / "award.typ", facts), by=by, now=now)


def translated_reason(law: LawFacts, now: datetime) -> str:
    """What the gate of law says, in Danish, as it stood at the decision."""
    said = str(gate(law, on=timezone.localtime(now).date()).reason)
    kept = latest_answer(law.task)
    if kept is None:
        return said
    day = date_format(timezone.localtime(kept.saved_at), "DATE_FORMAT")
    return f"{said} Svaret blev gemt {day} med regelpakke {kept.pack}."
