# SPDX-License-Identifier: MPL-2.0
"""What is asked: the people, the programme, the effect that is claimed and how it is to be counted.

Plain values, already checked (`case_reader` reads and refuses). Amounts are kroner, time is whole weeks from
the first week of the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indgang.core.text import Reason
from indgang.core.value.effect import Rates
from indgang.core.value.history import Activity
from indgang.core.value.quantity import Quantity


class Outcome(StrEnum):
    """What the programme leads to."""

    ORDINARY = "ordinaert"
    FLEKSJOB = "fleksjob"


@dataclass(frozen=True)
class Benefit:
    """`payer` is staircase, staircase_via_a_kasse or an account that pays it all. `source`: pack key or ""."""

    name: str
    label_da: str
    week: float
    payer: str
    source: str

    @property
    def year(self) -> float:
        return self.week * 52


@dataclass(frozen=True)
class Fleksjob:
    """Subsidy and pay of a month, kroner."""

    pay_month: float
    subsidy_month: float
    ceiling_month: float
    highest_benefit_month: float


@dataclass(frozen=True)
class WageSubsidy:
    """Løntilskud while the programme runs: the wage replaces the benefit; kroner a year."""

    wage_year: float
    subsidy_year: float
    productivity: float


@dataclass(frozen=True)
class Cost:
    """Programme cost per participant and the accounts that share it (shares add up to 1)."""

    per_participant: Quantity
    payers: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Effect:
    """`success` is replaced by base rate + difference when a study gives the `difference`."""

    success: Quantity
    base_rate: Quantity
    half_life: Quantity
    displacement: Quantity
    attribution: float = 1.0
    difference: Quantity | None = None
    correction: float = 1.0
    curve_with: tuple[tuple[int, float], ...] = ()
    curve_without: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Group:
    """Participants who are alike. With `history_with`, the weeks are given and `effect` is None."""

    id: str
    participants: float
    start_week: int
    programme_weeks: int
    outcome: Outcome
    benefit: Benefit
    counted_weeks: int
    self_support_weeks: int
    wage_year: float
    productivity: float
    cost: Cost
    effect: Effect | None
    fleksjob: Fleksjob | None = None
    wage_subsidy: WageSubsidy | None = None
    history_with: tuple[Activity, ...] = ()
    history_without: tuple[Activity, ...] = ()
    person: str = ""
    enterprise: str = ""


@dataclass(frozen=True)
class Service:
    """Something that a person at work does not use: kroner per full job-year, and who saves them.

    `payers` are (first run week, account) in order of date; the saving comes `lag_weeks` later than the
    effect; what is not `cashable` frees capacity, but no money.
    """

    id: str
    label_da: str
    payers: tuple[tuple[int, str], ...]
    amount_year: Quantity
    lag_weeks: int = 0
    cashable: bool = True
    section_176: bool = False
    source: str = ""
    quality: str = "guess"


@dataclass(frozen=True)
class Purchase:
    """A contract; only the premium over the reference price is a cost of the social effect."""

    amount: float
    premium: float
    payer: str


@dataclass(frozen=True)
class Method:
    """How it is counted; choices, not facts. A share of 0 and a factor of 1 mean off."""

    horizon_weeks: int
    rates: Rates
    rate_shown: float | None
    model: str = "expected"
    equalisation: float = 0.0
    net_tax_factor: float = 1.0
    tax_distortion: float = 0.0
    section_176_other_year: float = 0.0
    return_per_year: float = 0.0
    correlation_success_base_rate: float = 0.0
    correlation_unit_costs: float = 0.0
    municipal_tax_share: float | None = None


@dataclass(frozen=True)
class Case:
    """`grades` and `q` per effect parameter; `raw` is what was typed; `warnings` are said with the result."""

    title: str
    start: date
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    purchase: Purchase | None
    method: Method
    grades: Mapping[str, str]
    corrections: Mapping[str, float] = field(default_factory=dict)
    wellbeing_per_job_year: Quantity | None = None
    wellbeing_krone: float = 0.0
    raw: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[Reason, ...] = ()

    @property
    def participants(self) -> float:
        return sum(group.participants for group in self.groups)
