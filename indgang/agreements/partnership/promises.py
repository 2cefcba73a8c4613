# SPDX-License-Identifier: MPL-2.0
"""Kept promises: the municipality's one by one for anyone, partners' only as sums over five or more of them.

Nothing here is read by matching or award; a contract of imports keeps it so, for both lie below this room.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from indgang.agreements.models import Fulfilment
from indgang.agreements.partnership.colour import Kept, kept

FEWEST = 5


@dataclass(frozen=True)
class Tally:
    """How many promises that were due have been kept in time, kept late, or not kept."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.overdue

    @property
    def percent(self) -> int | None:
        """Kept in time among those due, rounded down; None when nothing was due."""
        return self.in_time * 100 // self.due if self.due else None


def tally(dates: list[tuple[date, date | None]], today: date) -> Tally:
    """Count pairs of due day and day kept."""
    states = [kept(due, done, today) for due, done in dates]
    return Tally(states.count(Kept.IN_TIME), states.count(Kept.LATE), states.count(Kept.OVERDUE))


def ours(municipality_id: int) -> QuerySet[Fulfilment]:
    """The municipality's own promises, the newest due first; internal agreements are left out."""
    return (
        _standing(municipality_id)
        .filter(party__unit__isnull=False)
        .exclude(agreement__variant="internal")
        .select_related("obligation", "agreement")
        .order_by("-due_date", "pk")
    )


def partners(municipality_id: int, today: date) -> Tally | None:
    """All partners' promises together; None while fewer than five partners have had one due."""
    rows = _standing(municipality_id).filter(party__organisation__isnull=False, due_date__lte=today)
    found = list(rows.values_list("party__organisation_id", "due_date", "done_date"))
    if len({organisation for organisation, _due, _done in found}) < FEWEST:
        return None
    return tally([(due, done) for _organisation, due, done in found], today)


def _standing(municipality_id: int) -> QuerySet[Fulfilment]:
    return Fulfilment.objects.filter(municipality_id=municipality_id, dropped_at=None)
