# SPDX-License-Identifier: MPL-2.0
"""The answer clock at work: for every task that is out, who is contacted next (see `core.answer_clock`).

It looks every hour of a working day. A contact is a first question, a reminder, or a call by the coordinator;
nobody on holiday, paused, or above its monthly number is contacted, and nobody outside the matches.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from indgang.core.answer_clock import PACE, Asked, Contact, Step, is_exhausted, next_contacts
from indgang.core.working_days import WorkingCalendar
from indgang.directory.models import Organisation
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise
from indgang.kernel.models import Duty
from indgang.procurement.actions.deliver import coordinator
from indgang.procurement.actions.send import give_latecomers_time, invite, remind
from indgang.procurement.lawful import gate
from indgang.procurement.matching import Match, matches_for
from indgang.procurement.models import Invitation, TaskNotice
from indgang.procurement.queries import answers_of, latest_answers, task_path, tasks_waiting_for_answers
from indgang.procurement.states import State, state_of

NOBODY_LEFT_DUTY = "procurement.nobody_left"
OFFICE_HOURS = (time(8), time(16))


def look(by: Principal, *, now: datetime) -> int:
    """Look at every task of the tenant that waits for answers; returns how many contacts were made."""
    local = timezone.localtime(now)
    made = 0
    for task in tasks_waiting_for_answers(now):
        calendar = task.municipality.calendar()
        if calendar.is_working_day(local.date()) and OFFICE_HOURS[0] <= local.time() < OFFICE_HOURS[1]:
            made += look_at(by, task, now=now)
    return made


@transaction.atomic
def look_at(by: Principal, task: TaskNotice, *, now: datetime) -> int:
    """Make the contacts that are due for one task."""
    task = (
        TaskNotice.objects.select_for_update(of=("self",))
        .select_related("municipality", "unit", "buyer")
        .get(pk=task.pk)
    )
    if state_of(task, now) is not State.ASKING:
        return 0
    asked = _asked(task, now)
    pool = _pool(task, now)
    contacts = next_contacts(elapsed(task, now), asked, list(pool), pace=PACE)
    for contact in contacts:
        _make(by, task, contact, pool, now)
    if not contacts and is_exhausted(asked, list(pool), pace=PACE):
        _hand_over(by, task, now)
    if contacts:
        audit.record(
            by,
            "task.clock",
            f"task:{task.pk}",
            now=now,
            facts={"contacts": [[contact.enterprise, str(contact.step)] for contact in contacts]},
        )
    return len(contacts)


def elapsed(task: TaskNotice, now: datetime) -> float:
    """Working days since the task was sent out, counting office hours of the day as a whole day."""
    return _working_days(task.published_at or now, now, task.municipality.calendar())


def _working_days(start: datetime, end: datetime, calendar: WorkingCalendar) -> float:
    first, last = timezone.localtime(start), timezone.localtime(end)
    whole = calendar.between(first.date(), last.date())
    return max(0.0, whole + _share_of_day(last) - _share_of_day(first))


def _share_of_day(moment: datetime) -> float:
    opens, closes = OFFICE_HOURS
    hours = moment.hour + moment.minute / 60 - opens.hour
    return min(1.0, max(0.0, hours / (closes.hour - opens.hour)))


def _asked(task: TaskNotice, now: datetime) -> list[Asked[int]]:
    answers = latest_answers(answers_of(task))
    calendar = task.municipality.calendar()
    rows = task.invitations.exclude(invited_at=None).select_related("organisation")
    found = []
    for row in rows:
        last = _working_days(task.published_at or now, row.last_contact_at or now, calendar)
        resting = (
            row.organisation.on_holiday(timezone.localtime(now).date()) or row.on_phone_list_at is not None
        )
        contacts = PACE.per_enterprise if resting and row.pk not in answers else row.contacts_made
        found.append(Asked(row.organisation_id, contacts, last, row.pk in answers))
    return found


def _pool(task: TaskNotice, now: datetime) -> dict[int, Match]:
    """Matches that nobody has asked or taken off the list, best first; empty where law limits the number."""
    if task.lane == TaskNotice.Lane.COMPETITION:
        found = gate(task.law, on=timezone.localtime(now).date())
        if found.at_most is not None:
            return {}
    known = set(
        task.invitations.exclude(invited_at=None, removed_at=None).values_list("organisation_id", flat=True)
    )
    return {
        match.organisation.pk: match
        for match in matches_for(task, now=now)
        if match.organisation.pk not in known
    }


def _make(
    by: Principal, task: TaskNotice, contact: Contact[int], pool: dict[int, Match], now: datetime
) -> None:
    if contact.step is Step.ASK:
        _ask(by, task, pool[contact.enterprise], now)
        return
    invitation = task.invitations.select_related("contact", "duty", "organisation").get(
        organisation_id=contact.enterprise
    )
    invitation.task = task
    if contact.step is Step.REMIND:
        remind(by, invitation, now=now)
    else:
        invitation.on_phone_list_at = now
        invitation.save(update_fields=["on_phone_list_at"])
        _ask_for_a_call(by, invitation, now)


def _ask(by: Principal, task: TaskNotice, match: Match, now: datetime) -> None:
    invitation, _new = Invitation.objects.get_or_create(
        task=task,
        organisation=match.organisation,
        defaults={
            "municipality_id": by.municipality_id,
            "origin": Invitation.Origin.LADDER,
            "score": match.score,
            "reasons": [str(reason) for reason in match.reasons],
            "picked_at": now,
        },
    )
    invitation.why = _("For få havde svaret, så den næste, der passer, blev spurgt.")
    invitation.task = task
    invite(by, invitation, now=now)
    give_latecomers_time(by, task, now)


def _ask_for_a_call(by: Principal, invitation: Invitation, now: datetime) -> None:
    """The phone list is one promise of the coordinator's, however long it is."""
    path = "/opgaver/ring/"
    if not Duty.objects.filter(path=path, done_at=None).exists():
        calendar = invitation.task.municipality.calendar()
        promise(
            by,
            "procurement.phone",
            _("Ring til dem, der ikke har svaret"),
            path=path,
            due_at=due_in(1, now=now, calendar=calendar),
            owner=coordinator(by.municipality_id),
            calendar=calendar,
            now=now,
        )


def _hand_over(by: Principal, task: TaskNotice, now: datetime) -> None:
    """Everyone has been asked in vain: the coordinator takes over."""
    if not Duty.objects.filter(kind=NOBODY_LEFT_DUTY, path=task_path(task)).exists():
        calendar = task.municipality.calendar()
        promise(
            by,
            NOBODY_LEFT_DUTY,
            _("Alle er spurgt, for få har svaret: %(title)s") % {"title": task.title},
            path=task_path(task),
            due_at=due_in(1, now=now, calendar=calendar),
            owner=coordinator(by.municipality_id),
            unit=task.unit,
            calendar=calendar,
            now=now,
        )


def invitations_this_month(organisation: Organisation, now: datetime) -> int:
    """How many times an enterprise has been invited within thirty days, by this municipality."""
    return Invitation.objects.filter(
        organisation=organisation, invited_at__gte=now - timedelta(days=30)
    ).count()
