# SPDX-License-Identifier: MPL-2.0
"""What changed between two versions of a decision record, line by line. No database."""

from collections.abc import Mapping, Sequence
from difflib import ndiff
from typing import Any, NamedTuple


class Change(NamedTuple):
    """A section whose lines changed; `lines` are pairs of '+' or '-' and the line."""

    title: str
    lines: list[tuple[str, str]]


def changes_between(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Sections in the order of the newer one, then those that went."""
    old = {each["key"]: each for each in before}
    new = {each["key"]: each for each in after}
    changes = []
    for key in [*new, *(key for key in old if key not in new)]:
        lines = [
            (line[0], line[2:])
            for line in ndiff(_lines(old.get(key)), _lines(new.get(key)))
            if line[0] in "+-"
        ]
        if lines:
            changes.append(Change((new.get(key) or old[key])["title"], lines))
    return changes


def _lines(section: Mapping[str, Any] | None) -> list[str]:
    if section is None:
        return []
    if "items" in section:
        return [
            f"{item['text']} ({item['by']}, {item['at']})" if item["by"] else item["text"]
            for item in section["items"]
        ]
    return str(section["text"]).splitlines()
