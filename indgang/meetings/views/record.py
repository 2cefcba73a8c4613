# SPDX-License-Identifier: MPL-2.0
"""Agenda, attendance, decisions and minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.meetings.actions import record
from indgang.meetings.forms import ItemForm, MinutesForm, ResolutionForm
from indgang.meetings.models import Meeting, Minutes
from indgang.meetings.pages import may_run
from indgang.meetings.permissions import check_can_run
from indgang.meetings.views.public import visible
from indgang.meetings.views.run import again


@staff()
@require_POST
def add_item(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    form = ItemForm(request.POST)
    if form.is_valid():
        try:
            record.add_item(request.principal, meeting, now=timezone.now(), **form.cleaned_data)
            return _back(meeting, "dagsorden")
        except Refused as refusal:
            form.refuse(refusal)
    return again(request, meeting, item_form=form)


@staff()
@require_POST
def remove_item(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    item = found(meeting.agenda.select_related("meeting").filter(pk=item_id).first())
    record.remove_item(request.principal, item, now=timezone.now())
    return _back(meeting, "dagsorden")


@staff()
@require_POST
def attendance(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    present = {int(number) for number in request.POST.getlist("present") if number.isdigit()}
    record.note_attendance(request.principal, meeting, present, now=timezone.now())
    messages.success(request, _("Fremmødet er skrevet op."))
    return _back(meeting, "fremmoede")


@staff()
@require_POST
def resolve(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    form = ResolutionForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            record.resolve(request.principal, meeting, now=timezone.now(), **form.cleaned_data)
            return _back(meeting, "beslutninger")
        except Refused as refusal:
            form.refuse(refusal)
    return again(request, meeting, resolution_form=form)


@staff()
@require_POST
def carry_out(request: Request, meeting_id: int, resolution_id: int) -> HttpResponse:
    """The owner of the duty may not be the one who runs the meeting, so the action decides."""
    meeting = visible(request, meeting_id)
    row = found(meeting.resolutions.select_related("meeting", "duty").filter(pk=resolution_id).first())
    record.carry_out(request.principal, row, now=timezone.now())
    messages.success(request, _("Godt. Beslutningen er ført ud i livet."))
    return _back(meeting, "beslutninger")


@staff()
@require_POST
def drop(request: Request, meeting_id: int, resolution_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    row = found(meeting.resolutions.select_related("meeting", "duty").filter(pk=resolution_id).first())
    record.drop_resolution(request.principal, row, now=timezone.now())
    return _back(meeting, "beslutninger")


@staff()
@require_POST
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """Keep a draft; with the other button also send it."""
    meeting = _mine(request, meeting_id)
    form = MinutesForm(request.POST)
    if form.is_valid():
        try:
            record.write_minutes(request.principal, meeting, form.cleaned_data["text"], now=timezone.now())
            if "send" in request.POST:
                record.send_minutes(request.principal, meeting, now=timezone.now())
                messages.success(request, _("Referatet er sendt til deltagerne og lagt i journalen."))
            else:
                messages.success(request, _("Referatet er gemt som kladde."))
            return _back(meeting, "referat")
        except Refused as refusal:
            form.refuse(refusal)
    return again(request, meeting, minutes_form=form)


@staff()
@require_POST
def send(request: Request, meeting_id: int) -> HttpResponse:
    meeting = _mine(request, meeting_id)
    record.send_minutes(request.principal, meeting, now=timezone.now())
    messages.success(request, _("Referatet er sendt til deltagerne og lagt i journalen."))
    return _back(meeting, "referat")


@logged_in
@require_safe
def download(request: Request, meeting_id: int) -> HttpResponse:
    """The minutes as PDF, for those who run the meeting or take part."""
    meeting = visible(request, meeting_id)
    inside = meeting.participants.filter(user_id=request.principal.user_id or 0, withdrawn_at=None).exists()
    sent = Minutes.objects.filter(meeting=meeting, sent_at__isnull=False).select_related("document").first()
    if sent is None or sent.document is None or not (inside or may_run(request.principal, meeting)):
        raise Http404
    return files.download(sent.document)


def _mine(request: Request, meeting_id: int) -> Meeting:
    meeting = visible(request, meeting_id)
    check_can_run(request.principal, meeting)
    return meeting


def _back(meeting: Meeting, where: str) -> HttpResponse:
    answer = redirect("meetings:meeting", meeting.pk)
    answer.headers["Location"] += f"#{where}"
    return answer
