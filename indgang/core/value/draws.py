# SPDX-License-Identifier: MPL-2.0
"""Drawing the uncertain numbers of a case.

Every number has its own stream of a counter-based generator (Philox), keyed by the seed and the number's
name: the same seed gives the same draws whatever else the case holds, so two scenarios differ by what was
changed and by nothing else. Success and base rate share a Gaussian copula, unit costs one common factor.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from indgang.core.value.case import Method
from indgang.core.value.compiled import Compiled, Segment
from indgang.core.value.occupancy import success_used
from indgang.core.value.quantity import Quantity

Array = NDArray[np.float64]
Draws = Mapping[str, Array]
GENERATOR = "philox"
SMALLEST = 2.0**-54
SHARES = ("success", "base_rate", "displacement")


def quantities(case: Compiled) -> dict[str, Quantity]:
    """Every number that could be drawn, by name: success, base_rate, half_life, displacement, cost, service.N."""
    found: dict[str, Quantity] = {}
    for segment in case.segments:
        effect, names = segment.effect, segment.names
        found[names.success] = effect.difference or effect.success
        found[names.base_rate] = effect.base_rate
        found[names.half_life] = effect.half_life
        found[names.displacement] = effect.displacement
    found |= {line.name: line.quantity for line in case.costs}
    return found | {f"service.{number}": price for number, price in enumerate(case.prices, 1)}


def central(case: Compiled, count: int = 1) -> dict[str, Array]:
    """Every number at its central value, `count` times; a study's success is base rate plus difference."""
    values = {name: np.full(count, quantity.central) for name, quantity in quantities(case).items()}
    for segment in case.segments:
        values[segment.names.success] = np.full(count, segment.effect.success.central)
    return values


def draw(case: Compiled, method: Method, count: int, seed: int) -> dict[str, Array]:
    """`count` draws of every number; certain ones are constant."""
    values = central(case, count)
    for name, quantity in quantities(case).items():
        if quantity.uncertain:
            values[name] = quantity.quantile(_correlated(name, method, count, seed))
        if name.startswith(SHARES):
            values[name] = np.clip(values[name], 0.0, 1.0)
    for segment in case.segments:
        difference, names = segment.effect.difference, segment.names
        if difference:
            base = values[names.base_rate]
            position = _correlated(names.success, method, count, seed)
            values[names.success] = base + _truncated(difference, position, -base, 1.0 - base)
    return values


@dataclass(frozen=True)
class DrawnEffect:
    """(draws,) numbers of one effect. `used` is success after the optimism correction, `counted` is
    (1 - displacement) x attribution."""

    success: Array
    used: Array
    base_rate: Array
    half_life: Array
    counted: Array


def drawn_effect(segment: Segment, draws: Draws) -> DrawnEffect:
    """The effect of one segment in every draw."""
    names, effect = segment.names, segment.effect
    success, base = draws[names.success], draws[names.base_rate]
    return DrawnEffect(
        success=success,
        used=success_used(success, base, effect.correction),
        base_rate=base,
        half_life=draws[names.half_life],
        counted=(1 - draws[names.displacement]) * effect.attribution,
    )


def _correlated(name: str, method: Method, count: int, seed: int) -> Array:
    """Uniform numbers strictly between 0 and 1, correlated as the method says."""
    kind, _, number = name.partition(".")
    if kind == "base_rate" and method.correlation_success_base_rate:
        partner = f"success.{number}" if number else "success"
        return _mixed(
            uniform(partner, count, seed), uniform(name, count, seed), method.correlation_success_base_rate
        )
    if kind in ("cost", "service") and method.correlation_unit_costs:
        loading = np.sqrt(method.correlation_unit_costs)
        return _mixed(uniform("unit costs", count, seed), uniform(name, count, seed), loading)
    return uniform(name, count, seed)


def uniform(name: str, count: int, seed: int) -> Array:
    """The number's own stream, strictly between 0 and 1; more draws begin with the same ones."""
    key = int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:16], "little")
    generator = np.random.Generator(np.random.Philox(key=key))
    return np.asarray(np.clip(generator.random(count), SMALLEST, 1 - 2.0**-53))


def _mixed(shared: Array, own: Array, correlation: float) -> Array:
    normal = correlation * special.ndtri(shared) + np.sqrt(1 - correlation**2) * special.ndtri(own)
    return np.asarray(np.clip(special.ndtr(normal), SMALLEST, 1 - 2.0**-53))


def _truncated(difference: Quantity, position: Array, low: Array, high: Array) -> Array:
    if not difference.uncertain:
        return np.asarray(np.clip(difference.central, low, high))
    below = special.ndtr((low - difference.first) / difference.second)
    above = special.ndtr((high - difference.first) / difference.second)
    inside = special.ndtri(below + position * (above - below))
    return np.asarray(np.clip(difference.first + difference.second * inside, low, high))
