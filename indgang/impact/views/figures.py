# SPDX-License-Identifier: MPL-2.0
"""The plain figures, for everybody and for those who work here; and what a coordinator sets around them."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.quarter import Quarter, quarter_of
from indgang.core.text import Refused
from indgang.impact.actions import strategy
from indgang.impact.forms import CommitteeForm, StoryForm, TargetForm
from indgang.impact.indicators import latest_quarter, plain_figures
from indgang.impact.models import CommitteeReport, Story, Target, ValueRun
from indgang.impact.papers import figures_pdf
from indgang.impact.permissions import STRATEGISTS, check_can_steer
from indgang.kernel import files
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.placements.permissions import REGISTRARS

PAPER = Limit("figures-pdf", per="address", times=30, seconds=300, reading=True)


@require_safe
def figures(request: Request) -> HttpResponse:
    """One quarter against the targets, with one story. Only those who collect the numbers see them unrounded."""
    by, today = request.principal, timezone.localdate()
    quarter = _asked(request)
    exact = by.holds(*REGISTRARS)
    shown = plain_figures(by.municipality_id, quarter, exact=exact, also_open=by.works_here, today=today)
    run = None
    if by.works_here:
        runs = ValueRun.objects.filter(municipality_id=by.municipality_id).defer("result")
        run = runs.select_related("case").order_by("-at").first()
    context = {"shown": shown, "quarter": quarter, "run": run, "steers": may(check_can_steer, by).allowed}
    return render(request, "impact/figures.html", context)


@limited(PAPER)
@require_safe
def figures_paper(request: Request) -> HttpResponse:
    """The same on paper; what was handed in is given as it was."""
    by, quarter = request.principal, _asked(request)
    if by.works_here:
        kept = CommitteeReport.objects.filter(
            municipality_id=by.municipality_id,
            year=quarter.year,
            quarter=quarter.number,
            document__isnull=False,
        ).select_related("document")
        report = kept.first()
        if report is not None and report.document is not None:
            return files.download(report.document)
    pdf = figures_pdf(request.municipality, quarter, also_open=by.works_here, today=timezone.localdate())
    return _pdf(pdf, f"tal-{quarter.year}-{quarter.number}.pdf")


@staff(*STRATEGISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: Request) -> HttpResponse:
    """What the strategy wants, to be set and changed."""
    by = request.principal
    rows = Target.objects.filter(municipality_id=by.municipality_id).order_by("pk")
    start = {}
    chosen = rows.filter(indicator=request.GET.get("maal", "")).first()
    if chosen is not None:
        start = {f: getattr(chosen, f) for f in ("indicator", "goal", "since", "deadline", "source")}
    form = TargetForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            strategy.set_target(by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Målet er gemt."))
            return redirect("impact:targets")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "impact/targets.html", {"targets": rows, "form": form, "chosen": chosen})


@staff(*STRATEGISTS)
@require_POST
def drop_target(request: Request, target_id: int) -> HttpResponse:
    row = found(
        Target.objects.filter(municipality_id=request.principal.municipality_id, pk=target_id).first()
    )
    strategy.drop_target(request.principal, row, now=timezone.now())
    messages.success(request, _("Målet er fjernet."))
    return redirect("impact:targets")


@staff(*STRATEGISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: Request) -> HttpResponse:
    """When the committee wants the quarter."""
    by, quarter = request.principal, _asked(request)
    rows = CommitteeReport.objects.filter(municipality_id=by.municipality_id)
    report = rows.filter(year=quarter.year, quarter=quarter.number).first()
    last = report or rows.order_by("-year", "-quarter").first()
    start = {"committee": last.committee if last else "", "due_on": report.due_on if report else None}
    form = CommitteeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            strategy.expect_report(by, quarter, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Fristen er sat og står på dit skrivebord."))
            return redirect(_address(quarter))
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "impact/committee.html", {"form": form, "quarter": quarter, "report": report})


@staff(*STRATEGISTS)
@require_POST
def hand_in(request: Request, report_id: int) -> HttpResponse:
    rows = CommitteeReport.objects.filter(municipality_id=request.principal.municipality_id)
    row = found(rows.select_related("duty").filter(pk=report_id).first())
    strategy.hand_in(request.principal, row, now=timezone.now())
    messages.success(request, _("Afleveret. Papiret er gemt, som det var."))
    return redirect(_address(row.when))


@staff(*STRATEGISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def stories(request: Request) -> HttpResponse:
    """Stories and the consent behind each."""
    by = request.principal
    form = StoryForm(request.POST or None, request.FILES or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            strategy.tell_story(by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Historien vises nu under tallene."))
            return redirect("impact:stories")
        except Refused as refusal:
            form.refuse(refusal)
    rows = Story.objects.filter(municipality_id=by.municipality_id).select_related("organisation", "document")
    context = {"form": form, "stories": rows.order_by("-recorded_at")[:20], "today": timezone.localdate()}
    return render(request, "impact/stories.html", context)


@staff(*STRATEGISTS)
@require_POST
def withdraw_story(request: Request, story_id: int) -> HttpResponse:
    row = found(Story.objects.filter(municipality_id=request.principal.municipality_id, pk=story_id).first())
    strategy.withdraw_story(request.principal, row, now=timezone.now())
    messages.success(request, _("Historien er væk. Ordene er slettet."))
    return redirect("impact:stories")


@staff(*STRATEGISTS)
def story_document(request: Request, story_id: int) -> HttpResponse:
    rows = Story.objects.filter(municipality_id=request.principal.municipality_id, document__isnull=False)
    row = found(rows.select_related("document").filter(pk=story_id).first())
    return files.download(row.document)


def _asked(request: Request) -> Quarter:
    told = re.fullmatch(r"(20\d\d)-([1-4])", request.POST.get("kvartal") or request.GET.get("kvartal") or "")
    if told:
        return Quarter(int(told[1]), int(told[2]))
    today = timezone.localdate()
    if request.principal.works_here:
        return quarter_of(today).plus(-1)
    return latest_quarter(request.principal.municipality_id, today=today)


def _address(quarter: Quarter) -> str:
    return f"{reverse('impact:figures')}?kvartal={quarter.year}-{quarter.number}"


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
