# SPDX-License-Identifier: MPL-2.0
"""Rate limits kept in PostgreSQL, so that every web process counts the same tries.

A view declares its limits with `@limited(...)`; the middleware counts before the request's transaction
begins, so that a refused or failed request still counts and nobody waits for another's transaction.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from django.db import connection

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Limit:
    """At most `times` within `seconds` per address, per signed link, or per account.

    `reading` counts GET as well; otherwise only what changes something counts.
    """

    name: str
    per: Literal["address", "link", "account"]
    times: int
    seconds: int
    reading: bool = False


EXPORTS = Limit("export", per="address", times=30, seconds=300, reading=True)
"""For files that hold many rows."""


def limited(*limits: Limit) -> Callable[[View], View]:
    """Declare the limits of a view."""

    def mark(view: View) -> View:
        view.limits = limits  # type: ignore[attr-defined]
        return view

    return mark


def count(limit: Limit, whom: str, *, now: datetime) -> bool:
    """Count one try; False when the limit is passed. Only a hash of `whom` is kept."""
    key = hashlib.sha256(f"{limit.name}\0{limit.per}\0{whom}".encode()).digest()
    start = int(now.timestamp()) // limit.seconds * limit.seconds
    window = datetime.fromtimestamp(start, UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_ratecount (key, window_start, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (key, window_start) DO UPDATE SET count = kernel_ratecount.count + 1 RETURNING count",
            [key, window],
        )
        row = cursor.fetchone()
    return row is not None and row[0] <= limit.times
