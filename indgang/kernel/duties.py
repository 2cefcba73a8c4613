# SPDX-License-Identifier: MPL-2.0
"""Promises with a clock: made, kept or dropped, and reminded of on a ladder."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from indgang.core.working_days import WorkingCalendar
from indgang.kernel.access import Principal
from indgang.kernel.models import Duty, Membership, Role, Unit, User
from indgang.kernel.models.duty import staff_steps

END_OF_DAY = time(16, 0)
OVERSEERS = (Role.COORDINATOR, Role.DIRECTOR)


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


STAFF = Ladder(tuple(staff_steps()))
"""A reminder the working day before and one on the day; the coordinator is told the day after, a director
after a week. `kernel.reminders` climbs it."""

OWN_CLOCK = Ladder(())
"""For a promise that a room's own job looks after."""


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
        ladder=list(ladder.steps),
        next_step_at=ladder.step_at(0, due_at, calendar or WorkingCalendar()),
    )


def settle(duty: Duty, *, now: datetime, outcome: str = Duty.Outcome.DONE) -> None:
    """End a duty; ending one that has ended changes nothing."""
    if duty.is_open:
        duty.done_at, duty.outcome, duty.next_step_at = now, outcome, None
        duty.save(update_fields=["done_at", "outcome", "next_step_at"])


def move_due(duty: Duty, due_at: datetime, *, calendar: WorkingCalendar) -> None:
    """Give a duty another due date; its ladder starts over from there."""
    duty.due_at, duty.ladder_step = due_at, 0
    duty.next_step_at = Ladder(tuple(duty.ladder)).step_at(0, due_at, calendar)
    duty.save(update_fields=["due_at", "ladder_step", "next_step_at"])


def climb(duty: Duty, *, now: datetime, calendar: WorkingCalendar) -> int | None:
    """Take every step whose moment has come; returns the highest one's working days from the due day.

    None when no step's moment has come.
    """
    ladder, climbed = Ladder(tuple(duty.ladder)), None
    while duty.next_step_at is not None and duty.next_step_at <= now:
        if duty.ladder_step < len(ladder.steps):
            climbed = ladder.steps[duty.ladder_step]
        duty.ladder_step += 1
        duty.next_step_at = ladder.step_at(duty.ladder_step, duty.due_at, calendar)
    if climbed is not None:
        duty.save(update_fields=["ladder_step", "next_step_at"])
    return climbed


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


def due_steps(now: datetime) -> QuerySet[Duty]:
    """Open duties whose next step has come, locked until the transaction ends."""
    steps = Duty.objects.filter(done_at=None, next_step_at__lte=now).order_by("due_at", "pk")
    return steps.select_related("owner").select_for_update(of=("self",), skip_locked=True)


def late_duties(principal: Principal, *, now: datetime) -> QuerySet[Duty]:
    """What has passed its due date in the municipality, for those who answer for the whole."""
    if not principal.holds(*OVERSEERS):
        return Duty.objects.none()
    late = Duty.objects.filter(done_at=None, due_at__lt=now, municipality_id=principal.municipality_id)
    return late.select_related("owner", "unit").order_by("due_at", "pk")


def _working_day_before(day: date, calendar: WorkingCalendar) -> date:
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day
