# SPDX-License-Identifier: MPL-2.0
"""Calendar files and feeds: one meeting, the public ones, and one's own behind a secret address."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.http import Request, logged_in
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import create_link, find_link, mint, revoke_links, works
from indgang.kernel.mail import origin
from indgang.kernel.models import User
from indgang.meetings.ical import Entry, calendar
from indgang.meetings.models import Meeting
from indgang.meetings.permissions import FEED
from indgang.meetings.queries import feed_of, public_meetings
from indgang.meetings.views.public import visible

FEED_LIVES = timedelta(days=3 * 365)
READING = Limit("calendar", per="link", times=60, seconds=3600, reading=True)


@require_safe
def one(request: Request, meeting_id: int) -> HttpResponse:
    meeting = visible(request, meeting_id)
    if meeting.starts_at is None:
        raise Refused(gettext_noop("Mødet har ingen tid endnu. Du får en mail, når den er valgt."))
    return calendar_answer(request, meeting.title, [entry(request, meeting)], "moede.ics")


@require_safe
def public_feed(request: Request) -> HttpResponse:
    """Meetings that anyone may sign up for, for calendars that subscribe."""
    rows = [entry(request, row) for row in public_meetings(timezone.now())[:200]]
    name = _("Åbne møder i %(municipality)s") % {"municipality": request.municipality.name}
    return calendar_answer(request, name, rows, "aabne-moeder.ics")


@limited(READING)
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """One person's meetings of the last quarter and all that come, behind the address they got."""
    link = find_link(token, FEED)
    if link is None:
        raise Http404
    user = User.objects.filter(pk=link.subject_id, is_active=True).first()
    if user is None or not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Adressen virker ikke mere. Lav en ny under Møder."))
    rows = [entry(request, row) for row in feed_of(user.pk, timezone.now())]
    return calendar_answer(request, _("Møder i Indgang"), rows, "moeder.ics")


@logged_in
@require_POST
def own_address(request: Request) -> HttpResponse:
    """A fresh secret address; the ones before stop working. It is shown once."""
    by, now = request.principal, timezone.now()
    number = by.user_id or 0
    revoke_links(FEED, number, now=now)
    token = mint(create_link(by, FEED, number, recipient="", now=now, lives=FEED_LIVES), now=now)
    audit.record(by, "meeting.feed", f"user:{number}", now=now)
    address = origin(request.municipality) + reverse("meetings:feed", args=[token])
    return render(request, "meetings/feed.html", {"address": address})


def entry(request: Request, meeting: Meeting) -> Entry:
    """A meeting that has a time, as a calendar's event."""
    assert meeting.starts_at is not None
    host = origin(request.municipality).partition("//")[2].partition(":")[0]
    return Entry(
        uid=f"moede-{meeting.pk}@{host}",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at or meeting.starts_at,
        title=meeting.title,
        place=meeting.place,
        text=meeting.text,
        url=origin(request.municipality) + reverse("meetings:meeting", args=[meeting.pk]),
        sequence=meeting.round,
        cancelled=meeting.cancelled_at is not None,
    )


def calendar_answer(request: Request, name: str, entries: Sequence[Entry], file_name: str) -> HttpResponse:
    text = calendar(name, entries, made_at=timezone.now())
    answer = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer
