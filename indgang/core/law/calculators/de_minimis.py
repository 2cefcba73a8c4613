# SPDX-License-Identifier: MPL-2.0
"""De minimis aid to one undertaking: what was given in the three years of the regulation in force, in euro.

Until the end of 2023 the three years are fiscal years (here calendar years) under Regulation 1407/2013; from
2024 they are any rolling three years under Regulation 2023/2831. Road freight had half the old ceiling.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indgang.core.law.calculators.step import add_months, step
from indgang.core.law.figures import Figures
from indgang.core.text import Reason, Refused, gettext_noop

ROLLING_FROM = date(2024, 1, 1)


@dataclass(frozen=True)
class AidGiven:
    """Aid given on a day, in euro at the rate of that day. `entrusted` is aid for an entrusted service (SGEI)."""

    given_date: date
    euro: float
    entrusted: bool = False


@dataclass(frozen=True)
class DeMinimisRoom:
    """Euro given in the window, the ceiling, what is left, and whether the new aid fits."""

    window_from: date
    given: float
    ceiling: int
    left: float
    fits: bool
    regulation: str
    steps: tuple[Reason, ...]


def de_minimis_room(
    figures: Figures,
    earlier: Iterable[AidGiven],
    *,
    on: date,
    new_euro: float = 0,
    entrusted: bool = False,
    road_freight: bool = False,
) -> DeMinimisRoom:
    """What may still be given to a single undertaking on that day. Refuses negative aid and days without a rule.

    A ceiling is no legal basis: national law must allow the aid as well (M01, M04).
    """
    given = list(earlier)
    if new_euro < 0 or any(each.euro < 0 for each in given):
        raise Refused("Støtte kan ikke være negativ. Skriv beløb i euro, nul eller mere.")
    ceiling = figures.figure("de_minimis_sgei" if entrusted else "de_minimis", on).amount
    rolling = on >= ROLLING_FROM
    if road_freight and not rolling:
        ceiling //= 2
    window_from = add_months(on, -36) + timedelta(days=1) if rolling else date(on.year - 2, 1, 1)
    inside = [each for each in given if window_from <= each.given_date <= on and each.entrusted == entrusted]
    total = sum(each.euro for each in inside)
    steps = [
        step(gettext_noop("%(day)s: %(euro)s euro."), day=each.given_date, euro=each.euro) for each in inside
    ]
    words = gettext_noop("Givet fra %(since)s til %(until)s: %(total)s euro. Loftet er %(ceiling)s euro.")
    steps.append(step(words, since=window_from, until=on, total=total, ceiling=ceiling))
    if new_euro:
        words = gettext_noop("Med den nye støtte: %(total)s euro.")
        steps.append(step(words, total=total + new_euro))
    return DeMinimisRoom(
        window_from=window_from,
        given=total,
        ceiling=ceiling,
        left=max(0.0, ceiling - total),
        fits=total + new_euro <= ceiling,
        regulation=("2023/2832" if entrusted else "2023/2831") if rolling else "1407/2013",
        steps=tuple(steps),
    )
