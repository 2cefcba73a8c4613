# SPDX-License-Identifier: MPL-2.0
"""Expensive single cases (serviceloven § 176): the state refunds part of what one person costs in a year.

The refund is continuous and convex in the yearly cost; its marginal rate is 0, 25, 50 or 75 per cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.pack import Figures

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Section176:
    """`counted` are the places of the services that count; `other_year` is what the person costs besides."""

    limits: tuple[float, ...]
    shares: tuple[float, ...]
    counted: tuple[int, ...]
    other_year: float

    def refund(self, cost_year: Array) -> Array:
        """Kroner refunded of one person's yearly cost, kroner."""
        steps = np.diff((0.0, *self.shares))
        parts = [
            step * np.maximum(cost_year - limit, 0.0) for step, limit in zip(steps, self.limits, strict=True)
        ]
        return np.asarray(sum(parts))

    def of(self, services: Array) -> Array:
        """The refund that falls away when a person no longer uses the services; (draws,) or a scalar."""
        total = self.other_year + services[list(self.counted)].sum(axis=0)
        return self.refund(np.asarray(total)) - self.refund(np.asarray(self.other_year))


def section_176(figures: Figures, counted: Sequence[int], other_year: float) -> Section176:
    """With the limits and shares of the pack (2020 level; not uprated, which the pack's doubts say)."""
    steps = (1, 2, 3)
    return Section176(
        limits=tuple(figures.number(f"section_176.limit_{step}") for step in steps),
        shares=tuple(figures.number(f"section_176.share_{step}") for step in steps),
        counted=tuple(counted),
        other_year=other_year,
    )
