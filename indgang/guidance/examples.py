# SPDX-License-Identifier: MPL-2.0
"""Worked examples of the law, read from `data/examples.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from indgang.guidance.aims import AIMS, Aim


class Example(NamedTuple):
    """`says` is the id of the rule that the example is there to show."""

    slug: str
    aim: str
    title: str
    says: str
    facts: Mapping[str, Any]


@cache
def all_examples() -> tuple[Example, ...]:
    text = (files("indgang.guidance") / "data" / "examples.toml").read_text("utf-8")
    return tuple(Example(**row) for row in tomllib.loads(text)["example"])


def example(slug: str) -> Example | None:
    return next((each for each in all_examples() if each.slug == slug), None)


def by_aim() -> list[tuple[Aim, list[Example]]]:
    """Aims in their order, each with its examples; aims without any are left out."""
    pairs = [(aim, [each for each in all_examples() if each.aim == aim.key]) for aim in AIMS]
    return [pair for pair in pairs if pair[1]]
