# SPDX-License-Identifier: MPL-2.0
"""Whether a rent is the market rent: against evidence that was there before the lease was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from indgang.core.law.calculators.step import step
from indgang.core.text import Reason, Refused, gettext_noop


class RentEvidence(Enum):
    """How the market rent was found; the values are those of the fact `rent_evidence`."""

    PUBLIC_OFFERING = "public_offering"
    VALUATION = "valuation"
    NO_TAKERS = "open_offer_no_takers"


@dataclass(frozen=True)
class RentAssessment:
    """A market rent in kroner per square metre and year, on a day, for one part of a building."""

    assessed_date: date
    part: str
    kroner_per_square_metre: float
    evidence: RentEvidence


@dataclass(frozen=True)
class RentCheck:
    """Kroner a year: what the market gives, what is asked, and what is missing up to the market."""

    market: float | None
    asked: float
    missing: float
    lawful: bool
    rent_evidence: str
    steps: tuple[Reason, ...]


def rent_check(
    assessments: Iterable[RentAssessment],
    *,
    part: str,
    square_metres: float,
    asked_a_year: float,
    signed_date: date,
) -> RentCheck:
    """Compare the asked rent with the newest assessment of that part made no later than the signing.

    Without one the rent is not shown to be lawful (N07). A rent below it needs a legal assessment.
    """
    if square_metres <= 0 or asked_a_year < 0:
        raise Refused("Arealet skal være mere end nul, og lejen kan ikke være negativ.")
    known = [each for each in assessments if each.part == part and each.assessed_date <= signed_date]
    if not known:
        missing = step(
            gettext_noop("Der er ingen vurdering af %(part)s fra før %(day)s."), part=part, day=signed_date
        )
        return RentCheck(None, asked_a_year, 0, False, "none", (missing,))
    newest = max(known, key=lambda each: each.assessed_date)
    return _compared(newest, square_metres, asked_a_year)


def _compared(newest: RentAssessment, square_metres: float, asked_a_year: float) -> RentCheck:
    market = newest.kroner_per_square_metre * square_metres
    missing_kroner = max(0.0, market - asked_a_year)
    words = gettext_noop("%(area)s m² × %(price)s kr. = %(market)s kr. om året (vurderet %(day)s).")
    steps = [
        step(
            words,
            area=square_metres,
            price=newest.kroner_per_square_metre,
            market=market,
            day=newest.assessed_date,
        )
    ]
    if missing_kroner:
        words = gettext_noop(
            "Lejen er %(missing)s kr. under markedet om året. Det er støtte: få en juridisk vurdering."
        )
        steps.append(step(words, missing=missing_kroner))
    return RentCheck(
        market, asked_a_year, missing_kroner, not missing_kroner, newest.evidence.value, tuple(steps)
    )
