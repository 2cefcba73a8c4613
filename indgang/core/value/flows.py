# SPDX-License-Identifier: MPL-2.0
"""Who pays whom in one week: for a person on benefit, at work, and in a subsidised programme.

A flow holds kroner per week for every group (an array as long as the groups), so that 1,000 placements cost
little more than one. Benefit and fleksjob subsidy are divided between municipality and state by the
staircase; the division depends on the week and is applied in `books`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.case import Case, Group, Outcome
from indgang.core.value.pack import Figures
from indgang.core.value.section_176 import Section176, section_176
from indgang.core.value.tax import TaxRules, income_tax, rules

Array = NDArray[np.float64]
FOR_EVER = 1_000_000


class Stream(NamedTuple):
    """One line of the books: what is paid, by whom, to whom."""

    payer: str
    receiver: str
    instrument: str
    kind: str


class Share(Enum):
    """Which part of the amount this flow is."""

    ALL = "all"
    MUNICIPALITY = "municipality"
    STATE = "state"


@dataclass(frozen=True)
class Flow:
    """Kroner per person-week by group; valid in run weeks `first` to `last` (not including `last`)."""

    stream: Stream
    per_week: Array
    share: Share = Share.ALL
    first: int = 0
    last: int = FOR_EVER


@dataclass(frozen=True)
class Priced:
    """A service used by a person on benefit and not by one at work: one unit is a krone per full year.

    `price` is its place in the list of prices; the saving comes `lag_weeks` later.
    """

    stream: Stream
    price: int
    lag_weeks: int
    first: int
    last: int


@dataclass(frozen=True)
class Situations:
    """All flows of a case. `prices` are central kroner per full job-year, in the order of `Priced.price`."""

    on_benefit: tuple[Flow, ...]
    at_work: tuple[Flow, ...]
    subsidised: tuple[Flow, ...]
    services: tuple[Priced, ...]
    refund: Section176 | None
    tail: "IncomeTail"

    def prices(self, services: Array) -> Array:
        """Append the section 176 refund to the service prices; `services` is (services,) or (services, draws)."""
        if self.refund is None:
            return services
        return np.concatenate([services, self.refund.of(services)[None]])


def situations(case: Case, figures: Figures) -> Situations:
    """Everything that can flow in this case. Registers the figures it rests on."""
    by = rules(figures, case.method.municipal_tax_share)
    groups = case.groups
    tail = IncomeTail(case, by)
    benefit_year = np.array([group.benefit.year for group in groups])
    zero = np.zeros(len(groups))
    wage_year = np.array([_pay_year(group) for group in groups])
    subsidy_year = np.array([_subsidy_year(group) for group in groups])
    on_benefit = benefit_flows(groups, benefit_year / 52) + tail.flows(zero, benefit_year)
    at_work = (
        *work_flows(groups, wage_year),
        *by_staircase("fleksjob_subsidy", subsidy_year / 52),
        *_contribution(groups, figures),
        *tail.flows(wage_year, subsidy_year),
    )
    services, refund = _services(case, figures)
    return Situations(on_benefit, at_work, subsidised_flows(groups, tail), services, refund, tail)


def _pay_year(group: Group) -> float:
    return (
        group.fleksjob.pay_month * 12
        if group.fleksjob and group.outcome is Outcome.FLEKSJOB
        else group.wage_year
    )


def _subsidy_year(group: Group) -> float:
    return group.fleksjob.subsidy_month * 12 if group.fleksjob and group.outcome is Outcome.FLEKSJOB else 0.0


def by_staircase(instrument: str, per_week: Array) -> tuple[Flow, ...]:
    """An amount that municipality and state divide by the staircase, paid to the citizen."""
    return (
        Flow(Stream("KOM.BESK", "BORGER", instrument, "transfer"), per_week, Share.MUNICIPALITY),
        Flow(Stream("STAT.BM", "BORGER", instrument, "transfer"), per_week, Share.STATE),
    )


def benefit_flows(groups: Sequence[Group], per_week: Array) -> tuple[Flow, ...]:
    """The benefit by its payer rule; `per_week` is kroner by group."""
    flows: list[Flow] = []
    for payer in dict.fromkeys(group.benefit.payer for group in groups):
        mine = np.where([group.benefit.payer == payer for group in groups], per_week, 0.0)
        if payer == "staircase":
            flows += by_staircase("benefit", mine)
        elif payer == "staircase_via_a_kasse":
            flows.append(Flow(Stream("A-KASSE", "BORGER", "benefit", "transfer"), mine))
            for account, part in (("KOM.BESK", Share.MUNICIPALITY), ("STAT.BM", Share.STATE)):
                flows.append(Flow(Stream(account, "A-KASSE", "benefit_refund", "transfer"), mine, part))
        else:
            flows.append(Flow(Stream(payer, "BORGER", "benefit", "transfer"), mine))
    return tuple(flows)


def work_flows(groups: Sequence[Group], wage_year: Array) -> tuple[Flow, ...]:
    """Pay, and the work that is worth it (times the productivity)."""
    value = wage_year * np.array([group.productivity for group in groups])
    return (
        Flow(Stream("VIRKSOMHED", "BORGER", "wage", "transfer"), wage_year / 52),
        Flow(Stream("RESSOURCE", "VIRKSOMHED", "production", "resource"), value / 52),
    )


def _contribution(groups: Sequence[Group], figures: Figures) -> tuple[Flow, ...]:
    if not any(group.fleksjob for group in groups):
        return ()
    amount = figures.number("fleksjob.fleksbidrag.year")
    per_week = np.array([amount / 52 if group.fleksjob else 0.0 for group in groups])
    stream = Stream("STAT.BM", "KOM.BESK", "fleksjob_contribution", "transfer")
    return (Flow(stream, per_week),) if amount else ()


@dataclass(frozen=True)
class IncomeTail:
    """What follows from an income: tax, equalisation of the municipal tax, indirect tax on what is left."""

    case: Case
    by: TaxRules

    def flows(self, wage: Array, benefit: Array) -> tuple[Flow, ...]:
        """For a whole year with this wage and benefit, kroner a year by group."""
        tax = income_tax(wage, benefit, self.by)
        municipal, state = tax.municipal, tax.state
        method = self.case.method
        flows = [
            Flow(Stream("BORGER", "KOM.OKON", "municipal_tax", "tax"), municipal / 52),
            Flow(Stream("BORGER", "STAT.SKM", "state_tax", "tax"), state / 52),
        ]
        if method.equalisation:
            stream = Stream("KOM.OKON", "STAT.UDL", "equalisation", "transfer")
            flows.append(Flow(stream, method.equalisation * municipal / 52))
        if method.net_tax_factor > 1:
            spent = wage + benefit - municipal - state
            stream = Stream("BORGER", "STAT.SKM", "indirect_tax", "tax")
            flows.append(Flow(stream, (1 - 1 / method.net_tax_factor) * spent / 52))
        return tuple(flows)


def subsidised_flows(groups: Sequence[Group], tail: IncomeTail | None) -> tuple[Flow, ...]:
    """Løntilskud: pay by the employer, a subsidy to the employer from the municipality, no benefit.

    Without a `tail` the taxes are left to the caller.
    """
    if not any(group.wage_subsidy for group in groups):
        return ()
    terms = [group.wage_subsidy for group in groups]
    wage = np.array([term.wage_year if term else 0.0 for term in terms])
    subsidy = np.array([term.subsidy_year if term else 0.0 for term in terms])
    value = wage * np.array([term.productivity if term else 0.0 for term in terms])
    return (
        Flow(Stream("VIRKSOMHED", "BORGER", "wage", "transfer"), wage / 52),
        Flow(Stream("RESSOURCE", "VIRKSOMHED", "production", "resource"), value / 52),
        Flow(Stream("KOM.BESK", "VIRKSOMHED", "wage_subsidy", "transfer"), subsidy / 52),
        *(tail.flows(wage, np.zeros(len(groups))) if tail else ()),
    )


def _services(case: Case, figures: Figures) -> tuple[tuple[Priced, ...], Section176 | None]:
    priced: list[Priced] = []
    for number, service in enumerate(case.services):
        if not service.cashable:
            continue
        ends = [week for week, _ in service.payers[1:]] + [FOR_EVER]
        for (first, account), last in zip(service.payers, ends, strict=True):
            stream = Stream(account, "RESSOURCE", "service", "resource")
            priced.append(Priced(stream, number, service.lag_weeks, first, last))
    counted = [n for n, service in enumerate(case.services) if service.section_176 and service.cashable]
    if not counted:
        return tuple(priced), None
    refund = section_176(figures, counted, case.method.section_176_other_year)
    account = case.services[counted[0]].payers[-1][1]
    lag = max(case.services[n].lag_weeks for n in counted)
    stream = Stream("STAT.BM", account, "section_176", "transfer")
    return (*priced, Priced(stream, len(case.services), lag, 0, FOR_EVER)), refund
