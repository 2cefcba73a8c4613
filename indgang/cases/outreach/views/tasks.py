# SPDX-License-Identifier: MPL-2.0
"""One task that was seen: both ways side by side, the choice, the drafts, and how it goes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases.models import TaskCandidate
from indgang.cases.outreach import documents, follow, ways
from indgang.cases.outreach.forms import BeginForm, FollowForm, OutsourceForm, ProfileForm, TermsForm, WhyForm
from indgang.cases.outreach.pages import task_page
from indgang.cases.outreach.queries import visits_for
from indgang.cases.outreach.views.visits import as_pdf
from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.ui.forms import Form
from indgang.placements.permissions import REGISTRARS


def sought(request: Request, task_id: int) -> TaskCandidate:
    """The task of a visit in sight; 404 for strangers."""
    rows = TaskCandidate.objects.select_related(
        "case__municipality", "case__handler", "case__unit", "case__organisation", "case__visit",
        "profile", "outsourcing__supplier", "outsourcing__notice",
    )  # fmt: skip
    row: TaskCandidate = found(
        rows.filter(pk=task_id, case__in=visits_for(request.principal).values("pk")).first()
    )
    return row


def _page(request: Request, row: TaskCandidate, **given: Form) -> HttpResponse:
    """The task's page; the form that was refused keeps what was typed."""
    page = task_page(request.principal, row)
    profile, outsourcing = page["profile"], page["outsourcing"]
    shown = [offer.organisation.pk for offer in page["offers"]]  # type: ignore[attr-defined]
    if outsourcing is not None and outsourcing.supplier_id:  # type: ignore[attr-defined]
        shown.append(outsourcing.supplier_id)  # type: ignore[attr-defined]
    page["employer_id"] = _employer(row, outsourcing)
    page["registers"] = request.principal.holds(*REGISTRARS)
    start = {"hours": row.hours, "intensity_percent": 100}
    forms: dict[str, Form] = {
        "profile_form": ProfileForm(initial=profile.__dict__ if profile else start),
        "outsource_form": OutsourceForm(shown=shown, initial=_started(outsourcing)),
        "neither_form": WhyForm(initial={"why": row.why}),
        "terms_form": TermsForm(),
        "begin_form": BeginForm(initial={"started_date": timezone.localdate()}),
    }
    return render(request, "cases/outreach/task.html", page | forms | given)


def _employer(row: TaskCandidate, outsourcing: object) -> int | None:
    """Who employs somebody for the task: the one it was handed to, else the company itself. None when not in the directory."""
    supplier_id: int | None = getattr(outsourcing, "supplier_id", None)
    return supplier_id if row.way == TaskCandidate.Way.OUTSOURCE else row.case.organisation_id


def _started(outsourcing: Any) -> dict[str, object]:
    if outsourcing is None:
        return {"trial_weeks": 8}
    names = ("supplier", "price_oere", "price_per", "trial_weeks")
    return {name: getattr(outsourcing, name) for name in names}


def _acted(
    request: Request, row: TaskCandidate, name: str, form: Form, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do one act when its form holds; otherwise show the page again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect("visit_task", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
            row = sought(request, row.pk)
    return _page(request, row, **{name: form})


@require_safe
@staff()
def task(request: Request, task_id: int) -> HttpResponse:
    return _page(request, sought(request, task_id))


@staff()
@require_POST
def in_house(request: Request, task_id: int) -> HttpResponse:
    """A fleksjob in the company."""
    row, by = sought(request, task_id), request.principal
    return _acted(
        request, row, "profile_form", ProfileForm(request.POST),
        lambda said: ways.choose_in_house(by, row, **said, now=timezone.now()),
    )  # fmt: skip


@staff()
@require_POST
def terms(request: Request, task_id: int) -> HttpResponse:
    """Pay and terms are confirmed."""
    row, by = sought(request, task_id), request.principal
    return _acted(
        request, row, "terms_form", TermsForm(request.POST),
        lambda said: ways.confirm_terms(by, row, **said, now=timezone.now()),
    )  # fmt: skip


@staff()
@require_POST
def outsource(request: Request, task_id: int) -> HttpResponse:
    """Another enterprise solves it."""
    row, by = sought(request, task_id), request.principal
    chosen = request.POST.get("supplier", "")
    form = OutsourceForm(request.POST, shown=[int(chosen)] if chosen.isdecimal() and len(chosen) < 18 else [])
    return _acted(
        request, row, "outsource_form", form,
        lambda said: ways.choose_outsourcing(by, row, **said, now=timezone.now()),
    )  # fmt: skip


@staff()
@require_POST
def find_somebody(request: Request, task_id: int) -> HttpResponse:
    """Let the coordinator ask those who fit."""
    row = sought(request, task_id)
    notice = ways.find_somebody(request.principal, row, now=timezone.now())
    messages.success(
        request, _("Koordinatoren har fået opgaven som nummer %(number)s.") % {"number": notice.pk}
    )
    return redirect("visit_task", task_id)


@staff()
@require_POST
def neither(request: Request, task_id: int) -> HttpResponse:
    """Neither way fits."""
    row, by = sought(request, task_id), request.principal
    return _acted(
        request, row, "neither_form", WhyForm(request.POST),
        lambda said: ways.choose_neither(by, row, why=said["why"], now=timezone.now()),
    )  # fmt: skip


@staff()
@require_POST
def begin(request: Request, task_id: int) -> HttpResponse:
    """The job or the order has begun."""
    row, by = sought(request, task_id), request.principal
    return _acted(
        request, row, "begin_form", BeginForm(request.POST),
        lambda said: follow.begin(by, row, **said, now=timezone.now()),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def follow_up(request: Request, task_id: int, months: int) -> HttpResponse:
    """How it goes after three or twelve months."""
    row = sought(request, task_id)
    due = found(row.follow_ups.select_related("duty").filter(months=months).first())
    due.task = row
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            follow.follow_up(
                request.principal, due, still_running=said["still_running"] == "ja", hours=said["hours"],
                note=said["note"], now=timezone.now(),
            )  # fmt: skip
            return redirect("visit_task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/outreach/follow_up.html", {"task": row, "due": due, "form": form})


@require_safe
@staff()
def document(request: Request, task_id: int, kind: str) -> HttpResponse:
    """The job profile or the draft of an agreement."""
    row, now = sought(request, task_id), timezone.now()
    if kind == "jobprofil":
        return as_pdf(documents.job_profile(row, now=now), f"jobprofil-{row.pk}.pdf")
    return as_pdf(documents.agreement_draft(row, now=now), f"aftale-{row.pk}.pdf")
