# SPDX-License-Identifier: MPL-2.0
"""A case made ready to be valued, by expected curves or by simulated histories."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import staircase
from indgang.core.value.case import Case
from indgang.core.value.compiled import Compiled, compiled
from indgang.core.value.draws import Draws
from indgang.core.value.occupancy import Occupancy, occupancy
from indgang.core.value.pack import Figures
from indgang.core.value.spell_totals import Simulation, simulation, spell_totals
from indgang.core.value.spell_weeks import copies_of, simulated_occupancy
from indgang.core.value.totals import Totals, totals

Array = NDArray[np.float64]
TEN_YEARS = 520


@dataclass(frozen=True)
class Engine:
    """`value` turns draws into totals; `scenario` is the same for a few chosen values, without chance.

    `people` reaches over `weeks` weeks: the horizon, or ten years when that is longer.
    """

    compiled: Compiled
    value: Callable[[Draws], Totals]
    scenario: Callable[[Draws], Totals]
    people: Occupancy
    weeks: int


def engine(case: Case, figures: Figures, seed: int) -> Engine:
    """By the case's own model."""
    weeks = max(case.method.horizon_weeks, TEN_YEARS)
    ready = compiled(case, figures)

    def expected(draws: Draws) -> Totals:
        return totals(ready, draws)

    if case.method.model == "expected":
        people = occupancy(case, weeks, staircase(figures.on))
        return Engine(ready, expected, expected, people, weeks)
    short = simulation(case, figures, ready)
    longer = replace(case, method=replace(case.method, horizon_weeks=weeks))
    people = simulated_occupancy(simulation(longer, figures, ready), weeks, seed)
    return Engine(
        compiled=ready,
        value=lambda draws: spell_totals(short, draws, seed),
        scenario=lambda draws: _averaged(short, draws, seed),
        people=people,
        weeks=weeks,
    )


def _averaged(ready: Simulation, draws: Draws, seed: int) -> Totals:
    """Each row of values, averaged over many simulated copies of the participants."""
    copies = copies_of(ready)
    count = len(next(iter(draws.values())))
    found = [
        spell_totals(ready, {name: np.full(copies, values[row]) for name, values in draws.items()}, seed)
        for row in range(count)
    ]
    means = [
        np.stack([side.mean(axis=-1) for side in sides], axis=-1)
        for sides in zip(*((o.net, o.gross, o.net_job_years, o.gross_job_years) for o in found), strict=True)
    ]
    return Totals(ready.compiled.accounts, *means)
