# SPDX-License-Identifier: MPL-2.0
"""Migrations as they are run: a constraint or an index that follows its table in the same migration is made with it.

Django draws all models anew for each such operation, which took half of the time from nothing to a migrated database.
The files stay as `makemigrations` writes them, and the schema is the same.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db.migrations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation


@contextmanager
def merged_migrations() -> Iterator[None]:
    """Migrations that are loaded in here are run merged."""
    usual = MigrationLoader.load_disk

    def load(loader: MigrationLoader) -> None:
        usual(loader)
        for migration in (loader.disk_migrations or {}).values():
            migration.operations = merged(migration.operations)  # type: ignore[misc]

    MigrationLoader.load_disk = load  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        MigrationLoader.load_disk = usual  # type: ignore[method-assign]


def merged(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations, with constraints and indexes moved into the making of their table.

    One stays where it is when its table's columns were changed in between, or something happened that could be anything.
    """
    done: list[Operation] = []
    fresh: dict[str, int] = {}
    for operation in operations:
        place = (
            fresh.get(operation.model_name_lower) if isinstance(operation, AddConstraint | AddIndex) else None
        )
        if isinstance(operation, CreateModel):
            fresh[operation.name_lower] = len(done)
            done.append(operation)
        elif place is not None:
            done[place] = _with(done[place], operation)
        else:
            if isinstance(operation, FieldOperation):
                fresh.pop(operation.model_name_lower, None)
            elif not isinstance(operation, AddConstraint | AddIndex):
                fresh.clear()
            done.append(operation)
    return done


def _with(table: Operation, more: Operation) -> CreateModel:
    assert isinstance(table, CreateModel)
    kind, one = ("indexes", more.index) if isinstance(more, AddIndex) else ("constraints", more.constraint)  # type: ignore[attr-defined]
    options = table.options | {kind: [*table.options.get(kind, ()), one]}
    return CreateModel(table.name, table.fields, options, table.bases, table.managers)
