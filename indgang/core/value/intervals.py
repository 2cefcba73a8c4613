# SPDX-License-Identifier: MPL-2.0
"""From draws to what may be said: the middle, the range, how likely a gain is, and how exact the drawing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Kroner over all draws; `standard_error` is that of the mean, from the number of draws."""

    mean: float
    sd: float
    p5: float
    p50: float
    p95: float
    probability_positive: float
    standard_error: float


def by_purse(values: Array, accounts: Sequence[str], purses: Mapping[str, Sequence[str]]) -> dict[str, Array]:
    """(draws,) kroner for every purse, from (accounts, draws) and the accounts it consists of."""
    place = {account: row for row, account in enumerate(accounts)}
    return {
        name: values[[place[account] for account in members if account in place]].sum(axis=0)
        for name, members in purses.items()
    }


def interval(values: Array) -> Interval:
    """Raises ValueError when there are no draws."""
    if not len(values):
        raise ValueError("an interval needs draws")
    p5, p50, p95 = np.percentile(values, (5, 50, 95)).tolist()
    sd = float(values.std())
    return Interval(
        mean=float(values.mean()),
        sd=sd,
        p5=p5,
        p50=p50,
        p95=p95,
        probability_positive=float((values > 0).mean()),
        standard_error=sd / float(np.sqrt(len(values))),
    )
