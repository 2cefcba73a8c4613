# SPDX-License-Identifier: MPL-2.0
"""What tasks wait for from an enterprise: an answer, a sealed bid, or a word about its own papers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from indgang.core.text import Reason, gettext_noop
from indgang.kernel.access import Principal
from indgang.procurement.models import AccessRequest, Answer, Bid, Invitation

MOST = 20


@dataclass(frozen=True)
class Awaited:
    """One thing that an enterprise is asked to do, and until when it may."""

    what: Reason
    title: str
    path: str
    until: datetime | None


TO_ANSWER = Reason(gettext_noop("Svar, om I kan løse den"))
TO_BID = Reason(gettext_noop("Skriv jeres tilbud"))
TO_HEAR = Reason(gettext_noop("Skriv, hvad der er fortroligt i jeres tilbud"))


def awaited_of(by: Principal, *, now: datetime) -> list[Awaited]:
    """What waits for the enterprises that somebody speaks for, what closes first on top. Two queries."""
    if not by.organisations:
        return []
    found = [*_invitations(by, now), *_hearings(by)]
    return sorted(found, key=lambda one: (one.until is None, one.until))[:MOST]


def _invitations(by: Principal, now: datetime) -> list[Awaited]:
    last = Answer.objects.filter(invitation=OuterRef("pk")).order_by("-at", "-pk").values("kind")[:1]
    bid = Bid.objects.filter(
        task=OuterRef("task"), organisation=OuterRef("organisation"), withdrawn_at=None, replaced_at=None
    )
    rows = (
        Invitation.objects.filter(organisation_id__in=by.organisations, invited_at__isnull=False)
        .filter(Q(task__competition=None) | Q(task__competition__bids_until__gte=now))
        .filter(task__withdrawn_at=None, task__decision=None)
        .annotate(said=Subquery(last), has_bid=Exists(bid), bids_until=F("task__competition__bids_until"))
        .select_related("task", "duty")
    )
    awaited = []
    for row in rows:
        path = reverse("task", args=[row.task_id])
        if row.said is None and row.duty is not None and not row.has_bid:
            awaited.append(Awaited(TO_ANSWER, row.task.title, path, row.bids_until or row.duty.due_at))
        elif row.said == Answer.Kind.YES and row.bids_until and not row.has_bid:
            awaited.append(Awaited(TO_BID, row.task.title, path, row.bids_until))
    return awaited


def _hearings(by: Principal) -> list[Awaited]:
    rows = AccessRequest.objects.filter(
        about_id__in=by.organisations, heard_at__isnull=False, decided_at=None, hearing_answer=""
    ).select_related("task", "duty")
    return [
        Awaited(
            TO_HEAR,
            row.task.title,
            reverse("hearing", args=[row.task_id, row.pk]),
            row.duty.due_at if row.duty else None,
        )
        for row in rows
    ]
