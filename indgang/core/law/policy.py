# SPDX-License-Identifier: MPL-2.0
"""A municipality's own, stricter policy, as data: it can close routes and ask for more, never open one.

The file is TOML; `docs/how-to/own-policy.md` shows one. Because a restriction only names what it closes,
demands and says, there is no way to write a policy that is more lenient than the law.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indgang.core.law.logic import BadCondition, Condition, condition
from indgang.core.law.pack import Pack
from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused

_KEYS = frozenset({"when", "closes", "documents", "reason_da", "reason_en"})


@dataclass(frozen=True)
class Restriction:
    """When `when` holds (or may hold) these routes are closed and these documents are owed."""

    when: Condition
    closes: tuple[str, ...]
    documents: tuple[str, ...]
    reason: Sentence


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

    def holding(self, values: Mapping[str, Any]) -> list[Restriction]:
        """The restrictions that hold unless the facts say no: what is not known counts against."""
        return [each for each in self.restrictions if each.when.test(values) is not False]

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
    return Restriction(when, closes, documents, reason)
