# SPDX-License-Identifier: MPL-2.0
"""A case is written and corrected; a run of it is kept for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from indgang.core.value.publish import LOWEST_PEOPLE
from indgang.impact import valuing
from indgang.impact.models import ValueCase, ValueRun
from indgang.impact.permissions import check_can_account
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def save_case(
    by: Principal, raw: Mapping[str, Any], case: ValueCase | None = None, *, now: datetime
) -> ValueCase:
    """Keep a case that can be valued; earlier runs of it stay as they are. Raises Refused when it cannot be read."""
    check_can_account(by)
    valuing.without_chance(raw)
    if case is None:
        case = ValueCase(municipality_id=by.municipality_id, made_by_id=by.user_id or 0, made_at=now)
    case.title, case.raw, case.changed_at = str(raw["title"])[:150], dict(raw), now
    case.save()
    audit.record(by, "value.case", f"value_case:{case.pk}", now=now)
    return case


@transaction.atomic
def keep_run(
    by: Principal,
    case: ValueCase,
    raw: Mapping[str, Any],
    *,
    least_people: int = LOWEST_PEOPLE,
    now: datetime,
) -> ValueRun:
    """Run a case with the values given and keep the account; the same run again is the one already kept."""
    check_can_account(by)
    found = valuing.thorough(raw, least_people)
    manifest = found["manifest"]
    known = ValueRun.objects.filter(
        municipality_id=by.municipality_id, case=case, run_id=manifest["run_id"]
    ).first()
    if known is not None:
        return known
    run = ValueRun.objects.create(
        municipality_id=by.municipality_id,
        case=case,
        run_id=manifest["run_id"],
        by_id=by.user_id or 0,
        at=now,
        pack=manifest["pack"],
        pack_sha256=manifest["pack_sha256"],
        seed=manifest["seed"],
        draws=manifest["draws"],
        result=found,
    )
    audit.record(
        by, "value.run", f"value_run:{run.pk}", now=now, facts={"run": run.run_id, "pack": run.pack_sha256}
    )
    return run
