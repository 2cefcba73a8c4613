# SPDX-License-Identifier: MPL-2.0
"""Reads of agreements that several pages use."""

from datetime import date

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from indgang.agreements.models import Agreement, CallOff
from indgang.guidance.models import HoursClause
from indgang.kernel.access import Kind, Principal


def purchases_visible_to(by: Principal) -> QuerySet[Agreement]:
    """Staff see every purchase agreement of their municipality, a supplier its own."""
    rows = Agreement.objects.filter(kind=Agreement.Kind.PURCHASE, municipality_id=by.municipality_id)
    if by.works_here or by.kind is Kind.SYSTEM:
        return rows
    return rows.filter(terms__organisation_id__in=by.organisations, in_force_at__isnull=False)


def catalogue(by: Principal, *, today: date, words: str = "") -> QuerySet[Agreement]:
    """Agreements that can be bought on today, by name; every word must be found somewhere."""
    rows = (
        purchases_visible_to(by)
        .filter(in_force_at__isnull=False, first_date__lte=today, last_date__gte=today)
        .select_related("terms__organisation", "unit", "manager")
        .prefetch_related("prices")
        .annotate(spent_oere=Coalesce(Sum(_spent("call_offs__")), Value(0)))
    )
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(terms__what__icontains=word)
            | Q(terms__organisation__name__icontains=word)
            | Q(
                pk__in=Agreement.objects.filter(prices__text__icontains=word, prices__ended_at=None).values(
                    "pk"
                )
            )
        )
    return rows.order_by("title", "pk")


def spent_oere(agreement: Agreement) -> int:
    """Ordered and not yet delivered, plus what was really delivered. Øre without VAT."""
    total = CallOff.objects.filter(agreement=agreement).aggregate(total=Sum(_spent("")))["total"]
    return int(total or 0)


def _spent(way: str) -> Case:
    return Case(
        When(**{f"{way}order__delivered": ""}, then=F(f"{way}order__amount_oere")),
        default=F(f"{way}order__delivered_oere"),
        output_field=BigIntegerField(),
    )


def clauses_of(agreement: Agreement) -> QuerySet[HoursClause]:
    """The agreement's clauses with the hours delivered so far."""
    rows = HoursClause.objects.filter(
        about=f"agreement:{agreement.pk}", municipality_id=agreement.municipality_id
    )
    return rows.annotate(delivered=Sum("reports__hours", default=0)).order_by("pk")
