# SPDX-License-Identifier: MPL-2.0
"""What a participant does by the link in the mail, without an account. Looking changes nothing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.meetings.actions import signup, times
from indgang.meetings.forms import RoundForm, VoteForm
from indgang.meetings.models import Minutes, Participant
from indgang.meetings.pages import link_page
from indgang.meetings.permissions import PURPOSE
from indgang.meetings.views.calendars import calendar_answer, entry

BY_LINK = Limit("meeting", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("meeting", per="address", times=240, seconds=300)


def _by_link(token: str) -> tuple[Principal, Participant]:
    """Who came and for what. 404 for a link that never was; refuses one that has ended."""
    link = find_link(token, PURPOSE)
    if link is None:
        raise Http404
    rows = Participant.objects.select_related(
        "meeting__organiser", "meeting__municipality", "meeting__sign_up"
    )
    participant = rows.filter(pk=link.subject_id).first()
    if participant is None or not works(link, now=timezone.now()):
        raise Refused(
            gettext_noop("Linket virker ikke mere. Skriv til den, der indkaldte, hvis du mangler noget.")
        )
    return principal_of(link), participant


@limited(BY_LINK, BY_ADDRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponse:
    """See the meeting; a POST says which proposed times do."""
    by, participant = _by_link(token)
    page = link_page(participant, timezone.now())
    status = 200
    if request.method == "POST":
        form = VoteForm(
            request.POST,
            proposals=page.get("proposals", []),
            standing={},
            round_now=participant.meeting.round,
        )
        if form.is_valid():
            try:
                times.vote(
                    by, participant, form.fits, seen_round=form.cleaned_data["round"], now=timezone.now()
                )
                messages.success(request, _("Tak. Dit svar er gemt. Du kan ændre det, til tiden er valgt."))
                return redirect("meetings:by_link", token)
            except Refused as refusal:
                form.refuse(refusal)
        form.data = request.POST.dict() | {
            "round": str(participant.meeting.round)
        }  # sent again, it counts for this page
        page["vote_form"] = page["reply_form"] = form
        status = 422
    return render(request, "meetings/link.html", page | {"token": token}, status=status)


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def reply(request: Request, token: str) -> HttpResponse:
    """Come or not, to the time on the page."""
    by, participant = _by_link(token)
    form = RoundForm(request.POST)
    if form.is_valid():
        try:
            times.reply(
                by,
                participant,
                coming=request.POST.get("coming") == "yes",
                seen_round=form.cleaned_data["round"],
                now=timezone.now(),
            )
            messages.success(request, _("Tak for svaret."))
            return redirect("meetings:by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
    page = link_page(participant, timezone.now()) | {"token": token, "reply_form": form}
    return render(request, "meetings/link.html", page, status=422)


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def withdraw(request: Request, token: str) -> HttpResponse:
    by, participant = _by_link(token)
    signup.withdraw(by, participant, now=timezone.now())
    messages.success(request, _("Du er meldt fra. Pladsen går til den næste på ventelisten."))
    return redirect("meetings:by_link", token)


@limited(BY_LINK, BY_ADDRESS)
@require_safe
def minutes(request: Request, token: str) -> HttpResponse:
    """The minutes as PDF, once they are sent."""
    _by, participant = _by_link(token)
    sent = Minutes.objects.filter(meeting=participant.meeting, sent_at__isnull=False).select_related(
        "document"
    )
    row = sent.first()
    if row is None or row.document is None or participant.withdrawn_at is not None:
        raise Http404
    return files.download(row.document)


@limited(BY_LINK, BY_ADDRESS)
@require_safe
def calendar_file(request: Request, token: str) -> HttpResponse:
    """The meeting for the participant's calendar, also when it has been called off."""
    _by, participant = _by_link(token)
    meeting = participant.meeting
    if meeting.starts_at is None:
        raise Refused(gettext_noop("Mødet har ingen tid endnu. Du får en mail, når den er valgt."))
    return calendar_answer(request, meeting.title, [entry(request, meeting)], "moede.ics")
