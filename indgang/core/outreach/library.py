# SPDX-License-Identifier: MPL-2.0
"""Typical tasks per industry: a list to walk through together, so that nobody begins with an empty page."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indgang.core.text import Refused


@dataclass(frozen=True)
class TypicalTask:
    """A task that many companies of an industry have. `hours` are hours a week as a place to begin."""

    key: str
    title: str
    hours: int
    skills: str
    considerations: str
    cpv_code: str


@dataclass(frozen=True)
class Industry:
    """An industry and its typical tasks, in the order in which one meets them."""

    key: str
    name: str
    tasks: tuple[TypicalTask, ...]


@cache
def industries() -> tuple[Industry, ...]:
    """Every industry of the library."""
    table = tomllib.loads(files(__package__).joinpath("industries.toml").read_text("utf-8"))
    return tuple(
        Industry(
            row["key"],
            row["name"],
            tuple(TypicalTask(f"{row['key']}-{place}", *task) for place, task in enumerate(row["tasks"], 1)),
        )
        for row in table["industry"]
    )


def industry(key: str) -> Industry:
    """One industry by its key. Refuses a key that the library does not know."""
    for one in industries():
        if one.key == key:
            return one
    raise Refused("Vi kender ikke branchen «%(key)s». Vælg den, der ligner mest.", key=key)


def typical(key: str) -> TypicalTask | None:
    """One typical task by its key; None when it is not in the library any more."""
    return next((task for one in industries() for task in one.tasks if task.key == key), None)
