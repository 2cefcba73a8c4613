# SPDX-License-Identifier: MPL-2.0
"""Forgetting on time: one pass over every model that declares rules for its personal fields.

A model whose rows only a role of their own may touch names it in `database_role`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction

from indgang.kernel.database.tenancy import acting_as
from indgang.kernel.models import DeletionLine
from indgang.kernel.models.retention import Retention


def rules() -> Iterator[tuple[type[models.Model], Retention]]:
    """Every model with each of its rules."""
    for model in apps.get_models():
        for rule in getattr(model, "retention", ()):
            yield model, rule


@transaction.atomic
def forget(now: datetime) -> int:
    """Apply every rule to the rows in sight and log what was removed; returns the number of rows.

    Run per municipality, inside its tenant. Running again finds nothing more.
    """
    return sum(_apply(model, rule, now) for model, rule in rules())


def _apply(model: type[models.Model], rule: Retention, now: datetime) -> int:
    old_enough = {f"{rule.after}__lt": now - timedelta(days=rule.days)}
    expired = model._default_manager.filter(**old_enough, **dict(rule.only))
    if rule.then == "clear":
        expired = expired.exclude(**dict.fromkeys(rule.fields, ""))
    if rule.then == "pseudonym":
        for field in rule.fields:
            expired = expired.exclude(**{f"{field}__startswith": "slettet-"})
    role = getattr(model, "database_role", "")
    if role:
        with acting_as(role):
            rows: Iterable[models.Model] = list(expired)
    else:
        rows = expired.iterator(chunk_size=500)
    count = 0
    for row in rows:
        with acting_as(role):
            gone = _remove(rule, row)
        if gone:
            _log(model, rule, row, now)
            count += 1
    return count


def _remove(rule: Retention, row: models.Model) -> bool:
    """Whether anything went: a row that is shared may be seen here and be another municipality's to keep."""
    mine = type(row)._default_manager.filter(pk=row.pk)
    if rule.then == "remove":
        return mine.delete()[0] > 0
    told = "" if rule.then == "clear" else f"slettet-{row.pk}@indgang.invalid"
    return mine.update(**dict.fromkeys(rule.fields, told)) > 0


def _log(model: type[models.Model], rule: Retention, row: models.Model, now: datetime) -> None:
    DeletionLine.objects.create(
        at=now,
        model=model._meta.label,
        row_id=str(row.pk),
        fields=list(rule.fields),
        rule=f"{rule.days} dage efter {rule.after}: {rule.then}",
    )
