# SPDX-License-Identifier: MPL-2.0
"""The value of a compiled case in every draw, by account; net and gross in the same pass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.compiled import Compiled, Segment
from indgang.core.value.draws import DrawnEffect, Draws, drawn_effect

Array = NDArray[np.float64]
CHUNK = 1_000
STRIP = 64


@dataclass(frozen=True)
class Totals:
    """(accounts, draws) kroner, discounted over the horizon; job-years (draws,) are not discounted."""

    accounts: tuple[str, ...]
    net: Array
    gross: Array
    net_job_years: Array
    gross_job_years: Array


def totals(case: Compiled, draws: Draws) -> Totals:
    """Raises KeyError when a draw lacks one of the case's numbers."""
    count = len(next(iter(draws.values()))) if draws else 1
    net = np.repeat(case.constant[:, None], count, axis=1)
    gross = np.repeat(case.gross_constant[:, None], count, axis=1)
    for segment in case.segments:
        _add_segment(net, gross, segment, drawn_effect(segment, draws))
    return priced_and_paid(case, net, gross, draws)


def priced_and_paid(case: Compiled, net: Array, gross: Array, draws: Draws) -> Totals:
    """From (columns, draws) to accounts: services at their price, the programme at its cost."""
    width = len(case.accounts)
    sides = []
    for side in (net, gross):
        result = side[:width]
        if case.situations.services:
            prices = case.situations.prices(
                np.array([draws[f"service.{number}"] for number in range(1, len(case.prices) + 1)])
            )
            order = [priced.price for priced in case.situations.services]
            result = result + case.service_signs() @ (side[width:-1] * prices[order])
        for line in case.costs:
            result = result + line.per_krone[:, None] * draws[line.name]
        sides.append(result)
    return Totals(case.accounts, sides[0], sides[1], net[-1], gross[-1])


def _add_segment(net: Array, gross: Array, segment: Segment, drawn: DrawnEffect) -> None:
    for start in range(0, net.shape[1], CHUNK):
        part = slice(start, start + CHUNK)
        decay = powers(drawn.half_life[part], segment.treated.shape[1])
        treated = _product(segment.treated, decay)
        untreated = _product(segment.untreated, decay) + segment.ramp[:, None]
        effect = drawn.used[part] * treated - drawn.base_rate[part] * untreated
        net[:, part] += drawn.counted[part] * effect
        gross[:, part] += drawn.success[part] * treated


def _product(table: Array, decay: Array) -> Array:
    """`table @ decay` in narrow strips: too small for the linear algebra library to start threads for, which
    cost more than they save when the machine is busy."""
    found = np.empty((table.shape[0], decay.shape[1]))
    for start in range(0, decay.shape[1], STRIP):
        part = slice(start, start + STRIP)
        found[:, part] = table @ decay[:, part]
    return found


def powers(half_life: Array, weeks: int) -> Array:
    """(weeks, draws): the share still at work after t weeks, by doubling the part already known."""
    share = np.empty((weeks, len(half_life)))
    share[0] = 1.0
    ratio = np.exp2(-1.0 / half_life)
    known = 1
    while known < weeks:
        more = min(known, weeks - known)
        np.multiply(share[:more], ratio**known, out=share[known : known + more])
        known += more
    return share
