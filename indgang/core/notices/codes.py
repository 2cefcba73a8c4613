# SPDX-License-Identifier: MPL-2.0
"""What codes mean in plain words, and which codes we have never heard of."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from indgang.core.notices.fields import ALL, NOTICE
from indgang.core.notices.notice import Notice
from indgang.core.notices.paths import Field, Part

Language = Literal["da", "en"]


@cache
def lists() -> dict[str, dict[str, tuple[str, str]]]:
    """Code list → code → label in Danish and English."""
    text = files("indgang.core").joinpath("data/notices/codes.toml").read_text("utf-8")
    return {
        name: {code: (danish, english) for code, (danish, english) in codes.items()}
        for name, codes in tomllib.loads(text).items()
    }


def label(codelist: str, code: str, language: Language = "da") -> str:
    """The words for a code; the code itself when it is unknown."""
    found = lists().get(codelist, {}).get(code)
    return code if found is None else found[0 if language == "da" else 1]


def is_known(codelist: str, code: str) -> bool:
    return code in lists().get(codelist, {})


def unknown_codes(notice: Notice) -> set[tuple[str, str]]:
    """Pairs of code list and code that have no label here. They are kept; somebody may want to know."""
    return {
        (codelist, code)
        for part in _parts(notice)
        for name, codelist in _coded().get(type(part), ())
        for code in _codes(getattr(part, name))
        if not is_known(codelist, code)
    }


@cache
def _coded() -> dict[type, tuple[tuple[str, str], ...]]:
    """For each kind of part, its fields that hold codes of a list."""
    return {
        kind: tuple(
            (field.name, field.codelist) for field in fields if isinstance(field, Field) and field.codelist
        )
        for _name, kind, fields in ALL
    }


def _parts(notice: Notice) -> Iterator[Any]:
    yield notice
    yield from _parts_of(notice, NOTICE)


def _parts_of(whole: Any, fields: tuple[Field | Part, ...]) -> Iterator[Any]:
    for field in fields:
        if isinstance(field, Part):
            for part in getattr(whole, field.name):
                yield part
                yield from _parts_of(part, tuple(field.fields))


def _codes(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()
