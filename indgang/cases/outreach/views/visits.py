# SPDX-License-Identifier: MPL-2.0
"""The visitor's pages: the plan, one visit, and the visit itself on a phone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indgang.cases.models import Case, Objection
from indgang.cases.outreach import documents, objections, plan, record
from indgang.cases.outreach.export import visits_as_csv
from indgang.cases.outreach.forms import AgreeForm, PlanForm, WhyForm
from indgang.cases.outreach.pages import step_of, visit_page
from indgang.cases.outreach.permissions import VISITORS, check_can_plan
from indgang.cases.outreach.plan import Company
from indgang.cases.outreach.queries import current_criteria, tasks_of, visits_for
from indgang.cases.outreach.walk import Walk
from indgang.core.outreach.library import industries, industry
from indgang.core.text import Refused
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import EXPORTS, Limit, limited
from indgang.kernel.models import Export
from indgang.kernel.sheets import csv_download
from indgang.kernel.tokens import export

HANDING_IN = Limit("hand-in-visit", per="account", times=120, seconds=3600)
PER_PAGE = 40


def sought(request: Request, case_id: int) -> Case:
    """The visit among those in sight; 404 for strangers."""
    case: Case = found(visits_for(request.principal).filter(pk=case_id).first())
    return case


@require_safe
@staff()
def visits(request: Request) -> HttpResponse:
    """The plan: what is open, by the time agreed."""
    closed = request.GET.get("vis") == "afsluttede"
    rows = visits_for(request.principal).filter(closed_at__isnull=not closed)
    rows = (
        rows.order_by("-closed_at", "-pk")
        if closed
        else rows.order_by("visit__planned_at", "created_at", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "rows": [(case, step_of(case)) for case in page],
        "closed": closed,
        "may_plan": may(check_can_plan, request.principal),
        "query": "vis=afsluttede&" if closed else "",
    }
    return render(request, "cases/outreach/visits.html", context)


@staff(*VISITORS)
@require_http_methods(["GET", "POST"])
def plan_one(request: Request) -> HttpResponse:
    """Put a company on the plan."""
    criteria = current_criteria(request.municipality.pk)
    form = PlanForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        criterion = said.pop("criterion")
        try:
            case = plan.plan_visit(
                request.principal, Company(**said), criterion=criterion, now=timezone.now()
            )
            return redirect("visit", case.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/plan.html", {"form": form, "criteria": criteria})


@require_safe
@staff()
def visit(request: Request, case_id: int) -> HttpResponse:
    """One visit with the next thing to do on top."""
    case = sought(request, case_id)
    page = visit_page(request.principal, case, list(tasks_of(case)))
    return render(request, "cases/outreach/visit.html", page | {"agree_form": AgreeForm()})


@staff()
@require_http_methods(["GET", "POST"])
def agree(request: Request, case_id: int) -> HttpResponse:
    """Somebody has said yes, or another time is agreed."""
    case = sought(request, case_id)
    start = {"agreed_with": case.visit.agreed_with, "planned_at": case.visit.planned_at}
    form = AgreeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            plan.agree(request.principal, case, **form.cleaned_data, now=timezone.now())
            return redirect("visit", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/agree.html", {"form": form, "case": case})


@limited(HANDING_IN)
@staff()
@require_http_methods(["GET", "POST"])
def walk(request: Request, case_id: int) -> HttpResponse:
    """The visit itself: one page that keeps what is typed on the device until it is sent."""
    case = sought(request, case_id)
    wanted = request.POST.get("branche") or request.GET.get("branche", case.visit.industry)
    if wanted not in {one.key for one in industries()}:
        return render(request, "cases/outreach/industry.html", {"case": case, "industries": industries()})
    known = case.visit
    form = Walk(
        industry(wanted),
        request.POST or None,
        seen=set(case.candidates.values_list("library_key", flat=True)),
        ordinary=known.ordinary,
        in_places=known.in_places,
        fleksjobs=known.fleksjobs,
        monthly=" ".join(map(str, known.monthly)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            if record.hand_in(request.principal, case, form.draft(), now=timezone.now()):
                messages.success(request, _("Besøget er gemt. Vælg nu en vej for hver opgave."))
            else:
                messages.info(request, _("Besøget var afleveret i forvejen. Intet er ændret."))
            return redirect("visit", case_id)
        except Refused as refusal:
            form.head.refuse(refusal)
    return render(request, "cases/outreach/walk.html", {"case": case, "walk": form})


@require_safe
@staff()
def task_map(request: Request, case_id: int) -> HttpResponse:
    case = sought(request, case_id)
    document = documents.task_map(case, tasks_of(case), now=timezone.now())
    return as_pdf(document, f"opgavekort-{case.pk}.pdf")


@export(Export.VISITS)
@limited(EXPORTS)
@require_safe
@staff(*VISITORS)
def as_csv(request: Request) -> HttpResponse:
    """Every visit in sight, for the employment system."""
    rows = visits_for(request.principal).exclude(visit__visited_at=None).order_by("visit__visited_at", "pk")
    tasks = "candidates__profile", "candidates__outsourcing__supplier"
    return csv_download(visits_as_csv(rows.prefetch_related("candidates", *tasks)[:5000]), "besoeg.csv")


@require_safe
@staff(*VISITORS)
def said_no(request: Request) -> HttpResponse:
    """Companies that want no visits."""
    rows = Objection.objects.filter(municipality_id=request.municipality.pk, lifted_at=None).order_by("name")
    return render(request, "cases/outreach/said_no.html", {"rows": rows[:500]})


@staff(*VISITORS)
@require_http_methods(["GET", "POST"])
def lift(request: Request, objection_id: int) -> HttpResponse:
    """The company has changed its mind."""
    rows = Objection.objects.filter(municipality_id=request.municipality.pk, lifted_at=None)
    row = found(rows.filter(pk=objection_id).first())
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            objections.lift_objection(
                request.principal, row, why=form.cleaned_data["why"], now=timezone.now()
            )
            return redirect("said_no_list")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/lift.html", {"form": form, "row": row})


def as_pdf(document: bytes, name: str) -> HttpResponse:
    """A document to download."""
    answer = HttpResponse(document, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
