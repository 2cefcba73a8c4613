# SPDX-License-Identifier: MPL-2.0
"""Reads about ideas and mentors that several pages and acts use."""

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from indgang.cases.models import Case, Idea, Mentor, MentorMatch
from indgang.cases.queries import visible_to
from indgang.core.advice.mentors import Candidate, Wish
from indgang.directory.models import Interest
from indgang.kernel.access import Principal


def ideas_for(by: Principal) -> QuerySet[Case]:
    """Cases of advice that somebody may open, with idea and contact person."""
    return (
        visible_to(by)
        .filter(kind=Case.Kind.ADVICE)
        .select_related("idea", "handler", "unit", "municipality", "organisation")
    )


def mentors_of(municipality_id: int) -> QuerySet[Mentor]:
    """Mentors who are there, with how many matches each has open, by name."""
    return (
        Mentor.objects.filter(municipality_id=municipality_id, left_at=None)
        .select_related("user")
        .annotate(running=Count("matches", filter=Q(matches__ended_at=None)))
        .order_by("user__name", "pk")
    )


def candidates_for(idea: Idea, *, on: date) -> list[Candidate]:
    """Every mentor as the short list needs to know one; a single query."""
    tied = Interest.objects.filter(
        user_id=OuterRef("user_id"), organisation_id=idea.organisation_id or 0, first_date__lte=on
    ).filter(Q(last_date=None) | Q(last_date__gte=on))
    declined = MentorMatch.objects.filter(
        idea=idea, mentor=OuterRef("pk"), ending=MentorMatch.Ending.DECLINED
    )
    rows = mentors_of(idea.municipality_id).annotate(is_tied=Exists(tied), has_declined=Exists(declined))
    return [
        Candidate(
            key=row.pk,
            name=row.user.name,
            skills=frozenset(row.skills),
            trades=row.trades,
            town=row.town,
            capacity=row.capacity,
            running=row.running,  # type: ignore[attr-defined]
            is_tied=row.is_tied,
            has_declined=row.has_declined,
        )
        for row in rows
    ]


def wish_of(idea: Idea) -> Wish:
    """What the founder needs, as the short list takes it."""
    return Wish(frozenset(idea.needs), idea.case.title, idea.case.town)


def open_match(idea: Idea) -> MentorMatch | None:
    """The one match of an idea that has not ended."""
    return idea.matches.filter(ended_at=None).select_related("mentor__user").first()


def running_matches(municipality_id: int) -> QuerySet[MentorMatch]:
    """Matches to which both have said yes, with the day they last met."""
    return (
        MentorMatch.objects.filter(
            municipality_id=municipality_id,
            ended_at=None,
            mentor_yes_at__isnull=False,
            founder_yes_at__isnull=False,
        )
        .select_related(
            "idea__case__handler", "idea__case__unit", "idea__case__municipality", "mentor__user", "interest"
        )
        .annotate(last_met=Max("meetings__met_date"))
    )
