# SPDX-License-Identifier: MPL-2.0
"""Where a case stands, computed from what has happened; no state is stored."""

from enum import StrEnum

from indgang.cases.models import Case


class State(StrEnum):
    UNANSWERED = "unanswered"
    TO_SORT = "to_sort"
    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


def state_of(case: Case) -> State:
    """Merged, closed, waiting for its first answer, waiting to be sorted into needs, or open.

    Only contacts are sorted; a new enquiry in an old file asks for it anew.
    """
    if case.merged_into_id is not None:
        return State.MERGED
    if case.closed_at is not None:
        return State.CLOSED
    if case.answer_due_at is not None and case.first_answered_at is None:
        return State.UNANSWERED
    if is_unsorted(case):
        return State.TO_SORT
    return State.OPEN


def is_unsorted(case: Case) -> bool:
    """An open contact with an enquiry whose needs nobody has confirmed."""
    if case.kind != Case.Kind.CONTACT or case.closed_at is not None:
        return False
    return case.sorted_at is None or case.enquired_at > case.sorted_at
