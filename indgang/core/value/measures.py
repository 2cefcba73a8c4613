# SPDX-License-Identifier: MPL-2.0
"""Figures that stand beside the totals: horizons, per unit, after equalisation, careful, wellbeing."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.books import Books
from indgang.core.value.case import Case
from indgang.core.value.draws import central, uniform
from indgang.core.value.effect_reader import effect_grade
from indgang.core.value.engine import Engine
from indgang.core.value.intervals import by_purse, interval
from indgang.core.value.jobs import Jobs
from indgang.core.value.manifest import Options
from indgang.core.value.occupancy import success_used
from indgang.core.value.pack import Figures
from indgang.core.value.result import Horizon, PerUnit, Wellbeing
from indgang.core.value.statement import MAIN, Amounts, Weekly, amounts
from indgang.core.value.totals import Totals

Array = NDArray[np.float64]
HORIZON_YEARS = (1, 2, 3, 5, 10)


def horizons(case: Case, table: Weekly, discount: Array) -> tuple[Horizon, ...]:
    """Net value after 1, 2, 3, 5, 10 years and the case's own horizon, by main perspective."""
    own = case.method.horizon_weeks / 52
    years = sorted({*(year for year in HORIZON_YEARS if year * 52 <= len(discount)), own})
    rows = []
    for year in years:
        found = amounts(table, discount[: round(year * 52)])
        rows += [Horizon(year, name, found[name].npv, found[name].plain) for name in MAIN]
    return tuple(rows)


def per_unit(case: Case, found: Mapping[str, Amounts], people: Jobs) -> tuple[PerUnit, ...]:
    """Kroner per participant, per net job-year and per krone of the contract, by main perspective."""
    years = people.net_years(case.method.horizon_weeks)
    rows = []
    for name in MAIN:
        npv = found[name].npv
        rows.append(
            PerUnit(
                purse=name,
                participant=npv / case.participants,
                net_job_year=npv / years if years > 0 else None,
                purchase_krone=npv / case.purchase.amount if case.purchase else None,
                purchase_krone_without_premium=_without_premium(case, name, npv),
            )
        )
    return tuple(rows)


def _without_premium(case: Case, name: str, npv: float) -> float | None:
    if case.purchase is None:
        return None
    paid = case.purchase.premium if name in ("municipality", "public", "society") else 0.0
    return (npv + paid) / case.purchase.amount


def after_equalisation(case: Case, figures: Figures, found: Mapping[str, Amounts]) -> float:
    """The municipality when equalisation takes its share of the tax gain; the case's own if it is counted."""
    if case.method.equalisation:
        return found["municipality"].npv
    share = float(figures.pack.find("municipality.equalisation_share", figures.on).value)
    return found["municipality"].npv - share * found["KOM.OKON"].npv


def costs(ledger_books: Books, discount: Array) -> dict[str, float]:
    """What each account pays for the programme and the premium, discounted."""
    found: dict[str, float] = {}
    for stream, money in zip(ledger_books.streams, ledger_books.net, strict=True):
        if stream.instrument in ("programme", "purchase_premium"):
            found[stream.payer] = found.get(stream.payer, 0.0) + float(money[: len(discount)] @ discount)
    return found


def careful(
    case: Case, figures: Figures, ready: Engine, groups: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Net value when the effect is scaled by its evidence; the net itself when the case already does so."""
    grade = effect_grade(case.grades).lower()
    factor = float(figures.pack.find(f"evidence.correction_{grade}", figures.on).value)
    values = central(ready.compiled)
    for segment in ready.compiled.segments:
        if segment.effect.correction == 1.0:
            names = segment.names
            values[names.success] = success_used(values[names.success], values[names.base_rate], factor)
    totals = ready.scenario(values)
    return {
        name: float(one[0])
        for name, one in by_purse(totals.net, totals.accounts, groups).items()
        if name in MAIN
    }


def distorted(case: Case, found: Mapping[str, Amounts]) -> float | None:
    """Society plus the tax distortion of the public value; None when it is off."""
    if not case.method.tax_distortion:
        return None
    return found["society"].npv + case.method.tax_distortion * found["public"].npv


def wellbeing(case: Case, people: Jobs, drawn: Totals | None, options: Options) -> Wellbeing | None:
    """WELLBY of the net job-years, in its own unit; None when the case does not ask."""
    each = case.wellbeing_per_job_year
    if each is None:
        return None
    amount = each.central * people.net_years(case.method.horizon_weeks)
    krone = amount * case.wellbeing_krone if case.wellbeing_krone else None
    if drawn is None:
        return Wellbeing(amount, None, krone)
    values = each.quantile(uniform("wellbeing", options.draws, options.seed))
    return Wellbeing(amount, interval(values * drawn.net_job_years), krone)
