# SPDX-License-Identifier: MPL-2.0
"""Own policy as people choose it on a page, turned into the file that the core reads. No database."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from indgang.core.law.sentence import danish_date
from indgang.directory.categories import find_category

KINDS = ("goods", "services", "works", "concession_services", "grant", "lease_out")
WORDS = {"goods": "varer", "services": "tjenesteydelser", "works": "byggeri", "concession_services": "forpagtning",
         "grant": "støtte", "lease_out": "udlejning"}  # fmt: skip


def as_toml(name: str, adopted: date, restrictions: Iterable[Mapping[str, Any]]) -> str:
    """`restrictions` are {kinds, from_dkk, closes, documents, reason}, and where they are limited further
    {below_dkk, categories, cpv, units, first_date, last_date} (days as ISO text, units as [key, name])."""
    lines = [f"name = {json.dumps(_plain(name), ensure_ascii=False)}", f"adopted = {adopted.isoformat()}"]
    for each in restrictions:
        lines += [
            "",
            "[[restriction]]",
            f"when = {json.dumps(condition(each))}",
            f"closes = {json.dumps(list(each['closes']))}",
            f"documents = {json.dumps(list(each['documents']))}",
            f"reason_da = {json.dumps(_plain(each['reason']), ensure_ascii=False)}",
            *_limits(each),
        ]
    return "\n".join(lines) + "\n"


def condition(each: Mapping[str, Any]) -> str:
    """When a restriction holds, in the language of the rules."""
    when = f"kind in [{', '.join(each['kinds'])}]"
    when += f" and V >= {int(each['from_dkk'])}" if each.get("from_dkk") else ""
    return when + (f" and V < {int(each['below_dkk'])}" if each.get("below_dkk") else "")


def codes(each: Mapping[str, Any]) -> list[str]:
    """Beginnings of CPV codes that a restriction is limited to: its categories and its own codes; none for all."""
    found = [find_category(slug) for slug in each.get("categories") or ()]
    return [*(code for category in found if category for code in category.cpv), *(each.get("cpv") or ())]


def _limits(each: Mapping[str, Any]) -> Iterable[str]:
    if each.get("categories") or each.get("cpv"):
        yield f"cpv = {json.dumps(codes(each))}"
    if each.get("units"):
        yield f"units = {json.dumps([str(key) for key, _name in each['units']])}"
    for name in ("first_date", "last_date"):
        if each.get(name):
            yield f"{name} = {date.fromisoformat(str(each[name])).isoformat()}"


def in_words(each: Mapping[str, Any]) -> str:
    """The same for a person."""
    kinds = ", ".join(WORDS.get(kind, kind) for kind in each["kinds"])
    said = f"Ved {kinds}"
    for name, word in (("from_dkk", "fra"), ("below_dkk", "under")):
        said += f" {word} {int(each[name]):,} kr.".replace(",", ".") if each.get(name) else ""
    names = [category.da for category in map(find_category, each.get("categories") or ()) if category]
    names += [f"CPV {code}" for code in each.get("cpv") or ()]
    said += f" inden for {', '.join(names)}" if names else ""
    said += f" i {', '.join(name for _key, name in each['units'])}" if each.get("units") else ""
    for name, word in (("first_date", "fra"), ("last_date", "til og med")):
        said += f" {word} {danish_date(date.fromisoformat(str(each[name])))}" if each.get(name) else ""
    return said


def _plain(reason: str) -> str:
    """A reason holds no slots: braces would be read as facts to fill in."""
    shown = "".join(sign if sign.isprintable() else " " for sign in reason)
    return " ".join(shown.replace("{", "(").replace("}", ")").split())
