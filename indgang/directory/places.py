# SPDX-License-Identifier: MPL-2.0
"""Municipalities by code: the 98 of the map, and those that use this installation but lie on no map."""

import json
import time
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from indgang.core.matching.places import read_places
from indgang.core.sort_key import danish_sort_key
from indgang.kernel.models import Municipality

# Danmarks Statistik's spelling where the map's own differs (NUTS and municipalities, 2007-).
_SPELLING = {
    169: "Høje-Taastrup",
    430: "Faaborg-Midtfyn",
    480: "Nordfyns",
    751: "Aarhus",
}
_off_the_map: dict[int, str] = {}
_SECONDS = 60.0
_read_at: float | None = None


class Outline(NamedTuple):
    """One municipality on the map: its path in the frame of `map_frame()`."""

    code: int
    name: str
    path: str


@cache
def map_frame() -> tuple[int, int]:
    """Width and height of the map's frame."""
    width, height = _map()["view_box"]
    return width, height


@cache
def outlines() -> tuple[Outline, ...]:
    return tuple(
        Outline(row["code"], _SPELLING.get(row["code"], row["name"]), row["path"])
        for row in _map()["municipalities"]
    )


@cache
def _on_the_map() -> dict[int, str]:
    return {outline.code: outline.name for outline in outlines()}


def municipality_name(code: int) -> str:
    """'Silkeborg' for 740; the name of a tenant that lies on no map; 'Kommune 123' for a code nobody has."""
    name = _on_the_map().get(code) or _off_the_map.get(code)
    if name is None:
        _read_off_the_map()
        name = _off_the_map.get(code)
    return name or f"Kommune {code}"


def tenants_off_the_map() -> dict[int, str]:
    """Municipalities of this installation that the map does not know, e.g. the invented ones of the demo.

    Remembered for a minute in each process, like the host names.
    """
    if _read_at is None or time.monotonic() - _read_at > _SECONDS:
        _read_off_the_map()
    return dict(_off_the_map)


def forget_tenants() -> None:
    """Read the names anew when they are next asked for."""
    global _read_at
    _read_at = None


def _read_off_the_map() -> None:
    global _read_at
    rows = Municipality.objects.exclude(code__in=_on_the_map()).values_list("code", "name")
    _off_the_map.update((code, name.removesuffix(" Kommune")) for code, name in rows)
    _read_at = time.monotonic()


def all_municipalities() -> list[tuple[int, str]]:
    """Code and name of every municipality one can choose, in Danish order."""
    names = _on_the_map() | tenants_off_the_map()
    return sorted(names.items(), key=lambda pair: danish_sort_key(pair[1]))


@cache
def _codes_by_key() -> dict[str, int]:
    by_map = {danish_sort_key(row["name"]): row["code"] for row in _map()["municipalities"]}
    return by_map | {danish_sort_key(name): code for code, name in _on_the_map().items()}


def neighbours_of(code: int) -> frozenset[int]:
    """The municipalities next door; none for one that lies on no map."""
    near = read_places().neighbours(read_places().municipality(municipality_name(code)))
    return frozenset(
        number for number, name in _on_the_map().items() if read_places().municipality(name) in near
    )


def municipality_of_town(town: str) -> int | None:
    """The municipality that a town or postal district lies in; None when unknown."""
    name = read_places().municipality(town)
    return municipality_code(name) or municipality_code(f"{name}s") if name else None


def municipality_code(text: str) -> int | None:
    """The code behind what somebody wrote: '740', 'Silkeborg', 'Silkeborg Kommune'. None when unknown."""
    plain = text.strip()
    if plain.isdigit():
        code = int(plain)
        return code if code in _on_the_map() or code in tenants_off_the_map() else None
    key = danish_sort_key(plain.casefold().removesuffix("kommune"))
    for spelling in (key, key.removesuffix("s")):
        if spelling in _codes_by_key():
            return _codes_by_key()[spelling]
    off = {danish_sort_key(name): code for code, name in tenants_off_the_map().items()}
    return off.get(key)


@cache
def _map() -> Any:
    """The file's own shape; everybody reads it through the functions above."""
    return json.loads((files("indgang.core") / "data" / "vendor" / "municipalities.json").read_text("utf-8"))
