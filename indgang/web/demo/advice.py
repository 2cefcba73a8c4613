# SPDX-License-Identifier: MPL-2.0
"""Advice in the demo: Ali has a mentor, somebody waits for a talk, and a third is at the point of choosing."""

from datetime import timedelta

from django.utils import timezone

from indgang.cases.advice import ideas, mentors, parties
from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.advice.queries import mentors_of
from indgang.cases.models import Case, MentorMatch
from indgang.core.advice.screening import CRITERIA
from indgang.kernel.access import Kind, Principal, anonymous
from indgang.web.demo.people import Stage

MENTORS = (
    (
        "Grethe Holst",
        "grethe@mentor.example",
        ("price", "customer", "public"),
        "Indkøb, møbler, kontor",
        "Åbjerg",
        2,
    ),
    (
        "Hans Erik Toft",
        "hans@mentor.example",
        ("people", "product"),
        "Køkken, café, kantine",
        "Sønderlund",
        1,
    ),
    ("Nadia Karim", "nadia@mentor.example", ("law", "funding", "price"), "Foreninger og fonde", "Åbjerg", 1),
)
ALI = "Jeg vil reparere kontormøbler sammen med folk, der har svært ved at få arbejde."
BEA = "Vi vil åbne en café ved stationen, hvor unge kan komme i gang med et job."
CARL = "Kan man leve af at samle og sælge genbrugslegetøj?"


def advise(stage: Stage) -> None:
    """Mette advises three founders; the mentors answer by their own links."""
    mette, began = stage.be("mette"), stage.now - timedelta(days=90)
    for name, email, skills, trades, town, capacity in MENTORS:
        mentors.add_mentor(
            mette, name=name, email=email, skills=skills, trades=trades, town=town, capacity=capacity,
            is_discreet=True, now=began,
        )  # fmt: skip
    ali = _asked(stage, ALI, "Ali Demir", "ali@ide.example", ("price", "customer"), days_ago=85)
    _screened(stage, ali, "Idéen handler om kommunens egne møbler", days_ago=80)
    grethe = mentors_of(stage.municipality.pk).get(user__name="Grethe Holst")
    match = mentors.propose(mette, ali, grethe, now=stage.now - timedelta(days=79))
    parties.say_yes(_by(match, MENTOR), match, agrees=True, now=stage.now - timedelta(days=76))
    parties.say_yes(_by(match, FOUNDER), match, agrees=True, now=stage.now - timedelta(days=74))
    for days in (70, 52, 31, 9):
        day = timezone.localdate(stage.now - timedelta(days=days))
        parties.note_meeting(_by(match, MENTOR), match, met_date=day, now=stage.now - timedelta(days=days))
    bea = _asked(stage, BEA, "Bea Lund", "bea@ide.example", ("people", "product"), days_ago=8)
    _screened(stage, bea, "Lokaler og unge er begge kommunens egne", days_ago=5)
    _asked(stage, CARL, "Carl Friis", "carl@ide.example", ("customer",), days_ago=0)


def _asked(stage: Stage, text: str, name: str, email: str, needs: tuple[str, ...], *, days_ago: int) -> Case:
    return ideas.ask_for_advice(
        anonymous(stage.municipality.pk), text, name=name, email=email, phone="", town="Åbjerg", needs=needs,
        stage="idea", now=stage.now - timedelta(days=days_ago),
    )  # fmt: skip


def _screened(stage: Stage, case: Case, reason: str, *, days_ago: int) -> None:
    mette, now = stage.be("mette"), stage.now - timedelta(days=days_ago)
    answers = {one.key: "yes" for one in CRITERIA} | {"governance": "not_yet"}
    ideas.screen_idea(
        mette, case, stage="plan", legal_form="none", needs=case.idea.needs, answers=answers, now=now
    )
    ideas.point_on(mette, case, now=now)
    ideas.say_why_local(mette, case, reason=reason, now=now)


def _by(match: MentorMatch, purpose: str) -> Principal:
    return Principal(Kind.LINK, municipality_id=match.municipality_id, purpose=purpose, subject_id=match.pk)
