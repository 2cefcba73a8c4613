# SPDX-License-Identifier: MPL-2.0
"""The ratio rule (rimelighedskrav) and the rule of net extra jobs (merbeskæftigelse), per production unit.

Sources disagree on how fleksjob employees count, so the caller says which reading the municipality uses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indgang.core.law.calculators.step import step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop


class FleksjobCounts(Enum):
    """How fleksjob employees count under the ratio rule."""

    NOT_AT_ALL = "not_at_all"
    AS_ORDINARY = "as_ordinary"
    AS_PLACES = "as_places"


@dataclass(frozen=True)
class RatioRoom:
    """Places allowed, taken and free (never below zero)."""

    allowed: int
    taken: int
    free: int
    kept: bool
    steps: tuple[Reason, ...]


def ratio_room(
    figures: Figures,
    on: date,
    *,
    ordinary: int,
    in_places: int,
    fleksjobs: int = 0,
    fleksjob_counts: FleksjobCounts = FleksjobCounts.NOT_AT_ALL,
) -> RatioRoom:
    """One place per five ordinary employees up to 50, always at least one, then one per ten.

    `ordinary` leaves out subsidised and fixed-term employees; `in_places` are persons in placement or wage subsidy.
    """
    if min(ordinary, in_places, fleksjobs) < 0:
        raise Refused("Antal ansatte kan ikke være negativt.")
    counted = ordinary + (fleksjobs if fleksjob_counts is FleksjobCounts.AS_ORDINARY else 0)
    taken = in_places + (fleksjobs if fleksjob_counts is FleksjobCounts.AS_PLACES else 0)
    per, until, above = (
        figures.figure(name, on).amount for name in ("ratio_first", "ratio_until", "ratio_above")
    )
    allowed = max(1, min(counted, until) // per + max(0, counted - until) // above)
    steps = (
        step(
            gettext_noop("%(counted)s ordinært ansatte giver plads til %(allowed)s."),
            counted=counted,
            allowed=allowed,
        ),
        step(gettext_noop("%(taken)s pladser er i brug."), taken=taken),
    )
    return RatioRoom(allowed, taken, max(0, allowed - taken), taken <= allowed, steps)


@dataclass(frozen=True)
class NetExtra:
    """Employees with the new one, and the average they must exceed."""

    average: float
    employees: int
    met: bool
    steps: tuple[Reason, ...]


def net_extra(
    figures: Figures, on: date, *, monthly_employees: Sequence[int], now: int, new: int = 1
) -> NetExtra:
    """Whether the new employees come on top of the average of the last 12 months.

    `monthly_employees` are the counts of those months, `now` is the count before the new ones.
    """
    months = figures.figure("net_months", on).amount
    if len(monthly_employees) != months or min(*monthly_employees, now, new) < 0:
        raise Refused(
            "Skriv antallet af ansatte i hver af de seneste %(months)s måneder, nul eller mere.",
            months=months,
        )
    average = sum(monthly_employees) / months
    employees = now + new
    met = employees * months > sum(monthly_employees)
    steps = (
        step(
            gettext_noop("Gennemsnit for de seneste %(months)s måneder: %(average)s ansatte."),
            months=months,
            average=round(average, 2),
        ),
        step(
            gettext_noop("Med de nye: %(employees)s. Det skal være mere end gennemsnittet."),
            employees=employees,
        ),
    )
    return NetExtra(average, employees, met, steps)
