# SPDX-License-Identifier: MPL-2.0
"""One case from beginning to end: `value(raw, pack, options)` gives the finished account."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from indgang.core.text import Reason, gettext_noop
from indgang.core.value import measures
from indgang.core.value.books import Books, books
from indgang.core.value.case import Case
from indgang.core.value.case_reader import read_case
from indgang.core.value.draws import central, draw
from indgang.core.value.effect import discount_factors
from indgang.core.value.engine import Engine, engine
from indgang.core.value.fields import plain
from indgang.core.value.intervals import Interval, by_purse, interval
from indgang.core.value.jobs import jobs
from indgang.core.value.labels import label
from indgang.core.value.manifest import Options, manifest
from indgang.core.value.marks import of_intervals, supports, together
from indgang.core.value.pack import Figures, Level, Pack
from indgang.core.value.result import Purse, Result
from indgang.core.value.sensitivity import success_needed, tornado
from indgang.core.value.statement import Amounts, Weekly, amounts, break_evens, purses, weekly
from indgang.core.value.totals import Totals
from indgang.core.value.transfers import transfers

Array = NDArray[np.float64]

DEFAULT = Options()
NEEDED = ("job_centre", "municipality", "public", "society")
"""Purses whose break-even success rate is asked for."""


def value(raw: object, pack: Pack, options: Options = DEFAULT) -> Result:
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
    return Result(
        case=case,
        figures=figures,
        manifest=manifest(case.raw, figures.pack, options),
        question=_question(case),
        grade=_grade(case),
        purses=_purses(case, figures, ledger_books, table, discount, drawn),
        compiled=ready.compiled,
        books=ledger_books,
        weekly=table,
        jobs=people,
        job_years=interval(drawn.net_job_years) if drawn else None,
        horizons=measures.horizons(case, table, discount),
        per_unit=measures.per_unit(case, found, people),
        transfers=transfers(
            {name: found[name].npv for name in groups if _level(figures, name) is Level.MUNICIPALITY}
        ),
        municipality_after_equalisation=measures.after_equalisation(case, figures, found),
        cost_by_account=measures.costs(ledger_books, discount[: case.method.horizon_weeks]),
        tornado=tornado(ready.compiled, ready.scenario, groups["public"]),
        success_needed={
            name: success_needed(ready.compiled, ready.scenario, groups[name]) for name in NEEDED
        },
        careful_npv=measures.careful(case, figures, ready, groups),
        society_with_distortion=measures.distorted(case, found),
        wellbeing=measures.wellbeing(case, people, drawn, options),
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
            label_da=_labels(figures, name)[0],
            label_en=_labels(figures, name)[1],
            accounts=members,
            amounts=found[name],
            interval=net.get(name),
            gross_interval=gross.get(name),
            break_even=months[name],
            support=together(support, list(members)),
        )
        for name, members in groups.items()
    }


def _labels(figures: Figures, name: str) -> tuple[str, str]:
    known = figures.pack.accounts.get(name)
    return (known.department, known.label_en) if known else label("perspective", name)


def _level(figures: Figures, name: str) -> Level | None:
    known = figures.pack.accounts.get(name)
    return known.level if known else None


def _grade(case: Case) -> str:
    """The weakest evidence that the effect rests on; told weeks need none."""
    effects = [group.effect for group in case.groups if group.effect]
    displaces = any(effect.displacement.central for effect in effects)
    grades = [case.grades["success"], case.grades["base_rate"], *([case.grades["displacement"]] * displaces)]
    return max(grades) if effects else "A"


def _question(case: Case) -> str:
    if any(group.history_with for group in case.groups):
        return "history"
    effects = [group.effect for group in case.groups if group.effect]
    certain = all(e.success.central == 1 and e.base_rate.central == 0 for e in effects)
    return "person_year" if certain and case.method.horizon_weeks == 52 else "programme_net"


def _reconciled(ready: Engine, found: Mapping[str, Amounts]) -> float:
    """Largest distance in øre between the books and the draws' formula at the central values, by account."""
    totals = ready.scenario(central(ready.compiled))
    pairs = zip(totals.accounts, totals.net[:, 0].tolist(), strict=True)
    return float(max(abs(found[name].npv - amount) * 100 for name, amount in pairs if name in found))


def _said(case: Case, figures: Figures) -> list[Reason]:
    said = []
    if not figures.pack.signed_off:
        said.append(
            Reason(_NOT_SIGNED, {"pack": figures.pack.name, "reviewers": len(set(figures.pack.reviewers))})
        )
    least = int(figures.pack.find("publish.people", figures.on).value)
    if case.participants < least:
        said.append(Reason(_FEW, {"people": plain(case.participants), "least": least}))
    idle = [service.label_da for service in case.services if not service.cashable]
    if idle:
        said.append(Reason(_NOT_CASHABLE, {"services": ", ".join(idle)}))
    if any(service.section_176 for service in case.services):
        said.append(Reason(_SECTION_176))
    if case.method.model == "spells" and any(g.participants != int(g.participants) for g in case.groups):
        said.append(Reason(_ROUNDED))
    return said


_FEW = gettext_noop("Antal deltagere er %(people)s. Tal om færre end %(least)s må ikke vises for alle.")
_NOT_SIGNED = gettext_noop("Pakken %(pack)s er ikke godkendt: %(reviewers)s af 2 har gennemgået den.")
_NOT_CASHABLE = gettext_noop(
    "Frigjort kapacitet, der ikke bliver til penge, er ikke regnet med: %(services)s."
)
_SECTION_176 = gettext_noop("Grænserne for refusion i dyre enkeltsager er i 2020-niveau og ikke regnet frem.")
_ROUNDED = gettext_noop("Antal deltagere er rundet til hele personer, fordi forløbene simuleres.")
