# SPDX-License-Identifier: MPL-2.0
"""Deadlines of a visit, kept by the kernel's duties."""

from datetime import datetime

from indgang.cases.models import Case
from indgang.kernel import duties
from indgang.kernel.access import Principal
from indgang.kernel.models import Duty

GET_A_YES, GO_THERE, SAID_NO = "outreach.agree", "outreach.visit", "outreach.said_no"
CHOOSE, FOLLOW = "outreach.choose", "outreach.follow"


def promise(by: Principal, case: Case, kind: str, title: str, days: int, now: datetime) -> Duty:
    """Put a deadline on the visitor's desk, so many working days from now."""
    calendar = case.municipality.calendar()
    due_at = duties.due_in(days, now=now, calendar=calendar)
    return duties.promise(
        by, kind, title, path=f"/opsoegende/besoeg/{case.pk}/", due_at=due_at, now=now, owner=case.handler,
        unit=case.unit, calendar=calendar,
    )  # fmt: skip


def settle(case: Case, kinds: tuple[str, ...], now: datetime) -> None:
    """End the open duties of these kinds in a visit."""
    paths = (case.path, f"/opsoegende/besoeg/{case.pk}/")
    for duty in Duty.objects.filter(kind__in=kinds, path__in=paths, done_at=None):
        duties.settle(duty, now=now)
