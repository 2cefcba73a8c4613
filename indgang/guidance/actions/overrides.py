# SPDX-License-Identifier: MPL-2.0
"""Deciding against doubt or own policy: in writing by one, backed by another. What the law closes stays closed."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.law.override import check_override
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions.cases import day_of
from indgang.guidance.guide import guide
from indgang.guidance.models import LawCase, Override
from indgang.guidance.permissions import check_can_back, check_can_be_second, check_can_change_case
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty, User

BACK = "guidance.override"
DAYS = 3


@transaction.atomic
def ask_override(
    by: Principal, case: LawCase, rule_id: str, *, reason: str, second: User, now: datetime
) -> Override:
    """Write why a route is taken against doubt or own policy, and ask a colleague to stand behind it."""
    check_can_change_case(by, case)
    guided = guide(case.municipality_id, case.facts, day_of(case.facts, now), unit_id=case.unit_id)
    check_override(
        guided.answer, rule_id, written_reason=reason, by=str(by.user_id), second_person=str(second.pk)
    )
    check_can_be_second(case.municipality_id, second)
    if case.overrides.filter(rule_id=rule_id, facts=dict(guided.facts), backed=None).exists():
        raise Refused(gettext_noop("En kollega er allerede spurgt om det. Vent på svaret."))
    row = Override.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        rule_id=rule_id,
        facts=dict(guided.facts),
        reason=reason.strip(),
        asked_by_id=by.user_id or 0,
        asked_at=now,
        second=second,
    )
    promise(
        by,
        BACK,
        _("Tag stilling til en fravigelse: %(title)s") % {"title": case.title},
        path=_path(row),
        due_at=due_in(DAYS, now=now, calendar=case.municipality.calendar()),
        owner=second,
        now=now,
    )
    audit.record(
        by, "override.ask", f"law-case:{case.pk}", now=now, facts={"rule": rule_id, "second": second.pk}
    )
    return row


@transaction.atomic
def decide_override(by: Principal, row: Override, *, backed: bool, remark: str = "", now: datetime) -> None:
    """The second person stands behind it, or does not and says why."""
    check_can_back(by, row)
    if not backed and not remark.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor du ikke står bag."))
    row.backed, row.decided_at, row.remark = backed, now, remark.strip()
    row.save(update_fields=["backed", "decided_at", "remark"])
    for duty in Duty.objects.filter(kind=BACK, path=_path(row), done_at=None):
        settle(duty, now=now)
    audit.record(
        by,
        "override.decide",
        f"law-case:{row.case_id}",
        now=now,
        facts={"rule": row.rule_id, "backed": backed},
    )


def _path(row: Override) -> str:
    return reverse("guidance:override", args=[row.case_id, row.pk])
