# SPDX-License-Identifier: MPL-2.0
"""The tables behind the charts: one per question. A drawing adds nothing that does not stand here."""

from dataclasses import dataclass

import numpy as np

from indgang.core.value.effect import discount_factors
from indgang.core.value.pack import Level
from indgang.core.value.result import Result
from indgang.core.value.statement import MAIN, month_of

ORDER = (Level.MUNICIPALITY, Level.REGION, Level.STATE, Level.CITIZEN, Level.ENTERPRISE, Level.CUSTOMER,
         Level.UNEMPLOYMENT_FUND)  # fmt: skip
SUMS = {Level.MUNICIPALITY: "municipality", Level.STATE: "public", Level.CITIZEN: "society"}


@dataclass(frozen=True)
class Step:
    """One bar: from `start` to `end` in kroner; a sum starts at 0."""

    name: str
    label_da: str
    label_en: str
    start: float
    end: float
    is_sum: bool


def waterfall(result: Result) -> tuple[Step, ...]:
    """Cost, then each department before cost, the municipality, the region, the state, the citizens, society."""
    cost = result.cost_by_account
    steps = [Step("cost", "Forløbets pris", "Cost of the programme", 0.0, -result.cost_npv, False)]
    running = -result.cost_npv
    accounts = [purse for name, purse in result.purses.items() if name in result.figures.pack.accounts]
    for level in ORDER:
        mine = [purse for purse in accounts if result.figures.pack.accounts[purse.name].level is level]
        for purse in mine:
            change = purse.amounts.npv + cost.get(purse.name, 0.0)
            if abs(change) < 0.005:
                continue
            account = result.figures.pack.accounts[purse.name]
            steps.append(
                Step(purse.name, account.department, account.label_en, running, running + change, False)
            )
            running += change
        if level in SUMS and mine:
            steps.append(_sum(SUMS[level], result))
    return tuple(steps)


def _sum(name: str, result: Result) -> Step:
    purse = result.purses[name]
    return Step(name, purse.label_da, purse.label_en, 0.0, purse.amounts.npv, True)


@dataclass(frozen=True)
class MonthRow:
    """Discounted kroner of one month, and the running total, by purse."""

    month: int
    amounts: dict[str, float]
    running: dict[str, float]


def over_time(result: Result, names: tuple[str, ...] = ()) -> tuple[MonthRow, ...]:
    """Month by month until the horizon; the municipality's accounts and the main perspectives unless named."""
    weeks = result.horizon_weeks
    table = result.weekly
    accounts = result.figures.pack.accounts
    departments = [n for n in table.names if n in accounts and accounts[n].level is Level.MUNICIPALITY]
    wanted = names or (*departments, *MAIN)
    money = table.net[[table.row(name) for name in wanted], :weeks]
    money = money * discount_factors(weeks, result.case.method.rates)
    month = np.array([month_of(week) for week in range(weeks)])
    rows, total = [], np.zeros(len(wanted))
    for number in range(1, int(month[-1]) + 1):
        amounts = money[:, month == number].sum(axis=1)
        total = total + amounts
        rows.append(
            MonthRow(
                number,
                dict(zip(wanted, amounts.tolist(), strict=True)),
                dict(zip(wanted, total.tolist(), strict=True)),
            )
        )
    return tuple(rows)
