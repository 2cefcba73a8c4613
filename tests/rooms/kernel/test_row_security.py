# SPDX-License-Identifier: MPL-2.0
"""The database keeps municipalities apart even when the application forgets to ask."""

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from indgang.kernel.database.tenancy import acting_as, set_tenant
from indgang.kernel.models import Duty, Owned, Unit
from tests.cast import NOW, Cast

SHARED_BY_DESIGN = {
    "kernel.Municipality",
    "kernel.User",
    "kernel.RateCount",
    "kernel.Heartbeat",
    "kernel.DeletionLine",
    "directory.Removal",
    "directory.IndexChange",
}


def tables_with_forced_policies() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        return {row[0] for row in cursor.fetchall()}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("indgang.")]


@pytest.mark.django_db
def test_every_table_of_ours_has_forced_row_security_or_is_shared_by_design() -> None:
    forced = tables_with_forced_policies()
    open_tables = {model._meta.label for model in our_models() if model._meta.db_table not in forced}
    shared = {
        label for label in open_tables if label in SHARED_BY_DESIGN or label.startswith("procurement.Notice")
    }
    assert open_tables == shared


@pytest.mark.django_db
def test_every_owned_row_carries_its_municipality() -> None:
    owned = [model for model in our_models() if issubclass(model, Owned)]
    assert owned
    assert all(not model._meta.get_field("municipality").null for model in owned)


def test_without_a_tenant_nothing_owned_is_seen(cast: Cast) -> None:
    set_tenant(None)
    seen = []
    for model in our_models():
        if issubclass(model, Owned):
            with acting_as(getattr(model, "database_role", "")):
                if model.objects.exists():
                    seen.append(model._meta.label)
    assert seen == []


def test_with_our_own_filters_off_nothing_foreign_is_seen(cast: Cast) -> None:
    set_tenant(cast.next_door.pk)
    assert list(Unit.objects.values_list("name", flat=True)) == ["Rådhuset"]


def test_a_row_cannot_be_written_into_another_municipality(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Unit.objects.create(municipality=cast.next_door, name="Trojansk hest")


def test_a_row_cannot_be_moved_to_another_municipality(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Unit.objects.filter(name="Biblioteket").update(municipality=cast.next_door)


def test_an_update_without_conditions_reaches_only_ones_own(cast: Cast) -> None:
    set_tenant(cast.next_door.pk)
    assert Unit.objects.update(account="x") == 1


def test_a_tenant_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        set_tenant(1)


def test_a_duty_of_the_next_municipality_is_not_on_the_desk(cast: Cast) -> None:
    Duty.objects.create(municipality=cast.home, kind="x", title="Ring", path="/", created_at=NOW, due_at=NOW)
    set_tenant(cast.next_door.pk)
    assert not Duty.objects.exists()
