# SPDX-License-Identifier: MPL-2.0
"""Meetings that anyone may come to: seats in the order people signed up, then a waiting list that moves by itself."""

from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.meetings import letters
from indgang.meetings.lock import locked
from indgang.meetings.models import Meeting, Participant, SignUpTerms
from indgang.meetings.permissions import PURPOSE, check_can_plan, check_can_run
from indgang.meetings.states import State, state_of


@transaction.atomic
def open_sign_up(
    by: Principal, meeting: Meeting, *, seats: int | None = None, until: datetime | None = None, now: datetime
) -> SignUpTerms:
    """Make the meeting public, or change its seats. More seats go to those who wait."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    if meeting.starts_at is None:
        raise Refused(gettext_noop("Vælg en tid, før andre kan tilmelde sig."))
    if seats is not None and seats < 1:
        raise Refused(gettext_noop("Skriv mindst én plads, eller lad feltet stå tomt."))
    if until is not None and until > meeting.starts_at:
        raise Refused(gettext_noop("Tilmeldingen skal lukke, før mødet begynder."))
    terms, _made = SignUpTerms.objects.update_or_create(
        meeting=meeting,
        defaults={"municipality_id": meeting.municipality_id, "seats": seats, "until": until},
    )
    _move_up(by, meeting, terms, now)
    audit.record(by, "meeting.open", f"meeting:{meeting.pk}", now=now, facts={"seats": seats})
    return terms


@transaction.atomic
def sign_up(
    by: Principal,
    meeting: Meeting,
    *,
    name: str,
    email: str,
    comes_from: str = "",
    shows_name: bool = False,
    now: datetime,
) -> Participant:
    """Sign up without an account. An address that is on the list already gets its link again, and nothing is told
    to whoever typed it."""
    meeting = locked(meeting)
    terms = SignUpTerms.objects.filter(meeting=meeting).first()
    _check_open(meeting, terms, now)
    standing = meeting.participants.filter(email=email.strip().lower(), withdrawn_at=None).first()
    if standing is not None:
        standing.meeting = meeting
        letters.confirm_sign_up(by, standing, now)
        return standing
    seats = terms.seats if terms else None
    participant = Participant.objects.create(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        name=name.strip()[:100],
        email=email.strip().lower(),
        part=Participant.Part.SIGNED_UP,
        comes_from=comes_from.strip()[:100],
        shows_name=shows_name,
        added_at=now,
        seat_at=now if seats is None or _taken(meeting) < seats else None,
    )
    letters.confirm_sign_up(by, participant, now)
    audit.record(
        by, "meeting.sign_up", f"meeting:{meeting.pk}", now=now, facts={"participant": participant.pk}
    )
    return participant


@transaction.atomic
def withdraw(by: Principal, participant: Participant, *, now: datetime) -> None:
    """Give the seat back; the first who waits gets it and is told. Withdrawing twice changes nothing."""
    participant.meeting = meeting = locked(participant.meeting)
    if not by.may_by_link(PURPOSE, participant.pk) and participant.user_id != (by.user_id or 0):
        check_can_run(by, meeting)
    participant.refresh_from_db(fields=["withdrawn_at"])
    if participant.withdrawn_at is not None:
        return
    participant.withdrawn_at = now
    participant.save(update_fields=["withdrawn_at"])
    terms = SignUpTerms.objects.filter(meeting=meeting).first()
    if terms is not None and state_of(meeting, now) is State.PLANNED:
        _move_up(by, meeting, terms, now)
    audit.record(
        by, "meeting.withdraw", f"meeting:{meeting.pk}", now=now, facts={"participant": participant.pk}
    )


def seats_left(meeting: Meeting, terms: SignUpTerms) -> int | None:
    """How many can still sign up and be seated; None when there is no limit."""
    return None if terms.seats is None else max(0, terms.seats - _taken(meeting))


def _taken(meeting: Meeting) -> int:
    return meeting.participants.filter(
        part=Participant.Part.SIGNED_UP, withdrawn_at=None, seat_at__isnull=False
    ).count()


def _move_up(by: Principal, meeting: Meeting, terms: SignUpTerms, now: datetime) -> None:
    waiting = meeting.participants.filter(
        part=Participant.Part.SIGNED_UP, withdrawn_at=None, seat_at=None
    ).order_by("added_at", "pk")
    free = seats_left(meeting, terms)
    for one in waiting if free is None else waiting[:free]:
        one.seat_at, one.meeting = now, meeting
        one.save(update_fields=["seat_at"])
        letters.confirm_sign_up(by, one, now)


def _check_open(meeting: Meeting, terms: SignUpTerms | None, now: datetime) -> None:
    if terms is None or state_of(meeting, now) is not State.PLANNED:
        raise Refused(gettext_noop("Der kan ikke tilmeldes til det møde. Se de kommende møder."))
    last = terms.until or meeting.starts_at
    if last is not None and now > last:
        raise Refused(
            gettext_noop("Tilmeldingen er lukket. Ring til kommunen, hvis du gerne vil med alligevel.")
        )
