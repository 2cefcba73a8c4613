# SPDX-License-Identifier: MPL-2.0
"""When the house was down near a deadline, everyone gets the lost time back, and is told."""

from datetime import datetime, timedelta

from django.db import transaction

from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.heartbeat import Downtime
from indgang.procurement.actions.send import move_deadline
from indgang.procurement.models import TaskNotice

LEAST = timedelta(hours=1)
NEAR = timedelta(hours=2)
"""A deadline this soon after the house came back is moved as well: the last hours are when people bid."""


@transaction.atomic
def give_time_back(by: Principal, downtime: Downtime, *, now: datetime) -> int:
    """Move every unopened deadline that fell in the downtime or soon after it; returns how many."""
    hit = TaskNotice.objects.filter(
        competition__opened_at=None,
        competition__bids_until__gte=downtime.start,
        competition__bids_until__lt=downtime.end + NEAR,
        withdrawn_at=None,
        openings=None,
    ).select_related("competition", "municipality", "buyer")
    moved = 0
    for task in hit:
        until = max(task.competition.bids_until + downtime.length, now + LEAST)
        move_deadline(by, task, until, because=_("Indgang var nede op til fristen"), now=now)
        audit.record(by, "task.downtime", f"task:{task.pk}", now=now, facts={"until": until.isoformat()})
        moved += 1
    return moved
