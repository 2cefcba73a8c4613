# SPDX-License-Identifier: MPL-2.0
"""What would change the answer: each uncertain number from its P10 to its P90, and the success needed.

The value is linear in success, so the break-even rate is read from two points.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.compiled import Compiled
from indgang.core.value.draws import central, quantities
from indgang.core.value.totals import Totals

Array = NDArray[np.float64]
Valuation = Callable[[Mapping[str, Array]], Totals]


@dataclass(frozen=True)
class Swing:
    """One number's two ends, and the public value at each; `swing` is high minus low, kroner."""

    name: str
    low_value: float
    high_value: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        return self.at_high - self.at_low


@dataclass(frozen=True)
class SuccessNeeded:
    """`rate` is None when no success rate from 0 to 1 is enough (or every one is): `status` says which."""

    status: str
    rate: float | None


def tornado(case: Compiled, value: Valuation, accounts: Sequence[str]) -> tuple[Swing, ...]:
    """The accounts' value with one number at a time at its P10 and P90, the others central; widest first."""
    uncertain = {name: quantity for name, quantity in quantities(case).items() if quantity.uncertain}
    studies = {s.names.success: s.names.base_rate for s in case.segments if s.effect.difference}
    scenarios = central(case, 2 * len(uncertain))
    ends = {}
    for place, (name, quantity) in enumerate(uncertain.items()):
        low, high = quantity.quantile(np.array([0.1, 0.9])).tolist()
        if name in studies:
            base = scenarios[studies[name]][0]
            low, high = np.clip([base + low, base + high], 0.0, 1.0).tolist()
        ends[name] = (low, high)
        scenarios[name][2 * place : 2 * place + 2] = (low, high)
    if not uncertain:
        return ()
    values = _value(value(scenarios), accounts).tolist()
    swings = [
        Swing(name, *ends[name], values[2 * place], values[2 * place + 1])
        for place, name in enumerate(uncertain)
    ]
    return tuple(sorted(swings, key=lambda swing: -abs(swing.swing)))


def success_needed(case: Compiled, value: Valuation, accounts: Sequence[str]) -> SuccessNeeded:
    """The success rate, the same for all, at which the accounts together neither gain nor lose."""
    if not case.segments:
        return SuccessNeeded("no_effect", None)
    scenarios = central(case, 2)
    for segment in case.segments:
        scenarios[segment.names.success][:] = (0.0, 1.0)
    none, everybody = _value(value(scenarios), accounts).tolist()
    if none >= 0 and everybody >= 0:
        return SuccessNeeded("always", None)
    if none < 0 and everybody < 0:
        return SuccessNeeded("never", None)
    return SuccessNeeded("reached", none / (none - everybody))


def _value(totals: Totals, accounts: Sequence[str]) -> Array:
    rows = [row for row, account in enumerate(totals.accounts) if account in accounts]
    return np.asarray(totals.net[rows].sum(axis=0))
