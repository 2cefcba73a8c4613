# SPDX-License-Identifier: MPL-2.0
"""What the books come to: by account and purse, gross beside net, and when it pays back.

Amounts are kroner. `npv` is discounted at the case's rate, `plain` is the undiscounted budget krone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.books import Books
from indgang.core.value.pack import PUBLIC, SOCIETY, Level, Pack

Array = NDArray[np.float64]
JOB_CENTRE = "KOM.BESK"
EPSILON = 1e-6
MAIN = ("municipality", "region", "state", "public", "citizens", "society")
"""The perspectives that every table shows."""

PERSPECTIVES: dict[str, tuple[Level, ...]] = {
    "municipality": (Level.MUNICIPALITY,),
    "region": (Level.REGION,),
    "state": (Level.STATE,),
    "public": PUBLIC,
    "citizens": (Level.CITIZEN,),
    "enterprises": (Level.ENTERPRISE,),
    "customers": (Level.CUSTOMER,),
    "society": SOCIETY,
}


@dataclass(frozen=True)
class Amounts:
    """One purse: what it gains (+) or pays (-)."""

    npv: float
    plain: float
    gross_npv: float
    gross_plain: float


@dataclass(frozen=True)
class BreakEven:
    """`status`: reached, not_within_horizon, or no_outlay (this purse pays nothing for the programme)."""

    status: str
    month: int | None = None


@dataclass(frozen=True)
class Weekly:
    """(purses, weeks) kroner; the purses are accounts first, then perspectives."""

    names: tuple[str, ...]
    net: Array
    gross: Array
    outlay: tuple[bool, ...]

    def row(self, name: str) -> int:
        return self.names.index(name)


def purses(accounts: Sequence[str], pack: Pack) -> dict[str, tuple[str, ...]]:
    """Every purse and its accounts: each account by itself, the job centre, and the perspectives.

    The resource account balances the rest and is no purse.
    """
    level = {account: pack.account(account).level for account in accounts}
    alone = {account: (account,) for account in accounts if level[account] is not Level.RESOURCE}
    together = {
        name: tuple(account for account in alone if level[account] in levels)
        for name, levels in PERSPECTIVES.items()
    }
    return {**alone, "job_centre": tuple(a for a in alone if a == JOB_CENTRE), **together}


def weekly(books: Books, pack: Pack) -> Weekly:
    """Every purse week by week."""
    place = {account: row for row, account in enumerate(books.accounts)}
    groups = purses(books.accounts, pack)
    signs = np.array([books.signs[[place[a] for a in members]].sum(axis=0) for members in groups.values()])
    paying = {s.payer for s in books.streams if s.instrument in ("programme", "purchase_premium")}
    outlay = tuple(bool(paying & set(members)) for members in groups.values())
    return Weekly(tuple(groups), signs @ books.net, signs @ books.gross, outlay)


def amounts(table: Weekly, discount: Array) -> dict[str, Amounts]:
    """Every purse over as many weeks as there are discount factors."""
    weeks = len(discount)
    net, gross = table.net[:, :weeks], table.gross[:, :weeks]
    columns = (net @ discount, net.sum(axis=1), gross @ discount, gross.sum(axis=1))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {name: Amounts(*values) for name, values in zip(table.names, rows, strict=True)}


def break_evens(table: Weekly, discount: Array) -> dict[str, BreakEven]:
    """Month from which the running discounted total stays at zero or above, by purse."""
    running = np.cumsum(table.net[:, : len(discount)] * discount, axis=1)
    found = {}
    for name, total, outlay in zip(table.names, running, table.outlay, strict=True):
        negative = np.flatnonzero(total < -EPSILON)
        if not outlay:
            found[name] = BreakEven("no_outlay")
        elif not len(negative):
            found[name] = BreakEven("reached", 0)
        elif negative[-1] == len(discount) - 1:
            found[name] = BreakEven("not_within_horizon")
        else:
            found[name] = BreakEven("reached", month_of(int(negative[-1]) + 1))
    return found


def month_of(week: int) -> int:
    """The month (1, 2, ...) in which run week 0, 1, ... ends; a month is 52/12 weeks."""
    return -(-(week + 1) * 12 // 52)
