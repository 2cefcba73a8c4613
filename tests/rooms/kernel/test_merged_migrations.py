# SPDX-License-Identifier: MPL-2.0
"""Migrations run merged lead to the same tables as the files say, one by one and altogether."""

from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from indgang.kernel.database.merged import merged, merged_migrations


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("size", models.IntegerField())])


def positive(name: str) -> AddConstraint:
    return AddConstraint(
        name, models.CheckConstraint(condition=models.Q(size__gt=0), name=f"{name}_positive")
    )


def by_size(name: str) -> AddIndex:
    return AddIndex(name, models.Index(fields=["size"], name=f"{name}_size"))


def kinds(operations: list[Operation]) -> list[str]:
    return [type(one).__name__ for one in operations]


def test_what_follows_the_making_of_a_table_is_made_with_it() -> None:
    one, other = merged([table("one"), table("other"), positive("one"), by_size("one"), positive("other")])
    assert [len(one.options[kind]) for kind in ("constraints", "indexes")] == [1, 1]  # type: ignore[attr-defined]
    assert "indexes" not in other.options  # type: ignore[attr-defined]


def test_it_stays_behind_a_change_of_the_tables_columns() -> None:
    field = AddField("one", "colour", models.CharField(max_length=9, default=""))
    assert kinds(merged([table("one"), field, positive("one")])) == [
        "CreateModel",
        "AddField",
        "AddConstraint",
    ]
    assert kinds(merged([table("one"), table("other"), field, positive("other")])) == [
        "CreateModel", "CreateModel", "AddField",
    ]  # fmt: skip


def test_it_stays_behind_sql_that_could_do_anything_and_for_tables_made_before() -> None:
    sql = RunSQL("SELECT 1", "SELECT 1")
    assert kinds(merged([table("one"), sql, positive("one")])) == ["CreateModel", "RunSQL", "AddConstraint"]
    assert kinds(merged([positive("older")])) == ["AddConstraint"]


def test_every_migration_of_ours_ends_in_the_same_tables_merged_or_not() -> None:
    plain = MigrationLoader(None).disk_migrations
    with merged_migrations():
        loader = MigrationLoader(None)
    fewer = 0
    order = loader.graph.leaf_nodes()
    seen: set[tuple[str, str]] = set()
    before, after = ProjectState(), ProjectState()
    for leaf in order:
        for key in loader.graph.forwards_plan(leaf):
            if key in seen:
                continue
            seen.add(key)
            for state, migration in ((before, plain[key]), (after, loader.disk_migrations[key])):
                for operation in migration.operations:
                    operation.state_forwards(key[0], state)
            fewer += len(plain[key].operations) - len(loader.disk_migrations[key].operations)
    assert fewer > 100
    assert before.models.keys() == after.models.keys()
    for key, model in before.models.items():
        other = after.models[key]
        assert model.fields.keys() == other.fields.keys(), key
        for kind in ("constraints", "indexes"):
            names = [sorted(one.name for one in state.options.get(kind, ())) for state in (model, other)]
            assert names[0] == names[1], key
