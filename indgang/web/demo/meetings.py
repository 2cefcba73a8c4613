# SPDX-License-Identifier: MPL-2.0
"""Meetings in every stage: held with minutes, a time being found, and one that anyone may come to."""

from datetime import datetime, timedelta

from django.utils import timezone

from indgang.kernel.access import Kind, Principal, anonymous
from indgang.meetings.actions import plan, record, signup, times
from indgang.meetings.actions.plan import Invitee
from indgang.meetings.models import Meeting
from indgang.meetings.permissions import PURPOSE
from indgang.web.demo.people import Stage

SIGNED_UP = (
    ("Anja Holm", "anja@syvaerket.example", "Syværket ApS", True),
    ("Bo Kjær", "bo@engholmkro.example", "Engholm Kro", True),
    ("Karin Toft", "karin@nordvang.example", "Nordvang Plast A/S", False),
)


def meet(stage: Stage) -> None:
    """Play the meetings, oldest first."""
    _held(stage)
    _finding(stage)
    _open(stage)


def _day(stage: Stage, days: int, hour: int) -> datetime:
    """A working morning so many days from today."""
    day = timezone.localtime(stage.now) + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _held(stage: Stage) -> None:
    """Supplier talk three weeks ago: minutes sent, one decision still open."""
    mette, then = stage.be("mette"), stage.now - timedelta(days=35)
    starts = _day(stage, -24, 10)
    meeting = plan.call_meeting(
        mette,
        title="Leverandørsnak med IT-Sporet",
        organiser=stage.users["mette"],
        invitees=[
            Invitee("Søren Dahl", stage.users["soeren"].email),
            Invitee("Ulla Friis", "ulla@itsporet.example"),
        ],
        times=[starts],
        place="Rådhuset, lokale 2",
        now=then,
    )
    record.add_item(mette, meeting, title="Hvad kommunen køber af indscanning", now=then)
    after = starts + timedelta(hours=2)
    present = list(meeting.participants.values_list("pk", flat=True))
    record.note_attendance(mette, meeting, present, now=after)
    record.resolve(
        mette,
        meeting,
        text="Send IT-Sporet en liste over arkiver, der skal scannes i år",
        owner=stage.users["soeren"],
        due_date=_day(stage, 6, 8).date(),
        now=after,
    )
    record.write_minutes(
        mette,
        meeting,
        "IT-Sporet viste, hvordan de scanner og kvalitetssikrer.\nØkonomi og Indkøb samler en liste over arkiver.",
        now=after,
    )
    record.send_minutes(mette, meeting, now=after + timedelta(hours=1))


def _finding(stage: Stage) -> None:
    """Jonas looks for a time with three others; one has answered."""
    starts = [_day(stage, days, hour) for days, hour in ((8, 9), (9, 13), (10, 14))]
    meeting = plan.call_meeting(
        stage.be("jonas"),
        title="Flere fleksjob i grøn drift",
        organiser=stage.users["jonas"],
        invitees=[
            Invitee("Mette Lind", stage.users["mette"].email),
            Invitee("Lise Krag", stage.users["lise"].email),
            Invitee("Ole Brandt", "ole@groenhaand.example"),
        ],
        times=starts,
        place="Materielgården",
        now=stage.now - timedelta(days=1),
    )
    ole = meeting.participants.select_related("meeting").get(name="Ole Brandt")
    rows = list(meeting.proposals.order_by("starts_at"))
    fits = dict(zip((row.pk for row in rows), ("no", "yes", "maybe"), strict=False))
    times.vote(_guest(stage, ole.pk), ole, fits, seen_round=meeting.round, now=stage.now - timedelta(hours=3))


def _open(stage: Stage) -> None:
    """The network meets; half of the seats are taken."""
    mette = stage.be("mette")
    starts = _day(stage, 21, 15)
    meeting: Meeting = plan.call_meeting(
        mette,
        title="Netværksmøde: Vis, hvad I kan",
        organiser=stage.users["mette"],
        times=[starts],
        length_minutes=120,
        place="Åbjerg Bibliotek, salen",
        text="Korte oplæg fra fem virksomheder, kaffe, og indkøberne er der.",
        now=stage.now,
    )
    record.add_item(mette, meeting, title="Velkomst", now=stage.now)
    record.add_item(mette, meeting, title="Fem virksomheder på fem minutter hver", now=stage.now)
    signup.open_sign_up(mette, meeting, seats=40, until=starts - timedelta(days=2), now=stage.now)
    for name, email, comes_from, shows_name in SIGNED_UP:
        signup.sign_up(
            anonymous(stage.municipality.pk),
            meeting,
            name=name,
            email=email,
            comes_from=comes_from,
            shows_name=shows_name,
            now=stage.now,
        )


def _guest(stage: Stage, participant_id: int) -> Principal:
    """Somebody who came by the link in the mail."""
    return Principal(
        Kind.LINK, municipality_id=stage.municipality.pk, purpose=PURPOSE, subject_id=participant_id
    )
