# SPDX-License-Identifier: MPL-2.0
"""Who can do a task, from the directory's index, less those who must not or will not be asked now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Organisation, PurchaseBar
from indgang.directory.search import Found, Result, find
from indgang.procurement.models import Answer, Aversion, Invitation, TaskNotice

TOP = 12
LESSON = 0.75
"""What a score is multiplied by for each earlier refusal that speaks against this task."""


@dataclass(frozen=True)
class Match:
    """`reasons` say why it fits; `missing` the one thing that keeps it from fitting; `resting` why it is not asked."""

    organisation: Organisation
    score: float
    reasons: tuple[Reason, ...] = ()
    missing: Reason | None = None
    resting: Reason | None = None
    lessons: tuple[Reason, ...] = field(default=())


def matches_for(task: TaskNotice, *, now: datetime, top: int = TOP) -> list[Match]:
    """Those who fit and may be asked now, best first."""
    return [match for match in all_matches(task, now=now, top=top) if match.resting is None]


def all_matches(task: TaskNotice, *, now: datetime, top: int = TOP) -> list[Match]:
    """Those who fit, with what keeps some of them from being asked now. One query beside the index's own."""
    found = whole_result(task, now=now, top=top).matches
    return matches_in(task, found, now=now, top=top)


def matches_in(task: TaskNotice, found: Sequence[Found], *, now: datetime, top: int = TOP) -> list[Match]:
    """What the index found, with what speaks against asking some of them now."""
    organisations = _with_what_speaks_against(task, [one.organisation_id for one in found], now)
    matches = []
    for one in found:
        organisation = organisations.get(one.organisation_id)
        if organisation is None:
            continue
        learned = _lessons(organisation.refusals, task.law.value_dkk)  # type: ignore[attr-defined]
        score = one.score * LESSON ** len(learned)
        matches.append(
            Match(organisation, score, one.reasons, one.missing, _resting(organisation, now), learned)
        )
    matches.sort(key=lambda match: -match.score)
    return matches[:top]


def whole_result(task: TaskNotice, *, now: datetime, top: int = TOP) -> Result:
    """What the index says about a task: who fits, and the several tasks in it when there are more than one."""
    today = timezone.localtime(now).date()
    return find(
        task.need,
        place_code=task.municipality.code,
        value_dkk=task.law.value_dkk or None,
        days_until_start=(task.delivery_date - today).days if task.delivery_date else None,
        top=top * 2,
        municipality_id=task.municipality_id,
    )


def _with_what_speaks_against(task: TaskNotice, ids: list[int], now: datetime) -> dict[int, Organisation]:
    """Organisations with the month's invitations, aversions, bars and earlier refusals beside them."""
    today = timezone.localtime(now).date()
    mine = {"organisation": OuterRef("pk")}
    month = Invitation.objects.filter(**mine, invited_at__gte=now - timedelta(days=30)).exclude(task=task)
    averse = Aversion.objects.filter(**mine, cpv_prefix=task.cpv_code[:3], undone_at=None).exclude(
        cpv_prefix=""
    )
    barred = PurchaseBar.objects.filter(
        **mine, unit_id=task.unit_id, first_date__lte=today, last_date__gte=today
    )
    refused = (
        Answer.objects.filter(
            invitation__organisation=OuterRef("pk"),
            kind=Answer.Kind.NOT_NOW,
            invitation__task__cpv_code=task.cpv_code,
        )
        .exclude(invitation__task=task)
        .exclude(invitation__task__cpv_code="")
    )
    annotated: QuerySet[Any] = Organisation.objects.select_related("availability").annotate(
        month=ArraySubquery(month.values("pk")),
        is_averse=Exists(averse),
        is_barred=Exists(barred),
        refusals=ArraySubquery(
            refused.values(row=JSONObject(because="because", value="invitation__task__law__value_dkk"))
        ),
    )
    return annotated.in_bulk(ids)


def _resting(organisation: Organisation, now: datetime) -> Reason | None:
    """Why somebody is not asked now."""
    today = timezone.localtime(now).date()
    if organisation.is_barred:  # type: ignore[attr-defined]
        return Reason(gettext_noop("Enheden må ikke købe her lige nu"))
    if organisation.is_averse:  # type: ignore[attr-defined]
        return Reason(gettext_noop("Vil ikke spørges om den slags opgaver"))
    if organisation.is_paused(today):
        return Reason(gettext_noop("Er på pause"))
    if organisation.on_holiday(today):
        return Reason(gettext_noop("Holder ferie"))
    if len(organisation.month) >= organisation.availability.invitations_a_month:  # type: ignore[attr-defined]
        return Reason(gettext_noop("Har fået de invitationer, den vil have, denne måned"))
    return None


def _lessons(refusals: list[dict[str, Any]], value_dkk: int) -> tuple[Reason, ...]:
    """Earlier refusals that speak against asking again for something alike."""
    reasons = (_lesson(row["because"], row["value"], value_dkk) for row in refusals)
    return tuple(dict.fromkeys(reason for reason in reasons if reason is not None))


def _lesson(because: str, earlier_dkk: int, now_dkk: int) -> Reason | None:
    if because == Answer.Because.NOT_OURS:
        return Reason(gettext_noop("Har før svaret, at den slags ikke er det, de laver"))
    if because == Answer.Because.TOO_BIG and now_dkk >= earlier_dkk:
        return Reason(gettext_noop("Har før svaret, at en opgave på den størrelse var for stor"))
    if because == Answer.Because.TOO_SMALL and now_dkk <= earlier_dkk:
        return Reason(gettext_noop("Har før svaret, at en opgave på den størrelse var for lille"))
    return None
