# SPDX-License-Identifier: MPL-2.0
"""Own policy as people choose it on a page, turned into the file that the core reads. No database."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

KINDS = ("goods", "services", "works", "concession_services", "grant", "lease_out")
WORDS = {"goods": "varer", "services": "tjenesteydelser", "works": "byggeri", "concession_services": "forpagtning",
         "grant": "støtte", "lease_out": "udlejning"}  # fmt: skip


def as_toml(name: str, adopted: date, restrictions: Iterable[Mapping[str, Any]]) -> str:
    """`restrictions` are {kinds, from_dkk, cpv_code, closes, documents, reason}."""
    lines = [f"name = {json.dumps(_plain(name), ensure_ascii=False)}", f"adopted = {adopted.isoformat()}"]
    for each in restrictions:
        lines += [
            "",
            "[[restriction]]",
            f"when = {json.dumps(condition(each))}",
            f"closes = {json.dumps(list(each['closes']))}",
            f"documents = {json.dumps(list(each['documents']))}",
            f"reason_da = {json.dumps(_plain(each['reason']), ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def condition(each: Mapping[str, Any]) -> str:
    """When a restriction holds, in the language of the rules."""
    when = f"kind in [{', '.join(each['kinds'])}]"
    return when + (f" and V >= {int(each['from_dkk'])}" if each.get("from_dkk") else "")


def in_words(each: Mapping[str, Any]) -> str:
    """The same for a person."""
    kinds = ", ".join(WORDS.get(kind, kind) for kind in each["kinds"])
    amount = f"{int(each['from_dkk']):,}".replace(",", ".") if each.get("from_dkk") else ""
    return f"Ved {kinds}" + (f" fra {amount} kr." if amount else "")


def _plain(reason: str) -> str:
    """A reason holds no slots: braces would be read as facts to fill in."""
    shown = "".join(sign if sign.isprintable() else " " for sign in reason)
    return " ".join(shown.replace("{", "(").replace("}", ")").split())
