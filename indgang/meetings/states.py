# SPDX-License-Identifier: MPL-2.0
"""Where a meeting stands, computed from its dates."""

from datetime import datetime
from enum import StrEnum

from indgang.meetings.models import Meeting


class State(StrEnum):
    FINDING = "finding"
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


def state_of(meeting: Meeting, now: datetime) -> State:
    """Finding a time, planned, over, or cancelled."""
    if meeting.cancelled_at is not None:
        return State.CANCELLED
    if meeting.starts_at is None:
        return State.FINDING
    ends = meeting.ends_at
    return State.HELD if ends is not None and ends <= now else State.PLANNED
