# SPDX-License-Identifier: MPL-2.0
"""Uploading a list: receive, set the columns, look at what would happen, read in, fetch what was left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.directory.actions import lists
from indgang.directory.forms.lists import ColumnsForm, UploadForm
from indgang.directory.models import ImportRun
from indgang.directory.permissions import KEEPERS
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.sheets import csv_download, csv_of

UPLOADS = Limit("list-upload", per="account", times=30, seconds=300)
SHOWN = 10
SHOWN_REJECTED = 50


@limited(UPLOADS)
@staff(*KEEPERS)
def upload(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = lists.receive_list(request.principal, form.cleaned_data["list"], now=timezone.now())
            return redirect("directory:list", run.pk)
        except Refused as refusal:
            form.refuse(refusal, "list")
    return render(request, "directory/staff/upload.html", {"form": form})


@staff(*KEEPERS)
def one_list(request: Request, run_id: int) -> HttpResponse:
    """Columns on top, the first lines as they are understood, and what reading in would do."""
    run = _mine(request, run_id)
    if run.finished_at is not None:
        return render(
            request, "directory/staff/list_done.html", {"run": run, "shown": run.rejected[:SHOWN_REJECTED]}
        )
    form = ColumnsForm(request.POST or None, headers=run.headers, columns=run.columns)
    if request.method == "POST" and form.is_valid():
        try:
            lists.set_columns(request.principal, run, form.columns())
            return redirect("directory:list", run.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context: dict[str, object] = {"run": run, "form": form}
    try:
        outcome = lists.look_through(request.principal, run, now=timezone.now())
        context |= {
            "outcome": outcome,
            "first": (outcome.added + outcome.completed + outcome.known)[:SHOWN],
            "rejected": outcome.rejected[:SHOWN],
        }
    except Refused as refusal:
        context["trouble"] = str(refusal)
    return render(request, "directory/staff/list.html", context)


@require_POST
@staff(*KEEPERS)
def read_in(request: Request, run_id: int) -> HttpResponse:
    run = _mine(request, run_id)
    outcome = lists.read_in(request.principal, run, now=timezone.now())
    messages.success(request, _("%(n)d nye kladder er klar.") % {"n": len(outcome.added)})
    return redirect("directory:list", run.pk)


@require_safe
@staff(*KEEPERS)
def rejected_csv(request: Request, run_id: int) -> HttpResponse:
    """The lines that were left out, as they were, with number and reason in front: correct and upload again."""
    run = _mine(request, run_id)
    return rejected_sheet(run.headers, run.rejected, f"afviste-linjer-{run.pk}.csv")


def rejected_sheet(
    headers: Sequence[str], rejected: Sequence[Mapping[str, Any]], filename: str
) -> HttpResponse:
    """Lines that were left out (`number`, `reasons`, `cells`) as a CSV file that Excel opens."""
    rows = ([line["number"], " ".join(line["reasons"]), *line["cells"]] for line in rejected)
    return csv_download(csv_of([_("Linje"), _("Hvorfor"), *headers], rows), filename)


def _mine(request: Request, run_id: int) -> ImportRun:
    rows = ImportRun.objects.filter(municipality_id=request.principal.municipality_id)
    run: ImportRun = found(rows.select_related("file").filter(pk=run_id).first())
    return run
