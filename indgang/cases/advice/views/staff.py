# SPDX-License-Identifier: MPL-2.0
"""Asking for advice, the adviser's page of an idea, and the list of mentors."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases.advice import ideas, mentors
from indgang.cases.advice.forms import IdeaForm, LocalForm, MentorForm, NewMentorForm
from indgang.cases.advice.pages import idea_page, screening_form
from indgang.cases.advice.queries import ideas_for, mentors_of
from indgang.cases.models import Case, Mentor, Skill
from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.models import Role

ASKING = Limit("ask-for-advice", per="address", times=10, seconds=3600)
PER_PAGE = 40


def sought(request: Request, case_id: int) -> Case:
    """The idea among those in sight; 404 for strangers."""
    case: Case = found(ideas_for(request.principal).filter(pk=case_id).first())
    return case


@limited(ASKING)
@require_http_methods(["GET", "POST"])
def advice(request: Request) -> HttpResponse:
    """Where to get advice: what exists first, then a form for the rest."""
    form = IdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {
            name: form.cleaned_data[name] for name in ("name", "email", "phone", "town", "needs", "stage")
        }
        try:
            case = ideas.ask_for_advice(
                request.principal, form.cleaned_data["text"], now=timezone.now(), **said
            )
            return render(request, "cases/advice/asked.html", {"case": case, "email": said["email"]})
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/advice/about.html", {"form": form})


@require_safe
@staff()
def list_ideas(request: Request) -> HttpResponse:
    """Ideas in sight, open ones first."""
    rows = ideas_for(request.principal).order_by("closed_at", "-touched_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "cases/advice/list.html", {"page": page})


@require_safe
@staff()
def idea(request: Request, case_id: int) -> HttpResponse:
    return render(request, "cases/advice/idea.html", idea_page(request.principal, sought(request, case_id)))


@staff()
@require_http_methods(["GET", "POST"])
def screening(request: Request, case_id: int) -> HttpResponse:
    """The talk about stage, needs and the five criteria."""
    case = sought(request, case_id)
    form = screening_form(case.idea, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ideas.screen_idea(
                request.principal, case, stage=said["stage"], legal_form=said["legal_form"], needs=said["needs"],
                answers=form.answers, now=timezone.now(),
            )  # fmt: skip
            return redirect("idea", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/advice/screening.html", {"form": form, "case": case})


@staff()
@require_POST
def point_on(request: Request, case_id: int) -> HttpResponse:
    """The founder has been shown what exists."""
    ideas.point_on(request.principal, sought(request, case_id), now=timezone.now())
    return redirect("idea", case_id)


@staff()
@require_POST
def local(request: Request, case_id: int) -> HttpResponse:
    """Why help is given here as well."""
    case = sought(request, case_id)
    form = LocalForm(request.POST)
    if form.is_valid():
        try:
            ideas.say_why_local(
                request.principal, case, reason=form.cleaned_data["reason"], now=timezone.now()
            )
            return redirect("idea", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "cases/advice/idea.html", idea_page(request.principal, case) | {"local_form": form}
    )


@staff()
@require_POST
def propose(request: Request, case_id: int, mentor_id: int) -> HttpResponse:
    """Ask the mentor whom a human has chosen."""
    case = sought(request, case_id)
    mentor = found(mentors_of(case.municipality_id).filter(pk=mentor_id).first())
    mentors.propose(request.principal, case, mentor, now=timezone.now())
    messages.success(request, _("%(name)s er spurgt og har fået en mail.") % {"name": mentor.user.name})
    return redirect("idea", case_id)


@require_safe
@staff(Role.COORDINATOR)
def list_mentors(request: Request) -> HttpResponse:
    rows = [
        (mentor, [Skill(skill).label for skill in mentor.skills])
        for mentor in mentors_of(request.municipality.pk)
    ]
    return render(request, "cases/advice/mentors.html", {"rows": rows})


@staff(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def new_mentor(request: Request) -> HttpResponse:
    form = NewMentorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mentors.add_mentor(request.principal, **form.cleaned_data, now=timezone.now())
            return redirect("mentors")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/advice/mentor.html", {"form": form, "mentor": None})


@staff(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def mentor(request: Request, mentor_id: int) -> HttpResponse:
    """Other skills or another capacity."""
    row: Mentor = found(mentors_of(request.municipality.pk).filter(pk=mentor_id).first())
    start = {name: getattr(row, name) for name in ("skills", "trades", "town", "capacity")}
    form = MentorForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            mentors.change_mentor(request.principal, row, **form.cleaned_data, now=timezone.now())
            return redirect("mentors")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/advice/mentor.html", {"form": form, "mentor": row})


@staff(Role.COORDINATOR)
@require_POST
def mentor_stops(request: Request, mentor_id: int) -> HttpResponse:
    row = found(mentors_of(request.municipality.pk).filter(pk=mentor_id).first())
    mentors.end_mentor(request.principal, row, now=timezone.now())
    return redirect("mentors")
