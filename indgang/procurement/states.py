# SPDX-License-Identifier: MPL-2.0
"""Where a task stands, computed from what has happened; no state is stored."""

from datetime import datetime, timedelta
from enum import StrEnum

from indgang.procurement.models import Order, TaskNotice


class State(StrEnum):
    DRAFT = "draft"
    ASKING = "asking"
    TO_OPEN = "to_open"
    TO_AWARD = "to_award"
    AWARDED = "awarded"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


ONE_SECOND = timedelta(seconds=1)
CAME = (Order.Delivered.YES, Order.Delivered.PARTLY)
"""An order of which nothing came is still waited for."""


def state_of(task: TaskNotice, now: datetime) -> State:
    """The state of a task whose competition, decision and order are loaded or loadable."""
    if task.withdrawn_at is not None:
        return State.WITHDRAWN
    order, decision = getattr(task, "order", None), getattr(task, "decision", None)
    if order is not None:
        return State.DELIVERED if order.delivered in CAME else State.ORDERED
    if decision is not None:
        return State.AWARDED
    if task.published_at is None:
        return State.DRAFT
    competition = getattr(task, "competition", None)
    if competition is None or now < competition.bids_until + ONE_SECOND:
        return State.ASKING
    return State.TO_AWARD if competition.opened_at else State.TO_OPEN


def takes_bids(task: TaskNotice, now: datetime) -> bool:
    """A competition that is sent out and whose last second has not passed."""
    return hasattr(task, "competition") and state_of(task, now) is State.ASKING
