# SPDX-License-Identifier: MPL-2.0
"""Yes, no and not known: the values that conditions read, and how three answers combine (Kleene)."""

from collections.abc import Iterable
from typing import NoReturn


class Unknown:
    """Not known, and the facts (or figures) that would settle it."""

    __slots__ = ("causes",)

    def __init__(self, *causes: str) -> None:
        self.causes = causes

    def __bool__(self) -> NoReturn:
        raise TypeError("an unknown is neither true nor false")

    def __repr__(self) -> str:
        return f"Unknown{self.causes}"


class OneOf:
    """One of these values, and the facts that would settle which."""

    __slots__ = ("causes", "values")

    def __init__(self, values: Iterable[object], *causes: str) -> None:
        self.values = tuple(values)
        self.causes = causes


class Figure:
    """An amount that was derived, not read: comparisons within `margin` of it are unknown."""

    __slots__ = ("amount", "margin", "name")

    def __init__(self, name: str, amount: float, margin: float) -> None:
        self.name = name
        self.amount = amount
        self.margin = margin * amount


Truth = bool | Unknown


def all_of(truths: Iterable[Truth]) -> Truth:
    """ "And": no if one is no, else unknown if one is unknown."""
    causes: tuple[str, ...] = ()
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            causes += truth.causes
    return Unknown(*dict.fromkeys(causes)) if causes else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """ "Or": yes if one is yes, else unknown if one is unknown."""
    causes: tuple[str, ...] = ()
    for truth in truths:
        if truth is True:
            return True
        if truth is not False:
            causes += truth.causes
    return Unknown(*dict.fromkeys(causes)) if causes else False
