# SPDX-License-Identifier: MPL-2.0
"""Planning: call, propose, choose, move, invite, open to all, cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import User
from indgang.meetings.actions import plan, signup
from indgang.meetings.actions import times as timing
from indgang.meetings.forms import (
    CancelForm,
    ChooseForm,
    InviteForm,
    MeetingForm,
    SignUpTermsForm,
    TimesForm,
)
from indgang.meetings.models import Meeting
from indgang.meetings.pages import run_page
from indgang.meetings.permissions import check_can_plan, check_can_run
from indgang.meetings.views.public import visible


@staff()
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Call a meeting: one time stands at once, several are voted on."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            meeting = plan.call_meeting(
                request.principal,
                title=said["title"],
                organiser=User.objects.get(pk=request.principal.user_id or 0),
                invitees=said["invitees"],
                times=form.times,
                length_minutes=said["length_minutes"],
                place=said["place"],
                text=said["text"],
                confidential=said["confidential"],
                now=timezone.now(),
            )
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "meetings/new.html", {"form": form})


@staff()
@require_http_methods(["GET", "POST"])
def times(request: Request, meeting_id: int) -> HttpResponse:
    """Propose times, or move the meeting: one new time stands at once."""
    meeting = _mine(request, meeting_id)
    check_can_plan(request.principal, meeting)
    form = TimesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            timing.propose_times(request.principal, meeting, form.times, now=timezone.now())
            messages.success(request, _("Deltagerne har fået en mail."))
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    title = _("Flyt mødet") if meeting.starts_at else _("Foreslå tider")
    context = {"meeting": meeting, "form": form, "title": title}
    return render(request, "meetings/times.html", context)


@staff()
@require_POST
def choose(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    form = ChooseForm(request.POST)
    if form.is_valid():
        try:
            timing.choose_time(
                request.principal,
                meeting,
                form.cleaned_data["starts_at"],
                seen_round=form.cleaned_data["round"],
                now=timezone.now(),
            )
            messages.success(request, _("Tiden er valgt, og alle har fået besked."))
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return again(request, meeting, choose_form=form)


@staff()
@require_POST
def invite(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            added = plan.invite(request.principal, meeting, form.cleaned_data["invitees"], now=timezone.now())
            text = ngettext("%(count)d er inviteret.", "%(count)d er inviteret.", len(added))
            messages.success(request, text % {"count": len(added)})
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return again(request, meeting, invite_form=form)


@staff()
@require_POST
def uninvite(request: Request, meeting_id: int, participant_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    one = found(
        meeting.participants.select_related("meeting").filter(pk=participant_id, withdrawn_at=None).first()
    )
    if one.part == one.Part.SIGNED_UP:
        signup.withdraw(request.principal, one, now=timezone.now())
    else:
        plan.uninvite(request.principal, one, now=timezone.now())
    messages.success(request, _("%(name)s er taget af listen.") % {"name": one.name})
    return redirect("meetings:meeting", meeting.pk)


@staff()
@require_POST
def remind(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    count = timing.remind(request.principal, meeting, now=timezone.now())
    text = ngettext("%(count)d har fået en mail mere.", "%(count)d har fået en mail mere.", count)
    messages.success(request, text % {"count": count})
    return redirect("meetings:meeting", meeting.pk)


@staff()
@require_http_methods(["GET", "POST"])
def cancel(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    check_can_plan(request.principal, meeting)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan.cancel(request.principal, meeting, because=form.cleaned_data["because"], now=timezone.now())
            messages.success(request, _("Mødet er aflyst, og deltagerne har fået besked."))
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "meeting": meeting,
        "form": form,
        "title": _("Aflys mødet"),
        "action": _("Aflys, og giv besked"),
    }
    return render(request, "meetings/form.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def open_up(request: Request, meeting_id: int) -> HttpResponse:
    """Let anyone sign up, with or without a limit on seats."""
    meeting = _mine(request, meeting_id)
    check_can_plan(request.principal, meeting)
    terms = getattr(meeting, "sign_up", None)
    standing = {"seats": terms.seats, "until": terms.until} if terms else {}
    form = SignUpTermsForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        try:
            signup.open_sign_up(request.principal, meeting, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Nu kan alle se mødet og tilmelde sig."))
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "meeting": meeting,
        "form": form,
        "title": _("Åbn for tilmelding"),
        "action": _("Vis mødet for alle"),
    }
    return render(request, "meetings/form.html", context)


def again(request: Request, meeting: Meeting, **shown: Any) -> HttpResponse:
    """The page once more, with the form that was refused and everything typed in it."""
    page = run_page(request.principal, Meeting.objects.select_related(
        "organiser", "municipality", "sign_up", "duty").get(pk=meeting.pk), timezone.now()) | shown  # fmt: skip
    return render(request, "meetings/run.html", page, status=422)


def _mine(request: Request, meeting_id: int) -> Meeting:
    meeting = visible(request, meeting_id)
    check_can_run(request.principal, meeting)
    return meeting
