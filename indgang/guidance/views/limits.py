# SPDX-License-Identifier: MPL-2.0
"""Pages of running purchases: the list, one of them, and the three choices at the limit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.pack import load
from indgang.core.text import Refused
from indgang.guidance.actions import limits, purchases
from indgang.guidance.basis import basis_of
from indgang.guidance.forms.limits import AmountForm, ChoiceForm, RenewForm, RunningForm, SettleForm
from indgang.guidance.limits import direct_limit, standing, standings, without_code
from indgang.guidance.models import (
    PurchaseEntry,
    RunningPurchase,
    SmallLotsLedger,
    SplitFinding,
)
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel.access import Principal, may
from indgang.kernel.http import Request, found, staff


def visible_to(by: Principal) -> Any:
    """Running purchases of the municipality, for its staff."""
    return RunningPurchase.objects.filter(municipality_id=by.municipality_id)


@staff()
@require_safe
def limits_list(request: Request) -> HttpResponse:
    number = request.principal.municipality_id
    context = {
        "standings": standings(number),
        "splits": SplitFinding.objects.filter(municipality_id=number, ended_at=None).count(),
        "ledgers": SmallLotsLedger.objects.filter(municipality_id=number, closed_at=None).count(),
        "uncoded": without_code(number).count(),
        "closed": visible_to(request.principal).exclude(closed_at=None).order_by("-closed_at")[:20],
        "limit": direct_limit(timezone.localdate()),
        "may_keep": may(check_can_keep_limits, request.principal),
    }
    return render(request, "guidance/limits.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def new_limit(request: Request) -> HttpResponse:
    by, now = request.principal, timezone.now()
    form = RunningForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agreed = said.pop("contract_dkk")
        try:
            row = limits.open_running(by, now=now, **said)
            if agreed:
                words = _("Aftalt ved begyndelsen")
                kind = PurchaseEntry.Kind.CONTRACT
                limits.add_amount(
                    by, row, kind=kind, text=words, amount_dkk=agreed, bought_date=row.first_date, now=now
                )
            return redirect("guidance:limit", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "guidance/limit_new.html", {"form": form, "may_keep": may(check_can_keep_limits, by)}
    )


def _page(request: Request, row: RunningPurchase, **forms: Any) -> dict[str, Any]:
    entries = list(row.entries.select_related("unit", "organisation").order_by("-bought_date", "-pk"))
    decisions = row.decisions.select_related("user", "settled_by", "duty__owner").order_by("-chosen_at")
    return {
        "row": row,
        "standing": standing(row, entries),
        "entries": entries,
        "decisions": [(each, SettleForm(prefix=f"d{each.pk}")) for each in decisions],
        "amount_form": AmountForm(),
        "renew_form": RenewForm(),
        "may_keep": may(check_can_keep_limits, request.principal),
        "basis": basis_of(
            load(), ("A", "V-08", "P178") if row.original_dkk else ("A", "V-08"), timezone.localdate()
        ),
    } | forms


def _found(request: Request, number: int) -> RunningPurchase:
    rows = visible_to(request.principal).select_related("organisation", "unit", "responsible", "duty")
    return found(rows.filter(pk=number).first())  # type: ignore[no-any-return]


@staff()
@require_safe
def limit(request: Request, number: int) -> HttpResponse:
    return render(request, "guidance/limit.html", _page(request, _found(request, number)))


@staff()
@require_POST
def add(request: Request, number: int) -> HttpResponse:
    """Write an amount down; what would reach the limit is shown with the three choices instead."""
    row, form = _found(request, number), AmountForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        where = limits.with_change(row, said["amount_dkk"], said["kind"])
        if where.passes and said["amount_dkk"] > 0 and may(check_can_keep_limits, request.principal):
            choice = ChoiceForm(initial={"text": said["text"], "amount_dkk": said["amount_dkk"]})
            return render(request, "guidance/limit_stop.html", {"row": row, "where": where, "form": choice})
        try:
            limits.add_amount(request.principal, row, now=timezone.now(), **said)
            return redirect("guidance:limit", number)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/limit.html", _page(request, row, amount_form=form), status=422)


@staff()
@require_POST
def choose(request: Request, number: int) -> HttpResponse:
    row, form = _found(request, number), ChoiceForm(request.POST)
    if form.is_valid():
        try:
            limits.choose(request.principal, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Valget er skrevet ned."))
            return redirect("guidance:limit", number)
        except Refused as refusal:
            form.refuse(refusal)
    amount = request.POST.get("amount_dkk", "0")
    change = int(amount) if amount.lstrip("-").isdigit() else 0
    context = {"row": row, "where": standing(row, row.entries.all(), change), "form": form}
    return render(request, "guidance/limit_stop.html", context, status=422)


@staff()
@require_POST
def settle(request: Request, number: int, decision_id: int) -> HttpResponse:
    """A second person writes the lawyer's assessment down."""
    row = _found(request, number)
    decision = found(row.decisions.select_related("duty", "running").filter(pk=decision_id).first())
    form = SettleForm(request.POST, prefix=f"d{decision_id}")
    if form.is_valid():
        try:
            limits.settle_choice(request.principal, decision, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:limit", number)
        except Refused as refusal:
            form.refuse(refusal)
    page = _page(request, row)
    page["decisions"] = [(each, form if each.pk == decision_id else old) for each, old in page["decisions"]]
    return render(request, "guidance/limit.html", page, status=422)


@staff()
@require_POST
def renew(request: Request, number: int) -> HttpResponse:
    row, form = _found(request, number), RenewForm(request.POST)
    if form.is_valid():
        try:
            limits.renew(request.principal, row, last_date=form.cleaned_data["last_date"], now=timezone.now())
            return redirect("guidance:limit", number)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/limit.html", _page(request, row, renew_form=form), status=422)


@staff()
@require_POST
def close(request: Request, number: int) -> HttpResponse:
    limits.close(request.principal, _found(request, number), now=timezone.now())
    messages.success(request, _("Afsluttet. Det, der er talt, kan stadig læses."))
    return redirect("guidance:limits")


@staff()
@require_POST
def take_out(request: Request, number: int, entry_id: int) -> HttpResponse:
    entry = found(_found(request, number).entries.filter(pk=entry_id).first())
    purchases.take_out(request.principal, entry, now=timezone.now())
    return redirect("guidance:limit", number)
