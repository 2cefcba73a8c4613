# SPDX-License-Identifier: MPL-2.0
"""What the pages of advice are filled with."""

from dataclasses import dataclass

from django.utils import timezone

from indgang.cases.advice.forms import LocalForm, ScreeningForm
from indgang.cases.advice.letters import founder_of
from indgang.cases.advice.permissions import MENTOR, check_can_advise
from indgang.cases.advice.queries import candidates_for, open_match, wish_of
from indgang.cases.models import Case, Idea, Mentor, MentorEvaluation, MentorMatch, Skill
from indgang.core.advice.mentors import short_list
from indgang.core.advice.screening import Screening, screen
from indgang.core.text import Reason
from indgang.kernel.access import Principal, may


@dataclass(frozen=True)
class Proposed:
    """A mentor on the short list with reasons, and the needs that somebody else must meet."""

    mentor: Mentor
    reasons: tuple[Reason, ...]
    lacks: list[str]


@dataclass(frozen=True)
class NotNow:
    """A mentor who is left out, and why."""

    mentor: Mentor
    reason: Reason


def step_of(idea: Idea, match: MentorMatch | None) -> str:
    """The one next thing: the talk, pointing on, why here, a mentor, an answer, or that it runs."""
    if idea.case.closed_at is not None:
        return "closed"
    if idea.screened_at is None:
        return "screen"
    if idea.pointed_at is None:
        return "point"
    if not idea.local_reason:
        return "local"
    if match is None:
        return "choose"
    return "running" if match.is_running else "wait"


def screening_of(idea: Idea) -> Screening | None:
    """What the five criteria say; None before the talk."""
    return screen(idea.answers, idea.legal_form) if idea.screened_at is not None else None


def idea_page(by: Principal, case: Case) -> dict[str, object]:
    """The staff's page. Of a match it shows dates and outcomes: there is nothing else to show."""
    idea: Idea = case.idea
    match = open_match(idea)
    step = step_of(idea, match)
    listed, left_out = lists(idea) if step == "choose" else ([], [])
    past = idea.matches.exclude(ended_at=None).exclude(ending=MentorMatch.Ending.DECLINED)
    return {
        "case": case,
        "idea": idea,
        "needs": [Skill(need).label for need in idea.needs],
        "match": match,
        "step": step,
        "screening": screening_of(idea),
        "listed": listed,
        "left_out": left_out,
        "meetings": list(match.meetings.order_by("-met_date").values_list("met_date", flat=True))
        if match
        else [],
        "past": list(
            past.select_related("mentor__user").prefetch_related("evaluations").order_by("-ended_at")
        ),
        "people": list(case.participants.filter(left_at=None).order_by("added_at", "pk")),
        "may_advise": may(check_can_advise, by, case),
        "local_form": LocalForm(initial={"reason": idea.local_reason}),
    }


def lists(idea: Idea) -> tuple[list[Proposed], list[NotNow]]:
    """Mentors who may be asked, best first with reasons, and those who may not."""
    labels = {value: str(label) for value, label in Skill.choices}
    candidates = candidates_for(idea, on=timezone.localdate())
    listed, left_out = short_list(wish_of(idea), candidates, labels)
    rows = Mentor.objects.select_related("user").in_bulk([one.key for one in candidates])
    return (
        [Proposed(rows[one.key], one.reasons, sorted(labels[need] for need in one.lacks)) for one in listed],
        [NotNow(rows[one.key], one.reason) for one in left_out],
    )


def screening_start(idea: Idea) -> dict[str, object]:
    """What the screening form begins with."""
    return {"stage": idea.stage, "legal_form": idea.legal_form, "needs": idea.needs, **idea.answers}


def screening_form(idea: Idea, data: object = None) -> ScreeningForm:
    return ScreeningForm(data, initial=screening_start(idea))


def party_page(by: Principal, match: MentorMatch, token: str) -> dict[str, object]:
    """What one of the two sees by their link. The founder learns the mentor's name when the mentor has said yes, the
    mentor the founder's when both have."""
    is_mentor = by.purpose == MENTOR
    side = MentorEvaluation.Side.MENTOR if is_mentor else MentorEvaluation.Side.FOUNDER
    person = founder_of(match.idea.case)
    my_yes = match.mentor_yes_at if is_mentor else match.founder_yes_at
    return {
        "match": match,
        "idea": match.idea,
        "case": match.idea.case,
        "needs": [Skill(need).label for need in match.idea.needs],
        "skills": [Skill(skill).label for skill in match.mentor.skills],
        "is_mentor": is_mentor,
        "token": token,
        "my_yes": my_yes,
        "founder": person if match.is_running or not is_mentor else None,
        "mentor_user": match.mentor.user if is_mentor or match.mentor_yes_at else None,
        "meetings": list(match.meetings.order_by("-met_date").values_list("met_date", flat=True)),
        "has_evaluated": match.evaluations.filter(side=side).exists(),
    }
