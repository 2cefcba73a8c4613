# SPDX-License-Identifier: MPL-2.0
"""The tenant of a transaction: which municipality, and which organisations somebody speaks for.

Row-level security reads both settings; without them nobody sees any owned row. They are set for the
transaction only, so a connection that goes back to the pool carries nothing over.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def set_tenant(municipality_id: int | None, *, organisations: Iterable[int] = ()) -> None:
    """Bind the running transaction to one municipality. Must be called inside `transaction.atomic`."""
    if not connection.in_atomic_block:
        raise RuntimeError("a tenant belongs to a transaction: open one first")
    spoken_for = "{" + ",".join(str(int(number)) for number in organisations) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('indgang.municipality', %s, true),"
            " set_config('indgang.organisations', %s, true)",
            ["" if municipality_id is None else str(municipality_id), spoken_for],
        )


@contextmanager
def tenant(municipality_id: int, *, organisations: Iterable[int] = ()) -> Iterator[None]:
    """A transaction bound to one municipality, for jobs and commands."""
    with transaction.atomic():
        set_tenant(municipality_id, organisations=organisations)
        yield
