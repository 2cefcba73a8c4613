# SPDX-License-Identifier: MPL-2.0
"""A list of enterprises becomes drafts: the same reading and the same action as the page."""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indgang.core.text import Refused, gettext_noop
from indgang.web import runtime

if TYPE_CHECKING:
    from indgang.directory.importing import Rejected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="FIL", help=".xlsx eller .csv")
    parser.add_argument(
        "--municipality", type=int, metavar="KODE", help="kommunens kode; nødvendig, når der er flere"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FELT=OVERSKRIFT",
        help='ret et gæt, fx --column "text=Ydelser"; flere må gerne pege på samme felt',
    )
    parser.add_argument("--dry-run", action="store_true", help="vis, hvad der ville ske, og gem intet")
    parser.add_argument("--rejected", metavar="FIL", help="skriv de linjer, der mangler noget, i en CSV-fil")


def run(arguments: argparse.Namespace) -> int:
    path = Path(arguments.path)
    try:
        content = path.read_bytes()
    except OSError as trouble:
        raise Refused(
            gettext_noop("Filen %(path)s kan ikke læses: %(why)s"), path=str(path), why=trouble.strerror
        ) from None
    runtime.start()
    from django.utils import timezone

    from indgang.directory.actions import lists
    from indgang.directory.actions.imports import import_organisations
    from indgang.directory.importing import read_list, rows_from
    from indgang.kernel.access import system
    from indgang.kernel.database.tenancy import tenant

    municipality_id, code = _municipality(arguments.municipality)
    grid = read_list(path.name, content)
    columns = _columns(list(grid.headers), arguments.column)
    lists.refuse_missing(columns)
    with tenant(municipality_id):
        outcome = import_organisations(
            system(municipality_id),
            rows_from(grid, columns, municipality=lists.finder(code)),
            source_note=path.name,
            now=timezone.now(),
            dry_run=arguments.dry_run,
        )
    _say(outcome.counts, dry_run=arguments.dry_run)
    for line in outcome.rejected[:20]:
        print(f"  linje {line.number}: {' '.join(map(str, line.reasons))}")
    if len(outcome.rejected) > 20:
        print(f"  … og {len(outcome.rejected) - 20} til")
    if arguments.rejected and outcome.rejected:
        _write_rejected(Path(arguments.rejected), list(grid.headers), outcome.rejected)
        print(f"De afviste linjer står i {arguments.rejected}")
    return 0


def _municipality(code: int | None) -> tuple[int, int]:
    from indgang.kernel.models import Municipality

    rows = list(Municipality.objects.order_by("code"))
    if code is None and len(rows) == 1:
        return rows[0].pk, rows[0].code
    for row in rows:
        if row.code == code:
            return row.pk, row.code
    known = ", ".join(f"{row.code} {row.name}" for row in rows) or "ingen endnu"
    raise Refused(
        gettext_noop("Sig, hvilken kommune listen er til, med --municipality KODE. Her er: %(known)s."),
        known=known,
    )


def _columns(headers: list[str], corrections: list[str]) -> dict[str, list[int]]:
    from indgang.directory.importing import FIELDS, guess_columns

    columns: dict[str, list[int]] = guess_columns(headers)
    told: dict[str, list[int]] = {}
    fields = {field.key for field in FIELDS}
    for correction in corrections:
        key, _equals, header = correction.partition("=")
        if key not in fields or header not in headers:
            raise Refused(
                gettext_noop("--column %(text)s passer ikke. Felter: %(fields)s. Overskrifter: %(headers)s."),
                text=correction,
                fields=", ".join(sorted(fields)),
                headers=", ".join(headers),
            )
        told.setdefault(key, []).append(headers.index(header))
    return columns | told


def _say(counts: dict[str, int], *, dry_run: bool) -> None:
    if dry_run:
        print("Prøve: intet er gemt.")
    print(
        f"{counts['added']} nye kladder, {counts['known']} stod her allerede, {counts['completed']} fik det, de manglede."
    )
    if counts["rejected"]:
        print(f"{counts['rejected']} linjer er sprunget over:")


def _write_rejected(path: Path, headers: list[str], rejected: "Sequence[Rejected]") -> None:
    from indgang.kernel.sheets import harmless

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Linje", "Hvorfor", *headers])
        for line in rejected:
            writer.writerow([line.number, " ".join(map(str, line.reasons)), *map(harmless, line.cells)])
