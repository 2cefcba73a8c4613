# SPDX-License-Identifier: MPL-2.0
"""`indgang value packs`: list them, read one, compare two, and see what a change does to a case."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indgang.core.text import Refused
from indgang.core.value import pack_files
from indgang.core.value.bridge import bridge, difference
from indgang.core.value.case_file import read_file
from indgang.core.value.fields import kroner
from indgang.core.value.pack import Pack, Parameter

BASE_OR_FILE = (
    "En pakke angives med navn, fingeraftryk eller fil; en fil med egne rækker lægges oven på den nyeste."
)


def run(arguments: Namespace, rest: list[str]) -> int:
    act, *names = rest or ["list"]
    wanted = {"list": 0, "show": 1, "diff": 2, "bridge": 2}
    if act not in wanted or len(names) != wanted[act]:
        raise Refused(
            "Skriv packs, packs show PAKKE, packs diff GAMMEL NY eller packs bridge GAMMEL NY --case SAG."
        )
    if act == "list":
        return _list(arguments)
    packs = [_pack(name, arguments) for name in names]
    return {"show": _show, "diff": _diff, "bridge": _bridge}[act](arguments, packs)


def _pack(name: str, arguments: Namespace) -> Pack:
    """An overlay (no rows of tax) is laid over the newest shipped pack."""
    overlays = [Path(path) for path in arguments.overlay or ()]
    pack = pack_files.load(name, overlays)
    if not pack.accounts or not pack.versions("tax.bottom_share"):
        return pack_files.load(arguments.pack, [Path(name), *overlays])
    return pack


def _list(arguments: Namespace) -> int:
    packs = pack_files.shipped()
    rows = [
        {
            "name": pack.name, "title": pack.title_da, "published_on": pack.published_on.isoformat(),
            "rows": len(pack.rows), "unconfirmed": sum(row.confidence == "L" for row in pack.rows),
            "sha256": pack.sha256, "signed_off": pack.signed_off, "reviewers": list(pack.reviewers),
        }
        for pack in packs
    ]  # fmt: skip
    if arguments.json:
        _print_json(rows)
        return 0
    for row in rows:
        signed = "godkendt af to" if row["signed_off"] else "ikke godkendt af to"
        print(f"{row['name']}  {row['title']}")
        print(f"    {row['rows']} tal, heraf {row['unconfirmed']} ubekræftede; {signed}")
        print(f"    udgivet {row['published_on']}, fingeraftryk {str(row['sha256'])[:12]}")
    print()
    print(BASE_OR_FILE)
    return 0


def _show(arguments: Namespace, packs: list[Pack]) -> int:
    pack = packs[0]
    if arguments.json:
        rows = [{name: _plain(value) for name, value in asdict(row).items()} for row in pack.rows]
        _print_json(
            {
                "name": pack.name,
                "sha256": pack.sha256,
                "rows": rows,
                "doubts": [asdict(d) for d in pack.doubts],
            }
        )
        return 0
    for row in pack.rows:
        print(f"{row.key} = {_value(row.value)} {row.unit}  [{row.confidence}]  {_period(row)}")
        print(f"    {row.label_da}. {row.source or 'ingen kilde'}")
        if row.note_da:
            print(f"    {row.note_da}")
    print()
    for doubt in sorted(pack.doubts, key=lambda doubt: doubt.rank):
        print(f"{doubt.rank}. {doubt.text_da}")
    return 0


def _diff(arguments: Namespace, packs: list[Pack]) -> int:
    changes = difference(*packs)
    if arguments.json:
        _print_json([{name: _plain(value) for name, value in asdict(change).items()} for change in changes])
        return 0
    if not changes:
        print("Ingen forskel.")
    for change in changes:
        print(
            f"{change.what}: {change.key} (fra {change.valid_from})  {_value(change.old)} → {_value(change.new)}"
        )
        print(f"    {change.label_da}")
    return 0


def _bridge(arguments: Namespace, packs: list[Pack]) -> int:
    if arguments.case is None:
        raise Refused("packs bridge kræver --case SAG: den sag, der skal regnes med begge pakker.")
    before = _read(arguments.case)
    after = _read(arguments.new_case) if arguments.new_case else before
    rows = bridge(before, packs[0], after, packs[1], seed=int(arguments.seed or 20260101))
    if arguments.json:
        _print_json([asdict(row) for row in rows])
        return 0
    print(
        f"{'kr., nutidsværdi':22}{'før':>13}{'data':>13}{'pakke':>13}{'metode':>13}{'efter':>13}{'rest':>7}"
    )
    for row in (row for row in rows if row.before or row.after):
        cells = (row.before, row.from_data, row.from_pack, row.from_method, row.after)
        print(
            f"{row.purse:22}"
            + "".join(f"{kroner(cell):>13}" for cell in cells)
            + f"{kroner(row.residual):>7}"
        )
    return 0


def _read(name: str) -> Mapping[str, object]:
    raw = read_file(name)
    if not isinstance(raw, Mapping):
        raise Refused("%(name)s er ikke en sag.", name=name)
    return raw


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _value(value: object) -> str:
    return "-" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _period(row: Parameter) -> str:
    return f"{row.valid_from} til {row.valid_to or 'nu'}"
