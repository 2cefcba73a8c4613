# SPDX-License-Identifier: MPL-2.0
"""When a job or an order has begun: a promise to ask after three months and after twelve, and what was heard."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.lines import event
from indgang.cases.models import FollowUp, TaskCandidate
from indgang.cases.outreach import permissions
from indgang.cases.outreach.promises import FOLLOW
from indgang.cases.outreach.words import clean
from indgang.core.law.calculators.step import add_months
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit, duties
from indgang.kernel.access import Principal

AFTER_MONTHS = (3, 12)


@transaction.atomic
def begin(by: Principal, task: TaskCandidate, *, started_date: date, now: datetime) -> None:
    """The job or the order has begun. Refuses a fleksjob whose terms nobody has confirmed, and a way without a taker."""
    permissions.check_can_choose(by, task)
    _refuse_unfinished(task)
    if started_date > add_months(timezone.localdate(now), 6):
        raise Refused(gettext_noop("Datoen ligger over et halvt år fremme. Vent, til den er sikker."))
    task.started_date = started_date
    task.save(update_fields=["started_date"])
    calendar = task.case.municipality.calendar()
    for months in AFTER_MONTHS:
        title = _("%(task)s hos %(name)s: hvordan går det efter %(months)s måneder?") % {
            "task": task.title, "name": task.case.who, "months": months
        }  # fmt: skip
        duty = duties.promise(
            by, FOLLOW, title, path=task.path, due_at=duties.at(add_months(started_date, months)), now=now,
            owner=task.case.handler, unit=task.case.unit, calendar=calendar,
        )  # fmt: skip
        FollowUp.objects.create(municipality_id=task.municipality_id, task=task, months=months, duty=duty)
    event(by, task.case, _("%(task)s er begyndt.") % {"task": task.title}, now=now)
    audit.record(by, "outreach.begin", task.case.about, now=now, facts={"task": task.pk})


@transaction.atomic
def follow_up(
    by: Principal,
    follow: FollowUp,
    *,
    still_running: bool,
    hours: Decimal | None,
    note: str,
    now: datetime,
) -> None:
    """Write what was heard. What has ended is not asked about again."""
    task = follow.task
    permissions.check_can_follow(by, task.case)
    if follow.asked_at is not None:
        raise Refused(gettext_noop("Den opfølgning er skrevet."))
    if hours is not None and not 0 <= hours <= 200:
        raise Refused(gettext_noop("Skriv timer om ugen, nul eller mere."))
    follow.asked_at, follow.still_running = now, still_running
    follow.hours, follow.note = hours, clean(note, most=300)
    follow.save()
    duties.settle(follow.duty, now=now)
    if not still_running:
        for later in task.follow_ups.filter(asked_at=None).select_related("duty"):
            duties.settle(later.duty, now=now, outcome="dropped")
    audit.record(
        by,
        "outreach.follow_up",
        task.case.about,
        now=now,
        facts={"task": task.pk, "months": follow.months, "still_running": still_running},
    )


def _refuse_unfinished(task: TaskCandidate) -> None:
    if task.way == TaskCandidate.Way.IN_HOUSE:
        if task.profile.terms_confirmed_at is None:
            raise Refused(gettext_noop("Få løn og vilkår bekræftet, før jobbet begynder."))
        return
    if task.way != TaskCandidate.Way.OUTSOURCE:
        raise Refused(gettext_noop("Vælg først, hvem der skal løse opgaven."))
    if task.outsourcing.supplier is None:
        raise Refused(gettext_noop("Skriv først, hvilken virksomhed der tager opgaven."))
