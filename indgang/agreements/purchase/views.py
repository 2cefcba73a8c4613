# SPDX-License-Identifier: MPL-2.0
"""The buyers' catalogue, an agreement, ordering on it, and what happens with the order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.agreements.models import Agreement, CallOff
from indgang.agreements.permissions import check_can_call_off, check_can_change, check_can_manage
from indgang.agreements.purchase import actions
from indgang.agreements.purchase.forms import CallOffForm, PriceForm
from indgang.agreements.purchase.law import amber_agreements, what_law_said
from indgang.agreements.queries import catalogue, clauses_of, purchases_visible_to, spent_oere
from indgang.agreements.term import share_used
from indgang.core.text import Refused
from indgang.kernel.access import Principal, may
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.models import Unit
from indgang.procurement.actions import deliver
from indgang.procurement.forms import DeliveryForm
from indgang.procurement.permissions import CENTRAL


@staff()
@require_safe
def shelf(request: Request) -> HttpResponse:
    """What can be bought right now, and drafts that wait for a signature."""
    by, today, words = request.principal, timezone.localdate(), request.GET.get("q", "")[:100]
    rows = catalogue(by, today=today, words=words)[:100]
    others = purchases_visible_to(by).select_related("terms__organisation")
    context = {
        "amber": amber_agreements(by.municipality_id),
        "rows": [(row, share_used(row.spent_oere, row.terms.limit_oere)) for row in rows],  # type: ignore[attr-defined]
        "words": words,
        "drafts": others.filter(in_force_at=None, ended_at=None).order_by("-created_at")[:20],
        "over": others.filter(in_force_at__isnull=False, last_date__lt=today).order_by("-last_date")[:20],
    }
    return render(request, "agreements/catalogue.html", context)


@logged_in
@require_safe
def purchase(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    return render(request, "agreements/purchase.html", page_of(request.principal, row))


@staff()
@require_POST
def order(request: Request, agreement_id: int) -> HttpResponse:
    """The second of two clicks."""
    row, by = visible(request, agreement_id), request.principal
    form = CallOffForm(request.POST, lines=_lines(row), units=units_of(by))
    if form.is_valid():
        said = form.cleaned_data
        try:
            placed = actions.call_off(
                by,
                row,
                form.quantities,
                unit=said["unit"],
                place=said["place"],
                delivery_date=said["delivery_date"],
                note=said["note"],
                now=timezone.now(),
            )
            messages.success(
                request, _("Bestilt. Ordren er sendt til %(name)s.") % {"name": row.terms.organisation.name}
            )
            return redirect(placed.page)
        except Refused as refusal:
            form.refuse(refusal)
    page = page_of(by, row) | {"call_off_form": form}
    return render(request, "agreements/purchase.html", page, status=422)


@staff()
@require_safe
def placed(request: Request, order_id: int) -> HttpResponse:
    return render(
        request, "agreements/order.html", {"called": call_off_of(request, order_id), "form": DeliveryForm()}
    )


@staff()
@require_POST
def delivered(request: Request, order_id: int) -> HttpResponse:
    called, form = call_off_of(request, order_id), DeliveryForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            deliver.report_delivery(
                request.principal,
                called.order,
                delivered=said["delivered"],
                delivered_oere=said["amount"],
                rating=said["rating"],
                note=said["note"],
                now=timezone.now(),
            )
            messages.success(request, _("Tak. Nu tæller købet med."))
            return redirect(called.order.page)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "agreements/order.html", {"called": called, "form": form}, status=422)


@staff()
@require_POST
def paid(request: Request, order_id: int) -> HttpResponse:
    called = call_off_of(request, order_id)
    deliver.mark_paid(request.principal, called.order, now=timezone.now())
    return redirect(called.order.page)


@staff()
@require_http_methods(["POST"])
def add_price(request: Request, agreement_id: int) -> HttpResponse:
    row, form = visible(request, agreement_id), PriceForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_price(
                request.principal,
                row,
                text=said["text"],
                per=said["per"],
                price_oere=said["price"],
                now=timezone.now(),
            )
            return redirect("agreements:purchase", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    page = page_of(request.principal, row) | {"price_form": form}
    return render(request, "agreements/purchase.html", page, status=422)


@staff()
@require_POST
def end_price(request: Request, agreement_id: int, line_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    line = found(row.prices.select_related("agreement").filter(pk=line_id).first())
    actions.end_price(request.principal, line, now=timezone.now())
    return redirect("agreements:purchase", row.pk)


@staff()
@require_POST
def limit_seen(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    actions.see_to_limit(request.principal, row, now=timezone.now())
    return redirect("agreements:purchase", row.pk)


def visible(request: Request, agreement_id: int) -> Agreement:
    rows = purchases_visible_to(request.principal).select_related(
        "terms__organisation",
        "terms__decision__task",
        "terms__limit_warning",
        "unit",
        "manager",
        "municipality",
    )
    row: Agreement = found(rows.filter(pk=agreement_id).first())
    return row


def page_of(by: Principal, row: Agreement) -> dict[str, Any]:
    """Everything on the page of one agreement."""
    today, lines = timezone.localdate(), _lines(row)
    spent = spent_oere(row)
    mine = CallOff.objects.filter(agreement=row).select_related("order__unit", "order__ordered_by")
    if not by.works_here:
        mine = mine.filter(order__organisation_id__in=by.organisations)
    return {
        "agreement": row,
        "terms": row.terms,
        "lines": lines,
        "spent": spent,
        "left": max(0, row.terms.limit_oere - spent),
        "share": share_used(spent, row.terms.limit_oere),
        "may_order": may(check_can_call_off, by, row, today),
        "may_change": may(check_can_change, by, row),
        "may_manage": may(check_can_manage, by, row),
        "call_off_form": CallOffForm(lines=lines, units=units_of(by)),
        "price_form": PriceForm(),
        "clauses": clauses_of(row) if by.works_here else (),
        "orders": mine.order_by("-order__ordered_at")[:50],
        "today": today,
    } | (what_law_said(row) if by.works_here else {})


def units_of(by: Principal) -> list[Unit]:
    """Units somebody may order for: their own; all for those who buy for the whole municipality."""
    rows = Unit.objects.filter(municipality_id=by.municipality_id)
    own = list(rows.filter(pk__in=by.units).order_by("name"))
    if not by.holds(*CENTRAL):
        return own
    return own + list(rows.exclude(pk__in=by.units).order_by("name"))


def _lines(row: Agreement) -> list[Any]:
    return list(row.prices.filter(ended_at=None).order_by("pk"))


def call_off_of(request: Request, order_id: int) -> CallOff:
    """The call-off behind an order, when its agreement is in sight."""
    rows = CallOff.objects.filter(agreement__in=purchases_visible_to(request.principal), order_id=order_id)
    called: CallOff = found(
        rows.select_related(
            "agreement", "order__organisation", "order__unit__municipality", "order__document", "order__duty", "order__ordered_by"
        ).first()
    )  # fmt: skip
    return called
