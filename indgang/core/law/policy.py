# SPDX-License-Identifier: MPL-2.0
"""A municipality's own, stricter policy, as data: it can close routes and ask for more, never open one.

The file is TOML; `docs/how-to/own-policy.md` shows one. Because a restriction only names what it closes,
demands and says, there is no way to write a policy that is more lenient than the law.
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indgang.core.law.logic import BadCondition, Condition, condition
from indgang.core.law.pack import Pack
from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused

_KEYS = frozenset(
    {"when", "closes", "documents", "reason_da", "reason_en", "cpv", "units", "first_date", "last_date"}
)
_CODE = re.compile(r"\d{2,8}")


@dataclass(frozen=True)
class Restriction:
    """When `when` holds (or may hold) these routes are closed and these documents are owed.

    `cpv` are beginnings of codes, `units` keys of units; empty means all. The dates are both included.
    """

    when: Condition
    closes: tuple[str, ...]
    documents: tuple[str, ...]
    reason: Sentence
    cpv: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    first_date: date | None = None
    last_date: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether the restriction is in force on a day."""
        return (self.first_date or day) <= day <= (self.last_date or day)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds unless the facts say no."""
        code = values["cpv_main"]
        if self.cpv and isinstance(code, str) and not code.startswith(self.cpv):
            return False
        return self.when.test(values) is not False


@dataclass(frozen=True)
class Policy:
    """An adopted policy and its content hash."""

    name: str
    adopted: date | None
    sha256: str
    restrictions: tuple[Restriction, ...]

    @property
    def label(self) -> str:
        return f"{self.name}@sha256:{self.sha256}"

    @property
    def names_units(self) -> bool:
        """Whether it matters which unit buys."""
        return any(each.units for each in self.restrictions)

    def running_on(self, day: date) -> "Policy":
        """The same policy with the restrictions that are in force on a day."""
        return self._with(each for each in self.restrictions if each.runs_on(day))

    def for_units(self, keys: Collection[str]) -> "Policy":
        """The same policy without what is meant for others than a unit (given by its key and those above it)."""
        return self._with(
            each for each in self.restrictions if not each.units or not each.units.isdisjoint(keys)
        )

    def _with(self, restrictions: Iterable[Restriction]) -> "Policy":
        return replace(self, restrictions=tuple(restrictions))

    def holding(self, values: Mapping[str, Any]) -> list[Restriction]:
        """The restrictions that hold unless the facts say no: what is not known counts against."""
        return [each for each in self.restrictions if each.holds(values)]

    def documents(self, values: Mapping[str, Any]) -> list[str]:
        """Ids of the documents that the policy asks for."""
        return [name for restriction in self.holding(values) for name in restriction.documents]


def read_policy(pack: Pack, text: str) -> Policy:
    """A policy from its TOML text. Refuses what is not understood, in one sentence."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused("Politikken kan ikke læses: %(error)s.", error=error) from None
    if not isinstance(table.get("name"), str):
        raise Refused('Politikken mangler et navn: skriv name = "Vores indkøbspolitik".')
    adopted = table.get("adopted")
    return Policy(
        name=table["name"],
        adopted=adopted if isinstance(adopted, date) else None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        restrictions=tuple(_restriction(pack, row) for row in table.get("restriction", [])),
    )


def _restriction(pack: Pack, row: Mapping[str, Any]) -> Restriction:
    if unknown := sorted(set(row) - _KEYS):
        raise Refused(
            "Politikken har feltet %(name)s. Den kan kun lukke (closes) og kræve (documents).",
            name=unknown[0],
        )
    for needed in ("when", "reason_da"):
        if not isinstance(row.get(needed), str):
            raise Refused("En begrænsning i politikken mangler %(name)s.", name=needed)
    closes, documents = tuple(row.get("closes", [])), tuple(row.get("documents", []))
    for rule_id in closes:
        if pack.rule(rule_id).gives not in ("regime", "route"):
            raise Refused(
                "Politikken vil lukke %(id)s, men det er ikke en måde at købe eller støtte på.", id=rule_id
            )
    for document in documents:
        if document not in pack.documents:
            raise Refused("Politikken kræver %(id)s, men det dokument kender vi ikke.", id=document)
    try:
        when = condition(row["when"], pack.scope)
    except BadCondition as error:
        raise Refused("Betingelsen i politikken kan ikke læses: %(error)s.", error=error) from None
    reason = Sentence(row["reason_da"], row.get("reason_en", row["reason_da"]))
    first, last = _day(row, "first_date"), _day(row, "last_date")
    if first and last and last < first:
        raise Refused("En begrænsning i politikken slutter, før den begynder. Ret last_date.")
    units = frozenset(str(unit) for unit in row.get("units", []))
    return Restriction(when, closes, documents, reason, _codes(row), units, first, last)


def _codes(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Beginnings of codes: 55000000 means everything under 55."""
    codes = [str(code) for code in row.get("cpv", [])]
    for code in codes:
        if not _CODE.fullmatch(code):
            raise Refused(
                "Politikken nævner CPV-koden %(code)s. Skriv to til otte cifre, fx 55 eller 98310000.",
                code=code,
            )
    return tuple(code.rstrip("0").ljust(2, "0") for code in codes)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    day = row.get(name)
    if day is not None and not isinstance(day, date):
        raise Refused("%(name)s i politikken skal være en dato, fx 2027-01-01.", name=name)
    return day
