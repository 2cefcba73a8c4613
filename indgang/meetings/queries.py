# SPDX-License-Identifier: MPL-2.0
"""Reads of meetings that several pages and rooms use."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role
from indgang.meetings.models import Meeting, Participant

CONFIRMED = Q(participants__part=Participant.Part.SIGNED_UP, participants__withdrawn_at=None)


def visible_to(by: Principal) -> QuerySet[Meeting]:
    """Meetings somebody may open: those they run or take part in, public ones, and for coordinators all but the
    confidential ones."""
    rows = Meeting.objects.filter(municipality_id=by.municipality_id)
    if by.kind is Kind.SYSTEM:
        return rows
    mine = Q(sign_up__isnull=False)
    if by.user_id is not None:
        mine |= Q(organiser_id=by.user_id) | Q(Exists(_taking_part(by)))
    if by.holds(Role.COORDINATOR):
        mine |= Q(confidential=False)
    return rows.filter(mine)


def _taking_part(by: Principal) -> QuerySet[Participant]:
    whose = Q(user_id=by.user_id)
    if by.organisations:
        whose |= Q(organisation_id__in=by.organisations)
    return Participant.objects.filter(whose, meeting=OuterRef("pk"), withdrawn_at=None)


def own_meetings(by: Principal, now: datetime) -> QuerySet[Meeting]:
    """What somebody runs or takes part in and is not over, soonest first; those without a time on top."""
    if by.user_id is None:
        return Meeting.objects.none()
    return (
        visible_to(by)
        .filter(Q(organiser_id=by.user_id) | Q(Exists(_taking_part(by))), cancelled_at=None)
        .filter(Q(starts_at=None) | Q(starts_at__gte=now - timedelta(days=1)))
        .order_by(F("starts_at").asc(nulls_first=True), "pk")
    )


def past_meetings(by: Principal, now: datetime) -> QuerySet[Meeting]:
    """The same people's meetings that are over or cancelled, newest first."""
    if by.user_id is None:
        return Meeting.objects.none()
    return (
        visible_to(by)
        .filter(Q(organiser_id=by.user_id) | Q(Exists(_taking_part(by))))
        .filter(Q(starts_at__lt=now - timedelta(days=1)) | Q(cancelled_at__isnull=False))
        .order_by(F("starts_at").desc(nulls_last=True), "-pk")
    )


def public_meetings(now: datetime) -> QuerySet[Meeting]:
    """Coming meetings that anyone may sign up for, with how many seats are taken."""
    return (
        Meeting.objects.filter(sign_up__isnull=False, cancelled_at=None, starts_at__gte=now)
        .select_related("sign_up", "organiser")
        .annotate(taken=Count("participants", filter=CONFIRMED & Q(participants__seat_at__isnull=False)))
        .order_by("starts_at", "pk")
    )


def meetings_of(kind: str, number: int) -> QuerySet[Meeting]:
    """All meetings that belong to one thing in a room above, soonest first; without a time on top."""
    return Meeting.objects.filter(owner_kind=kind, owner_id=number).order_by(
        F("starts_at").asc(nulls_first=True), "pk"
    )


def held_count(kind: str, number: int, *, since: datetime, now: datetime) -> int:
    """How many meetings of one thing were held in a period."""
    return (
        meetings_of(kind, number).filter(cancelled_at=None, starts_at__gte=since, starts_at__lt=now).count()
    )


def present_names(meeting: Meeting) -> list[str]:
    """Names that may be shown to anyone: with a seat, and with their own yes to it."""
    rows = meeting.participants.filter(
        part=Participant.Part.SIGNED_UP, withdrawn_at=None, seat_at__isnull=False, shows_name=True
    )
    return list(rows.exclude(name="").order_by("name").values_list("name", flat=True))


def feed_of(user_id: int, now: datetime) -> QuerySet[Meeting]:
    """Meetings with a time that somebody runs or takes part in, from a quarter back, cancelled ones too."""
    part = Participant.objects.filter(user_id=user_id, meeting=OuterRef("pk"), withdrawn_at=None)
    rows = Meeting.objects.filter(
        Q(organiser_id=user_id) | Q(Exists(part)), starts_at__gte=now - timedelta(days=92)
    )
    return rows.order_by("starts_at", "pk")[:500]
