# SPDX-License-Identifier: MPL-2.0
"""Ali wants to repair office furniture; Grethe, who has been a buyer, could be his mentor."""

from datetime import UTC, datetime

from indgang.cases.advice import ideas, mentors, parties
from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.models import Case, Mentor, MentorMatch
from indgang.core.advice.screening import CRITERIA
from indgang.kernel.access import Kind, Principal, anonymous
from tests.cast import Cast

ASKED = datetime(2027, 2, 23, 9, 0, tzinfo=UTC)
YES = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
AGREED = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
CLOSED = datetime(2027, 11, 18, 9, 0, tzinfo=UTC)
IDEA = "Jeg vil reparere kontormøbler sammen med folk, der har svært ved at få arbejde."


def an_idea(cast: Cast, name: str = "Ali Demir", email: str = "ali@example.dk") -> Case:
    return ideas.ask_for_advice(
        anonymous(cast.home.pk), IDEA, name=name, email=email, phone="", town="Åbjerg", needs=["price", "customer"],
        stage="idea", now=ASKED,
    )  # fmt: skip


def screened(cast: Cast, case: Case | None = None) -> Case:
    """Mette has talked with the founder, shown what exists, and said why help is given here too."""
    case, mette = case or an_idea(cast), cast.be("mette")
    answers = {one.key: "yes" for one in CRITERIA} | {"governance": "not_yet"}
    ideas.screen_idea(
        mette, case, stage="idea", legal_form="none", needs=["price", "customer"], answers=answers, now=ASKED
    )
    ideas.point_on(mette, case, now=ASKED)
    ideas.say_why_local(mette, case, reason="Skal møde lokale indkøbere", now=ASKED)
    return case


def grethe(cast: Cast, capacity: int = 1, email: str = "grethe@example.dk") -> Mentor:
    return mentors.add_mentor(
        cast.be("mette"), name="Grethe Holst", email=email, skills=["price", "customer", "public"],
        trades="Indkøb af møbler", town="Åbjerg", capacity=capacity, is_discreet=True, now=ASKED,
    )  # fmt: skip


def by_link(match: MentorMatch, purpose: str) -> Principal:
    """Who comes by the link of one of the two."""
    return Principal(Kind.LINK, municipality_id=match.municipality_id, purpose=purpose, subject_id=match.pk)


def proposed(cast: Cast) -> MentorMatch:
    return mentors.propose(cast.be("mette"), screened(cast), grethe(cast), now=ASKED)


def running(cast: Cast) -> MentorMatch:
    match = proposed(cast)
    parties.say_yes(by_link(match, MENTOR), match, agrees=True, now=YES)
    parties.say_yes(by_link(match, FOUNDER), match, agrees=True, now=AGREED)
    match.refresh_from_db()
    return match
