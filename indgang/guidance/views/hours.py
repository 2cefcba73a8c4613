# SPDX-License-Identifier: MPL-2.0
"""Pages of promised hours: the list, one contract, the form by link, and clauses to start from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.model_clauses import changed_since_written, model_clauses
from indgang.core.law.model_clauses import clause as find_clause
from indgang.core.law.pack import load
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions import hours
from indgang.guidance.basis import basis_of, told
from indgang.guidance.forms.hours import ClauseForm, HoursForm
from indgang.guidance.forms.watch import WhyForm
from indgang.guidance.hours import standing
from indgang.guidance.models import HoursClause
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel.access import Principal, may
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works

BY_LINK = Limit("hours", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("hours", per="address", times=240, seconds=300)


@staff()
@require_safe
def clauses(request: Request) -> HttpResponse:
    """Every contract with promised hours, those behind on top."""
    today = timezone.localdate()
    rows = HoursClause.objects.filter(municipality_id=request.principal.municipality_id)
    rows = rows.select_related("manager", "unit").prefetch_related("reports")
    standings = [standing(row, row.reports.all(), today) for row in rows if row.ended_at is None]
    context = {
        "standings": sorted(standings, key=lambda one: (not one.is_behind, one.clause.last_date)),
        "ended": [row for row in rows if row.ended_at is not None],
        "may_keep": may(check_can_keep_limits, request.principal),
    }
    return render(request, "guidance/clauses.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def new_clause(request: Request) -> HttpResponse:
    by, form = request.principal, ClauseForm(request.POST or None, by=request.principal)
    if request.method == "POST" and form.is_valid():
        try:
            row = hours.open_clause(by, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:hours", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "guidance/clause_new.html", {"form": form, "may_keep": may(check_can_keep_limits, by)}
    )


def _found(request: Request, clause_id: int) -> HoursClause:
    rows = HoursClause.objects.filter(municipality_id=request.principal.municipality_id)
    rows = rows.select_related("manager", "unit", "organisation", "duty", "alert")
    return found(rows.filter(pk=clause_id).first())  # type: ignore[no-any-return]


def _page(by: Principal, row: HoursClause, **forms: Any) -> dict[str, Any]:
    reports = list(row.reports.order_by("-reported_at", "-pk"))
    rules = ("R176O", "R176") if row.kind == HoursClause.Kind.TRAINEES else ("R176",)
    return {
        "row": row,
        "standing": standing(row, reports, timezone.localdate()),
        "reports": reports,
        "form": HoursForm(),
        "why": WhyForm(),
        "may_report": may(hours.check_can_report_hours, by, row),
        "may_keep": may(check_can_keep_limits, by),
        "basis": basis_of(load(), rules, timezone.localdate()),
    } | forms


@staff()
@require_http_methods(["GET", "POST"])
def clause(request: Request, clause_id: int) -> HttpResponse:
    """One contract: where it stands, and the form for the one who manages it."""
    row, by = _found(request, clause_id), request.principal
    form = HoursForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hours.report_hours(by, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Tak. Timerne er talt med."))
            return redirect("guidance:hours", clause_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "guidance/clause.html", _page(by, row, form=form), status=422 if form.is_bound else 200
    )


@staff()
@require_POST
def send(request: Request, clause_id: int) -> HttpResponse:
    """Mail the link now."""
    row = _found(request, clause_id)
    hours.send_link(request.principal, row, now=timezone.now())
    messages.success(request, _("Linket er sendt til %(email)s.") % {"email": row.reporter_email})
    return redirect("guidance:hours", clause_id)


@staff()
@require_POST
def end(request: Request, clause_id: int) -> HttpResponse:
    row, form = _found(request, clause_id), WhyForm(request.POST)
    if form.is_valid():
        try:
            hours.end_clause(request.principal, row, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:clauses")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/clause.html", _page(request.principal, row, why=form), status=422)


@limited(BY_LINK, BY_ADDRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponse:
    """Report hours without an account, from a phone. Looking changes nothing."""
    link = find_link(token, hours.HOURS)
    if link is None:
        raise Http404
    if not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Linket virker ikke mere. Skriv til kommunen, så får du et nyt."))
    by = principal_of(link)
    set_tenant(by.municipality_id)
    row = found(
        HoursClause.objects.select_related("manager", "municipality").filter(pk=link.subject_id).first()
    )
    form = HoursForm(
        request.POST or None, initial={"until_date": row.next_report_date or timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            hours.report_hours(by, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Tak. Timerne er talt med."))
            return redirect("hours_by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
    reports = list(row.reports.order_by("-reported_at", "-pk"))
    context = {
        "row": row,
        "form": form,
        "standing": standing(row, reports, timezone.localdate()),
        "reports": reports[:6],
    }
    return render(request, "guidance/hours_by_link.html", context, status=422 if form.is_bound else 200)


@require_safe
def models(request: Request) -> HttpResponse:
    """Every clause to start from."""
    return render(request, "guidance/model_clauses.html", {"clauses": model_clauses()})


@require_safe
def model(request: Request, clause_id: str) -> HttpResponse:
    """One clause, in our own words, with what it rests on."""
    try:
        one = find_clause(clause_id)
    except Refused as refusal:
        raise Http404 from refusal
    context = {
        "clause": one,
        "changed": [told(each.words) for each in changed_since_written(one, load())],
        "basis": basis_of(load(), one.rules, timezone.localdate()),
    }
    return render(request, "guidance/model_clause.html", context)
