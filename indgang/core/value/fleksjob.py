# SPDX-License-Identifier: MPL-2.0
"""A month of fleksjob: who pays what, against a month of ledighedsydelse. The subsidy's rule is `core.law`'s.

The ceiling is 98 % of the highest unemployment benefit without rounding, so that a case may give its own;
the law's printed maximum is rounded to whole kroner (18 øre a month apart in 2026).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indgang.core.law.fleksjob import figures_of, subsidy_by
from indgang.core.law.refund import Staircase
from indgang.core.text import Refused, gettext_noop
from indgang.core.value.case import Fleksjob
from indgang.core.value.fields import Fields
from indgang.core.value.pack import Figures

NO_CEILING = Decimal(10**9)


@dataclass(frozen=True)
class FleksjobMonth:
    """Kroner a month at one place on the staircase."""

    ceiling: float
    subsidy: float
    income: float
    municipality: float
    state: float
    ledighedsydelse: float
    municipality_saves: float


def read_fleksjob(fields: Fields, figures: Figures) -> Fleksjob:
    """Pay and subsidy from a case's `fleksjob` table. Refuses a fleksjob without pay."""
    pay = fields.number("pay_month")
    if pay <= 0:
        raise Refused(_NO_PAY)
    fields.size_check("pay_month", pay, 50, 100_000)
    key = "max_dagpenge_month"
    highest = fields.number(key) if fields.has(key) else figures.number("benefit.dagpenge_max.month")
    ceiling = Decimal(str(figures.number("fleksjob.ceiling_share"))) * Decimal(str(highest))
    result = subsidy_by(
        replace(figures_of(figures.on.year), maximum=ceiling),
        pay=Decimal(str(pay)),
        other_pay=Decimal(str(fields.number("other_pay_month", 0.0))),
        full_pay=Decimal(str(fields.number("full_pay_month")))
        if fields.has("full_pay_month")
        else NO_CEILING,
    )
    return Fleksjob(pay, float(result.subsidy), float(ceiling), highest)


def month(terms: Fleksjob, counted_week: int, rule: Staircase, figures: Figures) -> FleksjobMonth:
    """The month of somebody whose benefit weeks have reached `counted_week`."""
    state = rule.state_percent(max(1, counted_week)) / 100
    idle = figures.number("fleksjob.ledighedsydelse_share") * terms.highest_benefit_month
    return FleksjobMonth(
        ceiling=terms.ceiling_month,
        subsidy=terms.subsidy_month,
        income=terms.pay_month + terms.subsidy_month,
        municipality=(1 - state) * terms.subsidy_month,
        state=state * terms.subsidy_month,
        ledighedsydelse=idle,
        municipality_saves=(1 - state) * (idle - terms.subsidy_month),
    )


def as_json(found: FleksjobMonth) -> Mapping[str, float]:
    """Kroner, two decimals."""
    names = {
        "ceiling_dkk": found.ceiling,
        "subsidy_dkk": found.subsidy,
        "income_dkk": found.income,
        "municipality_dkk": found.municipality,
        "state_dkk": found.state,
        "ledighedsydelse_dkk": found.ledighedsydelse,
        "municipality_saves_dkk": found.municipality_saves,
    }
    return {name: round(value, 2) for name, value in names.items()}


_NO_PAY = gettext_noop(
    "Et fleksjob uden løn giver ikke fleksløntilskud; borgeren kan have ret til ledighedsydelse. "
    "Skriv lønnen i pay_month."
)
