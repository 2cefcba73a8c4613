# SPDX-License-Identifier: MPL-2.0
"""Facts as people write them (JSON, YAML, a form, a line of a plan) turned into facts the rules can read.

Accepted everywhere: true/false and yes/no/ja/nej, "unknown" for "I don't know", null for "not stated".
What cannot be read, and facts that cannot all be true, are refused in one sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indgang.core.law import cpv
from indgang.core.law.fact import FactSpec
from indgang.core.law.pack import DERIVED, Pack
from indgang.core.law.parse import PARSERS, Notes, Part, nearest, parse_amount, parse_flag
from indgang.core.law.truth import Unknown
from indgang.core.text import Refused

NOT_KNOWN = frozenset({"unknown", "ukendt", "ved ikke"})
PART_KEYS = ("value_dkk", "cpv_main")
HOURS_IN_A_WEEK = 168


@dataclass(frozen=True)
class Facts:
    """Facts by dotted name. A name that is missing was not stated; None was stated as nothing."""

    values: Mapping[str, object]
    notes: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def date_stated(self) -> date | None:
        """The publication date, when one was stated."""
        stated = self.values.get("publication_date")
        return stated if isinstance(stated, date) else None


def read_facts(pack: Pack, raw: object) -> Facts:
    """Read facts from a mapping. A whole scenario with an `in:` key is accepted too."""
    if isinstance(raw, Mapping) and isinstance(raw.get("in"), Mapping):
        raw = raw["in"]
    if not isinstance(raw, Mapping):
        raise Refused("Oplysningerne skal være navne med værdier, fx kind: services.")
    reader = _Reader(pack)
    reader.read(raw)
    if reader.values.get("kind") is None or isinstance(reader.values["kind"], Unknown):
        raise Refused(
            "kind mangler: skriv, hvad det drejer sig om. Vælg mellem %(values)s.",
            values=", ".join(pack.facts["kind"].words()),
        )
    check_consistent(reader.values)
    return Facts(reader.values, tuple(reader.notes))


def check_consistent(values: Mapping[str, object]) -> None:
    """Refuse facts that cannot all be true, naming the two that clash."""

    def known(name: str) -> float | None:
        found = values.get(name)
        return found if isinstance(found, int | float) and not isinstance(found, bool) else None

    value, related, part = known("value_dkk"), known("related_value_dkk"), values.get("part")
    total, used = known("existing_agreement.total_value_dkk"), known("existing_agreement.delydelser_used_dkk")
    if value is not None and related is not None and related < value:
        raise Refused(
            "related_value_dkk er mindre end value_dkk. Det, der hører sammen, er mindst købet selv: ret den ene."
        )
    whole = known("total_value_all_parts") or total or (max(value, related or 0) if value else None)
    if isinstance(part, Part) and whole is not None and part.value_dkk > whole:
        raise Refused("part er mere værd end det hele. Ret part eller den samlede værdi.")
    if total is not None and used is not None and used > total:
        raise Refused("delydelser_used_dkk er større end aftalens total_value_dkk. Ret den ene.")
    if values.get("kind") in ("goods", "services", "works") and values.get("operating_risk") == "supplier":
        raise Refused(
            "operating_risk siger, at leverandøren bærer risikoen, men kind er et almindeligt køb. "
            "Er det en koncession, så skriv concession_services eller concession_works."
        )
    if values.get("kind") != "services" and known("monthly_dkk") is not None and value is None:
        raise Refused("monthly_dkk bruges kun ved tjenesteydelser. Skriv den samlede værdi i value_dkk.")
    for few in ("market.n_ws30", "market.n_art77"):
        _check_within(few, known(few), "market.n_suppliers", known("market.n_suppliers"))
    hours, effective = known("employment.hours_week"), known("employment.effective_hours")
    _check_within("employment.effective_hours", effective, "employment.hours_week", hours)
    if hours is not None and hours > HOURS_IN_A_WEEK:
        raise Refused("employment.hours_week er flere timer, end en uge har. Skriv timer pr. uge, fx 12.")


def _check_within(part: str, some: float | None, whole: str, all_of_them: float | None) -> None:
    if some is not None and all_of_them is not None and some > all_of_them:
        raise Refused("%(part)s er større end %(whole)s. Ret den ene.", part=part, whole=whole)


class _Reader:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.values: dict[str, object] = {}
        self.notes: Notes = []

    def read(self, raw: Mapping[object, object], parent: str = "") -> None:
        for key, value in raw.items():
            name = f"{parent}{key}"
            spec = self.pack.facts.get(name)
            if spec is None:
                raise self._unknown_name(name, parent)
            if spec.parent and self.values.get(spec.parent) is None:
                self.values[spec.parent] = True
            self.values[spec.name] = self._value(spec, value)

    def _value(self, spec: FactSpec, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str) and value.strip().lower() in NOT_KNOWN:
            return Unknown(spec.name)
        if spec.type == "object":
            return self._object(spec, value)
        if spec.type == "part":
            return self._part(spec, value)
        if spec.type == "parts":
            if not isinstance(value, list):
                raise Refused("%(name)s skal være en liste, fx [{value_dkk: 400000}].", name=spec.name)
            return tuple(self._part(spec, each) for each in value) or None
        return PARSERS[spec.type](spec, value, self.notes)

    def _object(self, spec: FactSpec, value: object) -> object:
        """An object is described by its parts; yes says that it is there, no that it is not."""
        if isinstance(value, Mapping):
            self.values[spec.name] = True
            self.read(value, f"{spec.name}.")
            return True
        there = parse_flag(value)
        if there is None:
            raise Refused("%(name)s skal have egne oplysninger, fx %(name)s: {...}.", name=spec.name)
        return there or None

    def _part(self, spec: FactSpec, value: object) -> Part:
        if not isinstance(value, Mapping):
            raise Refused("%(name)s skal have en værdi, fx {value_dkk: 400000}.", name=spec.name)
        for key in value:
            if key not in PART_KEYS:
                raise _unknown_key(str(key), spec.name, PART_KEYS)
        if value.get("value_dkk") is None:
            raise Refused("%(name)s skal have en værdi, fx {value_dkk: 400000}.", name=spec.name)
        amount = parse_amount(self.pack.facts["value_dkk"], value["value_dkk"])
        code = value.get("cpv_main")
        return Part(amount, None if code is None else cpv.read_code(code)[0])

    def _unknown_name(self, name: str, parent: str) -> Refused:
        if name in DERIVED:
            return Refused("%(name)s regner vi selv ud. Fjern det fra oplysningerne.", name=name)
        inside = [known.removeprefix(parent) for known in self.pack.facts if known.startswith(parent)]
        return _unknown_key(name.removeprefix(parent), parent.rstrip("."), inside)


def _unknown_key(name: str, inside: str, known: Iterable[str]) -> Refused:
    where = f" i {inside}" if inside else ""
    return Refused(
        "Vi kender ikke oplysningen %(name)s%(where)s. Den nærmeste er %(near)s.",
        name=name,
        where=where,
        near=nearest(name, known),
    )
