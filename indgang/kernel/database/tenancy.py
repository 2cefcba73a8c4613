# SPDX-License-Identifier: MPL-2.0
"""The tenant of a transaction: which municipality, and which organisations somebody speaks for.

Row-level security reads both settings; without them nobody sees any owned row. They are set for the
transaction only, so a connection that goes back to the pool carries nothing over.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

from indgang.kernel.database.roles import APPLICATION


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


EVERYTHING = "all"
"""The sight of a role that may see every row of the municipality."""


@contextmanager
def acting_as(role: str, sight: str = EVERYTHING) -> Iterator[None]:
    """Take on another role for a few statements of the running transaction; an error gives it back as well.

    `sight` is what policies of the role's tables read: `EVERYTHING`, or organisations as `{1,2}`. An empty `role`
    changes nothing. Queries must be evaluated inside: other tables are out of reach meanwhile.
    """
    if not role:
        yield
        return
    with transaction.atomic():
        _take_on(role, sight)
        yield
        _take_on(APPLICATION, "")


def _take_on(role: str, sight: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
        cursor.execute("SELECT set_config('indgang.sight', %s, true)", [sight])
