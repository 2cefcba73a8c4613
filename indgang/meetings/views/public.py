# SPDX-License-Identifier: MPL-2.0
"""The list of meetings, one meeting, and signing up for one that is open to all."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited
from indgang.meetings.actions import signup
from indgang.meetings.forms import SignUpForm
from indgang.meetings.models import Meeting
from indgang.meetings.pages import may_run, public_page, run_page
from indgang.meetings.queries import own_meetings, past_meetings, public_meetings, visible_to
from indgang.meetings.states import state_of

SIGNING_UP = Limit("meeting_sign_up", per="address", times=20, seconds=3600)


@require_safe
def meetings(request: Request) -> HttpResponse:
    """One's own meetings, then those that anyone may come to."""
    by, now = request.principal, timezone.now()
    context = {
        "own": [(row, state_of(row, now)) for row in own_meetings(by, now).select_related("organiser")[:50]],
        "past": [(row, state_of(row, now)) for row in past_meetings(by, now)[:10]],
        "public": public_meetings(now)[:50],
    }
    return render(request, "meetings/meetings.html", context)


@require_safe
def meeting(request: Request, meeting_id: int) -> HttpResponse:
    row, by, now = visible(request, meeting_id), request.principal, timezone.now()
    if may_run(by, row):
        return render(request, "meetings/run.html", run_page(by, row, now))
    return render(request, "meetings/public.html", public_page(by, row, now))


@limited(SIGNING_UP)
@require_POST
def sign_up(request: Request, meeting_id: int) -> HttpResponse:
    row, by, now = visible(request, meeting_id), request.principal, timezone.now()
    form = SignUpForm(request.POST)
    if form.is_valid():
        try:
            signup.sign_up(by, row, now=now, **form.cleaned_data)
            return render(
                request, "meetings/signed_up.html", {"meeting": row, "email": form.cleaned_data["email"]}
            )
        except Refused as refusal:
            form.refuse(refusal)
    page = public_page(by, row, now) | {"sign_up_form": form}
    return render(request, "meetings/public.html", page, status=422)


def visible(request: Request, meeting_id: int) -> Meeting:
    """The meeting when it is in sight; a stranger's 404 otherwise."""
    rows = visible_to(request.principal).select_related("organiser", "municipality", "sign_up", "duty")
    row: Meeting = found(rows.filter(pk=meeting_id).first())
    return row
