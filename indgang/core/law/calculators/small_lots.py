# SPDX-License-Identifier: MPL-2.0
"""The ledger of small lots (udbudsloven § 8, stk. 2): each below its limit, all of them at most 20 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop


@dataclass(frozen=True)
class SmallLot:
    """A part bought on its own: kroner ex VAT."""

    bought_date: date
    label: str
    value: float


@dataclass(frozen=True)
class SmallLotsLedger:
    """What the small lots come to. `room` is the largest further lot (kroner) that both limits leave space for."""

    total: float
    percent: float
    part_limit: int
    share_limit: float
    too_large: tuple[SmallLot, ...]
    lawful: bool
    room: float
    part_limit_is_derived: bool
    steps: tuple[Reason, ...]


def small_lots_ledger(
    figures: Figures, on: date, *, works: bool, value_of_all_parts: float, lots: Sequence[SmallLot]
) -> SmallLotsLedger:
    """Add up the lots against the limits of the day the agreement was published.

    Refuses a day without thresholds, a value that is not positive and a lot that is negative.
    """
    part_limit, percent_limit, derived = _limits(figures, on, works)
    if value_of_all_parts <= 0 or any(lot.value < 0 for lot in lots):
        raise Refused("Værdien af alle dele skal være mere end nul, og ingen del kan være negativ.")
    total = sum(lot.value for lot in lots)
    too_large = tuple(lot for lot in lots if lot.value >= part_limit)
    within = total * 100 <= percent_limit * value_of_all_parts
    share_limit = value_of_all_parts * percent_limit / 100
    percent = 100 * total / value_of_all_parts
    words = gettext_noop("%(day)s: %(label)s, %(value)s kr.")
    steps = [step(words, day=lot.bought_date, label=lot.label, value=lot.value) for lot in lots]
    words = gettext_noop("Delydelser i alt: %(total)s kr., %(percent)s %% af %(whole)s kr.")
    steps.append(step(words, total=total, percent=round(percent, 1), whole=value_of_all_parts))
    words = gettext_noop("Grænser: hver del under %(part)s kr. og højst %(limit)s %% i alt (%(share)s kr.).")
    steps.append(step(words, part=part_limit, limit=percent_limit, share=share_limit))
    steps += [step(gettext_noop("%(label)s er for stor."), label=lot.label) for lot in too_large]
    if not within:
        steps.append(step(gettext_noop("Delydelserne er mere end %(limit)s %%."), limit=percent_limit))
    return SmallLotsLedger(
        total=total,
        percent=percent,
        part_limit=part_limit,
        share_limit=share_limit,
        too_large=too_large,
        lawful=within and not too_large,
        room=max(0.0, min(part_limit - 1, share_limit - total)),
        part_limit_is_derived=derived,
        steps=tuple(steps),
    )


def _limits(figures: Figures, on: date, works: bool) -> tuple[int, int, bool]:
    """The limit of a part in kroner, the share of the whole in per cent, and whether the first was derived."""
    row = figures.threshold_row(on)
    if row is None:
        raise Refused("Vi kender ikke grænsen for delydelser den %(day)s.", day=on)
    column = "small_lot_works" if works else "small_lot"
    return row.amounts[column], figures.figure("small_lots_percent", on).amount, column in row.derived
