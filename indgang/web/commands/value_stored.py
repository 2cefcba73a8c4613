# SPDX-License-Identifier: MPL-2.0
"""Stored results of `indgang value`: kept for ever, never overwritten, recomputed on request."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indgang.core.text import Refused
from indgang.core.value import pack_files
from indgang.core.value.case_file import read_file
from indgang.core.value.case_reader import kind_of
from indgang.core.value.chains import chain
from indgang.core.value.manifest import Options, manifest
from indgang.core.value.pack import Pack
from indgang.core.value.report import as_json
from indgang.core.value.run import value

NOT_COMPARED = (".manifest.numpy", ".manifest.scipy", ".manifest.result_sha256")


def save(path: Path, found: dict[str, Any]) -> None:
    """Keep a result; refuses to replace another one."""
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if path.is_dir():
        raise Refused("%(path)s er en mappe. Skriv navnet på en fil.", path=path)
    if path.exists():
        if path.read_text("utf-8") == text:
            return
        raise Refused(
            "%(path)s findes og er et andet resultat. Et gemt resultat ændres aldrig: vælg et nyt navn.",
            path=path,
        )
    write(path, text)


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Refused("Filen %(path)s kan ikke skrives.", path=path) from error


def computed(raw: object, pack: Pack, options: Options) -> dict[str, Any]:
    """Any case as plain data, with its manifest."""
    if kind_of(raw) != "programme":
        assert isinstance(raw, Mapping)
        return {"manifest": manifest(raw, pack, Options(0, options.seed)), **chain(raw, pack)}
    return as_json(value(raw, pack, options))


def check(arguments: Namespace, rest: list[str]) -> int:
    """Make a stored result again and say whether it is the same; exit code 1 when it is not."""
    if len(rest) != 1:
        raise Refused("Skriv ét gemt resultat: indgang value check RESULTAT.json.")
    stored = read_file(rest[0])
    if not isinstance(stored, dict) or "case" not in stored.get("manifest", {}):
        raise Refused("%(name)s er ikke et gemt resultat fra indgang value.", name=rest[0])
    told = stored["manifest"]
    identity, version = (part.split("+")[0] for part in str(told["pack"]).split("@"))
    pack = pack_files.load(f"{identity}@{version}", [Path(path) for path in arguments.overlay or ()])
    if pack.sha256 != told["pack_sha256"]:
        raise Refused(
            "Resultatet bygger på en anden pakke (%(pack)s). Angiv jeres egne rækker med --overlay.",
            pack=told["pack"],
        )
    again = computed(told["case"], pack, Options(told["draws"], told["seed"]))
    differences = list(_differences(stored, json.loads(json.dumps(again)), ""))
    if not differences:
        print(f"Identisk: {told['run_id']}")
        return 0
    for place in differences[:20]:
        print(place)
    print(f"{len(differences)} tal er anderledes end i {rest[0]}.")
    return 1


def _differences(old: Any, new: Any, place: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if f"{place}.{key}" not in NOT_COMPARED:
                yield from _differences(old.get(key), new.get(key), f"{place}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for row, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, f"{place}[{row}]")
    elif isinstance(old, float | int) and isinstance(new, float | int) and not isinstance(old, bool):
        size = max(abs(old), abs(new))
        last_digit = 0.0101 if size >= 100 else 1.1e-6
        if abs(old - new) > max(1e-9 * size, last_digit):
            yield f"{place[1:]}: {old} er nu {new}"
    elif old != new:
        yield f"{place[1:]}: {old} er nu {new}"
