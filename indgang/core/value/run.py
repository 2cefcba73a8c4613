# SPDX-License-Identifier: MPL-2.0
"""One case from beginning to end: `value(raw, pack, options)` gives the finished account."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indgang.core.text import Reason, gettext_noop
from indgang.core.value.books import Books, books
from indgang.core.value.case import Case
from indgang.core.value.case_reader import read_case
from indgang.core.value.draws import central, draw, uniform
from indgang.core.value.effect import discount_factors
from indgang.core.value.engine import Engine, engine
from indgang.core.value.intervals import Interval, by_purse, interval
from indgang.core.value.jobs import Jobs, jobs
from indgang.core.value.manifest import Options, manifest
from indgang.core.value.marks import of_intervals, supports, together
from indgang.core.value.occupancy import success_used
from indgang.core.value.pack import Figures, Level, Pack
from indgang.core.value.result import Horizon, PerUnit, Purse, Result, Wellbeing
from indgang.core.value.sensitivity import success_needed, tornado
from indgang.core.value.statement import Amounts, Weekly, amounts, break_evens, purses, weekly
from indgang.core.value.totals import Totals
from indgang.core.value.transfers import transfers

Array = NDArray[np.float64]
HORIZON_YEARS = (1, 2, 3, 5, 10)
SHOWN = ("municipality", "region", "state", "public", "citizens", "society")


def value(raw: object, pack: Pack, options: Options = Options()) -> Result:
    """Raises Refused when the case cannot be read."""
    case, figures = read_case(raw, pack)
    return account(case, figures, options)


def account(case: Case, figures: Figures, options: Options) -> Result:
    """The finished account of a case that has been read."""
    ready = engine(case, figures, options.seed)
    ledger_books = books(case, figures, ready.weeks, ready.people)
    table = weekly(ledger_books, figures.pack)
    discount = discount_factors(ready.weeks, case.method.rates)
    groups = purses(ledger_books.accounts, figures.pack)
    found = amounts(table, discount[: case.method.horizon_weeks])
    people = jobs(case, ready.people, ready.weeks)
    drawn = None
    if options.draws:
        drawn = ready.value(draw(ready.compiled, case.method, options.draws, options.seed))
    public = groups["public"]
    return Result(
        case=case,
        figures=figures,
        manifest=manifest(case.raw, figures.pack, options),
        question=_question(case),
        grade=max(case.grades.values()),
        purses=_purses(case, figures, ledger_books, table, discount, drawn),
        books=ledger_books,
        weekly=table,
        jobs=people,
        job_years=interval(drawn.net_job_years) if drawn else None,
        horizons=_horizons(case, table, discount),
        per_unit=_per_unit(case, found, people),
        transfers=transfers(
            {name: found[name].npv for name in groups if _level(figures, name) is Level.MUNICIPALITY}
        ),
        municipality_after_equalisation=_after_equalisation(case, figures, found),
        cost_npv=_cost(ledger_books, discount[: case.method.horizon_weeks]),
        tornado=tornado(ready.compiled, ready.scenario, public) if options.draws else (),
        success_needed={
            name: success_needed(ready.compiled, ready.scenario, groups[name])
            for name in ("job_centre", "municipality", "public", "society")
        },
        careful_npv=_careful(case, figures, ready, groups),
        society_with_distortion=_distorted(case, found),
        wellbeing=_wellbeing(case, people, drawn, options),
        interval_support=of_intervals(figures.used),
        reconciliation_oere=_reconciled(ready, found),
        warnings=(*case.warnings, *_said(case, figures)),
    )


def _purses(
    case: Case,
    figures: Figures,
    ledger_books: Books,
    table: Weekly,
    discount: Array,
    drawn: Totals | None,
) -> dict[str, Purse]:
    weeks = case.method.horizon_weeks
    groups = purses(ledger_books.accounts, figures.pack)
    found = amounts(table, discount[:weeks])
    months = break_evens(table, discount[:weeks])
    support = supports(case, ledger_books, figures.used)
    net: Mapping[str, Interval] = {}
    gross: Mapping[str, Interval] = {}
    if drawn is not None:
        net, gross = (
            {name: interval(values) for name, values in by_purse(side, drawn.accounts, groups).items()}
            for side in (drawn.net, drawn.gross)
        )
    return {
        name: Purse(
            name=name,
            accounts=members,
            amounts=found[name],
            interval=net.get(name),
            gross_interval=gross.get(name),
            break_even=months[name],
            support=together(support, list(members)),
        )
        for name, members in groups.items()
    }


def _level(figures: Figures, name: str) -> Level | None:
    known = figures.pack.accounts.get(name)
    return known.level if known else None


def _question(case: Case) -> str:
    if any(group.history_with for group in case.groups):
        return "history"
    effects = [group.effect for group in case.groups if group.effect]
    certain = all(e.success.central == 1 and e.base_rate.central == 0 for e in effects)
    return "person_year" if certain and case.method.horizon_weeks == 52 else "programme_net"


def _horizons(case: Case, table: Weekly, discount: Array) -> tuple[Horizon, ...]:
    own = case.method.horizon_weeks / 52
    years = sorted({*(year for year in HORIZON_YEARS if year * 52 <= len(discount)), own})
    rows = []
    for year in years:
        found = amounts(table, discount[: round(year * 52)])
        rows += [Horizon(year, name, found[name].npv, found[name].plain) for name in SHOWN]
    return tuple(rows)


def _per_unit(case: Case, found: Mapping[str, Amounts], people: Jobs) -> tuple[PerUnit, ...]:
    years = people.net_years(case.method.horizon_weeks)
    rows = []
    for name in SHOWN:
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


def _after_equalisation(case: Case, figures: Figures, found: Mapping[str, Amounts]) -> float:
    """The municipality when equalisation takes its share of the tax gain; the case's own if it is counted."""
    if case.method.equalisation:
        return found["municipality"].npv
    share = float(figures.pack.find("municipality.equalisation_share", figures.on).value)
    return found["municipality"].npv - share * found["KOM.OKON"].npv


def _cost(ledger_books: Books, discount: Array) -> float:
    rows = [row for row, s in enumerate(ledger_books.streams) if s.instrument in ("programme", "purchase_premium")]
    return float((ledger_books.net[rows, : len(discount)] @ discount).sum())


def _careful(
    case: Case, figures: Figures, ready: Engine, groups: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Net value when the effect is scaled by its evidence; the net itself when the case already does so."""
    factor = float(figures.pack.find(f"evidence.correction_{case.grades['success'].lower()}", figures.on).value)
    values = central(ready.compiled)
    for name in values:
        if name.startswith("success"):
            number = int(name.partition(".")[2] or 1)
            if ready.compiled.segments[number - 1].effect.correction == 1.0:
                base = values[name.replace("success", "base_rate")]
                values[name] = success_used(values[name], base, factor)
    totals = ready.scenario(values)
    return {
        name: float(one[0]) for name, one in by_purse(totals.net, totals.accounts, groups).items() if name in SHOWN
    }


def _distorted(case: Case, found: Mapping[str, Amounts]) -> float | None:
    if not case.method.tax_distortion:
        return None
    return found["society"].npv + case.method.tax_distortion * found["public"].npv


def _wellbeing(case: Case, people: Jobs, drawn: Totals | None, options: Options) -> Wellbeing | None:
    each = case.wellbeing_per_job_year
    if each is None:
        return None
    amount = each.central * people.net_years(case.method.horizon_weeks)
    krone = amount * case.wellbeing_krone if case.wellbeing_krone else None
    if drawn is None:
        return Wellbeing(amount, None, krone)
    values = each.quantile(uniform("wellbeing", options.draws, options.seed))
    return Wellbeing(amount, interval(values * drawn.net_job_years), krone)


def _reconciled(ready: Engine, found: Mapping[str, Amounts]) -> float:
    """Largest distance in øre between the books and the draws' formula at the central values, by account."""
    totals = ready.scenario(central(ready.compiled))
    pairs = zip(totals.accounts, totals.net[:, 0].tolist(), strict=True)
    return max(abs(found[name].npv - amount) * 100 for name, amount in pairs if name in found)


def _said(case: Case, figures: Figures) -> list[Reason]:
    said = []
    if not figures.pack.signed_off:
        said.append(Reason(_NOT_SIGNED, {"pack": figures.pack.name, "reviewers": len(set(figures.pack.reviewers))}))
    idle = [service.label_da for service in case.services if not service.cashable]
    if idle:
        said.append(Reason(_NOT_CASHABLE, {"services": ", ".join(idle)}))
    if any(service.section_176 for service in case.services):
        said.append(Reason(_SECTION_176))
    if case.method.model == "spells" and any(g.participants != int(g.participants) for g in case.groups):
        said.append(Reason(_ROUNDED))
    return said


_NOT_SIGNED = gettext_noop("Pakken %(pack)s er ikke godkendt: %(reviewers)s af 2 har gennemgået den.")
_NOT_CASHABLE = gettext_noop("Frigjort kapacitet, der ikke bliver til penge, er ikke regnet med: %(services)s.")
_SECTION_176 = gettext_noop("Grænserne for refusion i dyre enkeltsager er i 2020-niveau og ikke regnet frem.")
_ROUNDED = gettext_noop("Antal deltagere er rundet til hele personer, fordi forløbene simuleres.")
