# SPDX-License-Identifier: MPL-2.0
"""CSV files of which only known columns are read: a column we do not ask for closes the door before any line."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from indgang.core.cpr import holds_cpr
from indgang.core.text import Reason, Refused, gettext_noop

MOST_LINES = 5_000


@dataclass(frozen=True)
class Bad:
    """A line that cannot be kept; its number is the one a person sees in Excel."""

    number: int
    reason: Reason


def read_rows(
    content: bytes, columns: Sequence[str], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """Numbered lines by column name. Raises Refused when the file is no such list, or holds other columns."""
    text = _text(content)
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_columns(header, columns, needed)
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                given = dict.fromkeys(header, "") | dict(zip(header, map(str.strip, cells), strict=False))
                rows.append((reader.line_num, given))
    except csv.Error as error:
        raise Refused(gettext_noop("Filen er ikke en CSV-fil. Gem den igen fra Excel.")) from error
    if len(rows) > MOST_LINES:
        raise Refused(gettext_noop("Listen har over %(most)d linjer. Del den op."), most=MOST_LINES)
    if not rows:
        raise Refused(gettext_noop("Listen har ingen linjer under overskrifterne."))
    return rows


def refuse_cpr(row: dict[str, str]) -> None:
    """Raises Refused when a line holds something that reads as a personal number; it is not repeated."""
    if any(holds_cpr(cell) for cell in row.values()):
        raise Refused(
            gettext_noop("Linjen indeholder noget, der ligner et CPR-nummer. Fjern det: vi gemmer det ikke.")
        )


def _text(content: bytes) -> str:
    for coding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Refused(gettext_noop("Filen kan ikke læses som tekst. Gem den som CSV, og prøv igen."))


def _check_columns(header: list[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    foreign = [name for name in header if name not in columns]
    if foreign or len(set(header)) != len(header):
        said = [("[CPR]" if holds_cpr(name) else name[:30]) or "uden navn" for name in foreign]
        raise Refused(
            gettext_noop(
                "Listen har kolonner, vi ikke beder om (%(foreign)s), og er ikke læst. Slet dem: kun %(known)s."
            ),
            foreign=", ".join(said) or "den samme to gange",
            known=", ".join(columns),
        )
    missing = [name for name in needed if name not in header]
    if missing:
        raise Refused(gettext_noop("Listen mangler kolonnen %(missing)s."), missing=", ".join(missing))
