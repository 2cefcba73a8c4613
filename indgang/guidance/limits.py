# SPDX-License-Identifier: MPL-2.0
"""Reads of running purchases: where each stands against its limit, and which one a purchase belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from indgang.core.law.calculators.running import AgainstLimit, ChangeMargin, against_limit, change_margin
from indgang.core.law.calculators.small_lots import SmallLot, small_lots_ledger
from indgang.core.law.calculators.small_lots import SmallLotsLedger as Ledger
from indgang.core.law.pack import load
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.coverage import covers
from indgang.guidance.models import PurchaseEntry, RunningPurchase, SmallLotsLedger

DIRECT_LIMIT = "small_purchase_floor"
WORKS_LIMIT = "works_one_quote"


def direct_limit(on: date, *, works: bool = False) -> int:
    """The limit in kroner below which a purchase may go directly to one enterprise."""
    return load().figures.figure(WORKS_LIMIT if works else DIRECT_LIMIT, on).amount


@dataclass(frozen=True)
class Standing:
    """Where a running purchase stands: against its limit, and for an EU-tendered one against § 180 as well."""

    running: RunningPurchase
    entries: tuple[PurchaseEntry, ...]
    limit: AgainstLimit
    margin: ChangeMargin | None

    @property
    def passes(self) -> bool:
        """Whether the change would have to be stopped."""
        return self.limit.passes or (self.margin is not None and not self.margin.free)

    @property
    def tone(self) -> str:
        """`good` with room, `near` from four fifths, `full` at the limit."""
        if self.passes:
            return "full"
        return "near" if self.limit.percent_after >= 80 else "good"

    @property
    def width(self) -> int:
        """Per cent of the limit for a meter, at most 100."""
        return min(100, round(self.limit.percent_after))


def standing(running: RunningPurchase, entries: Iterable[PurchaseEntry], change: int = 0) -> Standing:
    """Add up what was bought and agreed, options included, with a change that is thought of (kroner).

    Changes of an EU-tendered contract, less as well as more, are also held against the margin of § 180.
    """
    counted = tuple(entry for entry in entries if entry.removed_at is None)
    added = [entry.amount_dkk for entry in counted if entry.amount_dkk >= 0]
    less = sum(entry.amount_dkk for entry in counted if entry.amount_dkk < 0)
    against = against_limit(running.limit_dkk, added, change + less)
    margin = None
    if running.original_dkk:
        changed = [entry.amount_dkk for entry in counted if entry.kind == PurchaseEntry.Kind.CHANGE]
        margin = change_margin(
            load().figures,
            running.first_date,
            works=running.works,
            state=False,
            original=running.original_dkk,
            changes=[*changed, change] if change else changed,
        )
    return Standing(running, counted, against, margin)


def standings(municipality_id: int) -> list[Standing]:
    """Every running purchase that is not closed, the fullest first. Two queries."""
    rows = RunningPurchase.objects.filter(municipality_id=municipality_id, closed_at=None)
    rows = rows.select_related("organisation", "unit", "responsible").prefetch_related("entries")
    return sorted(
        (standing(row, row.entries.all()) for row in rows), key=lambda row: -row.limit.percent_after
    )


def without_code(municipality_id: int) -> QuerySet[PurchaseEntry]:
    """Purchases that count and whose kind nobody has said, the newest first."""
    return PurchaseEntry.objects.filter(
        municipality_id=municipality_id, cpv_code="", running=None, removed_at=None, amount_dkk__gt=0
    ).order_by("-bought_date", "-pk")


def running_on(municipality_id: int, day: date) -> QuerySet[RunningPurchase]:
    """Running purchases whose term holds a day."""
    return RunningPurchase.objects.filter(
        municipality_id=municipality_id, closed_at=None, first_date__lte=day, last_date__gte=day
    )


def belongs_to(
    municipality_id: int, cpv_code: str, organisation_id: int | None, day: date, *, unit_id: int | None = None
) -> RunningPurchase | None:
    """The running purchase that an amount counts in: the closest code first, one with that enterprise first."""
    if not cpv_code:
        return None
    ours = Q(organisation=None) | Q(organisation_id=organisation_id)
    units = Q(unit=None) | Q(unit_id=unit_id)
    found = [
        row
        for row in running_on(municipality_id, day).filter(ours, units)
        if covers([row.cpv_code], cpv_code)
    ]
    found.sort(key=lambda row: (row.organisation_id is None, -len(row.cpv_code.rstrip("0")), row.pk))
    return found[0] if found else None


def check_room(
    municipality_id: int,
    cpv_code: str,
    organisation_id: int | None,
    amount_dkk: int,
    *,
    on: date,
    unit_id: int | None = None,
) -> None:
    """Refuse a purchase that would take a running purchase to its limit. For rooms above, before they order."""
    running = belongs_to(municipality_id, cpv_code, organisation_id, on, unit_id=unit_id)
    if running is None:
        return
    where = standing(running, running.entries.all(), amount_dkk)
    if where.limit.passes:
        raise Refused(
            gettext_noop(
                "Købet når grænsen for «%(title)s»: der er %(left)s kr. tilbage. Gå til Jura, løbende køb, og vælg, hvad der skal ske."
            ),
            title=running.title,
            left=f"{round(where.limit.left):,}".replace(",", "."),
        )


def ledger_standing(ledger: SmallLotsLedger, extra: Sequence[SmallLot] = ()) -> Ledger:
    """The small lots of an agreement added up against the limits of the day it was published."""
    lots = [
        SmallLot(lot.bought_date, lot.label, lot.value_dkk)
        for lot in ledger.lots.all()
        if lot.removed_at is None
    ]
    return small_lots_ledger(
        load().figures,
        ledger.published_date,
        works=ledger.works,
        value_of_all_parts=ledger.whole_dkk,
        lots=[*lots, *extra],
    )
