# SPDX-License-Identifier: MPL-2.0
"""What hangs on a row, gathered as JSON beside it by plain SQL, so that a page costs the same however much hangs there.

The SQL never varies. Django's expressions said the same, but building them anew took more processor time than the
whole page had left (`benchmarks/tasks.py`).
"""

from datetime import datetime
from typing import Any

from django.db.models import JSONField
from django.db.models.expressions import RawSQL


def gathered(sql: str) -> RawSQL:
    """A part of a row: one JSON value. The SQL may name the outer table; it takes no values from outside."""
    return RawSQL(sql, (), JSONField())  # noqa: S611


def with_moments(row: dict[str, Any], *more: str) -> dict[str, Any]:
    """JSON has no moments; names that end in _at (or are it), and those in `more`, hold one."""
    return {
        name: datetime.fromisoformat(value)
        if value and (name.endswith("_at") or name == "at" or name in more)
        else value
        for name, value in row.items()
    }
