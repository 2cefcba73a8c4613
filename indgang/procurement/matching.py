# SPDX-License-Identifier: MPL-2.0
"""Who can do a task, from the directory's index, less those who must not or will not be asked now."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Organisation, PurchaseBar
from indgang.directory.search import find
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
    """Those who fit, with what keeps some of them from being asked now. Six queries, whatever their number."""
    found = find(task.need, value_dkk=task.law.value_dkk, cpv_code=task.cpv_code, top=top * 2).matches
    organisations = Organisation.objects.in_bulk([one.organisation_id for one in found])
    resting = _resting(task, organisations, now)
    lessons = _lessons(task, list(organisations))
    matches = []
    for one in found:
        organisation = organisations.get(one.organisation_id)
        if organisation is None:
            continue
        learned = lessons.get(organisation.pk, ())
        score = one.score * LESSON ** len(learned)
        matches.append(
            Match(organisation, score, one.reasons, one.missing, resting.get(organisation.pk), learned)
        )
    matches.sort(key=lambda match: -match.score)
    return matches[:top]


def _resting(task: TaskNotice, organisations: dict[int, Organisation], now: datetime) -> dict[int, Reason]:
    """Why some are not asked now: averse, barred, full this month, on holiday or paused."""
    today = timezone.localtime(now).date()
    ids = list(organisations)
    reasons: dict[int, Reason] = {}
    month = Counter(
        Invitation.objects.filter(organisation_id__in=ids, invited_at__gte=now - timedelta(days=30))
        .exclude(task=task)
        .values_list("organisation_id", flat=True)
    )
    for key, organisation in organisations.items():
        if organisation.is_paused(today):
            reasons[key] = Reason(gettext_noop("Er på pause"))
        elif organisation.on_holiday(today):
            reasons[key] = Reason(gettext_noop("Holder ferie"))
        elif month[key] >= organisation.invitations_a_month:
            reasons[key] = Reason(gettext_noop("Har fået de invitationer, den vil have, denne måned"))
    for key in _averse(task, ids):
        reasons[key] = Reason(gettext_noop("Vil ikke spørges om den slags opgaver"))
    barred = PurchaseBar.objects.filter(
        organisation_id__in=ids, unit_id=task.unit_id, first_date__lte=today, last_date__gte=today
    )
    for key in barred.values_list("organisation_id", flat=True):
        if key is not None:
            reasons[key] = Reason(gettext_noop("Enheden må ikke købe her lige nu"))
    return reasons


def _averse(task: TaskNotice, ids: list[int]) -> list[int]:
    if not task.cpv_code:
        return []
    rows = Aversion.objects.filter(organisation_id__in=ids, cpv_prefix=task.cpv_code[:3], undone_at=None)
    return list(rows.values_list("organisation_id", flat=True))


def _lessons(task: TaskNotice, ids: list[int]) -> dict[int, tuple[Reason, ...]]:
    """Earlier refusals that speak against asking again for something alike."""
    answers = Answer.objects.filter(
        invitation__organisation_id__in=ids,
        kind=Answer.Kind.NOT_NOW,
        invitation__task__cpv_code=task.cpv_code,
    ).exclude(invitation__task=task)
    found: dict[int, list[Reason]] = {}
    rows = answers.values_list("invitation__organisation_id", "because", "invitation__task__law__value_dkk")
    for organisation_id, because, value in rows:
        reason = _lesson(because, value, task.law.value_dkk)
        if task.cpv_code and reason is not None and reason not in found.get(organisation_id, []):
            found.setdefault(organisation_id, []).append(reason)
    return {key: tuple(reasons) for key, reasons in found.items()}


def _lesson(because: str, earlier_dkk: int, now_dkk: int) -> Reason | None:
    if because == Answer.Because.NOT_OURS:
        return Reason(gettext_noop("Har før svaret, at den slags ikke er det, de laver"))
    if because == Answer.Because.TOO_BIG and now_dkk >= earlier_dkk:
        return Reason(gettext_noop("Har før svaret, at en opgave på den størrelse var for stor"))
    if because == Answer.Because.TOO_SMALL and now_dkk <= earlier_dkk:
        return Reason(gettext_noop("Har før svaret, at en opgave på den størrelse var for lille"))
    return None
