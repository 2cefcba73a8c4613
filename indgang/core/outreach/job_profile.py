# SPDX-License-Identifier: MPL-2.0
"""The sums of a fleksjob in a company: hours that count, what the employer pays, what the municipality adds.

A fleksjob is paid for the work that is done: hours at work times working intensity are the effective hours
(LAB §§ 122-123). The municipality judges both, decides and pays; this is arithmetic to talk about, no promise.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from indgang.core.law import fleksjob
from indgang.core.law.calculators.staffing import FleksjobCounts, NetExtra, RatioRoom, net_extra, ratio_room
from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop

FULL_WEEK = Decimal(37)
MONTHS = Decimal(12)
WEEKS = Decimal(52)
FEW_HOURS = Decimal(10)
UPPER_GUIDE = Decimal(20)


@dataclass(frozen=True)
class FleksjobSum:
    """Hours a week; kroner a month, rounded to øre. `supplement` is None in a year of which figures are missing."""

    effective_hours: Decimal
    pay: Decimal
    full_pay: Decimal
    supplement: Decimal | None
    steps: tuple[Reason, ...]
    notes: tuple[Reason, ...]


def fleksjob_sum(*, hours: Decimal, intensity_percent: int, hourly_pay: Decimal, year: int) -> FleksjobSum:
    """Hours at work a week, working intensity, and what the agreement pays for an hour, pension included.

    Refuses no or more than 37 hours, an intensity outside 1 to 100, and pay that is not above zero.
    """
    if not hours.is_finite() or not 0 < hours <= FULL_WEEK:
        raise Refused(gettext_noop("Skriv timer om ugen over nul og højst 37."))
    if not 1 <= intensity_percent <= 100:
        raise Refused(gettext_noop("Skriv arbejdsintensiteten i procent, fra 1 til 100."))
    if not hourly_pay.is_finite() or hourly_pay <= 0:
        raise Refused(gettext_noop("Skriv timelønnen i kroner, som overenskomsten siger."))
    effective = hours * intensity_percent / 100
    pay = _oere(effective * hourly_pay * WEEKS / MONTHS)
    full_pay = _oere(FULL_WEEK * hourly_pay * WEEKS / MONTHS)
    steps = [
        step(
            gettext_noop(
                "%(hours)s timer om ugen med %(percent)s %% intensitet er %(effective)s effektive timer."
            ),
            hours=hours,
            percent=intensity_percent,
            effective=effective,
        ),
        step(
            gettext_noop(
                "Virksomheden betaler %(effective)s timer × %(hourly)s kr. × 52 uger / 12 = %(pay)s kr. om måneden."
            ),
            effective=effective,
            hourly=hourly_pay,
            pay=pay,
        ),
    ]
    supplement = _supplement(year, pay, full_pay, steps)
    return FleksjobSum(effective, pay, full_pay, supplement, tuple(steps), _notes(effective))


def placement_room(
    figures: Figures, on: date, *, ordinary: int, in_places: int, fleksjobs: int, counts: FleksjobCounts
) -> RatioRoom:
    """Whether there is room for a work placement before a fleksjob: the ratio rule of one workplace."""
    return ratio_room(
        figures, on, ordinary=ordinary, in_places=in_places, fleksjobs=fleksjobs, fleksjob_counts=counts
    )


def comes_on_top(figures: Figures, on: date, *, months: list[int], now: int) -> NetExtra:
    """Whether one more employee lies above the average of the last twelve months."""
    return net_extra(figures, on, monthly_employees=months, now=now)


def _supplement(year: int, pay: Decimal, full_pay: Decimal, steps: list[Reason]) -> Decimal | None:
    try:
        month = fleksjob.subsidy(year=year, pay=pay, other_pay=Decimal(0), full_pay=full_pay)
    except Refused as refusal:
        steps.append(refusal.reason)
        return None
    steps += month.steps
    steps.append(
        step(
            gettext_noop("Personen får i alt %(total)s kr. om måneden før skat."),
            total=month.total_gross,
        )
    )
    return month.subsidy


def _notes(effective: Decimal) -> tuple[Reason, ...]:
    notes = []
    if effective <= FEW_HOURS:
        notes.append(
            Reason(
                gettext_noop(
                    "Ti effektive timer eller færre er et job med få timer. Loven har ingen nedre grænse."
                )
            )
        )
    if effective > UPPER_GUIDE:
        notes.append(
            Reason(
                gettext_noop(
                    "Over cirka 20 effektive timer er det sjældent et fleksjob. Overvej en almindelig ansættelse."
                )
            )
        )
    return tuple(notes)


def _oere(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
