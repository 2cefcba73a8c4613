# SPDX-License-Identifier: MPL-2.0
"""The impact assessment's page: recorded, read, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import AuditLine
from indgang.kernel.ui.forms import Form
from indgang.placements.actions.dpia import record_dpia, review_dpia, withdraw_dpia
from indgang.placements.forms import DpiaForm, ReviewForm, WithdrawForm
from indgang.placements.models import Dpia
from indgang.placements.permissions import GUARDIANS, REGISTRARS, check_can_guard, dpia_in_force


@staff(*GUARDIANS, *REGISTRARS)
@require_http_methods(["GET", "HEAD", "POST"])
def dpia(request: Request) -> HttpResponse:
    """Whether placements may be kept, on what, and who has read them for what."""
    by = request.principal
    form = DpiaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_dpia(by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Konsekvensanalysen er lagt ind. Nu kan pladser registreres."))
            return redirect("placements:dpia")
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, form=form)


@staff(*GUARDIANS)
@require_POST
def review(request: Request) -> HttpResponse:
    form = ReviewForm(request.POST)
    row = found(dpia_in_force(request.principal.municipality_id))
    if form.is_valid():
        review_dpia(request.principal, row, note=form.cleaned_data["note"], now=timezone.now())
        messages.success(request, _("Skrevet ned. Vi minder om den igen om et år."))
        return redirect("placements:dpia")
    return _page(request, review_form=form)


@staff(*GUARDIANS)
@require_POST
def withdraw(request: Request) -> HttpResponse:
    form = WithdrawForm(request.POST)
    row = found(dpia_in_force(request.principal.municipality_id))
    if form.is_valid():
        withdraw_dpia(request.principal, row, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Trukket tilbage. Ingen kan se pladserne, og de slettes om 30 dage."))
        return redirect("placements:dpia")
    return _page(request, withdraw_form=form)


@staff(*GUARDIANS, *REGISTRARS)
def document(request: Request) -> HttpResponse:
    row = found(dpia_in_force(request.principal.municipality_id))
    return files.download(row.document)


def _page(request: Request, **refused: Form) -> HttpResponse:
    """`refused` holds a form that was turned down, with what was typed."""
    by = request.principal
    reads = AuditLine.objects.filter(municipality_id=by.municipality_id, act="placements.read")
    earlier = Dpia.objects.filter(municipality_id=by.municipality_id, withdrawn_at__isnull=False)
    context = {
        "dpia": dpia_in_force(by.municipality_id),
        "form": DpiaForm(),
        "review_form": ReviewForm(),
        "withdraw_form": WithdrawForm(),
        "allowed": may(check_can_guard, by),
        "reads": reads.order_by("-number")[:20] if by.holds(*GUARDIANS) else [],
        "earlier": earlier.order_by("-withdrawn_at")[:5],
    }
    return render(request, "placements/dpia.html", context | refused)
