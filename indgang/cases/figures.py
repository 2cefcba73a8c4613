# SPDX-License-Identifier: MPL-2.0
"""What the entrance keeps of what it promises, computed from what has happened. No figure is typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Q

from indgang.cases.actions.receive import ANSWER
from indgang.cases.models import Case, HandOver, Rating
from indgang.directory.models import ContactAssignment
from indgang.kernel.models import Duty

YEAR = timedelta(days=365)
FEWEST_RATINGS = 5
"""Below this nobody's single answer may be guessed, so no average is shown."""


@dataclass(frozen=True)
class Figures:
    """The twelve months up to now. Shares are whole per cent, or None when there is nothing to count."""

    promised: int
    kept: int
    cases: int
    hand_overs: int
    lasting: int
    unchanged: int
    ratings: int
    stars: float | None
    endings: tuple[tuple[str, int], ...]

    @property
    def kept_share(self) -> int | None:
        return _share(self.kept, self.promised)

    @property
    def hand_overs_a_case(self) -> float | None:
        return round(self.hand_overs / self.cases, 2) if self.cases else None

    @property
    def unchanged_share(self) -> int | None:
        return _share(self.unchanged, self.lasting)


def figures(municipality_id: int, *, now: datetime) -> Figures:
    """Count in a municipality. A promise counts when it was kept or its moment has passed; one that fell away does not.

    A contact is lasting when it began at least twelve months ago, and unchanged when the first person was still there
    after twelve months.
    """
    since = now - YEAR
    promises = (
        Duty.objects.filter(municipality_id=municipality_id, kind=ANSWER, created_at__gte=since)
        .exclude(outcome=Duty.Outcome.DROPPED)
        .aggregate(
            promised=Count("pk", filter=Q(done_at__isnull=False) | Q(due_at__lt=now)),
            kept=Count("pk", filter=Q(done_at__lte=F("due_at"))),
        )
    )
    contacts = Case.objects.filter(municipality_id=municipality_id, kind=Case.Kind.CONTACT, merged_into=None)
    rated = Rating.objects.filter(municipality_id=municipality_id, at__gte=since).aggregate(
        count=Count("pk"), stars=Avg("stars")
    )
    lasting, unchanged = _lasting(municipality_id, now)
    ended = dict(
        contacts.filter(closed_at__gte=since)
        .values_list("ending")
        .annotate(count=Count("pk"))
        .order_by("ending")
    )
    return Figures(
        promised=promises["promised"],
        kept=promises["kept"],
        cases=contacts.filter(created_at__gte=since).count(),
        hand_overs=HandOver.objects.filter(
            municipality_id=municipality_id, at__gte=since, case__kind=Case.Kind.CONTACT
        ).count(),
        lasting=lasting,
        unchanged=unchanged,
        ratings=rated["count"],
        stars=round(rated["stars"], 1) if rated["count"] >= FEWEST_RATINGS else None,
        endings=tuple((value, ended[value]) for value in Case.Ending.values if ended.get(value)),
    )


def _lasting(municipality_id: int, now: datetime) -> tuple[int, int]:
    rows = ContactAssignment.objects.filter(municipality_id=municipality_id).order_by("first_at", "pk")
    first: dict[int, tuple[datetime, datetime | None]] = {}
    for organisation_id, began, ended in rows.values_list("organisation_id", "first_at", "last_at"):
        first.setdefault(organisation_id, (began, ended))
    old = [(began, ended) for began, ended in first.values() if began <= now - YEAR]
    return len(old), sum(ended is None or ended >= began + YEAR for began, ended in old)


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
