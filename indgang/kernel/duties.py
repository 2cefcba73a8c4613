# SPDX-License-Identifier: MPL-2.0
"""Promises with a clock: made, kept or dropped, and reminded of on a ladder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from indgang.core.working_days import WorkingCalendar
from indgang.kernel.access import Principal
from indgang.kernel.models import Duty, Membership, Unit, User

END_OF_DAY = time(16, 0)


@dataclass(frozen=True)
class Ladder:
    """When somebody is reminded: working days from the due day; negative ones lie before it."""

    steps: tuple[int, ...]

    def step_at(self, step: int, due: datetime, calendar: WorkingCalendar) -> datetime | None:
        """The moment of a step, or None when the ladder has no more."""
        if step >= len(self.steps):
            return None
        offset = self.steps[step]
        local = timezone.localtime(due)
        if offset >= 0:
            day = calendar.add(local.date(), offset)
        else:
            day = local.date()
            for _ in range(-offset):
                day = _working_day_before(day, calendar)
        return at(day, time(8, 0))


STAFF = Ladder((-1, 0, 1))
"""A reminder the working day before, one on the day, and the coordinator is told the day after."""


def at(day: date, clock: time = END_OF_DAY) -> datetime:
    """A moment in Danish time."""
    return timezone.make_aware(datetime.combine(day, clock))


def due_in(working_days: int, *, now: datetime, calendar: WorkingCalendar) -> datetime:
    """Four o'clock Danish time, so many working days from now."""
    return at(calendar.add(timezone.localtime(now).date(), working_days))


def promise(
    by: Principal,
    kind: str,
    title: str,
    *,
    path: str,
    due_at: datetime,
    now: datetime,
    owner: User | None = None,
    unit: Unit | None = None,
    awaits_others: bool = False,
    ladder: Ladder = STAFF,
    calendar: WorkingCalendar | None = None,
) -> Duty:
    """Make a promise with a due date; `path` leads to where it is kept."""
    return Duty.objects.create(
        municipality_id=by.municipality_id,
        kind=kind,
        title=title[:200],
        path=path,
        due_at=due_at,
        created_at=now,
        owner=owner,
        unit=unit,
        awaits_others=awaits_others,
        next_step_at=ladder.step_at(0, due_at, calendar or WorkingCalendar()),
    )


def settle(duty: Duty, *, now: datetime, outcome: str = Duty.Outcome.DONE) -> None:
    """End a duty; ending one that has ended changes nothing."""
    if duty.is_open:
        duty.done_at, duty.outcome, duty.next_step_at = now, outcome, None
        duty.save(update_fields=["done_at", "outcome", "next_step_at"])


def move_due(duty: Duty, due_at: datetime, *, ladder: Ladder, calendar: WorkingCalendar) -> None:
    """Give a duty another due date; its ladder starts over from there."""
    duty.due_at, duty.ladder_step = due_at, 0
    duty.next_step_at = ladder.step_at(0, due_at, calendar)
    duty.save(update_fields=["due_at", "ladder_step", "next_step_at"])


def climb(duty: Duty, *, ladder: Ladder, calendar: WorkingCalendar) -> int:
    """Take one step up; returns the step that was due."""
    step = duty.ladder_step
    duty.ladder_step = step + 1
    duty.next_step_at = ladder.step_at(step + 1, duty.due_at, calendar)
    duty.save(update_fields=["ladder_step", "next_step_at"])
    return step


def open_duties(principal: Principal, *, today: date) -> QuerySet[Duty]:
    """What stands open for somebody, what breaks first on top: one's own, and those one stands in for."""
    if principal.user_id is None:
        return Duty.objects.none()
    absent = Membership.objects.filter(stand_in_id=principal.user_id).filter(
        Q(absent_until__gte=today) | Q(last_date__lt=today)
    )
    mine = Q(owner_id=principal.user_id) | Q(owner_id__in=absent.values("user_id"))
    return (
        Duty.objects.filter(mine, done_at=None, municipality_id=principal.municipality_id)
        .select_related("owner", "unit")
        .order_by("due_at", "pk")
    )


def due_steps(now: datetime, *, kinds: Mapping[str, Ladder]) -> QuerySet[Duty]:
    """Open duties of the given kinds whose next step has come."""
    return Duty.objects.filter(done_at=None, kind__in=list(kinds), next_step_at__lte=now).order_by(
        "next_step_at"
    )


def _working_day_before(day: date, calendar: WorkingCalendar) -> date:
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day
