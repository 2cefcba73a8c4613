# SPDX-License-Identifier: MPL-2.0
"""Reading CSV and XLSX into one shape: headers, and numbered lines of text cells.

Danish lists come as Windows-1252 with semicolons, as UTF-8 with a byte-order mark, with merged cells, with a
title above the headers, and with formulas. Line numbers are those a person sees in Excel.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indgang.core.text import Refused, gettext_noop
from indgang.directory.importing.columns import FIELDS, Field, knows_header

MOST_LINES = 20_000
MOST_COLUMNS = 100
MOST_CELL = 5_000
MOST_UNPACKED = 200_000_000
_LOOK_FOR_HEADERS_IN = 15


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """`headers` are the words above the columns; a line may have fewer cells than there are headers."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]


def read_list(name: str, content: bytes, fields: tuple[Field, ...] = FIELDS) -> Grid:
    """The list in a file, told apart by content. Refuses with one sentence what is no list.

    `fields` are those whose words are looked for above the columns.
    """
    if not content.strip():
        raise Refused(gettext_noop("Filen er tom. Vælg en anden, eller gem den igen."))
    if content.startswith(b"PK\x03\x04"):
        lines = list(_xlsx_lines(content))
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            gettext_noop("Det er en gammel Excel-fil (.xls). Gem den som .xlsx eller .csv, og prøv igen.")
        )
    else:
        lines = list(_csv_lines(content))
    return _with_headers(lines, fields)


def _with_headers(lines: list[Line], fields: tuple[Field, ...]) -> Grid:
    """The first line near the top that holds at least two known headers; else the first line with two cells."""
    top = [line for line in lines if any(line.cells)][:_LOOK_FOR_HEADERS_IN]
    if not top:
        raise Refused(gettext_noop("Der er ingen linjer i filen. Vælg en anden, eller gem den igen."))
    known = [line for line in top if sum(knows_header(cell, fields) for cell in line.cells) >= 2]
    wide = [line for line in top if sum(map(bool, line.cells)) >= 2]
    headers = (known or wide or top)[0]
    rest = tuple(line for line in lines if line.number > headers.number and any(line.cells))
    if len(rest) > MOST_LINES:
        raise Refused(
            gettext_noop("Listen har %(count)d linjer. Del den op i lister på højst %(most)d."),
            count=len(rest),
            most=MOST_LINES,
        )
    return Grid(headers.cells, rest)


def _csv_lines(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    if "\0" in text:
        raise Refused(
            gettext_noop("Filen er hverken Excel eller CSV. Gem listen som .xlsx eller .csv, og prøv igen.")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            yield Line(number, tuple(_cell(cell) for cell in cells[:MOST_COLUMNS]))
    except csv.Error as trouble:
        raise Refused(
            gettext_noop(
                "Linje %(number)d kan ikke læses. Se efter et anførselstegn, der mangler sin makker."
            ),
            number=before + 1,
        ) from trouble


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else Windows-1252, in which every Danish letter has a place."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """What parts the columns: whichever of ; tab , | parts the first lines into the most equal pieces."""
    sample = [line for line in text.splitlines() if line.strip()][:_LOOK_FOR_HEADERS_IN]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in sample]
        usual = max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(";\t,|", key=evenness)


def _xlsx_lines(content: bytes) -> Iterator[Line]:
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        sheet = _fullest_sheet([sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)])
    except Refused:
        raise
    except Exception as trouble:  # openpyxl raises whatever the broken part happens to raise
        raise Refused(
            gettext_noop("Excel-filen er i stykker. Åbn den i Excel, gem den igen, og prøv så.")
        ) from trouble
    _refuse_uncomputed(content, sheet)
    spread = _merged(sheet)
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), start=1):
        yield Line(number, tuple(_cell(spread.get((cell.row, cell.column), cell.value)) for cell in row))


def _refuse_uncomputed(content: bytes, values: Worksheet) -> None:
    """A formula counts as its last computed value; one that no program has computed has none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(re.search(rb"<f[ >]", archive.read(name)) for name in sheets):
            return
    formulas = load_workbook(io.BytesIO(content), keep_links=False)[values.title]
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and values[cell.coordinate].value is None:
                raise Refused(
                    gettext_noop(
                        "Felt %(cell)s er en formel, som ikke er regnet ud. Åbn filen i Excel, gem den, og prøv igen."
                    ),
                    cell=cell.coordinate,
                )


def _fullest_sheet(sheets: list[Worksheet]) -> Worksheet:
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    if not visible:
        raise Refused(gettext_noop("Der er ingen ark i filen."))
    return max(visible, key=lambda sheet: sheet.max_row * sheet.max_column)


def _merged(sheet: Worksheet) -> dict[tuple[int | None, int | None], object]:
    """What stands in a merged block counts downwards, for every line it spans; sideways it stands once."""
    spread: dict[tuple[int | None, int | None], object] = {}
    for block in sheet.merged_cells.ranges:
        value = sheet.cell(block.min_row, block.min_col).value
        for row in range(block.min_row, block.max_row + 1):
            spread[(row, block.min_col)] = value
    return spread


def _refuse_bombs(content: bytes) -> None:
    """An XLSX is a zip file: look at what it says it will become before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            names = [part.filename for part in parts]
    except zipfile.BadZipFile as trouble:
        raise Refused(
            gettext_noop("Excel-filen er i stykker. Åbn den i Excel, gem den igen, og prøv så.")
        ) from trouble
    if unpacked > MOST_UNPACKED or len(parts) > 5_000:
        raise Refused(
            gettext_noop("Filen pakker ud til mere, end en liste kan være. Gem kun arket med listen.")
        )
    if not any(name.startswith("xl/") for name in names):
        raise Refused(gettext_noop("Det er en zip-fil og ikke en Excel-fil. Pak den ud, og vælg listen."))


def _cell(value: object) -> str:
    """A cell as a person reads it: whole numbers without decimals, dates as dates, spaces trimmed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper():
        return ""  # an Excel error such as #REF!
    return " ".join(str(value).replace("\u00a0", " ").replace("\u200b", "").split())[:MOST_CELL]
