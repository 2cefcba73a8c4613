# SPDX-License-Identifier: MPL-2.0
"""The facts of the room; one module per subject."""

from indgang.cases.models.advice import (
    Idea,
    Mentor,
    MentorEvaluation,
    MentorMatch,
    MentorMeeting,
    Skill,
)
from indgang.cases.models.case import Case, HandOver, Participant
from indgang.cases.models.claim import Claim, Criterion, ToldPurchase
from indgang.cases.models.entrance import Entrance, HeldFile, Rating
from indgang.cases.models.entry import Entry, EntryFile
from indgang.cases.models.need import Need, RoutingRule, Topic
from indgang.cases.models.visit import (
    FollowUp,
    JobProfile,
    Objection,
    Outsourcing,
    TaskCandidate,
    Visit,
    VisitCriteria,
    VisitSync,
)

__all__ = [
    "Case",
    "Claim",
    "Criterion",
    "Entrance",
    "Entry",
    "EntryFile",
    "FollowUp",
    "HandOver",
    "HeldFile",
    "Idea",
    "JobProfile",
    "Mentor",
    "MentorEvaluation",
    "MentorMatch",
    "MentorMeeting",
    "Need",
    "Objection",
    "Outsourcing",
    "Participant",
    "Rating",
    "RoutingRule",
    "Skill",
    "TaskCandidate",
    "ToldPurchase",
    "Topic",
    "Visit",
    "VisitCriteria",
    "VisitSync",
]
