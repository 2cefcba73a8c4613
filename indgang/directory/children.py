# SPDX-License-Identifier: MPL-2.0
"""Enterprises with everything that hangs on them, in one query however many there are.

Django's prefetching asks once per kind of child. Here each kind comes along as one JSON array, and the rows are
built from it. Row-level security holds inside the subqueries as it does outside.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from indgang.directory.models import Organisation

Child = TypeVar("Child", bound=Model)


def with_children(rows: QuerySet[Organisation], *kinds: type[Model]) -> QuerySet[Organisation]:
    """The same enterprises, carrying their rows of each of `kinds`; read them with `children`."""
    for kind in kinds:
        columns = {field.attname: field.attname for field in kind._meta.concrete_fields}
        own = kind._default_manager.filter(organisation=OuterRef("pk")).order_by("pk")
        rows = rows.annotate(**{_carried(kind): ArraySubquery(own.values(row=JSONObject(**columns)))})
    return rows


def children(organisation: Organisation, kind: type[Child]) -> list[Child]:
    """The rows of one kind that were carried along, as ordinary model instances in the order they were made.

    Raises AttributeError when `with_children` was not told of `kind`.
    """
    fields = kind._meta.concrete_fields
    names = [field.attname for field in fields]
    found: list[Child] = []
    for row in getattr(organisation, _carried(kind)):
        values: Sequence[Any] = [field.to_python(row[field.attname]) for field in fields]
        child = kind.from_db("default", names, values)
        setattr(child, "organisation", organisation)  # noqa: B010 - not every kind is typed with the field
        found.append(child)
    return found


def _carried(kind: type[Model]) -> str:
    return f"carried_{kind._meta.model_name}"
