# SPDX-License-Identifier: MPL-2.0
"""Holding still what two could change in the same second."""

from django.db import connection

from indgang.cases.models import Case


def one_at_a_time(municipality_id: int, sender: str) -> None:
    """Let one sender's enquiries in one after the other until the transaction ends: a form that is sent twice lands once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"cases:{sender}", municipality_id]
        )


def locked(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "handler", "municipality", "merged_into")
        .get(pk=case.pk)
    )
