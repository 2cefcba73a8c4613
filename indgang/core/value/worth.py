# SPDX-License-Identifier: MPL-2.0
"""What one week at work instead of on benefit is worth to each account, by group and week.

`worth = level + slope x municipal share of the week`: only the benefit and the fleksjob subsidy depend on the
staircase, so a thousand placements are three small arrays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase
from indgang.core.value.case import Case
from indgang.core.value.flows import Flow, Priced, Share, Situations
from indgang.core.value.occupancy import municipal_shares

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Worth:
    """`level`, `slope`: (accounts, groups) kroner a person-week; `municipal`: (groups, run weeks) shares."""

    accounts: tuple[str, ...]
    level: Array
    slope: Array
    municipal: Array

    def weekly(self, account: int, groups: NDArray[np.intp]) -> Array:
        """(groups, run weeks) kroner a person-week to one account."""
        level, slope = self.level[account, groups], self.slope[account, groups]
        return np.asarray(level[:, None] + slope[:, None] * self.municipal[groups])


def worth(case: Case, setting: Situations, weeks: int, rule: Staircase) -> Worth:
    """For all groups of the case, over the first `weeks` weeks."""
    accounts = _accounts(case, setting)
    place = {account: row for row, account in enumerate(accounts)}
    level = np.zeros((len(accounts), len(case.groups)))
    slope = np.zeros_like(level)
    for flows, sign in ((setting.at_work, 1.0), (setting.on_benefit, -1.0)):
        for flow in flows:
            for account, side in ((flow.stream.receiver, sign), (flow.stream.payer, -sign)):
                if flow.share is not Share.MUNICIPALITY:
                    level[place[account]] += side * flow.per_week
                if flow.share is not Share.ALL:
                    steep = side if flow.share is Share.MUNICIPALITY else -side
                    slope[place[account]] += steep * flow.per_week
    municipal = np.array([municipal_shares(group, weeks, rule) for group in case.groups])
    return Worth(accounts, level, slope, municipal)


def service_pattern(priced: Priced, discount: Array) -> Array:
    """Discounted value, by week of effect, of a saved krone a year (one 52nd a week, `lag_weeks` later)."""
    weeks = len(discount)
    paid = np.arange(weeks) + priced.lag_weeks
    inside = (paid >= priced.first) & (paid < min(priced.last, weeks))
    return np.where(inside, discount[np.minimum(paid, weeks - 1)], 0.0) / 52


def _accounts(case: Case, setting: Situations) -> tuple[str, ...]:
    flows: tuple[Flow | Priced, ...] = (
        *setting.on_benefit, *setting.at_work, *setting.subsidised, *setting.services,
    )  # fmt: skip
    found = dict.fromkeys(account for flow in flows for account in (flow.stream.payer, flow.stream.receiver))
    found |= dict.fromkeys(account for group in case.groups for account, _ in group.cost.payers)
    found |= dict.fromkeys(
        ["KOM.BESK", "KOM.OKON", "STAT.BM", "STAT.SKM", "BORGER", "VIRKSOMHED", "RESSOURCE"]
    )
    if case.purchase:
        found[case.purchase.payer] = None
    return tuple(found)
