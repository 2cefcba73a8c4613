# SPDX-License-Identifier: MPL-2.0
"""What changed between two runs: from data, from pack, from method, in that order, with nothing left over.

Method is how a case is counted (horizon, rate, model, toggles); data is the rest of the case. Steps are
measured in whole øre between four runs, so they add up to the difference exactly. Packs differ row by row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack, Parameter
from indgang.core.value.run import value

METHOD_KEYS = (
    "horizon_years", "horizon_weeks", "discount_rate", "model", "return_per_year", "equalisation",
    "net_tax_factor", "tax_distortion", "optimism_correction", "correction_reason", "correlation",
)  # fmt: skip


@dataclass(frozen=True)
class Bridge:
    """Kroner for one purse: `before` + the three changes + `residual` (always 0) = `after`."""

    purse: str
    before: float
    from_data: float
    from_pack: float
    from_method: float
    after: float
    residual: float


def bridge(
    before: Mapping[str, object], old: Pack, after: Mapping[str, object], new: Pack, seed: int
) -> tuple[Bridge, ...]:
    """Raises Refused when one of the runs cannot be made. Purses missing on one side count as 0 there."""
    options = Options(draws=0, seed=seed)
    changed = {**_only(after, method=False), **_only(before, method=True)}
    runs = [
        {name: round(purse.amounts.npv * 100) for name, purse in value(raw, pack, options).purses.items()}
        for raw, pack in ((before, old), (changed, old), (changed, new), (after, new))
    ]
    names = list(dict.fromkeys(name for run in runs for name in run))
    return tuple(_row(name, [run.get(name, 0) for run in runs]) for name in names)


def _row(name: str, steps: list[int]) -> Bridge:
    first, data, pack, method = steps
    from_data, from_pack, from_method = data - first, pack - data, method - pack
    residual = method - first - from_data - from_pack - from_method
    oere = (first, from_data, from_pack, from_method, method, residual)
    return Bridge(name, *[amount / 100 for amount in oere])


def _only(raw: Mapping[str, object], method: bool) -> dict[str, object]:
    return {key: value for key, value in raw.items() if (key in METHOD_KEYS) == method}


@dataclass(frozen=True)
class Change:
    """One row that differs between two packs; None where a pack does not have it."""

    key: str
    valid_from: date
    label_da: str
    old: float | str | None
    new: float | str | None
    what: str


def difference(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Rows that appeared, disappeared or changed in value, validity, confidence or source. An overlay's rows
    hide the rows they replace."""
    first, second = _in_force(old), _in_force(new)
    changes = []
    for place in sorted(first.keys() | second.keys()):
        before, after = first.get(place), second.get(place)
        if before and after and _same(before, after):
            continue
        row = after or before
        assert row is not None
        changes.append(
            Change(
                key=row.key,
                valid_from=row.valid_from,
                label_da=row.label_da,
                old=before.value if before else None,
                new=after.value if after else None,
                what=_what(before, after),
            )
        )
    return tuple(changes)


def _in_force(pack: Pack) -> dict[tuple[str, date], Parameter]:
    found: dict[tuple[str, date], Parameter] = {}
    for row in pack.rows:
        hidden = any(other is not row and other.overlaps(row) for other in _before(pack, row))
        if not hidden:
            found[row.key, row.valid_from] = row
    return found


def _before(pack: Pack, row: Parameter) -> list[Parameter]:
    same = pack.versions(row.key)
    return [other for other in same[: same.index(row)] if other.origin != row.origin]


def _same(one: Parameter, other: Parameter) -> bool:
    return (one.value, one.valid_to, one.confidence, one.source, one.payer) == (
        other.value, other.valid_to, other.confidence, other.source, other.payer,
    )  # fmt: skip


def _what(before: Parameter | None, after: Parameter | None) -> str:
    if before is None:
        return "ny"
    if after is None:
        return "fjernet"
    return "værdi" if before.value != after.value else "kilde, sikkerhed, betaler eller gyldighed"
