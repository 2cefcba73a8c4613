# SPDX-License-Identifier: MPL-2.0
"""Plain figures of a quarter: posts by kind, how many last, kroner bought, and how far it is to the targets.

Posts come from the ledger of quarters, in which nobody can be found again; kroner from delivered orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from indgang.core.quarter import Quarter, quarter_of
from indgang.core.value.publish import TOTAL
from indgang.directory.models import Organisation
from indgang.impact.models import CommitteeReport, Story, Target
from indgang.placements import figures
from indgang.placements.figures import BEFORE, NEW
from indgang.placements.models import TYPES, QuarterFigures
from indgang.procurement.models import Order

ROUND_DKK = 1_000


@dataclass(frozen=True)
class Line:
    """Posts of one kind: begun in the quarter, from before, together. None is hidden."""

    label: object
    new: int | None
    before: int | None
    total: int | None


@dataclass(frozen=True)
class Lasting:
    """Of those that began earlier, how many lasted; both to the nearest five."""

    alive: int | None
    due: int | None

    @property
    def percent(self) -> int | None:
        return round(100 * self.alive / self.due) if self.alive is not None and self.due else None


@dataclass(frozen=True)
class Progress:
    """A target and how far it is. `reached` is None when the figure is hidden; `at_least` when a part of it is."""

    target: Target
    reached: int | None
    at_least: bool = False

    @property
    def percent(self) -> int:
        return min(100, round(100 * (self.reached or 0) / self.target.goal))


@dataclass(frozen=True)
class PlainFigures:
    """Everything on the page and in the paper of one quarter."""

    quarter: Quarter
    counted: QuarterFigures | None
    lines: Sequence[Line] = ()
    total: Line | None = None
    alive_3: Lasting = Lasting(None, None)
    alive_12: Lasting = Lasting(None, None)
    bought_dkk: int = 0
    orders: int = 0
    progress: Sequence[Progress] = ()
    committee: CommitteeReport | None = None
    story: Story | None = None
    quarters: Sequence[Quarter] = field(default_factory=tuple)
    rounded_to: int | None = None


def latest_quarter(municipality_id: int, *, today: date) -> Quarter:
    """The newest frozen quarter, else the one that ended last."""
    row = (
        QuarterFigures.objects.filter(municipality_id=municipality_id, frozen_at__isnull=False)
        .order_by("-year", "-quarter")
        .first()
    )
    return row.when if row else quarter_of(today).plus(-1)


def plain_figures(
    municipality_id: int, quarter: Quarter, *, exact: bool, also_open: bool = False, today: date
) -> PlainFigures:
    """Six queries. `exact` is for those who collect the numbers, `also_open` for those who work here: they see
    quarters that are not closed and every krone, but people as everybody does."""
    rows = QuarterFigures.objects.filter(municipality_id=municipality_id).order_by("year", "quarter")
    inside = exact or also_open
    ledger = {row.when: _seen(row.tables, exact) for row in rows if inside or row.is_frozen}
    counted = next((row for row in rows if row.when == quarter and quarter in ledger), None)
    targets = list(Target.objects.filter(municipality_id=municipality_id).order_by("pk"))
    money = _bought(municipality_id, quarter, targets)
    tables = ledger.get(quarter, {})
    posts = tables.get("posts")
    lines = [_line(posts, kind, kind.label) for kind in TYPES]
    bought = money["now"] or 0
    return PlainFigures(
        quarter=quarter,
        counted=counted,
        lines=[line for line in lines if line.total != 0],
        total=_line(posts, TOTAL, "") if posts else None,
        rounded_to=None if exact else tables.get("step"),
        alive_3=_lasting(tables.get("alive_3")),
        alive_12=_lasting(tables.get("alive_12")),
        bought_dkk=_kroner(bought, inside),
        orders=money["orders"],
        progress=[_progress(target, ledger, quarter, money, inside) for target in targets],
        committee=CommitteeReport.objects.filter(
            municipality_id=municipality_id, year=quarter.year, quarter=quarter.number
        ).first(),
        story=told_story(municipality_id, today=today),
        quarters=tuple(sorted(ledger, reverse=True)[:8]),
    )


def told_story(municipality_id: int, *, today: date) -> Story | None:
    """The newest story whose consent holds today."""
    rows = Story.objects.filter(
        municipality_id=municipality_id, withdrawn_at=None, consent_on__lte=today, consent_until__gte=today
    )
    return rows.select_related("organisation").order_by("-recorded_at").first()


def _seen(tables: dict[str, Any], exact: bool) -> dict[str, Any]:
    return tables if exact else figures.released(tables)


def _line(table: dict[str, Any] | None, row: str, label: object) -> Line:
    return Line(label, *(figures.cell(table, row, column) for column in (NEW, BEFORE, TOTAL)))


def _lasting(table: dict[str, int] | None) -> Lasting:
    return Lasting(table["alive"], table["due"]) if table else Lasting(None, None)


def _bought(municipality_id: int, quarter: Quarter, targets: Sequence[Target]) -> dict[str, int]:
    """Øre delivered in the quarter, and since each target began until the quarter's end."""
    delivered = Order.objects.filter(
        municipality_id=municipality_id, delivered_at__lt=_after(quarter.last_date), delivered_oere__gt=0
    )
    now = Q(delivered_at__gte=_start(quarter.first_date))
    sought = next((t for t in targets if t.indicator == Target.Indicator.BOUGHT_DKK), None)
    first = sought.since if sought else quarter.first_date
    found = delivered.aggregate(
        now=Sum("delivered_oere", filter=now),
        orders=Count("pk", filter=now),
        since=Sum("delivered_oere", filter=Q(delivered_at__gte=_start(first))),
    )
    founded = next((t for t in targets if t.indicator == Target.Indicator.NEW_ENTERPRISES), None)
    if founded is not None:
        found["enterprises"] = Organisation.objects.filter(
            kept_by_id=municipality_id,
            kind=Organisation.Kind.SOCIAL,
            closed_at=None,
            merged_into=None,
            published_at__gte=_start(founded.since),
            published_at__lt=_after(quarter.last_date),
        ).count()
    return found


def _progress(
    target: Target,
    ledger: dict[Quarter, dict[str, Any]],
    quarter: Quarter,
    money: dict[str, int],
    inside: bool,
) -> Progress:
    if target.indicator == Target.Indicator.BOUGHT_DKK:
        return Progress(target, _kroner(money.get("since") or 0, inside))
    if target.indicator == Target.Indicator.NEW_ENTERPRISES:
        return Progress(target, money.get("enterprises", 0))
    if target.indicator == Target.Indicator.POSTS:
        return Progress(target, figures.total(ledger.get(quarter, {}).get("posts")))
    first = quarter_of(target.since)
    wanted = [tables for when, tables in ledger.items() if first <= when <= quarter]
    begun = [figures.total(tables.get("posts"), NEW) for tables in wanted]
    known = [number for number in begun if number is not None]
    return Progress(target, sum(known) if known else None, len(known) < len(begun))


def _kroner(oere: int, exact: bool) -> int:
    kroner = round(oere / 100)
    return kroner if exact else round(kroner / ROUND_DKK) * ROUND_DKK


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _after(day: date) -> datetime:
    """The first moment after a day."""
    return _start(date.fromordinal(day.toordinal() + 1))
