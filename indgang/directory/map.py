# SPDX-License-Identifier: MPL-2.0
"""The map of Denmark with the number of enterprises in each municipality, drawn by the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from indgang.directory.places import map_frame, municipality_name, outlines

STEPS = ((1, "#cfe3da"), (3, "#9cc8b6"), (6, "#5aa088"), (12, "#26705d"), (25, "#0b4238"))
"""From how many enterprises a shade counts; lighter is fewer. Numbers stand beside the map in words too."""
NONE = "#f3ecdd"
_BOX, _LEFT, _TOP = 30, 470, 150


@dataclass(frozen=True)
class Shape:
    code: int
    name: str
    count: int
    fill: str
    path: str


@dataclass(frozen=True)
class Box:
    """A municipality that lies on no map: a square beside it."""

    code: int
    name: str
    count: int
    fill: str
    x: int
    y: int


@dataclass(frozen=True)
class Step:
    fill: str
    words: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]
    boxes: list[Box]
    legend: list[Step]
    box: int


def draw(counts: Mapping[int, int]) -> Drawing:
    """`counts` are enterprises per municipality code."""
    width, height = map_frame()
    shapes = [
        Shape(
            outline.code,
            outline.name,
            counts.get(outline.code, 0),
            shade(counts.get(outline.code, 0)),
            outline.path,
        )
        for outline in outlines()
    ]
    on_map = {shape.code for shape in shapes}
    beside = sorted(code for code in counts if code not in on_map)
    boxes = [
        Box(code, municipality_name(code), counts[code], shade(counts[code]), _LEFT, _TOP + row * (_BOX + 12))
        for row, code in enumerate(beside)
    ]
    return Drawing(width, height, shapes, boxes, _legend(), _BOX)


def shade(count: int) -> str:
    return next((fill for least, fill in reversed(STEPS) if count >= least), NONE)


def _legend() -> list[Step]:
    limits = [least for least, _fill in STEPS]
    words = [f"{least}–{after - 1}" if after - 1 > least else str(least) for least, after in pairwise(limits)]
    words.append(f"{limits[-1]}+")
    return [Step(NONE, "0"), *(Step(fill, told) for (_least, fill), told in zip(STEPS, words, strict=True))]
