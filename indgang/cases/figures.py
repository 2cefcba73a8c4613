# SPDX-License-Identifier: MPL-2.0
"""What the entrance keeps of what it promises, computed from what has happened. No figure is typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import Least

from indgang.cases.actions.receive import ANSWER
from indgang.cases.models import Case, HandOver, Rating
from indgang.directory.models import ContactAssignment
from indgang.kernel.models import Duty

YEAR = timedelta(days=365)
FEWEST_RATINGS = 5
"""Fewer people than this, and a single answer could be guessed, so no average is shown."""


@dataclass(frozen=True)
class Figures:
    """The twelve months up to now. Shares are whole per cent, or None when there is nothing to count.

    `firsts` are new cases whose first answer was due, `in_time` those that got it; `promised` and `kept` are all promises
    to answer, also those made later in a case. `cases` were open at some time in the period.
    """

    firsts: int
    in_time: int
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
    def in_time_share(self) -> int | None:
        return _share(self.in_time, self.firsts)

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

    A case that was ended without a word before got its first answer then: the ending is told. A contact is lasting when it began at least twelve months ago, and unchanged when the first person was still there
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
    alive = contacts.filter(Q(closed_at=None) | Q(closed_at__gte=since), created_at__lte=now)
    firsts, in_time = _first_answers(contacts.filter(created_at__gte=since), now)
    rated = Rating.objects.filter(municipality_id=municipality_id, at__gte=since).aggregate(
        count=Count("pk"), stars=Avg("stars"), people=Count("participant__email", distinct=True)
    )
    lasting, unchanged = _lasting(municipality_id, now)
    ended = dict(
        contacts.filter(closed_at__gte=since)
        .values_list("ending")
        .annotate(count=Count("pk"))
        .order_by("ending")
    )
    return Figures(
        firsts=firsts,
        in_time=in_time,
        promised=promises["promised"],
        kept=promises["kept"],
        cases=alive.count(),
        hand_overs=HandOver.objects.filter(at__gte=since, case__in=alive).count(),
        lasting=lasting,
        unchanged=unchanged,
        ratings=rated["count"],
        stars=round(rated["stars"], 1) if rated["people"] >= FEWEST_RATINGS else None,
        endings=tuple((value, ended[value]) for value in Case.Ending.values if ended.get(value)),
    )


def _first_answers(cases: QuerySet[Case], now: datetime) -> tuple[int, int]:
    """How many first answers were due, and how many came in time."""
    told = cases.filter(answer_due_at__isnull=False).annotate(
        told_at=Least("first_answered_at", "closed_at")  # of two moments one of which is missing, the other
    )
    counted = told.aggregate(
        due=Count("pk", filter=Q(told_at__isnull=False) | Q(answer_due_at__lt=now)),
        in_time=Count("pk", filter=Q(told_at__lte=F("answer_due_at"))),
    )
    return counted["due"], counted["in_time"]


def _lasting(municipality_id: int, now: datetime) -> tuple[int, int]:
    rows = ContactAssignment.objects.filter(municipality_id=municipality_id).order_by("first_at", "pk")
    first: dict[int, tuple[datetime, datetime | None]] = {}
    for organisation_id, began, ended in rows.values_list("organisation_id", "first_at", "last_at"):
        first.setdefault(organisation_id, (began, ended))
    old = [(began, ended) for began, ended in first.values() if began <= now - YEAR]
    return len(old), sum(ended is None or ended >= began + YEAR for began, ended in old)


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
