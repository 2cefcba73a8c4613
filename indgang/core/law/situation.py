# SPDX-License-Identifier: MPL-2.0
"""What follows from the facts before any rule is asked: value, thresholds, lists, parts.

`values` is what conditions read. A derived threshold stands there as a `Figure`, so that an amount close
to it compares as unknown; `exact` holds the same values with plain amounts and decides the regime.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indgang.core.law.figures import ThresholdRow
from indgang.core.law.pack import Pack
from indgang.core.law.parse import Part
from indgang.core.law.reading import Facts
from indgang.core.law.truth import Figure, OneOf, Unknown

NOT_CONTRACTS = frozenset({"grant", "lease_out", "own_operation", "employment"})
CONCESSIONS = {"concession_services": "services", "concession_works": "works"}

Note = tuple[str, Mapping[str, object]]


@dataclass(frozen=True)
class Situation:
    """Facts and what was derived from them, for one day."""

    facts: Facts
    on: date
    row: ThresholdRow | None
    values: dict[str, Any]
    exact: dict[str, Any]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]

    @property
    def kind(self) -> str:
        """The kind that counts: a concession without risk for the supplier is a service or works contract."""
        return str(self.values["kind"])


def situation(pack: Pack, facts: Facts, on: date) -> Situation:
    """Derive everything a rule may name. Never raises on facts that `read_facts` accepted."""
    values = _stated(pack, facts)
    values.update(pack.figures.amounts(on))
    notes: list[Note] = list(facts.notes)
    kind = str(values["kind"])
    if kind in CONCESSIONS and values["operating_risk"] == "authority":
        values["kind"] = kind = CONCESSIONS[kind]
        notes.append(("service_not_concession", {}))
    lots = values["lots"] if isinstance(values["lots"], tuple) else ()
    notes.extend(_put_value(values, kind, lots))
    _put_lists(pack, values, kind)
    row = pack.figures.threshold_row(on)
    _put_thresholds(values, kind, row, pack.figures.margin_percent / 100)
    parts = _put_parts(facts, values, lots)
    exact = {name: _plain(value) for name, value in values.items()}
    return Situation(facts, on, row, values, exact, parts, tuple(notes))


def _stated(pack: Pack, facts: Facts) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, spec in pack.facts.items():
        value = facts.values.get(name)
        if spec.parent and isinstance(values.get(spec.parent), Unknown):
            value = values[spec.parent]
        elif value is None:
            value = _absent(name, spec.absent)
        values[name] = value
    return values


def _absent(name: str, meaning: str) -> object:
    if meaning == "unknown":
        return Unknown(name)
    return None if meaning in ("none", "ended", "today", "value_dkk") else meaning


def _put_value(values: dict[str, Any], kind: str, lots: Iterable[Part]) -> list[Note]:
    notes: list[Note] = []
    stated: Any = values["value_dkk"]
    calculated = _calculated_values(values, kind)
    known = calculated if isinstance(stated, Unknown) else [stated, *calculated]
    value: Any = max(known) if known else Unknown("value_dkk")
    if len(set(known)) > 1 and not isinstance(stated, Unknown):
        notes.append(("two_prices", {"value": value}))
    related = value if values["related_value_dkk"] is None else values["related_value_dkk"]
    for name in ("lots", "monthly_dkk", "recurring", "recurring.last_12m_dkk", "recurring.next_12m_dkk"):
        if isinstance(values[name], Unknown) and not isinstance(related, Unknown):
            related = values[name]  # more may belong to the purchase than its stated value
    whole = value
    if not isinstance(value, Unknown):
        if not isinstance(related, Unknown):
            whole = max(value, related)
        in_lots = sum(lot.value_dkk for lot in lots)
        if in_lots > whole:
            notes.append(("lots_exceed", {"lots": in_lots}))
            whole = in_lots
    values.update(value_dkk=value, related_value_dkk=related, V=whole)
    return notes


def _calculated_values(values: Mapping[str, Any], kind: str) -> list[float]:
    """The value by the month (§ 38) and as a recurring purchase (§ 35), where those are stated."""
    found = []
    monthly, months = values["monthly_dkk"], values["duration_months"]
    if kind == "services" and monthly is not None and not isinstance(monthly, Unknown):
        longest = values["open_ended_months"]
        ends = isinstance(months, int | float) and months <= longest
        found.append(monthly * (months if ends else longest))
    yearly = [values["recurring.last_12m_dkk"], values["recurring.next_12m_dkk"]]
    stated = [amount for amount in yearly if isinstance(amount, int | float)]
    return found + ([max(stated)] if any(stated) else [])


def _put_lists(pack: Pack, values: dict[str, Any], kind: str) -> None:
    code = values["cpv_main"]
    tests = {
        "light_regime": pack.cpv.is_light,
        "art77": pack.cpv.is_reservable,
        "art77_below": pack.cpv.is_below_reservable,
    }
    for name, test in tests.items():
        values[name] = False if kind != "services" else code if isinstance(code, Unknown) else test(code)


def _put_thresholds(values: dict[str, Any], kind: str, row: ThresholdRow | None, margin: float) -> None:
    def column(name: str) -> Any:
        if row is None:
            return Unknown("publication_date")
        amount = row.amounts[name]
        return Figure(name, amount, margin) if name in row.derived else amount

    authority = values["authority_type"]
    ordinary = column("state" if authority == "stat" else "services")
    if isinstance(authority, Unknown) and row is not None:
        ordinary = OneOf((ordinary, column("state")), *authority.causes)
    works = kind in ("works", *CONCESSIONS)
    light = values["light_regime"]
    if works:
        values["threshold"] = column("works")
    elif isinstance(light, Unknown) and row is not None:
        among = ordinary.values if isinstance(ordinary, OneOf) else (ordinary,)
        values["threshold"] = OneOf((*among, column("light")), *light.causes)
    else:
        values["threshold"] = column("light") if light is True else ordinary
    values["threshold_services"] = column("services")
    values["small_lot_limit"] = column("small_lot_works" if kind == "works" else "small_lot")
    values["change_threshold"] = column("works") if kind == "works" else ordinary
    values["change_percent"] = values[
        "change_percent_works" if kind == "works" else "change_percent_purchase"
    ]


def _put_parts(facts: Facts, values: dict[str, Any], lots: tuple[Part, ...]) -> tuple[Part, ...]:
    agreement = values["existing_agreement"]
    used = values["existing_agreement.delydelser_used_dkk"]
    values["delydelser_used_dkk"] = 0 if used is None else used
    if values["total_value_all_parts"] is None:
        total, related = values["existing_agreement.total_value_dkk"], values["related_value_dkk"]
        if isinstance(total, Unknown) or total is None:
            total = related if isinstance(related, Unknown) else values["V"]
        values["total_value_all_parts"] = total
    part = values["part"]
    parts: tuple[Part, ...] = ()
    if isinstance(part, Part):
        parts = (part,)
    elif "part" not in facts.values and agreement is not None:
        value, code = values["value_dkk"], values["cpv_main"]
        parts = (Part(value, code if isinstance(code, str) else None),)
    elif "part" not in facts.values:
        parts = lots
    if not isinstance(part, Unknown):
        values["part"] = True if parts else None
    values["part.value_dkk"] = part if isinstance(part, Unknown) else None
    values["part.cpv_main"] = None
    values["lots"] = True if lots else values["lots"] if isinstance(values["lots"], Unknown) else None
    return parts


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return value.amount
    if isinstance(value, OneOf):
        return OneOf((_plain(item) for item in value.values), *value.causes)
    return value
