# SPDX-License-Identifier: MPL-2.0
"""Files that nothing points at any more: what they belonged to has been forgotten, so their contents go too."""

from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from indgang.kernel.models import DeletionLine, FileContent, StoredFile

LEFT_ALONE = timedelta(days=2)
"""A file that was just laid in may belong to a form that is still being filled in."""


def orphans(now: datetime) -> QuerySet[StoredFile]:
    """Files in sight that no row in sight points at. A row may be hidden from everybody, such as a sealed bid."""
    rows = StoredFile.objects.filter(created_at__lt=now - LEFT_ALONE)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if (
            relation.auto_created
            and not relation.concrete
            and isinstance(model, type)
            and model is not FileContent
        ):
            pointing = model._default_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            rows = rows.exclude(Exists(pointing))
    return rows


def sweep(now: datetime) -> int:
    """Remove them with their contents and log each; returns how many. Run per municipality, inside its tenant.

    What a hidden row points at is refused by the database, which sees all rows, and stays.
    """
    return sum(_remove(row, now) for row in list(orphans(now)))


def _remove(row: StoredFile, now: datetime) -> bool:
    number = str(row.pk)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            row.delete()
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    DeletionLine.objects.create(
        at=now,
        model=StoredFile._meta.label,
        row_id=number,
        fields=["content"],
        rule="ingen bruger filen mere",
    )
    return True
