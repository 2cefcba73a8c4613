# SPDX-License-Identifier: MPL-2.0
"""Plain words for codes: `label("instrument", "benefit")` is {"da": "Ydelse", "en": "Benefit"}."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Label(NamedTuple):
    da: str
    en: str


def label(table: str, code: str) -> Label:
    """Raises KeyError when the table or the code is not in `labels.toml`."""
    return labels()[table][code]


@cache
def labels() -> dict[str, dict[str, Label]]:
    """All tables: instrument, kind, level, perspective, question, evidence, confidence, parameter."""
    raw = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
    return {
        table: {code: Label(text["da"], text["en"]) for code, text in entries.items()}
        for table, entries in raw.items()
    }
