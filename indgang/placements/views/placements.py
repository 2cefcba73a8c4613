# SPDX-License-Identifier: MPL-2.0
"""Case workers' pages: who is placed where, and an enterprise's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.directory.vocabulary import JobType
from indgang.kernel.access import Principal, may
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.models import Unit
from indgang.placements import vault
from indgang.placements.actions import register
from indgang.placements.actions.bring_in import bring_in
from indgang.placements.codes import issue_code
from indgang.placements.csv_lists import Bad
from indgang.placements.forms import EndForm, ListForm, PlacementForm
from indgang.placements.importing import COLUMNS
from indgang.placements.models import QuarterReport, ShownConsent
from indgang.placements.new_placement import check
from indgang.placements.permissions import REGISTRARS, check_can_register, dpia_in_force
from indgang.placements.vault import Entry

PER_PAGE = 50


@staff(*REGISTRARS)
def placements(request: Request) -> HttpResponse:
    """Everybody who is placed, running first. Closed until a DPIA has been recorded."""
    by, now = request.principal, timezone.now()
    dpia = dpia_in_force(by.municipality_id)
    if dpia is None:
        return render(request, "placements/closed.html")
    today = timezone.localdate()
    entries = vault.read(by, "oversigt over pladser", now=now)
    entries.sort(key=lambda entry: not _runs(entry))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "rows": _shown(list(page)),
        "running": sum(entry.runs_on(today) for entry in entries),
        "new_code": request.session.pop("new_code", ""),
    }
    return render(request, "placements/list.html", context)


@staff(*REGISTRARS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Register one. Another room may link here with what it knows: enterprise, unit and where it came from."""
    by, now = request.principal, timezone.now()
    start = {
        "organisation": request.GET.get("virksomhed"),
        "unit": request.GET.get("enhed"),
        "origin": request.GET.get("fra"),
        "origin_label": request.GET.get("hvilken"),
        "first_date": timezone.localdate(),
    }
    form = PlacementForm(request.POST or None, by=by, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = ""
            told = form.told()
            if form.cleaned_data["new_code"] and not told.code:
                check(told)
                fresh = issue_code(by, now=now)
                told = form.told(fresh)
            origin_id = request.GET.get("nr", "")
            if origin_id.isdigit():
                told = form.told(fresh, int(origin_id))
            register.register(by, told, now=now)
            request.session["new_code"] = fresh
            messages.success(request, _("Pladsen er registreret."))
            return redirect("placements:list")
        except Refused as refusal:
            form.refuse(refusal)
    allowed = may(check_can_register, by)
    return render(request, "placements/new.html", {"form": form, "allowed": allowed})


@staff(*REGISTRARS)
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: Request, placement_id: int) -> HttpResponse:
    """One placement: what is known, and its last day."""
    by, now = request.principal, timezone.now()
    entry = _one(request, placement_id)
    form = EndForm(request.POST or None, initial={"last_date": entry.last_date or timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            register.end(by, entry, last_date=form.cleaned_data["last_date"], now=now)
            messages.success(request, _("Sidste dag er skrevet."))
            return redirect("placements:list")
        except Refused as refusal:
            form.refuse(refusal, "last_date")
    row = _shown([entry])[0]
    return render(request, "placements/show.html", {"row": row, "entry": entry, "form": form})


@staff(*REGISTRARS)
@require_POST
def run_on(request: Request, placement_id: int) -> HttpResponse:
    register.run_on(request.principal, _one(request, placement_id), now=timezone.now())
    messages.success(request, _("Pladsen løber videre."))
    return redirect("placements:show", placement_id)


@staff(*REGISTRARS)
@require_POST
def remove(request: Request, placement_id: int) -> HttpResponse:
    register.remove(request.principal, _one(request, placement_id), now=timezone.now())
    messages.success(request, _("Pladsen er slettet."))
    return redirect("placements:list")


@staff(*REGISTRARS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list: all of it is kept, or none, and then every line that stood in the way is named."""
    by = request.principal
    form = ListForm(request.POST or None, request.FILES or None)
    bad: list[Bad] = []
    if request.method == "POST" and form.is_valid():
        try:
            kept, bad = bring_in(by, form.cleaned_data["list"].read(), now=timezone.now())
            if not bad:
                messages.success(request, _("%(count)d pladser er registreret.") % {"count": kept})
                return redirect("placements:list")
        except Refused as refusal:
            form.refuse(refusal, "list")
    context = {"form": form, "bad": bad, "columns": COLUMNS, "allowed": may(check_can_register, by)}
    return render(request, "placements/upload.html", context)


@logged_in
def own(request: Request) -> HttpResponse:
    """The enterprise's own placements, and nobody else's."""
    by = request.principal
    if not by.organisations:
        found(None)
    entries: list[Entry] = []
    if dpia_in_force(by.municipality_id) is not None:
        entries = vault.read(by, "virksomhedens egne pladser", now=timezone.now())
        entries = [entry for entry in entries if by.speaks_for(entry.organisation_id)]
    given = {
        row.organisation_id: row
        for row in ShownConsent.objects.filter(
            municipality_id=by.municipality_id, organisation_id__in=by.organisations, withdrawn_at=None
        )
    }
    ours = Organisation.objects.filter(pk__in=by.organisations).order_by("sort_key")
    context = {
        "rows": _shown(entries),
        "reports": _own_reports(by),
        "asked": [(one, given.get(one.pk)) for one in ours],
    }
    return render(request, "placements/own.html", context)


def _own_reports(by: Principal) -> QuerySet[QuarterReport]:
    rows = QuarterReport.objects.filter(
        municipality_id=by.municipality_id, organisation_id__in=by.organisations
    )
    return rows.select_related("organisation").order_by("-year", "-quarter")[:8]


def _one(request: Request, placement_id: int) -> Entry:
    by = request.principal
    if dpia_in_force(by.municipality_id) is None:
        found(None)
    entries = vault.read(by, "en enkelt plads", now=timezone.now(), pk=placement_id)
    entry: Entry = found(entries[0] if entries else None)
    return entry


def _runs(entry: Entry) -> bool:
    return entry.runs_on(timezone.localdate())


def _shown(entries: list[Entry]) -> list[dict[str, object]]:
    """Entries with the names behind their numbers; two queries however many there are."""
    names = dict(
        Organisation.objects.filter(pk__in={e.organisation_id for e in entries}).values_list("pk", "name")
    )
    units = dict(
        Unit.objects.filter(pk__in={e.unit_id for e in entries if e.unit_id}).values_list("pk", "name")
    )
    return [
        {
            "entry": entry,
            "organisation": names.get(entry.organisation_id) or _("En virksomhed, der er slettet"),
            "unit": units.get(entry.unit_id or 0, ""),
            "kind": JobType(entry.facts.kind).label,
            "runs": _runs(entry),
        }
        for entry in entries
    ]
