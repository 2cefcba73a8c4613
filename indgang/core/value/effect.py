# SPDX-License-Identifier: MPL-2.0
"""How many are in work, with and without the programme, week by week; and what a later krone is worth today.

With: E(t) = s 2^(-(t-t0)/h) from week t0, when the programme ends; 0 before. Without: E(t) = c t/52 in the
first year, then c 2^(-(t-52)/h). The net effect is (1 - displacement) x attribution x (with - without);
what would have happened anyway lies in `without` and is never subtracted again. While the programme runs the
net effect is negative: that is the lock-in.
"""

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.pack import Figures

Array = NDArray[np.float64]
WEEKS = 52


def with_programme(weeks: int, programme_weeks: int, half_life: float) -> Array:
    """Share in work per unit of success, weeks 0..weeks-1. An infinite half-life keeps everybody in work."""
    week = np.arange(weeks, dtype=np.float64)
    return np.where(week >= programme_weeks, np.exp2(-(week - programme_weeks) / half_life), 0.0)


def without_programme(weeks: int, half_life: float) -> Array:
    """Share in work per unit of base rate, weeks 0..weeks-1."""
    week = np.arange(weeks, dtype=np.float64)
    return np.where(week < WEEKS, week / WEEKS, np.exp2(-np.maximum(week - WEEKS, 0.0) / half_life))


def discount_factors(weeks: int, rates: "Rates") -> Array:
    """Value today of a krone in week t: (1 + rate)^(-t/52), the rate changing with the year's band."""
    week = np.arange(weeks, dtype=np.float64)
    factors = np.ones(weeks)
    begins = 0.0
    for rate, years in rates:
        inside = np.clip(week / WEEKS - begins, 0.0, years)
        factors *= (1.0 + rate) ** -inside
        begins += years
    return factors


Rates = tuple[tuple[float, float], ...]
"""Bands (rate, years they last); the last one lasts for ever."""


def flat(rate: float) -> Rates:
    """One rate for ever."""
    return ((rate, np.inf),)


def danish_bands(figures: Figures, years: float) -> Rates:
    """The socio-economic rate: years 0-35, 36-70 and after. Only the bands that the horizon reaches are used."""
    bands = (
        ("discount.rate_years_0_35", 35.0),
        ("discount.rate_years_36_70", 35.0),
        ("discount.rate_after_70", np.inf),
    )
    used: list[tuple[float, float]] = []
    begins = 0.0
    for key, length in bands:
        if begins < years:
            used.append((figures.number(key), length))
        begins += length
    return tuple(used)
