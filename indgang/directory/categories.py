# SPDX-License-Identifier: MPL-2.0
"""Categories in human words over CPV codes; the codes themselves stay in the background."""

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.utils.translation import get_language


class Category(NamedTuple):
    slug: str
    da: str
    en: str
    icon: str
    cpv: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.en if get_language() == "en" else self.da


@cache
def all_categories() -> tuple[Category, ...]:
    """In the order in which they are shown."""
    text = (files("indgang.directory") / "data" / "categories.toml").read_text("utf-8")
    return tuple(
        Category(row["slug"], row["da"], row["en"], row["icon"], tuple(row["cpv"]))
        for row in tomllib.loads(text)["category"]
    )


@cache
def category_of(code: str) -> str:
    """The slug of the category with the longest prefix of an eight-digit CPV code; '' when none has one."""
    best, length = "", 0
    for category in all_categories():
        for prefix in category.cpv:
            if code.startswith(prefix) and len(prefix) > length:
                best, length = category.slug, len(prefix)
    return best


def categories_of(codes: Iterable[str]) -> frozenset[str]:
    """Slugs of all categories that `codes` fall in."""
    return frozenset(slug for slug in map(category_of, codes) if slug)


def find_category(slug: str) -> Category | None:
    return next((category for category in all_categories() if category.slug == slug), None)


@cache
def _labels() -> dict[str, list[str]]:
    text = (files("indgang.core") / "data" / "vendor" / "cpv.json").read_text("utf-8")
    labels: dict[str, list[str]] = json.loads(text)
    return labels


def cpv_label(code: str) -> str:
    """The official label of a CPV code in the reader's language; '' for a code that does not exist."""
    danish, english = _labels().get(code, ["", ""])
    return english if get_language() == "en" else danish


def is_cpv(code: str) -> bool:
    return code in _labels()
