# SPDX-License-Identifier: MPL-2.0
"""A meeting of Mette's with Anja and Bo, and the way into it by link."""

from datetime import datetime, timedelta

from indgang.kernel.access import Principal
from indgang.kernel.links import create_link, mint, principal_of
from indgang.kernel.models import OutgoingMail
from indgang.meetings.actions.plan import Invitee, Owner, call_meeting
from indgang.meetings.models import Meeting, Participant
from indgang.meetings.permissions import PURPOSE
from tests.cast import NOW, Cast

THURSDAY = datetime(2027, 6, 17, 13, 0, tzinfo=NOW.tzinfo)
FRIDAY = THURSDAY + timedelta(days=1)
ANJA, BO = "anja@syvaerket.example", "bo@kro.example"


def a_meeting(cast: Cast, *times: datetime, owner: Owner | None = None, **facts: object) -> Meeting:
    return call_meeting(
        cast.be("mette"),
        title="Følgegruppen",
        organiser=cast.people["mette"],
        invitees=[Invitee("Anja", ANJA), Invitee("Bo", BO)],
        times=times,
        place="Rådhuset, lokale 4",
        owner=owner,
        now=NOW,
        **facts,  # type: ignore[arg-type]
    )


def participant(meeting: Meeting, email: str) -> Participant:
    return Participant.objects.select_related("meeting").get(meeting=meeting, email=email)


def by_link(one: Participant) -> Principal:
    link = create_link(
        Principal("system", one.municipality_id),
        PURPOSE,
        one.pk,
        recipient=one.email,
        now=NOW,
        lives=timedelta(days=900),  # type: ignore[arg-type]
    )
    return principal_of(link)


def token_for(one: Participant) -> str:
    """The secret that the mail would carry."""
    link = create_link(
        Principal("system", one.municipality_id),
        PURPOSE,
        one.pk,
        recipient=one.email,
        now=NOW,
        lives=timedelta(days=900),  # type: ignore[arg-type]
    )
    return mint(link, now=NOW)


def subjects(email: str) -> list[str]:
    return list(OutgoingMail.objects.filter(recipient=email).order_by("pk").values_list("subject", flat=True))
