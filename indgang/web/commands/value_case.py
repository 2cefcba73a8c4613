# SPDX-License-Identifier: MPL-2.0
"""`indgang value CASE`: one case as a page or JSON, stored, public, or with its ledger."""

import csv
import json
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from indgang.core.text import Refused
from indgang.core.value import pack_files
from indgang.core.value.case_file import read_file
from indgang.core.value.case_reader import kind_of
from indgang.core.value.manifest import Options
from indgang.core.value.public import public_summary
from indgang.core.value.publish import rules
from indgang.core.value.report import as_json, ledger_rows
from indgang.core.value.run import value
from indgang.web.commands.value_lines import typed_number
from indgang.web.commands.value_page import print_result
from indgang.web.commands.value_stored import computed, save, write
from indgang.web.commands.value_words import print_chain, print_public

MOST_DRAWS = 1_000_000


def run(arguments: Namespace, name: str) -> int:
    raw = read_file(name)
    pack = pack_files.load(arguments.pack, [Path(path) for path in arguments.overlay or ()])
    options = _options(arguments)
    if kind_of(raw) != "programme":
        found = computed(raw, pack, options)
        return _shown(arguments, found, lambda: print_chain(found))
    result = value(raw, pack, options)
    if arguments.public:
        people = int(typed_number(arguments.people, "--people", 0, 0, 1_000_000)) or None
        summary = public_summary(result, rules(result.figures, people, arguments.consent or ()))
        return _shown(arguments, summary, lambda: print_public(summary))
    found = as_json(result)
    if arguments.ledger:
        _write_ledger(Path(arguments.ledger), ledger_rows(result))
    return _shown(arguments, found, lambda: print_result(result, found))


def _shown(arguments: Namespace, found: dict[str, Any], page: Callable[[], None]) -> int:
    if arguments.save:
        save(Path(arguments.save), found)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        page()
    return 0


def _options(arguments: Namespace) -> Options:
    draws = int(typed_number(arguments.draws, "--draws", Options().draws, 0, MOST_DRAWS))
    if 0 < draws < 100:
        raise Refused(
            "--draws er %(draws)s. Brug mindst 100, ellers er intervallerne uden mening; 0 for ingen.",
            draws=draws,
        )
    return Options(draws, int(typed_number(arguments.seed, "--seed", Options().seed, 0, 2**63)))


def _write_ledger(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    if path.suffix == ".jsonl":
        write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    elif path.suffix == ".csv":
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
        except OSError as error:
            raise Refused("Filen %(path)s kan ikke skrives.", path=path) from error
    else:
        raise Refused("--ledger er %(path)s. Vælg et navn, der ender på .csv eller .jsonl.", path=path)
