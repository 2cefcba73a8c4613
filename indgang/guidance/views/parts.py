# SPDX-License-Identifier: MPL-2.0
"""Pages of small lots, and of purchases that look split."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.text import Refused
from indgang.directory.categories import cpv_label
from indgang.guidance.actions import purchases, small_lots, splitting
from indgang.guidance.forms.limits import BecauseForm, CodeForm, LedgerForm, LotForm
from indgang.guidance.limits import ledger_standing, without_code
from indgang.guidance.models import PurchaseEntry, SmallLotsLedger, SplitFinding
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff


@staff()
@require_http_methods(["GET", "POST"])
def ledgers(request: Request) -> HttpResponse:
    """Every ledger, and a form for one more."""
    by, form = request.principal, LedgerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = small_lots.open_ledger(by, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:ledger", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    rows = SmallLotsLedger.objects.filter(municipality_id=by.municipality_id).prefetch_related("lots")
    context = {
        "rows": [(row, ledger_standing(row)) for row in rows.order_by("closed_at", "-created_at")],
        "form": form,
        "may_keep": may(check_can_keep_limits, by),
    }
    return render(request, "guidance/ledgers.html", context, status=422 if form.is_bound else 200)


@staff()
@require_http_methods(["GET", "POST"])
def ledger(request: Request, ledger_id: int) -> HttpResponse:
    """One ledger; a lot that fits is added."""
    by = request.principal
    rows = SmallLotsLedger.objects.filter(municipality_id=by.municipality_id).select_related("responsible")
    row = found(rows.filter(pk=ledger_id).first())
    form = LotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            small_lots.add_lot(by, row, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:ledger", ledger_id)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "row": row,
        "standing": ledger_standing(row),
        "lots": row.lots.order_by("bought_date", "pk"),
        "form": form,
        "may_keep": may(check_can_keep_limits, by),
    }
    return render(request, "guidance/ledger.html", context, status=422 if form.is_bound else 200)


@staff()
@require_POST
def take_out_lot(request: Request, ledger_id: int, lot_id: int) -> HttpResponse:
    rows = SmallLotsLedger.objects.filter(municipality_id=request.principal.municipality_id)
    lot = found(found(rows.filter(pk=ledger_id).first()).lots.filter(pk=lot_id).first())
    small_lots.take_out_lot(request.principal, lot, now=timezone.now())
    return redirect("guidance:ledger", ledger_id)


@staff()
@require_POST
def close_ledger(request: Request, ledger_id: int) -> HttpResponse:
    rows = SmallLotsLedger.objects.filter(municipality_id=request.principal.municipality_id)
    small_lots.close_ledger(request.principal, found(rows.filter(pk=ledger_id).first()), now=timezone.now())
    return redirect("guidance:ledgers")


@staff()
@require_safe
def splits(request: Request) -> HttpResponse:
    return render(request, "guidance/splits.html", _splits(request))


def _splits(request: Request, bound: tuple[int, BecauseForm] | None = None) -> dict[str, object]:
    number = request.principal.municipality_id
    rows = list(
        SplitFinding.objects.filter(municipality_id=number).select_related("ended_by").order_by("-found_at")
    )
    wanted = {pk for row in rows for pk in row.entries}
    bought = {
        entry.pk: entry
        for entry in PurchaseEntry.objects.filter(pk__in=wanted).select_related("unit", "organisation")
    }
    told = [
        {
            "row": row,
            "what": cpv_label(row.subject),
            "entries": [bought[pk] for pk in row.entries if pk in bought],
            "form": bound[1] if bound and bound[0] == row.pk else BecauseForm(prefix=f"f{row.pk}"),
        }
        for row in rows
    ]
    return {
        "open": [each for each in told if each["row"].ended_at is None],  # type: ignore[attr-defined]
        "ended": [each for each in told if each["row"].ended_at is not None][:20],  # type: ignore[attr-defined]
        "may_keep": may(check_can_keep_limits, request.principal),
    }


@staff()
@require_safe
def uncoded(request: Request) -> HttpResponse:
    """Purchases whose kind nobody knows: they are added up with nothing until somebody says."""
    return render(request, "guidance/uncoded.html", _uncoded(request))


def _uncoded(request: Request, bound: tuple[int, CodeForm] | None = None) -> dict[str, object]:
    rows = without_code(request.principal.municipality_id).select_related("unit", "organisation")[:100]
    return {
        "rows": [
            (row, bound[1] if bound and bound[0] == row.pk else CodeForm(prefix=f"e{row.pk}")) for row in rows
        ],
        "may_keep": may(check_can_keep_limits, request.principal),
    }


@staff()
@require_POST
def give_code(request: Request, entry_id: int) -> HttpResponse:
    entry = found(without_code(request.principal.municipality_id).filter(pk=entry_id).first())
    form = CodeForm(request.POST, prefix=f"e{entry_id}")
    if form.is_valid():
        try:
            entry = purchases.give_code(request.principal, entry, now=timezone.now(), **form.cleaned_data)
            if entry.running is not None:
                said = _("Nu tæller det med i «%(title)s».") % {"title": entry.running.title}
            else:
                said = _("Gemt. Det lægges sammen med andre køb af samme slags.")
            messages.success(request, said)
            return redirect("guidance:uncoded")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/uncoded.html", _uncoded(request, (entry_id, form)), status=422)


@staff()
@require_POST
def look_for_splits(request: Request) -> HttpResponse:
    """Look now instead of tonight."""
    new = splitting.find_splits(request.principal, now=timezone.now())
    messages.success(request, _("Set efter. %(count)d nye.") % {"count": len(new)})
    return redirect("guidance:splits")


@staff()
@require_POST
def explain_split(request: Request, finding_id: int) -> HttpResponse:
    rows = SplitFinding.objects.filter(municipality_id=request.principal.municipality_id)
    finding = found(rows.select_related("duty").filter(pk=finding_id).first())
    form = BecauseForm(request.POST, prefix=f"f{finding_id}")
    if form.is_valid():
        try:
            splitting.explain_split(request.principal, finding, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Forklaret. Kommer der et køb til, spørger vi igen."))
            return redirect("guidance:splits")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/splits.html", _splits(request, (finding_id, form)), status=422)
