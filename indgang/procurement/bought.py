# SPDX-License-Identifier: MPL-2.0
"""What was bought lately, by category: read from delivered orders."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from indgang.directory.categories import category_of
from indgang.procurement.models import Order

DAYS_BACK = 730
MOST = 2_000


@dataclass(frozen=True)
class Bought:
    """One delivered order."""

    text: str
    organisation: str
    path: str
    unit: str
    kroner: int
    at: datetime


def _orders(municipality_id: int, now: datetime) -> list[Order]:
    rows = Order.objects.filter(
        municipality_id=municipality_id,
        delivered_at__gte=now - timedelta(days=DAYS_BACK),
        delivered_oere__gt=0,
        task__company=None,
    ).exclude(task__cpv_code="")
    return list(rows.select_related("task", "organisation", "unit").order_by("-delivered_at")[:MOST])


def bought_in(municipality_id: int, slug: str, *, now: datetime) -> list[Bought]:
    """Orders delivered in two years whose code belongs to a category, the newest first. One query."""
    return [
        Bought(
            row.text,
            row.organisation.name,
            row.organisation.path,
            row.unit.name,
            round((row.delivered_oere or 0) / 100),
            row.delivered_at or row.ordered_at,
        )
        for row in _orders(municipality_id, now)
        if row.task is not None and category_of(row.task.cpv_code) == slug
    ]


def kroner_by_category(municipality_id: int, *, now: datetime) -> Counter[str]:
    """Whole kroner delivered in two years, by category. One query."""
    spent: Counter[str] = Counter()
    for row in _orders(municipality_id, now):
        if row.task is not None:
            spent[category_of(row.task.cpv_code)] += round((row.delivered_oere or 0) / 100)
    return spent
