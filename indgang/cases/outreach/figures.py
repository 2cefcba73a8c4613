# SPDX-License-Identifier: MPL-2.0
"""What came of visits, counted from what happened: visits, tasks, jobs and orders, and what is still there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from indgang.cases.models import FollowUp, TaskCandidate, Visit

YEAR = timedelta(days=365)
LEAST_SHOWN = 5
"""How many companies must lie behind the published figures; with fewer, one could be recognised."""


@dataclass(frozen=True)
class Figures:
    """The last twelve months. Shares are whole per cent of what was asked about; None when nothing was."""

    visits: int
    tasks: int
    jobs: int
    orders: int
    hours: Decimal
    alive_after_3: int | None
    alive_after_12: int | None

    @property
    def may_be_shown(self) -> bool:
        return self.visits >= LEAST_SHOWN


def figures(municipality_id: int, *, now: datetime) -> Figures:
    """Three queries, whatever there is."""
    since = now - YEAR
    visits = Visit.objects.filter(municipality_id=municipality_id, visited_at__gte=since).count()
    begun = Q(started_date__isnull=False)
    tasks = TaskCandidate.objects.filter(
        municipality_id=municipality_id, case__visit__visited_at__gte=since
    ).aggregate(
        seen=Count("pk"),
        jobs=Count("pk", filter=begun & Q(way="in_house")),
        orders=Count("pk", filter=begun & Q(way="outsource")),
        hours=Sum("profile__hours", filter=begun & Q(way="in_house")),
    )
    asked = FollowUp.objects.filter(municipality_id=municipality_id, asked_at__gte=since)
    after = {
        row["months"]: round(100 * row["alive"] / row["asked"])
        for row in asked.values("months").annotate(
            asked=Count("pk"), alive=Count("pk", filter=Q(still_running=True))
        )
    }
    return Figures(
        visits,
        tasks["seen"],
        tasks["jobs"],
        tasks["orders"],
        tasks["hours"] or Decimal(0),
        after.get(3),
        after.get(12),
    )
