# SPDX-License-Identifier: MPL-2.0
"""From an uploaded list to plain rows, without a database: read the file, guess the columns, judge the lines."""

from indgang.directory.importing.columns import FIELDS, Field, guess_columns
from indgang.directory.importing.reading import Grid, Line, read_list
from indgang.directory.importing.rows import Rejected, Row, rows_from

__all__ = [
    "FIELDS",
    "Field",
    "Grid",
    "Line",
    "Rejected",
    "Row",
    "guess_columns",
    "read_list",
    "rows_from",
]
