# SPDX-License-Identifier: MPL-2.0
"""Deadlines around a match, on the desk of the case's contact person."""

from datetime import datetime

from django.utils.translation import gettext as _

from indgang.cases.models import MentorMatch
from indgang.kernel import duties
from indgang.kernel.access import Principal
from indgang.kernel.models import Duty

ANSWER, ANOTHER, STALLED = "mentor.answer", "mentor.another", "mentor.stalled"
DAYS_TO_ANSWER = 10


def wait_for_mentor(by: Principal, match: MentorMatch, now: datetime) -> Duty:
    """The two have ten working days to say yes or no."""
    title = _("Svar om mentor til %(name)s") % {"name": match.idea.case.who}
    return _promise(by, match, ANSWER, title, DAYS_TO_ANSWER, now, awaits_others=True)


def find_another(by: Principal, match: MentorMatch, now: datetime) -> Duty:
    """Somebody said no: propose another."""
    title = _("Find en anden mentor til %(name)s") % {"name": match.idea.case.who}
    return _promise(by, match, ANOTHER, title, 5, now)


def look_into(by: Principal, match: MentorMatch, now: datetime) -> Duty:
    """The two have been reminded and may still not have met."""
    title = _("Mentorforløbet for %(name)s står stille: ring til dem") % {"name": match.idea.case.who}
    return _promise(by, match, STALLED, title, 10, now)


def settle(match: MentorMatch, kinds: tuple[str, ...], now: datetime) -> None:
    """End the open duties of these kinds around a match's idea."""
    for duty in Duty.objects.filter(kind__in=kinds, path=match.idea.path, done_at=None):
        duties.settle(duty, now=now)


def _promise(
    by: Principal,
    match: MentorMatch,
    kind: str,
    title: str,
    days: int,
    now: datetime,
    *,
    awaits_others: bool = False,
) -> Duty:
    case = match.idea.case
    calendar = case.municipality.calendar()
    due_at = duties.due_in(days, now=now, calendar=calendar)
    return duties.promise(
        by, kind, title, path=match.idea.path, due_at=due_at, now=now, owner=case.handler, unit=case.unit,
        awaits_others=awaits_others, calendar=calendar,
    )  # fmt: skip
