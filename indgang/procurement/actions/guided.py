# SPDX-License-Identifier: MPL-2.0
"""A task and its case in the guide: opened with what the task says, and taken back over."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions import cases
from indgang.guidance.aims import BUY
from indgang.guidance.guide import AGREEMENT, code_of, guide
from indgang.guidance.models import LawCase
from indgang.kernel.access import Principal
from indgang.procurement.actions.describe import tell_the_law
from indgang.procurement.law_watch import about
from indgang.procurement.lawful import facts_of
from indgang.procurement.models import LawFacts, TaskNotice
from indgang.procurement.permissions import check_can_handle


@transaction.atomic
def open_guide(by: Principal, task: TaskNotice, *, now: datetime) -> LawCase:
    """The case about a task in the guide, told what the task says now."""
    check_can_handle(by, task)
    said = facts_of(task.law, timezone.localtime(now).date())
    case = cases.open_case(
        by,
        BUY,
        task.title,
        facts=said,
        about=about(task.pk),
        back_path=reverse("task_law_from_guide", args=[task.pk]),
        unit_id=task.unit_id,
        now=now,
    )
    decided = task.law.decided_at
    if decided is not None and decided > case.changed_at:
        cases.tell(by, case, {name: value for name, value in said.items() if value != "unknown"}, now=now)
    return case


@transaction.atomic
def take_from_guide(by: Principal, task: TaskNotice, *, now: datetime) -> LawFacts:
    """Let the answers given in the guide count for the task. What a task does not say itself is read from the case."""
    case = LawCase.objects.filter(municipality_id=by.municipality_id, about=about(task.pk)).first()
    if case is None:
        raise Refused(gettext_noop("Der er ingen svar i guiden om opgaven endnu."))
    guided = guide(case.municipality_id, case.facts, cases.day_of(case.facts, now), unit_id=task.unit_id)
    value, kind = guided.answer.value_dkk, str(case.facts.get("kind"))
    if value is None or kind not in LawFacts.Kind.values:
        raise Refused(gettext_noop("Svar først på, hvad I køber, og hvad det koster i alt."))
    related, bound = case.facts.get("related_value_dkk", value), case.facts.get(f"{AGREEMENT}.exclusive")
    unbound = case.facts.get(AGREEMENT) == "no" or bound == "no"
    return tell_the_law(
        by,
        task,
        kind=kind,
        value_dkk=round(value),
        related_value_dkk=None if related == "unknown" else round(float(related)),
        cross_border=str(case.facts.get("kgi", LawFacts.Known.UNKNOWN)),
        binding_agreement="yes" if bound == "yes" else "no" if unbound else "unknown",
        agreement_note=task.law.agreement_note,
        reasoning=task.law.reasoning,
        cpv_code=code_of(case.facts) or None,
        now=now,
    )
