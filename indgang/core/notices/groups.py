# SPDX-License-Identifier: MPL-2.0
"""CPV codes gathered in groups with human words, for those who look for work and not for codes."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Group:
    """`cpv` are first digits of codes."""

    key: str
    danish: str
    english: str
    cpv: tuple[str, ...]


@cache
def groups() -> dict[str, Group]:
    text = files("indgang.core").joinpath("data/notices/groups.toml").read_text("utf-8")
    return {key: Group(key, g["da"], g["en"], tuple(g["cpv"])) for key, g in tomllib.loads(text).items()}


def group_of(cpv_code: str) -> str:
    """The group whose first digits fit the code best."""
    fitting = [
        (len(prefix), group.key)
        for group in groups().values()
        for prefix in group.cpv
        if cpv_code.startswith(prefix)
    ]
    return max(fitting, key=lambda pair: pair[0])[1]


def groups_of(cpv_codes: Iterable[str]) -> tuple[str, ...]:
    """The groups of all codes, the first code's first. `other` only when it is alone."""
    found = tuple(dict.fromkeys(group_of(code) for code in cpv_codes))
    return tuple(key for key in found if key != "other") or found


@cache
def _labels() -> dict[str, list[str]]:
    """CPV labels, put in place by `make setup`; empty where they are not."""
    file = files("indgang.core").joinpath("data/vendor/cpv.json")
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def cpv_label(code: str, language: str = "da") -> str:
    """The official words for a CPV code; the code itself when it is unknown."""
    found = _labels().get(code)
    return code if found is None else found[0 if language == "da" else 1]
