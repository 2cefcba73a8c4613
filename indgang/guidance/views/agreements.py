# SPDX-License-Identifier: MPL-2.0
"""The contract list: what binds today, and a new list on its way in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.directory.views.lists import rejected_sheet
from indgang.guidance.actions import agreements
from indgang.guidance.coverage import running
from indgang.guidance.forms.agreements import ColumnsForm, UploadForm
from indgang.guidance.models import AgreementList
from indgang.guidance.permissions import BUYS_FOR_ALL, check_can_keep_agreements
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited

UPLOADS = Limit("agreement-upload", per="account", times=30, seconds=300)
SHOWN = 10
A_PAGE = 50


@staff()
@require_safe
def agreements_list(request: Request) -> HttpResponse:
    """Every agreement that runs today, for everybody who buys; searchable by what and whom."""
    principal, words = request.principal, request.GET.get("q", "").strip()[:100]
    rows = running(principal.municipality_id, timezone.localdate()).order_by("category", "supplier")
    if words:
        rows = rows.filter(
            Q(category__icontains=words) | Q(supplier__icontains=words) | Q(cpv_codes__contains=[words[:8]])
        )
    lists = AgreementList.objects.filter(municipality_id=principal.municipality_id).exclude(finished_at=None)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("side")),
        "words": words,
        "newest": lists.order_by("-finished_at").select_related("user").first(),
        "may_upload": may(check_can_keep_agreements, principal),
    }
    return render(request, "guidance/agreements.html", context)


@limited(UPLOADS)
@staff(*BUYS_FOR_ALL)
def upload(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = agreements.receive(request.principal, form.cleaned_data["list"], now=timezone.now())
            return redirect("guidance:agreement_list", row.pk)
        except Refused as refusal:
            form.refuse(refusal, "list")
    return render(request, "guidance/agreements_upload.html", {"form": form})


@staff(*BUYS_FOR_ALL)
def one_list(request: Request, list_id: int) -> HttpResponse:
    """Columns, the first lines as they are understood, and what reading in would do; afterwards what it did."""
    row = _mine(request, list_id)
    if row.finished_at is not None:
        return render(request, "guidance/agreements_done.html", {"row": row, "shown": row.rejected[:A_PAGE]})
    form = ColumnsForm(request.POST or None, headers=row.headers, columns=row.columns)
    if request.method == "POST" and form.is_valid():
        try:
            agreements.set_columns(request.principal, row, form.columns())
            return redirect("guidance:agreement_list", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context: dict[str, object] = {"row": row, "form": form}
    try:
        outcome = agreements.look_through(row)
        context |= {
            "outcome": outcome,
            "first": (outcome.added + outcome.changed + outcome.known)[:SHOWN],
            "rejected": outcome.rejected[:SHOWN],
            "gone": outcome.gone[:SHOWN],
        }
    except Refused as refusal:
        context["trouble"] = str(refusal)
    return render(request, "guidance/agreements_preview.html", context)


@require_POST
@staff(*BUYS_FOR_ALL)
def read_in(request: Request, list_id: int) -> HttpResponse:
    agreements.read_in(request.principal, _mine(request, list_id), now=timezone.now())
    messages.success(request, _("Listen gælder fra nu af."))
    return redirect("guidance:agreement_list", list_id)


@require_safe
@staff(*BUYS_FOR_ALL)
def rejected_csv(request: Request, list_id: int) -> HttpResponse:
    row = _mine(request, list_id)
    return rejected_sheet(row.headers, row.rejected, f"afviste-aftaler-{row.pk}.csv")


def _mine(request: Request, list_id: int) -> AgreementList:
    rows = AgreementList.objects.filter(municipality_id=request.principal.municipality_id)
    row: AgreementList = found(rows.select_related("file").filter(pk=list_id).first())
    return row
