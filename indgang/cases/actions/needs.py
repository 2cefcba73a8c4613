# SPDX-License-Identifier: MPL-2.0
"""Sorting an enquiry into needs, each with a unit, a person and a duty, and ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from indgang.cases.lines import event, in_danish
from indgang.cases.models import Case, Need, Topic
from indgang.cases.permissions import check_can_work
from indgang.cases.routing import placed
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Duty, Municipality, User

NEED = "cases.need"
"""The kind of duty: look after a need."""


@dataclass(frozen=True)
class Wanted:
    """A need that a human confirms: who looks after it, within how many working days."""

    topic: str
    person: User
    working_days: int
    suggested: bool = False


@transaction.atomic
def sort_out(by: Principal, case: Case, wanted: Sequence[Wanted], *, now: datetime) -> list[Need]:
    """Confirm what the enquiry is about. A topic that is open already stays as it is; no topic at all is an answer too."""
    check_can_work(by, case)
    municipality = Municipality.objects.get(pk=by.municipality_id)
    there = set(case.needs.filter(done_at=None).values_list("topic", flat=True))
    needs = [
        _confirmed(by, case, one, municipality, now)
        for one in wanted
        if one.topic in Topic.values and one.topic not in there
    ]
    case.sorted_at = max(now, case.enquired_at)
    case.save(update_fields=["sorted_at"])
    for need in needs:
        text = _("%(name)s tager sig af: %(topic)s") % {
            "name": need.person.name,
            "topic": in_danish(Topic(need.topic).label),
        }
        event(by, case, text, now=now)
    audit.record(by, "case.sort", case.about, now=now, facts={"topics": [need.topic for need in needs]})
    return needs


def _confirmed(by: Principal, case: Case, one: Wanted, municipality: Municipality, now: datetime) -> Need:
    taker = placed(municipality, one.person, one.working_days, on=timezone.localdate(now))
    calendar = municipality.calendar()
    title = _("%(topic)s: %(who)s") % {
        "topic": in_danish(Topic(one.topic).label).capitalize(),
        "who": case.who or case.title,
    }
    duty = duties.promise(
        by,
        NEED,
        title,
        path=case.path,
        due_at=duties.due_in(taker.working_days, now=now, calendar=calendar),
        now=now,
        owner=taker.person,
        unit=taker.unit,
        calendar=calendar,
    )
    return Need.objects.create(
        municipality_id=by.municipality_id,
        case=case,
        topic=one.topic,
        unit=taker.unit,
        person=taker.person,
        duty=duty,
        suggested=one.suggested,
        confirmed_at=now,
    )


@transaction.atomic
def finish_need(by: Principal, need: Need, *, now: datetime, dropped: bool = False) -> None:
    """The need has been met, or it fell away. Ending one that has ended changes nothing."""
    case = need.case
    check_can_work(by, case)
    if need.done_at is not None:
        return
    end_need(need, now=now, dropped=dropped)
    ending = _("Bortfaldet: %(topic)s") if dropped else _("Klaret: %(topic)s")
    event(by, case, ending % {"topic": in_danish(Topic(need.topic).label)}, now=now)
    audit.record(by, "case.need_done", case.about, now=now, facts={"topic": need.topic, "dropped": dropped})


def end_need(need: Need, *, now: datetime, dropped: bool) -> None:
    """Set the end of a need and of its duty."""
    need.done_at, need.dropped = now, dropped
    need.save(update_fields=["done_at", "dropped"])
    duties.settle(need.duty, now=now, outcome=Duty.Outcome.DROPPED if dropped else Duty.Outcome.DONE)


@transaction.atomic
def give_need(by: Principal, need: Need, person: User, *, now: datetime) -> None:
    """Another colleague looks after it, with the same deadline."""
    case = need.case
    check_can_work(by, case)
    if need.done_at is not None:
        raise Refused(gettext_noop("Det er afsluttet. Fordel det igen, hvis der skal ske mere."))
    if need.person_id == person.pk:
        return
    move_need(by, need, person, now=now)
    event(
        by, case, _("%(name)s tager sig nu af: %(topic)s")
        % {"name": need.person.name, "topic": in_danish(Topic(need.topic).label)}, now=now,
    )  # fmt: skip
    audit.record(
        by, "case.need_given", case.about, now=now, facts={"topic": need.topic, "to": need.person_id}
    )


def move_need(by: Principal, need: Need, person: User, *, now: datetime) -> None:
    """Set who looks after a need, with the unit of their post; the duty goes along."""
    municipality = Municipality.objects.get(pk=by.municipality_id)
    taker = placed(municipality, person, 0, on=timezone.localdate(now))
    need.person, need.unit = taker.person, taker.unit
    need.save(update_fields=["person", "unit"])
    need.duty.owner, need.duty.unit = taker.person, taker.unit
    need.duty.save(update_fields=["owner", "unit"])
