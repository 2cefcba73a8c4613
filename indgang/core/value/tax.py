# SPDX-License-Identifier: MPL-2.0
"""Income tax on a year's wage and benefit, split between state and municipality.

Benefits are taxed without labour market contribution; the employment and job allowances lower the municipal
base only. Middle and top tax and church tax are not computed: the target group does not reach them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.pack import Figures

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TaxRules:
    """Shares are between 0 and 1, amounts in kroner a year."""

    municipal_share: float
    labour_market_share: float
    bottom_share: float
    personal_allowance: float
    employment_share: float
    employment_max: float
    job_share: float
    job_from: float
    job_max: float


@dataclass(frozen=True)
class Tax:
    """Kroner a year, one number per person profile."""

    labour_market: Array
    bottom: Array
    municipal: Array

    @property
    def state(self) -> Array:
        return self.labour_market + self.bottom

    @property
    def total(self) -> Array:
        return self.state + self.municipal


def rules(figures: Figures, municipal_share: float | None = None) -> TaxRules:
    """The rules in force on the run's date; a municipality may give its own tax share."""
    number = figures.number
    return TaxRules(
        municipal_share=number("tax.municipal_share") if municipal_share is None else municipal_share,
        labour_market_share=number("tax.labour_market_share"),
        bottom_share=number("tax.bottom_share"),
        personal_allowance=number("tax.personal_allowance"),
        employment_share=number("tax.employment_allowance_share"),
        employment_max=number("tax.employment_allowance_max"),
        job_share=number("tax.job_allowance_share"),
        job_from=number("tax.job_allowance_from"),
        job_max=number("tax.job_allowance_max"),
    )


def income_tax(wage: Array, benefit: Array, by: TaxRules) -> Tax:
    """Tax of one year with this wage and this taxable benefit, both in kroner a year."""
    labour_market = by.labour_market_share * wage
    employment = np.minimum(by.employment_share * wage, by.employment_max)
    job = np.clip(by.job_share * (wage - by.job_from), 0.0, by.job_max)
    base = wage - labour_market + benefit - by.personal_allowance
    return Tax(
        labour_market=labour_market,
        bottom=by.bottom_share * np.maximum(base, 0.0),
        municipal=by.municipal_share * np.maximum(base - employment - job, 0.0),
    )
