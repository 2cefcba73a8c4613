# SPDX-License-Identifier: MPL-2.0
"""Calling a meeting, inviting to it, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.duties import settle
from indgang.kernel.models import Duty, Membership, User
from indgang.meetings import letters
from indgang.meetings.actions.times import check_times, fix_time, put_up_times
from indgang.meetings.lock import locked
from indgang.meetings.models import Meeting, Participant
from indgang.meetings.permissions import check_can_call, check_can_plan

MOST_INVITED = 200


@dataclass(frozen=True)
class Owner:
    """What a meeting belongs to in a room above: a kind, a number, and the page where it is seen."""

    kind: str
    number: int
    path: str


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite. The account is found by the address when none is given."""

    name: str
    email: str = ""
    part: str = Participant.Part.MEMBER
    organisation_id: int | None = None
    user_id: int | None = None


@transaction.atomic
def call_meeting(
    by: Principal,
    *,
    title: str,
    organiser: User,
    invitees: Sequence[Invitee] = (),
    times: Sequence[datetime] = (),
    length_minutes: int = 60,
    place: str = "",
    text: str = "",
    owner: Owner | None = None,
    confidential: bool = False,
    now: datetime,
) -> Meeting:
    """One time is the time; several are put up for the participants to choose among; none leaves it open."""
    check_can_call(by)
    if not title.strip():
        raise Refused(gettext_noop("Skriv, hvad mødet handler om."))
    check_times(times, now)
    meeting = Meeting.objects.create(
        municipality_id=by.municipality_id,
        owner_kind=owner.kind if owner else "",
        owner_id=owner.number if owner else None,
        owner_path=owner.path if owner else "",
        title=title.strip()[:150],
        text=text.strip(),
        place=place.strip()[:200],
        organiser=organiser,
        confidential=confidential,
        length_minutes=length_minutes,
        created_at=now,
    )
    added = _add(meeting, invitees, now)
    if len(times) == 1:
        fix_time(by, meeting, times[0], now=now)
    elif times:
        put_up_times(by, meeting, times, now=now)
    audit.record(
        by,
        "meeting.call",
        f"meeting:{meeting.pk}",
        now=now,
        facts={"owner": meeting.case_key, "times": len(times), "invited": len(added)},
    )
    return meeting


@transaction.atomic
def invite(
    by: Principal, meeting: Meeting, invitees: Sequence[Invitee], *, now: datetime
) -> list[Participant]:
    """Invite more people; those who are on it already are passed over."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    added = _add(meeting, invitees, now)
    if meeting.starts_at is not None:
        letters.announce_time(by, added, moved=False, now=now)
    elif meeting.proposals.filter(round=meeting.round).exists():
        letters.ask_for_times(by, added, now)
    audit.record(by, "meeting.invite", f"meeting:{meeting.pk}", now=now, facts={"invited": len(added)})
    return added


@transaction.atomic
def uninvite(by: Principal, participant: Participant, *, now: datetime) -> None:
    """Take somebody off; they are told nothing, and their link says that they are no longer expected."""
    check_can_plan(by, participant.meeting)
    participant.withdrawn_at = now
    participant.save(update_fields=["withdrawn_at"])
    audit.record(by, "meeting.uninvite", f"meeting:{participant.meeting_id}", now=now)


@transaction.atomic
def cancel(by: Principal, meeting: Meeting, *, because: str, now: datetime) -> None:
    """Call it off and tell everyone why."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    if not because.strip():
        raise Refused(gettext_noop("Skriv, hvorfor mødet aflyses. Deltagerne får det at vide."))
    meeting.cancelled_at, meeting.cancelled_because = now, because.strip()[:300]
    meeting.round += 1
    meeting.save(update_fields=["cancelled_at", "cancelled_because", "round"])
    if meeting.duty is not None:
        settle(meeting.duty, now=now, outcome=Duty.Outcome.DROPPED)
    letters.announce_cancelling(by, letters.present(meeting), now)
    audit.record(by, "meeting.cancel", f"meeting:{meeting.pk}", now=now)


def _add(meeting: Meeting, invitees: Sequence[Invitee], now: datetime) -> list[Participant]:
    standing = set(meeting.participants.filter(withdrawn_at=None).values_list("email", flat=True))
    wanted: dict[str, Invitee] = {}
    for number, invitee in enumerate(invitees):
        email = invitee.email.strip().lower()
        if not email or email not in standing:
            wanted.setdefault(email or f"#{number}", invitee)
    if len(standing) + len(wanted) > MOST_INVITED:
        raise Refused(
            gettext_noop("Der kan inviteres %(most)d. Brug et møde med tilmelding til flere."),
            most=MOST_INVITED,
        )
    accounts = dict(
        Membership.objects.filter(
            municipality_id=meeting.municipality_id, last_date=None, user__email__in=wanted
        )
        .values_list("user__email", "user_id")
        .distinct()
    )
    rows = [
        Participant(
            municipality_id=meeting.municipality_id,
            meeting=meeting,
            name=one.name.strip()[:100],
            email="" if email.startswith("#") else email,
            part=one.part,
            organisation_id=one.organisation_id,
            user_id=one.user_id or accounts.get(email),
            added_at=now,
        )
        for email, one in wanted.items()
    ]
    return Participant.objects.bulk_create(rows)
