# SPDX-License-Identifier: MPL-2.0
"""A number together with what we know about its spread.

Shares are Beta (a mean and how many people the knowledge is worth), prices Gamma (mean and relative spread),
half-lives LogNormal around their median, differences from a study Normal. `central` is the value the point
result uses: the mean, except the median of a LogNormal.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
Kind = Literal["fixed", "beta", "gamma", "lognormal", "normal"]


@dataclass(frozen=True)
class Quantity:
    """`first` and `second`: beta a and b, gamma shape and scale, lognormal median and sigma, normal mean and sd."""

    central: float
    kind: Kind = "fixed"
    first: float = 0.0
    second: float = 0.0

    @property
    def uncertain(self) -> bool:
        return self.kind != "fixed"

    def quantile(self, uniform: Array) -> Array:
        """The value with this share of the distribution below it; `uniform` lies strictly between 0 and 1."""
        if self.kind == "beta":
            return np.asarray(special.betaincinv(self.first, self.second, uniform))
        if self.kind == "gamma":
            return np.asarray(special.gammaincinv(self.first, uniform) * self.second)
        if self.kind == "lognormal":
            return self.first * np.exp(self.second * special.ndtri(uniform))
        if self.kind == "normal":
            return np.asarray(self.first + self.second * special.ndtri(uniform))
        return np.full_like(uniform, self.central)

    def scaled(self, factor: float) -> "Quantity":
        """The same distribution of `factor` times the number; not for shares."""
        first = self.first if self.kind == "gamma" else self.first * factor
        second = self.second if self.kind == "lognormal" else self.second * factor
        return Quantity(self.central * factor, self.kind, first, second)

    def described(self) -> dict[str, object]:
        """For the manifest and the reader: kind and parameters."""
        names = {
            "beta": ("a", "b"),
            "gamma": ("shape", "scale"),
            "lognormal": ("median", "sigma"),
            "normal": ("mean", "sd"),
        }.get(self.kind, ())
        values = (self.first, self.second)
        return {"kind": self.kind, "central": self.central, **dict(zip(names, values, strict=False))}


def fixed(value: float) -> Quantity:
    """A number that does not vary."""
    return Quantity(value)


def share(mean: float, persons: float) -> Quantity:
    """Beta worth `persons` observations; 0, 1 and no observations are taken as certain."""
    if not 0.0 < mean < 1.0 or persons <= 0:
        return Quantity(mean)
    return Quantity(mean, "beta", mean * persons, (1.0 - mean) * persons)


def price(mean: float, relative_spread: float) -> Quantity:
    """Gamma with this mean and coefficient of variation."""
    if mean <= 0 or relative_spread <= 0:
        return Quantity(mean)
    shape = relative_spread**-2
    return Quantity(mean, "gamma", shape, mean / shape)


def duration(median: float, sigma: float) -> Quantity:
    """LogNormal around a median; an infinite duration is certain."""
    if math.isinf(median) or sigma <= 0:
        return Quantity(median)
    return Quantity(median, "lognormal", median, sigma)
