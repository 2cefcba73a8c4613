# SPDX-License-Identifier: MPL-2.0
"""Whether the house was up: the worker writes every minute, and reads gaps from what is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from indgang.kernel.models import Heartbeat

LONGEST_PAUSE = timedelta(minutes=5)
KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Downtime:
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def beat(now: datetime) -> Downtime | None:
    """Note that the house is up; returns the downtime that has just ended, if there was one."""
    last = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    Heartbeat.objects.get_or_create(at=now.replace(second=0, microsecond=0))
    Heartbeat.objects.filter(at__lt=now - KEPT).delete()
    if last is None or now - last <= LONGEST_PAUSE:
        return None
    return Downtime(last, now)
