# SPDX-License-Identifier: MPL-2.0
"""A quantity as typed: a bare number (the spread follows from its evidence or quality) or its distribution."""

import math
from collections.abc import Callable, Mapping

from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value import quantity
from indgang.core.value.fields import Fields, number, share
from indgang.core.value.pack import Figures
from indgang.core.value.quantity import Quantity
from indgang.core.value.schema import QUANTITY

GRADES = ("A", "B", "C", "D")
QUALITIES = ("tariff", "survey", "guess")


def read_share(raw: object, name: str, grade: str, figures: Figures) -> Quantity:
    """A share between 0 and 1; Beta by evidence grade unless it says otherwise."""
    if not isinstance(raw, Mapping):
        return quantity.share(share(raw, name), _persons(grade, figures))
    fields = _table(raw, name)
    explicit = _explicit(fields)
    if explicit:
        share(explicit.central, name)
        return explicit
    mean = fields.share("mean")
    if fields.has("persons"):
        return quantity.share(mean, fields.number("persons"))
    return quantity.share(mean, _persons(fields.choice("evidence", GRADES, grade), figures))


def read_price(raw: object, name: str, quality: str, figures: Figures) -> Quantity:
    """Kroner; Gamma by quality unless it says otherwise. A negative amount is a saving turned round: certain."""
    if not isinstance(raw, Mapping):
        return quantity.price(number(raw, name, -math.inf), _spread(quality, figures))
    fields = _table(raw, name)
    explicit = _explicit(fields)
    if explicit:
        return explicit
    mean = fields.number("mean", low=-math.inf)
    if fields.has("spread"):
        return quantity.price(mean, fields.number("spread"))
    return quantity.price(mean, _spread(fields.choice("quality", QUALITIES, quality), figures))


def read_duration(raw: object, name: str, figures: Figures) -> Quantity:
    """Weeks above 0, or `none` for jobs that last; LogNormal around the median."""
    if raw in ("none", "ingen"):
        return quantity.fixed(math.inf)
    sigma = figures.number("uncertainty.half_life_sigma")
    if not isinstance(raw, Mapping):
        median = number(raw, name)
    else:
        fields = _table(raw, name)
        explicit = _explicit(fields)
        if explicit:
            number(explicit.central, name)
            return explicit
        median = fields.number("median" if fields.has("median") else "mean")
        sigma = fields.number("sigma", sigma)
    if median <= 0:
        raise Refused(_NO_DURATION, name=name)
    return quantity.duration(median, sigma)


def _table(raw: object, name: str) -> Fields:
    warnings: list[Reason] = []
    return Fields(raw, QUANTITY, name, warnings)


def _explicit(fields: Fields) -> Quantity | None:
    if fields.has("fixed"):
        return quantity.fixed(fields.number("fixed", low=-math.inf))
    for kind, make in _KINDS.items():
        if fields.has(kind):
            pair = fields.get(kind)
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise Refused(_PAIR, name=fields.name(kind))
            low = -math.inf if kind == "normal" else 0.0
            first, second = (number(value, fields.name(kind), low) for value in pair)
            if second <= 0 or (kind != "normal" and first <= 0):
                raise Refused(_PAIR, name=fields.name(kind))
            return make(first, second)
    return None


_KINDS: dict[str, Callable[[float, float], Quantity]] = {
    "beta": lambda a, b: Quantity(a / (a + b), "beta", a, b),
    "gamma": lambda shape, scale: Quantity(shape * scale, "gamma", shape, scale),
    "lognormal": lambda median, sigma: Quantity(median, "lognormal", median, sigma),
    "normal": lambda mean, sd: Quantity(mean, "normal", mean, sd),
}


def _persons(grade: str, figures: Figures) -> float:
    return figures.number(f"evidence.sample_{grade.lower()}")


def _spread(quality: str, figures: Figures) -> float:
    return figures.number(f"uncertainty.cv_{quality}")


_NO_DURATION = gettext_noop("„%(name)s“ skal være over 0 uger; skriv none, hvis jobbene bliver ved.")
_PAIR = gettext_noop("„%(name)s“ skal være to tal over nul i kantede parenteser, fx [18, 42].")
