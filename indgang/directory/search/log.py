# SPDX-License-Identifier: MPL-2.0
"""The change log itself: asking every process to read anew, and keeping the log short."""

from django.db import connection

EVERYTHING = 0
"""Stands in the place of an enterprise's id when all of them must be read anew."""


def ask_for_rebuild() -> None:
    """Every process reads everything anew at its next search."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_indexchange (organisation_id, transaction_id)"
            " VALUES (%s, pg_current_xact_id()::text::bigint)",
            [EVERYTHING],
        )


def compact() -> int:
    """Remove changes that a newer change of the same enterprise stands for; returns how many.

    Safe beside running processes: one that has not seen the older change has not seen the newer one either. Numbers
    that PostgreSQL has not given out yet come from another server, by a restored backup; they are removed as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM directory_indexchange"
            " WHERE transaction_id >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            " AND transaction_id <> coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)"
        )
        foreign = cursor.rowcount
        cursor.execute(
            "DELETE FROM directory_indexchange older USING directory_indexchange newer"
            " WHERE newer.organisation_id = older.organisation_id"
            " AND (newer.transaction_id, newer.id) > (older.transaction_id, older.id)"
        )
        return int(foreign + cursor.rowcount)
