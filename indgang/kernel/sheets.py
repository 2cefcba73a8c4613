# SPDX-License-Identifier: MPL-2.0
"""Tables as files that a Danish spreadsheet opens at once."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Semicolons between cells, a byte order mark in front. Nothing in it is taken for a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + sheet.getvalue()


def csv_download(text: str, filename: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula. A number stays a number."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(cell, int | float) else text
