# SPDX-License-Identifier: MPL-2.0
"""A case made ready for thousands of draws: everything that a draw does not change, summed beforehand.

A draw changes a few numbers (success, base rate, half-life, displacement, cost, prices); what a week at work
is worth does not change. With q = 2^(-1/half-life), the value of the effect to an account is

    (1 - displacement) [ s x sum_t q^t T[t]  -  c x (R + sum_t q^t U[t]) ]

where T holds the discounted weekly worth from the end of the programme, and R (the first year's ramp) and U
the same for the world without it. Placements are summed once; a draw costs two short products.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase, staircase
from indgang.core.value.books import constant_amounts, programme_amounts
from indgang.core.value.case import Case, Effect
from indgang.core.value.effect import WEEKS, Rates, discount_factors
from indgang.core.value.flows import Situations, Stream, situations
from indgang.core.value.history_books import history_books
from indgang.core.value.jobs import told_job_weeks
from indgang.core.value.occupancy import unit_curves
from indgang.core.value.pack import Figures
from indgang.core.value.quantity import Quantity
from indgang.core.value.worth import Worth, service_pattern, worth

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Names:
    """What the numbers of one effect are called among the draws."""

    success: str
    base_rate: str
    half_life: str
    displacement: str


@dataclass(frozen=True)
class Segment:
    """Groups that share an effect: `treated`, `untreated` are (columns, weeks), `ramp` is (columns,).

    With empirical curves they hold one week: the curve is already summed.
    """

    names: Names
    effect: Effect
    treated: Array
    untreated: Array
    ramp: Array


@dataclass(frozen=True)
class CostLine:
    """One cost per participant: its name among the draws, and what a krone of it comes to, by account."""

    name: str
    quantity: Quantity
    per_krone: Array


@dataclass(frozen=True)
class Compiled:
    """`columns` are the accounts, the priced services, and last the job-years (not discounted).

    The constants are by column: kroner, and job-years of told histories.
    """

    accounts: tuple[str, ...]
    situations: Situations
    segments: tuple[Segment, ...]
    costs: tuple[CostLine, ...]
    prices: tuple[Quantity, ...]
    constant: Array
    gross_constant: Array

    def service_signs(self) -> Array:
        """(accounts, services): a krone less used is a krone more for its payer."""
        signs = np.zeros((len(self.accounts), len(self.situations.services)))
        for column, priced in enumerate(self.situations.services):
            signs[self.accounts.index(priced.stream.payer), column] += 1
            signs[self.accounts.index(priced.stream.receiver), column] -= 1
        return signs


def compiled(case: Case, figures: Figures, rates: Rates | None = None) -> Compiled:
    """For the case's horizon, at its own rates or others."""
    weeks = case.method.horizon_weeks
    rule = staircase(figures.on)
    setting = situations(case, figures)
    discount = discount_factors(weeks, rates or case.method.rates)
    maker = _Maker(case, setting, worth(case, setting, weeks, rule), discount, rule)
    net, gross = maker.constants()
    return Compiled(
        accounts=maker.worth.accounts,
        situations=setting,
        segments=maker.segments(),
        costs=maker.costs(),
        prices=tuple(service.amount_year for service in case.services),
        constant=net,
        gross_constant=gross,
    )


@dataclass(frozen=True)
class _Maker:
    case: Case
    setting: Situations
    worth: Worth
    discount: Array
    rule: Staircase

    @property
    def weeks(self) -> int:
        return len(self.discount)

    @property
    def columns(self) -> int:
        return len(self.worth.accounts) + len(self.setting.services) + 1

    def segments(self) -> tuple[Segment, ...]:
        """One for each distinct effect; a lone one has names without a number."""
        effects = list(dict.fromkeys(group.effect for group in self.case.groups if group.effect))
        return tuple(
            self._segment(effect, _names(number if len(effects) > 1 else None))
            for number, effect in enumerate(effects, 1)
        )

    def _segment(self, effect: Effect, names: Names) -> Segment:
        starts: dict[tuple[int, int], list[int]] = {}
        for number, group in enumerate(self.case.groups):
            if group.effect == effect and group.start_week < self.weeks:
                starts.setdefault((group.start_week, group.programme_weeks), []).append(number)
        treated, untreated = np.zeros((2, self.columns, self.weeks))
        ramp = np.zeros(self.columns)
        for (start, programme), members in starts.items():
            table = self._table(np.array(members), start)
            if effect.curve_with:
                with_, without = unit_curves(effect, programme, table.shape[1], np.inf)
                treated[:, 0] += table @ with_
                untreated[:, 0] += table @ without
                continue
            after = table[:, programme:]
            treated[:, : after.shape[1]] += after
            first = table[:, :WEEKS]
            ramp += first @ (np.arange(first.shape[1]) / WEEKS)
            later = table[:, WEEKS:]
            untreated[:, : later.shape[1]] += later
        width = 1 if effect.curve_with else self.weeks
        return Segment(names, effect, treated[:, :width], untreated[:, :width], ramp)

    def _table(self, members: NDArray[np.intp], start: int) -> Array:
        """(columns, own weeks): discounted worth of all members at work, from their first week."""
        persons = np.array([self.case.groups[number].participants for number in members])
        level = (self.worth.level[:, members] @ persons)[:, None]
        slope = (self.worth.slope[:, members] * persons) @ self.worth.municipal[members]
        accounts = (level + slope) * self.discount
        services = [service_pattern(priced, self.discount) for priced in self.setting.services]
        per_krone = persons.sum() * np.array([*services, np.full(self.weeks, 1 / 52)])
        return np.concatenate([accounts, per_krone])[:, start:]

    def costs(self) -> tuple[CostLine, ...]:
        """One for each distinct cost per participant."""
        found: dict[Quantity, Array] = {}
        for group in self.case.groups:
            if group.cost.per_participant.central:
                one = self._by_account(programme_amounts(group, self.weeks))
                amount = group.cost.per_participant
                found[amount] = found.get(amount, np.zeros(len(self.worth.accounts))) + one
        return tuple(
            CostLine(f"cost.{number}" if len(found) > 1 else "cost", amount, one)
            for number, (amount, one) in enumerate(found.items(), 1)
        )

    def constants(self) -> tuple[Array, Array]:
        """What no draw changes: premium, løntilskud and given histories; net and gross, by column."""
        fixed = self._by_account(constant_amounts(self.case, self.setting, self.weeks, self.rule))
        rest = np.zeros(self.columns - len(fixed))
        net, gross = (np.concatenate([fixed, rest]) for _ in range(2))
        if any(group.history_with for group in self.case.groups):
            prices = len(self.setting.prices(np.zeros(len(self.case.services))))
            for total, books in zip((net, gross), self._histories(np.zeros(prices)), strict=True):
                total[: len(fixed)] += books
            for column, priced in enumerate(self.setting.services, len(fixed)):
                payer = self.worth.accounts.index(priced.stream.payer)
                one = np.zeros(prices)
                one[priced.price] = 1.0
                nothing, unit = self._histories(one * 0.0), self._histories(one)
                for total, with_one, without in zip((net, gross), unit, nothing, strict=True):
                    total[column] += with_one[payer] - without[payer]
            net[-1], gross[-1] = (weeks.sum() / 52 for weeks in told_job_weeks(self.case, self.weeks))
        return net, gross

    def _histories(self, prices: Array) -> tuple[Array, Array]:
        net, gross, _, _ = history_books(self.case, self.setting, prices, self.weeks, self.rule)
        return self._by_account(net), self._by_account(gross)

    def _by_account(self, amounts: dict[Stream, Array]) -> Array:
        total = np.zeros(len(self.worth.accounts))
        for stream, weekly in amounts.items():
            value = float(weekly @ self.discount)
            total[self.worth.accounts.index(stream.receiver)] += value
            total[self.worth.accounts.index(stream.payer)] -= value
        return total


def _names(number: int | None) -> Names:
    kinds = ("success", "base_rate", "half_life", "displacement")
    return Names(*(kind if number is None else f"{kind}.{number}" for kind in kinds))
