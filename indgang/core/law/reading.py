# SPDX-License-Identifier: MPL-2.0
"""Facts as people write them (JSON, YAML, a form, a line of a plan) turned into facts the rules can read.

Accepted everywhere: true/false and yes/no/ja/nej, "unknown" for "I don't know", null for "not stated".
What cannot be read is refused in one sentence that names the fact.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from indgang.core.law import cpv
from indgang.core.law.fact import FactSpec
from indgang.core.law.logic import Unknown
from indgang.core.law.pack import DERIVED, Pack
from indgang.core.text import Refused

YES = frozenset({"yes", "ja", "true", "sand"})
NO = frozenset({"no", "nej", "false", "falsk"})
NOT_KNOWN = frozenset({"unknown", "ukendt", "ved ikke"})
_DANISH_AMOUNT = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?")
PART_KEYS = ("value_dkk", "cpv_main")


@dataclass(frozen=True)
class Part:
    """A lot, or the part weighed under the small-lots rule."""

    value_dkk: float
    cpv_main: str | None


@dataclass(frozen=True)
class Facts:
    """Facts by dotted name. A name that is missing was not stated; None was stated as nothing."""

    values: Mapping[str, object]
    notes: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def get(self, name: str) -> object:
        return self.values.get(name)

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

    def number(name: str) -> float | None:
        found = values.get(name)
        return found if isinstance(found, int | float) and not isinstance(found, bool) else None

    value, related, part = number("value_dkk"), number("related_value_dkk"), values.get("part")
    total, used = (
        number("existing_agreement.total_value_dkk"),
        number("existing_agreement.delydelser_used_dkk"),
    )
    if value is not None and related is not None and related < value:
        raise Refused(
            "related_value_dkk er mindre end value_dkk. Det, der hører sammen, er mindst købet selv: ret den ene."
        )
    whole = number("total_value_all_parts") or total or (max(value, related or 0) if value else None)
    if isinstance(part, Part) and whole is not None and part.value_dkk > whole:
        raise Refused("part er mere værd end det hele. Ret part eller den samlede værdi.")
    if total is not None and used is not None and used > total:
        raise Refused("delydelser_used_dkk er større end aftalens total_value_dkk. Ret den ene.")
    if values.get("kind") in ("goods", "services", "works") and values.get("operating_risk") == "supplier":
        raise Refused(
            "operating_risk siger, at leverandøren bærer risikoen, men kind er et almindeligt køb. "
            "Er det en koncession, så skriv concession_services eller concession_works."
        )
    if values.get("kind") != "services" and number("monthly_dkk") is not None and value is None:
        raise Refused("monthly_dkk bruges kun ved tjenesteydelser. Skriv den samlede værdi i value_dkk.")


class _Reader:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.values: dict[str, object] = {}
        self.notes: list[tuple[str, Mapping[str, object]]] = []

    def read(self, raw: Mapping[object, object], parent: str = "") -> None:
        for key, value in raw.items():
            name = f"{parent}{key}"
            spec = self.pack.facts.get(name)
            if spec is None:
                raise _unknown_name(self.pack, name, parent)
            self._read_fact(spec, value)

    def _read_fact(self, spec: FactSpec, value: object) -> None:
        if spec.parent and not parent_stated(self.values, spec.parent):
            self.values[spec.parent] = True
        if value is None or (isinstance(value, str) and not value.strip()):
            self.values[spec.name] = None
        elif isinstance(value, str) and value.strip().lower() in NOT_KNOWN:
            self.values[spec.name] = Unknown(spec.name)
        elif spec.type == "object":
            self._read_object(spec, value)
        else:
            self.values[spec.name] = _PARSERS[spec.type](self, spec, value)

    def _read_object(self, spec: FactSpec, value: object) -> None:
        """An object is described by its parts; yes says that it is there, no that it is not."""
        if isinstance(value, Mapping):
            self.values[spec.name] = True
            self.read(value, f"{spec.name}.")
        elif (there := _flag(value)) is not None:
            self.values[spec.name] = True if there else None
        else:
            raise Refused("%(name)s skal have egne oplysninger, fx %(name)s: {...}.", name=spec.name)

    def choice(self, spec: FactSpec, value: object) -> object:
        values = list(spec.words())
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if spec.name == "kgi" and (flag := _flag(value)) is not None:
            return "yes" if flag else "no"
        text = str(value).strip()
        if text not in values:
            raise _not_among(spec.name, text, values)
        return text

    def flag(self, spec: FactSpec, value: object) -> object:
        found = _flag(value)
        if found is None:
            raise Refused(
                "%(name)s skal være ja eller nej (true eller false), ikke %(value)s.",
                name=spec.name,
                value=value,
            )
        return found

    def amount(self, spec: FactSpec, value: object) -> float:
        amount = _number(spec.name, value, "et beløb i kroner uden moms, fx 480000")
        if amount < spec.minimum:
            raise Refused(
                "%(name)s er %(value)s. Skriv et beløb i kroner, der er %(least)s.",
                name=spec.name,
                value=value,
                least="større end nul" if spec.minimum else "nul eller større",
            )
        if isinstance(value, float) and 0 < amount < 1000 and spec.name.endswith("value_dkk"):
            self.notes.append(("maybe_thousands", {"value": amount}))
        return amount

    def months(self, spec: FactSpec, value: object) -> object:
        months = _number(spec.name, value, "et antal måneder, fx 36")
        if months <= 0:
            raise Refused(
                "%(name)s er %(value)s. Skriv antallet af måneder med forlængelser, eller null, når der ikke er en slutdato.",
                name=spec.name,
                value=value,
            )
        return months

    def percent(self, spec: FactSpec, value: object) -> object:
        percent = _number(spec.name, value, "en procent mellem 0 og 100")
        if not 0 <= percent <= 100:
            raise Refused(
                "%(name)s er %(value)s. Skriv en procent mellem 0 og 100.", name=spec.name, value=value
            )
        if 0 < percent < 1:
            self.notes.append(("small_share", {"share": percent}))
        return percent

    def count(self, spec: FactSpec, value: object) -> object:
        count = _number(spec.name, value, "et helt antal")
        if count < 0 or count != int(count):
            raise Refused(
                "%(name)s er %(value)s. Skriv et helt antal, nul eller flere.", name=spec.name, value=value
            )
        return int(count)

    def number(self, spec: FactSpec, value: object) -> object:
        number = _number(spec.name, value, "et tal")
        if number < 0:
            raise Refused(
                "%(name)s er %(value)s. Skriv et tal, der ikke er negativt.", name=spec.name, value=value
            )
        return number

    def date(self, spec: FactSpec, value: object) -> object:
        return read_date(value, spec.name)

    def cpv(self, spec: FactSpec, value: object) -> object:
        code, with_digit = cpv.read_code(value)
        if with_digit:
            self.notes.append(("check_digit", {"cpv": str(value)}))
        return code

    def text(self, spec: FactSpec, value: object) -> object:
        return str(value).strip()

    def part(self, spec: FactSpec, value: object) -> Part:
        if not isinstance(value, Mapping) or "value_dkk" not in value:
            raise Refused("%(name)s skal have en værdi, fx {value_dkk: 400000}.", name=spec.name)
        for key in value:
            if key not in PART_KEYS:
                raise _unknown_key(str(key), spec.name, PART_KEYS)
        amount = self.amount(self.pack.facts["value_dkk"], value["value_dkk"])
        code = value.get("cpv_main")
        return Part(amount, None if code is None else cpv.read_code(code)[0])

    def parts(self, spec: FactSpec, value: object) -> object:
        if not isinstance(value, list):
            raise Refused("%(name)s skal være en liste, fx [{value_dkk: 400000}].", name=spec.name)
        return tuple(self.part(spec, each) for each in value) or None


def parent_stated(values: Mapping[str, object], parent: str) -> bool:
    """Whether the object was stated as something."""
    return values.get(parent) is not None


def read_date(value: object, name: str) -> date:
    """A day from a date or a text like 2026-09-01. Refuses anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Refused(
            "%(name)s er %(value)s. Skriv en dato som 2026-09-01.", name=name, value=value
        ) from None


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    return True if text in YES else False if text in NO else None


def _number(name: str, value: object, wanted: str) -> float:
    if isinstance(value, str) and _DANISH_AMOUNT.fullmatch(value.strip()):
        value = float(value.strip().replace(".", "").replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("%(name)s er %(value)s. Skriv %(wanted)s.", name=name, value=value, wanted=wanted)
    return int(value) if value == int(value) else value


def _unknown_name(pack: Pack, name: str, parent: str) -> Refused:
    if name in DERIVED:
        return Refused("%(name)s regner vi selv ud. Fjern det fra oplysningerne.", name=name)
    if parent:
        inside = [known.removeprefix(parent) for known in pack.facts if known.startswith(parent)]
        return _unknown_key(name.removeprefix(parent), parent.rstrip("."), inside)
    return _unknown_key(name, "", pack.facts)


def _unknown_key(name: str, inside: str, known: Iterable[str]) -> Refused:
    candidates = list(known)
    near = get_close_matches(name, candidates, n=1, cutoff=0.0) or candidates
    where = f" i {inside}" if inside else ""
    return Refused(
        "Vi kender ikke oplysningen %(name)s%(where)s. Den nærmeste er %(near)s.",
        name=name,
        where=where,
        near=near[0],
    )


def _not_among(name: str, value: str, values: Iterable[str]) -> Refused:
    known = list(values)
    near = get_close_matches(value, known, n=1, cutoff=0.0) or known
    return Refused(
        "%(name)s kan ikke være %(value)s. Den nærmeste er %(near)s; vælg mellem %(values)s.",
        name=name,
        value=value,
        near=near[0],
        values=", ".join(known),
    )


_PARSERS: dict[str, Callable[[_Reader, FactSpec, object], object]] = {
    "choice": _Reader.choice,
    "flag": _Reader.flag,
    "amount": _Reader.amount,
    "months": _Reader.months,
    "percent": _Reader.percent,
    "count": _Reader.count,
    "number": _Reader.number,
    "date": _Reader.date,
    "cpv": _Reader.cpv,
    "text": _Reader.text,
    "part": _Reader.part,
    "parts": _Reader.parts,
}
