# SPDX-License-Identifier: MPL-2.0
"""The meeting itself: booked within the promise, held, noted, and what was told there published for everybody."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from indgang.cases import letters
from indgang.cases.claim_states import ClaimState, claim_state
from indgang.cases.lines import checked, write_line
from indgang.cases.models import Claim, Entry, ToldPurchase
from indgang.cases.permissions import check_can_meet
from indgang.cases.queries import participants_of
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import User
from indgang.meetings.actions.plan import Invitee, Owner, call_meeting
from indgang.meetings.models import Meeting

OWNER = "claim"


@transaction.atomic
def book(
    by: Principal,
    claim: Claim,
    times: Sequence[datetime],
    *,
    place: str,
    organiser: User,
    they_asked_for_later: bool = False,
    now: datetime,
) -> Meeting:
    """Invite to the meeting with purchasing: one time, or several to choose among. A time after the promised thirty days
    is refused unless the enterprise itself asked for it."""
    check_can_meet(by, claim)
    if claim_state(claim, now) is not ClaimState.TO_MEET:
        raise Refused(gettext_noop("Mødet er aftalt, eller retten er ikke afgjort endnu."))
    if not times:
        raise Refused(gettext_noop("Skriv mindst én tid."))
    if any(moment > claim.meet_by for moment in times) and not they_asked_for_later:
        raise Refused(
            gettext_noop(
                "Kommunen har lovet et møde senest %(day)s. Vælg en tid før, eller sæt kryds ved, at de selv har bedt om"
                " en senere."
            ),
            day=letters.day_of(claim.meet_by),
        )
    people = participants_of(claim.case)
    invitees = [
        Invitee(person.name, person.email, organisation_id=claim.organisation_id)
        for person in people
        if person.email
    ]
    invitees.append(Invitee(organiser.name, organiser.email, user_id=organiser.pk))
    claim.meeting = call_meeting(
        by,
        title=_("Møde om indkøb: %(name)s") % {"name": claim.organisation.name},
        organiser=organiser,
        invitees=invitees,
        times=times,
        place=place,
        text=_("I fortæller, hvad I kan; indkøb fortæller, hvad kommunen køber, og hvordan."),
        owner=Owner(OWNER, claim.pk, claim.path),
        now=now,
    )
    claim.save(update_fields=["meeting"])
    audit.record(by, "claim.book", f"claim:{claim.pk}", now=now, facts={"times": len(times)})
    return claim.meeting


@transaction.atomic
def hold(
    by: Principal, claim: Claim, *, note: str, told: str, told_nothing: bool = False, now: datetime
) -> None:
    """The meeting was held. What was told about coming purchases is published at once, so that nobody knows more."""
    check_can_meet(by, claim)
    if claim_state(claim, now) is not ClaimState.BOOKED:
        raise Refused(gettext_noop("Book mødet først, eller se i sagen, hvornår det blev holdt."))
    meeting = claim.meeting
    if meeting is not None and (meeting.starts_at is None or meeting.starts_at > now):
        raise Refused(
            gettext_noop("Mødet er ikke holdt endnu. Ret tiden på mødets egen side, hvis det blev holdt før.")
        )
    if not told.strip() and not told_nothing:
        raise Refused(
            gettext_noop(
                "Skriv, hvad der blev fortalt om kommende køb, eller sæt kryds ved, at der intet blev fortalt."
            )
        )
    write_line(by, claim.case, Entry.Kind.MEETING, checked(note), now=now)
    if told.strip():
        ToldPurchase.objects.create(
            municipality_id=claim.municipality_id, claim=claim, text=checked(told), at=now
        )
    claim.held_at = meeting.starts_at if meeting is not None else now
    claim.save(update_fields=["held_at"])
    if claim.duty is not None:
        duties.settle(claim.duty, now=now)
    audit.record(by, "claim.hold", f"claim:{claim.pk}", now=now, facts={"published": bool(told.strip())})


@transaction.atomic
def call_off(by: Principal, claim: Claim, *, now: datetime) -> None:
    """The booked meeting was called off on its own page: another can be booked."""
    check_can_meet(by, claim)
    if claim.meeting is None or claim.meeting.cancelled_at is None:
        raise Refused(gettext_noop("Aflys mødet på mødets egen side først."))
    claim.meeting = None
    claim.save(update_fields=["meeting"])
    audit.record(by, "claim.call_off", f"claim:{claim.pk}", now=now)
