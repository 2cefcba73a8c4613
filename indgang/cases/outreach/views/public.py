# SPDX-License-Identifier: MPL-2.0
"""What everybody may read and do: how companies are chosen, what came of it, ask for a visit, say no to visits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indgang.cases.models import VisitCriteria
from indgang.cases.outreach import objections, plan
from indgang.cases.outreach.figures import figures
from indgang.cases.outreach.forms import AskForm, CriteriaForm, ObjectionForm
from indgang.cases.outreach.permissions import check_can_plan, check_can_set_criteria
from indgang.cases.outreach.plan import Company
from indgang.cases.outreach.queries import current_criteria
from indgang.core.text import Refused
from indgang.kernel.access import may
from indgang.kernel.http import Request, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.models import Role

ASKING = Limit("ask-for-visit", per="address", times=10, seconds=3600)


@require_safe
def about(request: Request) -> HttpResponse:
    """Criteria, figures, and the two doors."""
    by, now = request.principal, timezone.now()
    return render(
        request,
        "cases/outreach/about.html",
        {
            "criteria": current_criteria(by.municipality_id),
            "figures": figures(by.municipality_id, now=now),
            "may_plan": may(check_can_plan, by),
            "may_edit": may(check_can_set_criteria, by),
        },
    )


@require_safe
def criteria_history(request: Request) -> HttpResponse:
    """Every version of the criteria with the day it began and who decided."""
    rows = VisitCriteria.objects.filter(municipality_id=request.municipality.pk).select_related("decided_by")
    return render(
        request, "cases/outreach/history.html", {"versions": rows.order_by("-from_at", "-pk")[:100]}
    )


@staff(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def edit_criteria(request: Request) -> HttpResponse:
    current = current_criteria(request.municipality.pk)
    start = {"lines": "\n".join(current.lines) if current else ""}
    form = CriteriaForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            plan.set_criteria(request.principal, form.cleaned_data["lines"].splitlines(), now=timezone.now())
            messages.success(request, _("Kriterierne gælder fra nu. De gamle kan stadig læses."))
            return redirect("outreach")
        except Refused as refusal:
            form.refuse(refusal, "lines")
    return render(request, "cases/outreach/criteria.html", {"form": form})


@limited(ASKING)
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """A company asks for a visit; the answer is the receipt's page."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        text = said.pop("text")
        try:
            case = plan.ask_for_visit(request.principal, Company(**said), text, now=timezone.now())
            context = {"case": case, "email": said["contact_email"]}
            return render(request, "cases/outreach/asked.html", context)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/ask.html", {"form": form})


@limited(ASKING)
@require_http_methods(["GET", "POST"])
def say_no(request: Request) -> HttpResponse:
    """A company wants no visits."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.principal
        how = (
            _("Skrevet ind af %(name)s") % {"name": by.name}
            if by.works_here
            else _("Formularen på hjemmesiden")
        )
        try:
            objections.object_to_visits(by, **form.cleaned_data, how=how, now=timezone.now())
            messages.success(request, _("Det er skrevet ned. I får ikke besøg, før I selv beder om det."))
            return redirect("outreach")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/say_no.html", {"form": form})
