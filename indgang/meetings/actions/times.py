# SPDX-License-Identifier: MPL-2.0
"""Finding a time: put up, voted on, chosen, moved; and replies that belong to the time they were given for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, due_in, promise, settle
from indgang.kernel.models import Duty
from indgang.meetings import letters
from indgang.meetings.lock import locked
from indgang.meetings.models import Meeting, Participant, Proposal, Vote
from indgang.meetings.permissions import check_can_plan, check_can_reply

CHOOSE_DUTY = "meetings.choose"
MINUTES_DUTY = "meetings.minutes"
DAYS_TO_CHOOSE = 5
DAYS_TO_WRITE = 5
MOST_TIMES = 12
FURTHEST = timedelta(days=3 * 365)


def check_times(times: Sequence[datetime], now: datetime) -> None:
    """Refuses times that have passed, lie more than three years ahead, or are too many."""
    if len(times) > MOST_TIMES:
        raise Refused(gettext_noop("Foreslå højst %(most)d tider."), most=MOST_TIMES)
    for moment in times:
        if moment <= now:
            raise Refused(gettext_noop("%(at)s er gået. Vælg en tid, der kommer."), at=letters.said(moment))
        if moment > now + FURTHEST:
            raise Refused(
                gettext_noop("%(at)s er mere end tre år ude i fremtiden. Ret årstallet."),
                at=letters.said(moment),
            )


@transaction.atomic
def propose_times(by: Principal, meeting: Meeting, times: Sequence[datetime], *, now: datetime) -> None:
    """Put up new times, also when a time was fixed: that one no longer holds, and all are asked again."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    check_times(times, now)
    if not times:
        raise Refused(gettext_noop("Skriv mindst én tid."))
    if len(times) == 1:
        fix_time(by, meeting, times[0], now=now)
    else:
        put_up_times(by, meeting, times, now=now)
    audit.record(by, "meeting.propose", f"meeting:{meeting.pk}", now=now, facts={"times": len(times)})


@transaction.atomic
def choose_time(
    by: Principal, meeting: Meeting, starts_at: datetime, *, seen_round: int, now: datetime
) -> None:
    """Choose one time, among the proposed ones or another. Refuses when the meeting has changed since it was seen."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    check_round(meeting, seen_round)
    check_times([starts_at], now)
    fix_time(by, meeting, starts_at, now=now)
    audit.record(by, "meeting.choose", f"meeting:{meeting.pk}", now=now, facts={"at": starts_at.isoformat()})


@transaction.atomic
def vote(
    by: Principal, participant: Participant, fits: Mapping[int, str], *, seen_round: int, now: datetime
) -> None:
    """Say which proposed times do, by proposal id. Voting again replaces what was said."""
    participant.meeting = meeting = locked(participant.meeting)
    check_can_reply(by, participant, now)
    check_round(meeting, seen_round)
    proposals = {row.pk for row in meeting.proposals.filter(round=meeting.round)}
    if not fits or not set(fits) <= proposals or not set(fits.values()) <= set(Vote.Fits.values):
        raise Refused(gettext_noop("Sig for mindst én af tiderne, om den passer."))
    Vote.objects.filter(participant=participant, proposal_id__in=proposals).delete()
    Vote.objects.bulk_create(
        Vote(municipality_id=meeting.municipality_id, participant=participant, proposal_id=number, fits=said)
        for number, said in fits.items()
    )
    participant.replied_at, participant.reply_round = now, meeting.round
    participant.save(update_fields=["replied_at", "reply_round"])
    audit.record(by, "meeting.vote", f"meeting:{meeting.pk}", now=now, facts={"participant": participant.pk})


@transaction.atomic
def reply(by: Principal, participant: Participant, *, coming: bool, seen_round: int, now: datetime) -> None:
    """Come or not, to the time that was seen."""
    participant.meeting = meeting = locked(participant.meeting)
    check_can_reply(by, participant, now)
    check_round(meeting, seen_round)
    participant.coming, participant.replied_at, participant.reply_round = coming, now, meeting.round
    participant.save(update_fields=["coming", "replied_at", "reply_round"])
    audit.record(
        by,
        "meeting.reply",
        f"meeting:{meeting.pk}",
        now=now,
        facts={"participant": participant.pk, "coming": coming},
    )


@transaction.atomic
def remind(by: Principal, meeting: Meeting, *, now: datetime) -> int:
    """Write again to those who have not answered for the time as it stands; returns how many."""
    meeting = locked(meeting)
    check_can_plan(by, meeting)
    silent = [one for one in letters.present(meeting) if one.reply_round != meeting.round]
    if meeting.starts_at is None:
        letters.ask_for_times(by, silent, now)
    else:
        letters.announce_time(by, silent, moved=False, now=now)
    audit.record(by, "meeting.remind", f"meeting:{meeting.pk}", now=now, facts={"count": len(silent)})
    return len(silent)


def check_round(meeting: Meeting, seen_round: int) -> None:
    if meeting.round != seen_round:
        raise Refused(
            gettext_noop("Mødet er flyttet, siden du åbnede siden. Se den nye tid herunder, og svar på den.")
        )


def put_up_times(by: Principal, meeting: Meeting, times: Sequence[datetime], *, now: datetime) -> None:
    """Write the proposals of a new round and ask everyone. Part of an action that has checked."""
    meeting.round += 1
    meeting.starts_at = None
    Proposal.objects.bulk_create(
        Proposal(
            municipality_id=meeting.municipality_id, meeting=meeting, round=meeting.round, starts_at=moment
        )
        for moment in sorted(set(times))
    )
    calendar = meeting.municipality.calendar()
    due = min(due_in(DAYS_TO_CHOOSE, now=now, calendar=calendar), min(times))
    title = _("Vælg tid til %(title)s") % {"title": meeting.title}
    _next_duty(by, meeting, CHOOSE_DUTY, title, due, awaits=True, now=now)
    meeting.save(update_fields=["round", "starts_at", "duty"])
    letters.ask_for_times(by, letters.present(meeting), now)


def fix_time(by: Principal, meeting: Meeting, starts_at: datetime, *, now: datetime) -> None:
    """Set the time, promise minutes, tell everyone. Part of an action that has checked."""
    moved = meeting.starts_at is not None and meeting.starts_at != starts_at
    carried = _kept_replies(meeting, starts_at)
    meeting.round += 1
    meeting.starts_at = starts_at
    calendar = meeting.municipality.calendar()
    due = at(calendar.add(timezone.localdate(starts_at), DAYS_TO_WRITE))
    title = _("Skriv referat af %(title)s") % {"title": meeting.title}
    _next_duty(by, meeting, MINUTES_DUTY, title, due, awaits=False, now=now)
    meeting.save(update_fields=["round", "starts_at", "duty"])
    meeting.participants.filter(pk__in=carried).update(coming=True, reply_round=meeting.round)
    letters.announce_time(by, letters.present(meeting), moved=moved, now=now)


def _kept_replies(meeting: Meeting, starts_at: datetime) -> list[int]:
    """Who already said that this very time does: they need not say so again."""
    chosen = meeting.proposals.filter(round=meeting.round, starts_at=starts_at)
    rows = Vote.objects.filter(proposal__in=chosen, fits=Vote.Fits.YES)
    return list(rows.values_list("participant_id", flat=True))


def _next_duty(
    by: Principal, meeting: Meeting, kind: str, title: str, due: datetime, *, awaits: bool, now: datetime
) -> None:
    if meeting.duty is not None:
        done = kind == MINUTES_DUTY and meeting.duty.kind == CHOOSE_DUTY
        settle(meeting.duty, now=now, outcome=Duty.Outcome.DONE if done else Duty.Outcome.DROPPED)
    meeting.duty = promise(
        by,
        kind,
        title,
        path=reverse("meetings:meeting", args=[meeting.pk]),
        due_at=due,
        owner=meeting.organiser,
        awaits_others=awaits,
        calendar=meeting.municipality.calendar(),
        now=now,
    )
