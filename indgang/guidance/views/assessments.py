# SPDX-License-Identifier: MPL-2.0
"""Standing assessments: who signed what, until when, and what was withdrawn."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indgang.core.text import Refused
from indgang.directory.categories import cpv_label
from indgang.guidance.actions import assessments
from indgang.guidance.forms.assessments import AssessmentForm, WithdrawForm
from indgang.guidance.models import StandingAssessment
from indgang.guidance.permissions import check_can_sign
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import Role


@staff()
@require_safe
def assessments_list(request: Request) -> HttpResponse:
    """Those that hold today on top, then those to come, then history."""
    today = timezone.localdate()
    rows = [(row, cpv_label(row.cpv_code)) for row in _rows(request).order_by("cpv_code", "-signed_at")[:500]]
    context = {
        "holding": [pair for pair in rows if pair[0].holds_on(today)],
        "coming": [pair for pair in rows if pair[0].withdrawn_at is None and pair[0].first_date > today],
        "past": [pair for pair in rows if pair[0].withdrawn_at is not None or pair[0].last_date < today],
        "may_sign": may(check_can_sign, request.principal),
    }
    return render(request, "guidance/assessments.html", context)


@staff(Role.PURCHASING_HEAD)
@require_http_methods(["GET", "POST"])
def sign(request: Request) -> HttpResponse:
    """Sign one; `?forny=` fills in an older one."""
    today = timezone.localdate()
    older = (
        _rows(request).filter(pk=request.GET["forny"]).first()
        if request.GET.get("forny", "").isdigit()
        else None
    )
    initial: dict[str, object] = {"first_date": today, "kind": StandingAssessment.Kind.CROSS_BORDER}
    if older is not None:
        initial |= {name: getattr(older, name) for name in ("kind", "cpv_code", "up_to_dkk", "reasoning")}
        initial["first_date"] = (
            max(today, older.last_date + timedelta(days=1)) if older.holds_on(today) else today
        )
    form = AssessmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = assessments.sign(request.principal, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Skrevet under. Indkøberne arver den fra nu af."))
            return redirect("guidance:assessment", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/assessment_sign.html", {"form": form})


@staff()
@require_http_methods(["GET", "POST"])
def assessment(request: Request, assessment_id: int) -> HttpResponse:
    """One assessment, and its withdrawal."""
    row: StandingAssessment = found(_rows(request).filter(pk=assessment_id).first())
    may_sign = may(check_can_sign, request.principal)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assessments.withdraw(request.principal, row, now=timezone.now(), **form.cleaned_data)
            return redirect("guidance:assessment", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "row": row,
        "label": cpv_label(row.cpv_code),
        "form": form,
        "may_sign": may_sign,
        "holds": row.holds_on(timezone.localdate()),
    }
    return render(request, "guidance/assessment.html", context)


def _rows(request: Request) -> QuerySet[StandingAssessment]:
    rows = StandingAssessment.objects.filter(municipality_id=request.principal.municipality_id)
    return rows.select_related("signed_by", "withdrawn_by")
