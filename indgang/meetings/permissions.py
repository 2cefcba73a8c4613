# SPDX-License-Identifier: MPL-2.0
"""Who may do what with a meeting, and the sentence when they may not."""

from datetime import datetime

from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role
from indgang.meetings.models import Meeting, Minutes, Participant
from indgang.meetings.states import State, state_of

PURPOSE = "moede"
FEED = "kalender"
RUNS = (Participant.Part.CHAIR, Participant.Part.SECRETARY)


def check_can_call(by: Principal) -> None:
    if not by.works_here and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Kun kommunens egne folk kan indkalde til møder her."))


def check_can_run(by: Principal, meeting: Meeting) -> None:
    """The organiser, who chairs or writes, and a coordinator unless the meeting is the participants' own."""
    if by.kind is Kind.SYSTEM or (by.user_id is not None and by.user_id == meeting.organiser_id):
        return
    if by.holds(Role.COORDINATOR) and not meeting.confidential:
        return
    if (
        by.works_here
        and meeting.participants.filter(user_id=by.user_id or 0, part__in=RUNS, withdrawn_at=None).exists()
    ):
        return
    raise Refused(gettext_noop("Kun den, der har indkaldt, kan ændre mødet. Skriv til indkalderen."))


def check_can_plan(by: Principal, meeting: Meeting) -> None:
    """Find or change a time, invite more, cancel."""
    check_can_run(by, meeting)
    if meeting.cancelled_at is not None:
        raise Refused(gettext_noop("Mødet er aflyst. Indkald til et nyt."))
    if is_written_up(meeting):
        raise Refused(gettext_noop("Referatet er sendt, så mødet kan ikke ændres mere."))


def check_can_reply(by: Principal, participant: Participant, now: datetime) -> None:
    """By the link in the mail, as oneself, or written down by the one who runs the meeting."""
    meeting = participant.meeting
    itself = by.may_by_link(PURPOSE, participant.pk) or (
        by.user_id is not None and by.user_id == participant.user_id
    )
    if not itself:
        check_can_run(by, meeting)
    if participant.withdrawn_at is not None:
        raise Refused(gettext_noop("Du er meldt fra mødet. Tilmeld dig igen, eller skriv til indkalderen."))
    if state_of(meeting, now) in (State.CANCELLED, State.HELD):
        raise Refused(gettext_noop("Mødet er holdt eller aflyst, så der er ikke mere at svare på."))


def check_can_write_up(by: Principal, meeting: Meeting) -> None:
    """Minutes and decisions, until the minutes have been sent."""
    check_can_run(by, meeting)
    if meeting.cancelled_at is not None:
        raise Refused(gettext_noop("Mødet er aflyst og har intet referat."))
    if is_written_up(meeting):
        raise Refused(gettext_noop("Referatet er sendt og kan ikke ændres. Ret det i næste mødes referat."))


def is_written_up(meeting: Meeting) -> bool:
    return Minutes.objects.filter(meeting=meeting, sent_at__isnull=False).exists()
