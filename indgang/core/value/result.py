# SPDX-License-Identifier: MPL-2.0
"""A finished value account. No figure stands alone: gross beside net, point beside range, with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indgang.core.text import Reason
from indgang.core.value.books import Books
from indgang.core.value.case import Case
from indgang.core.value.compiled import Compiled
from indgang.core.value.intervals import Interval
from indgang.core.value.jobs import Jobs
from indgang.core.value.marks import Support
from indgang.core.value.pack import Figures
from indgang.core.value.sensitivity import SuccessNeeded, Swing
from indgang.core.value.statement import Amounts, BreakEven, Weekly
from indgang.core.value.transfers import TransferTable


@dataclass(frozen=True)
class Purse:
    """One account or perspective. The intervals are None in a run without draws."""

    name: str
    label_da: str
    label_en: str
    accounts: tuple[str, ...]
    amounts: Amounts
    interval: Interval | None
    gross_interval: Interval | None
    break_even: BreakEven
    support: Support


@dataclass(frozen=True)
class Horizon:
    """Net value to a purse over some years, at the case's rate and in undiscounted kroner."""

    years: float
    purse: str
    npv: float
    plain: float


@dataclass(frozen=True)
class PerUnit:
    """Kroner per participant and per net job-year; per krone of the contract, with and without its premium."""

    purse: str
    participant: float
    net_job_year: float | None
    purchase_krone: float | None
    purchase_krone_without_premium: float | None


@dataclass(frozen=True)
class Wellbeing:
    """In WELLBY; the money value stands apart and is added to nothing."""

    amount: float
    interval: Interval | None
    krone: float | None


@dataclass(frozen=True)
class Result:
    """Everything one run says. `purses` holds accounts first, then perspectives."""

    case: Case
    figures: Figures
    manifest: Mapping[str, Any]
    question: str
    grade: str
    purses: Mapping[str, Purse]
    compiled: Compiled
    books: Books
    weekly: Weekly
    jobs: Jobs
    job_years: Interval | None
    horizons: tuple[Horizon, ...]
    per_unit: tuple[PerUnit, ...]
    transfers: TransferTable
    municipality_after_equalisation: float
    cost_by_account: Mapping[str, float]
    tornado: tuple[Swing, ...]
    success_needed: Mapping[str, SuccessNeeded]
    careful_npv: Mapping[str, float]
    society_with_distortion: float | None
    wellbeing: Wellbeing | None
    interval_support: Support
    reconciliation_oere: float
    warnings: tuple[Reason, ...]

    @property
    def cost_npv(self) -> float:
        """What the programme and its premium cost, kroner above zero."""
        return sum(self.cost_by_account.values())

    @property
    def horizon_weeks(self) -> int:
        return self.case.method.horizon_weeks
