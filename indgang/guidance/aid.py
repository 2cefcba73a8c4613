# SPDX-License-Identifier: MPL-2.0
"""Reads of the de minimis register: what an undertaking has been given, and what is left on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indgang.core.law.calculators.de_minimis import AidGiven, DeMinimisRoom, de_minimis_room
from indgang.core.law.pack import load
from indgang.guidance.models import AidEntry

REGISTER_COVERS_FROM = date(2029, 1, 1)
"""The central register began on 1 January 2026 and covers three years from here on."""


@dataclass(frozen=True)
class Undertaking:
    """One undertaking in the register and what is left for it on a day."""

    cvr_number: str
    name: str
    room: DeMinimisRoom


def lines_of(municipality_id: int, cvr_number: str) -> list[AidEntry]:
    """Every line about an undertaking, the newest first; those taken out too. One query."""
    rows = AidEntry.objects.filter(municipality_id=municipality_id, cvr_number=cvr_number)
    return list(rows.select_related("document", "entered_by", "removed_by").order_by("-given_date", "-pk"))


def room_on(
    lines: Iterable[AidEntry],
    on: date,
    *,
    new_euro: float = 0,
    entrusted: bool = False,
    road_freight: bool = False,
) -> DeMinimisRoom:
    """What may still be given on a day. Refuses a day of which no ceiling is known."""
    earlier = sorted((line for line in lines if line.removed_at is None), key=lambda line: line.given_date)
    return de_minimis_room(
        load().figures,
        [AidGiven(line.given_date, float(line.amount_euro), line.entrusted) for line in earlier],
        on=on,
        new_euro=new_euro,
        entrusted=entrusted,
        road_freight=road_freight,
    )


def undertakings(municipality_id: int, on: date) -> list[Undertaking]:
    """Everybody in the register with what is left, those with least first. One query."""
    by_cvr: dict[str, list[AidEntry]] = {}
    rows = AidEntry.objects.filter(municipality_id=municipality_id, removed_at=None)
    for row in rows.order_by("given_date", "pk"):
        by_cvr.setdefault(row.cvr_number, []).append(row)
    found = [Undertaking(cvr, lines[-1].name, room_on(lines, on)) for cvr, lines in by_cvr.items()]
    return sorted(found, key=lambda one: (one.room.left, one.name))
