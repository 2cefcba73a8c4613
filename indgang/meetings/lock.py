# SPDX-License-Identifier: MPL-2.0
"""A meeting held still while it is changed."""

from indgang.meetings.models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the transaction ends."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organiser", "municipality", "duty")
        .get(pk=meeting.pk)
    )
