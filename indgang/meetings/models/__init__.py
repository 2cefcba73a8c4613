# SPDX-License-Identifier: MPL-2.0
"""The facts of a meeting; one module per subject."""

from indgang.meetings.models.meeting import Meeting, Proposal, SignUpTerms
from indgang.meetings.models.people import Participant, Vote
from indgang.meetings.models.record import AgendaItem, Minutes, Resolution

__all__ = [
    "AgendaItem",
    "Meeting",
    "Minutes",
    "Participant",
    "Proposal",
    "Resolution",
    "SignUpTerms",
    "Vote",
]
