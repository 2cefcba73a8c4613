# SPDX-License-Identifier: MPL-2.0
"""Accounts get the municipality's own names: a new version each time, so that old papers keep theirs."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.impact import departments
from indgang.impact.models import DepartmentNames
from indgang.impact.permissions import check_can_name
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def name_departments(by: Principal, names: Mapping[str, str], *, now: datetime) -> DepartmentNames:
    """Own names by account code; an empty one takes the chart's name back. Runs that are kept keep their names."""
    check_can_name(by)
    known = {account.code for account in departments.accounts()}
    if unknown := set(names) - known:
        raise Refused(gettext_noop("Kontoen %(code)s findes ikke i kontoplanen."), code=min(unknown))
    told = {code: name.strip() for code, name in names.items() if name.strip()}
    before = departments.in_force(by.municipality_id)
    if told == before:
        raise Refused(gettext_noop("Navnene er de samme som før. Ret et af dem, før I gemmer."))
    last = DepartmentNames.objects.filter(municipality_id=by.municipality_id).order_by("-version").first()
    row = DepartmentNames.objects.create(
        municipality_id=by.municipality_id,
        version=last.version + 1 if last else 1,
        names=told,
        by_id=by.user_id or 0,
        at=now,
    )
    changed = {
        code: f"{before.get(code, '')} → {told.get(code, '')}"
        for code in sorted(known)
        if before.get(code) != told.get(code)
    }
    audit.record(
        by,
        "value.departments",
        f"department_names:{row.pk}",
        now=now,
        facts={"version": row.version, **changed},
    )
    return row
