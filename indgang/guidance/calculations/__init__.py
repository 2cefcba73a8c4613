# SPDX-License-Identifier: MPL-2.0
"""The sums that law needs, as pages: one table, one view."""

from indgang.guidance.calculations.calculation import Calculation, Worked
from indgang.guidance.calculations.purchase import PURCHASE
from indgang.guidance.calculations.support import SUPPORT

CALCULATIONS = (*PURCHASE, *SUPPORT)

__all__ = ["CALCULATIONS", "PURCHASE", "SUPPORT", "Calculation", "Worked", "find_calculation"]


def find_calculation(slug: str) -> Calculation | None:
    return next((each for each in CALCULATIONS if each.slug == slug), None)
