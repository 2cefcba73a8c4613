# SPDX-License-Identifier: MPL-2.0
"""What we write to those who are to meet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse

from indgang.kernel import danish, mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link, open_links
from indgang.kernel.models import SignedLink
from indgang.meetings.models import Meeting, Participant
from indgang.meetings.permissions import PURPOSE

LIVES = timedelta(days=365)


def said(moment: datetime) -> str:
    """A moment in Danish time: torsdag 17. juni 2027 kl. 15.00."""
    return danish.long_moment(moment)


def link_of(by: Principal, participant: Participant, now: datetime) -> SignedLink:
    """The participant's own link, made once."""
    standing = open_links(PURPOSE, participant.pk).filter(expires_at__gt=now + timedelta(days=1)).first()
    return standing or create_link(
        by, PURPOSE, participant.pk, recipient=participant.email, now=now, lives=LIVES
    )


def present(meeting: Meeting) -> list[Participant]:
    """Everyone who takes part and can be written to."""
    rows = list(meeting.participants.filter(withdrawn_at=None).exclude(email="").order_by("pk"))
    for one in rows:
        one.meeting = meeting
    return rows


def tell(by: Principal, participant: Participant, subject: str, body: str, *, now: datetime) -> None:
    """One mail with the participant's own link at `{link}`. Replies land on the meeting's page."""
    if not participant.email:
        return
    meeting = participant.meeting
    mail.write(
        by,
        participant.email,
        subject,
        body,
        now=now,
        about=f"meeting:{meeting.pk}",
        link=link_of(by, participant, now),
        link_path="/l/moede/{token}/",
        reply_path=reverse("meetings:meeting", args=[meeting.pk]),
        reply_owner=meeting.organiser,
    )


def ask_for_times(by: Principal, participants: Iterable[Participant], now: datetime) -> None:
    for one in participants:
        tell(
            by,
            one,
            _("Hvornår kan du? %(title)s") % {"title": one.meeting.title},
            _(
                "Hej %(name)s\n\n%(who)s vil gerne finde en tid til »%(title)s«.\n"
                "Sig, hvilke tider der passer. Det tager et halvt minut, og du skal ikke logge ind:\n{link}"
            )
            % {"name": one.name, "who": one.meeting.organiser.name, "title": one.meeting.title},
            now=now,
        )


def announce_time(by: Principal, participants: Iterable[Participant], *, moved: bool, now: datetime) -> None:
    """The time stands, or has been changed."""
    for one in participants:
        meeting = one.meeting
        if meeting.starts_at is None:
            continue
        subject = _("Flyttet: %(title)s, %(at)s") if moved else _("%(title)s, %(at)s")
        tell(
            by,
            one,
            subject % {"title": meeting.title, "at": said(meeting.starts_at)},
            _(
                "Hej %(name)s\n\n»%(title)s« er %(at)s%(place)s.\n"
                "Svar, om du kommer, og hent mødet til din kalender her:\n{link}"
            )
            % {
                "name": one.name,
                "title": meeting.title,
                "at": said(meeting.starts_at),
                "place": f", {meeting.place}" if meeting.place else "",
            },
            now=now,
        )


def announce_cancelling(by: Principal, participants: Iterable[Participant], now: datetime) -> None:
    for one in participants:
        tell(
            by,
            one,
            _("Aflyst: %(title)s") % {"title": one.meeting.title},
            _("Hej %(name)s\n\n»%(title)s« er aflyst. %(why)s\n\nSe mødet her:\n{link}")
            % {"name": one.name, "title": one.meeting.title, "why": one.meeting.cancelled_because},
            now=now,
        )


def confirm_sign_up(by: Principal, participant: Participant, now: datetime) -> None:
    """A seat, or a place on the waiting list, with the link that changes it."""
    meeting = participant.meeting
    if participant.seat_at:
        subject, body = _("Du har en plads: %(title)s"), _("Du er tilmeldt »%(title)s« %(at)s.")
    else:
        subject, body = (
            _("Du står på venteliste: %(title)s"),
            _("Alle pladser til »%(title)s« %(at)s er taget. Du får en mail, så snart der er en."),
        )
    facts = {"title": meeting.title, "at": said(meeting.starts_at) if meeting.starts_at else ""}
    text = _("Hej %(name)s\n\n%(said)s\nHer kan du melde fra eller hente mødet til din kalender:\n{link}")
    tell(by, participant, subject % facts, text % {"name": participant.name, "said": body % facts}, now=now)
