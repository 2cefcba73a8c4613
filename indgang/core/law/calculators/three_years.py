# SPDX-License-Identifier: MPL-2.0
"""§ 190's three years: the same organisation, the same services, the same authority, not again too soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indgang.core.law.calculators.step import add_months, step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, gettext_noop


@dataclass(frozen=True)
class ReservedAward:
    """A contract that was reserved and awarded under § 190."""

    organisation: str
    service: str
    awarded_date: date


@dataclass(frozen=True)
class ThreeYears:
    """Whether a new award is possible on the day, and the first day on which it is."""

    possible: bool
    earliest: date
    steps: tuple[Reason, ...]


def reserved_again(
    figures: Figures, awards: Iterable[ReservedAward], *, organisation: str, service: str, on: date
) -> ThreeYears:
    """From the latest earlier award of the same service to the same organisation by this authority."""
    same = [
        award.awarded_date
        for award in awards
        if (award.organisation, award.service) == (organisation, service)
    ]
    earlier = [day for day in same if day <= on]
    if not earlier:
        return ThreeYears(
            True, on, (step(gettext_noop("Ingen tidligere reserveret kontrakt om samme ydelse.")),)
        )
    months = figures.figure("reserved_term_months", on).amount
    latest = max(earlier)
    earliest = add_months(latest, months)
    steps = (
        step(gettext_noop("Senest tildelt %(day)s."), day=latest),
        step(gettext_noop("Tidligst igen %(months)s måneder efter: %(day)s."), months=months, day=earliest),
    )
    return ThreeYears(on >= earliest, max(on, earliest), steps)
