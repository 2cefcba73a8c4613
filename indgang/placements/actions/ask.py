# SPDX-License-Identifier: MPL-2.0
"""Totals once a quarter: asked for with a link, reminded of once, then a call."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from indgang.core.quarter import Quarter
from indgang.core.text import Refused, gettext_noop
from indgang.core.working_days import WorkingCalendar
from indgang.directory.models import Organisation
from indgang.directory.queries import caretaker, main_contact
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.duties import OWN_CLOCK, STAFF, due_in, move_due, promise
from indgang.kernel.models import Municipality
from indgang.placements import vault
from indgang.placements.letters import call_title_of, path_of, title_of, write_mail
from indgang.placements.models import QuarterReport
from indgang.placements.permissions import check_can_collect, dpia_in_force
from indgang.placements.totals import Totals, counted

DUTY = "placements.totals"
WORKING_DAYS = 10
REMIND_BEFORE = 3
CALL_WITHIN = 2
"""Working days: to answer, from the reminder to the deadline, and for the call when it has passed."""


def to_ask(municipality_id: int, quarter: Quarter) -> list[Organisation]:
    """Published social enterprises of the municipality that have not been asked about the quarter."""
    asked = QuarterReport.objects.filter(
        municipality_id=municipality_id, year=quarter.year, quarter=quarter.number
    )
    return list(
        Organisation.objects.filter(
            kept_by_id=municipality_id,
            kind=Organisation.Kind.SOCIAL,
            published_at__isnull=False,
            closed_at=None,
            merged_into=None,
        )
        .exclude(pk__in=asked.values("organisation_id"))
        .exclude(availability__paused_until__gte=quarter.last_date)
        .order_by("sort_key")
    )


@transaction.atomic
def ask(by: Principal, quarter: Quarter, *, now: datetime) -> int:
    """Ask everybody about a quarter that has ended; returns how many. Nobody is asked twice."""
    check_can_collect(by)
    if timezone.localdate(now) <= quarter.last_date:
        raise Refused(gettext_noop("Kvartalet er ikke slut endnu. Spørg, når det er."))
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    organisations = to_ask(by.municipality_id, quarter)
    known = known_totals(by, quarter, now=now)
    for organisation in organisations:
        _ask_one(by, organisation, quarter, municipality, known.get(organisation.pk, Totals()), now)
    if organisations:
        audit.record(
            by,
            "totals.ask",
            f"quarter:{quarter.year}-{quarter.number}",
            now=now,
            facts={"asked": len(organisations)},
        )
    return len(organisations)


def known_totals(by: Principal, quarter: Quarter, *, now: datetime) -> dict[int, Totals]:
    """What the placements already tell of every enterprise in sight."""
    if dpia_in_force(by.municipality_id) is None:
        return {}
    return counted(vault.read(by, "forudfyldning af kvartalstal", now=now), quarter)


def _ask_one(
    by: Principal,
    organisation: Organisation,
    quarter: Quarter,
    municipality: Municipality,
    known: Totals,
    now: datetime,
) -> None:
    calendar = municipality.calendar()
    earlier = {
        row.when: sum(row.new.values())
        for row in QuarterReport.objects.filter(organisation=organisation, answered_at__isnull=False)
    }
    report = QuarterReport.objects.create(
        municipality_id=by.municipality_id,
        organisation=organisation,
        year=quarter.year,
        quarter=quarter.number,
        asked_at=now,
        due_3=earlier.get(quarter.plus(-1), known.due_3),
        due_12=earlier.get(quarter.plus(-4), known.due_12),
    )
    owner = caretaker(organisation.pk, municipality)
    contact = main_contact(organisation.pk)
    writes = contact is not None and bool(contact.email)
    due_at = due_in(WORKING_DAYS, now=now, calendar=calendar)
    report.duty = promise(
        by,
        DUTY,
        title_of(report) if writes else call_title_of(report),
        path=path_of(report),
        due_at=due_at,
        owner=owner,
        awaits_others=writes,
        ladder=OWN_CLOCK if writes else STAFF,
        calendar=calendar,
        now=now,
    )
    report.save(update_fields=["duty"])
    if writes:
        write_mail(by, report, municipality, due_at=due_at, now=now)


def remind(by: Principal, *, now: datetime) -> int:
    """One more mail three working days before the deadline, then a call. Returns how many steps were taken."""
    municipality = Municipality.objects.select_related("public_contact").get(pk=by.municipality_id)
    calendar = municipality.calendar()
    waiting = QuarterReport.objects.filter(
        municipality_id=by.municipality_id, answered_at=None, duty__done_at=None, duty__awaits_others=True
    ).select_related("organisation", "duty__owner")
    steps = 0
    for report in waiting:
        duty = report.duty
        if duty is None:
            continue
        if now >= duty.due_at:
            duty.awaits_others, duty.title, duty.ladder = False, call_title_of(report), list(STAFF.steps)
            duty.save(update_fields=["awaits_others", "title", "ladder"])
            move_due(duty, due_in(CALL_WITHIN, now=now, calendar=calendar), calendar=calendar)
            steps += 1
        elif report.reminded_at is None and _is_near(duty.due_at, now, calendar):
            write_mail(by, report, municipality, due_at=duty.due_at, now=now)
            report.reminded_at = now
            report.save(update_fields=["reminded_at"])
            steps += 1
    return steps


def _is_near(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> bool:
    today, last = timezone.localdate(now), timezone.localdate(due_at)
    return calendar.between(today, last) <= REMIND_BEFORE
