# SPDX-License-Identifier: MPL-2.0
"""When an agreement must be thought about again, in plain dates."""

from calendar import monthrange
from datetime import date

EARLY, LATE = 6, 3
"""Months before the last day at which somebody is warned."""


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month when it is shorter."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def share_used(used_oere: int, limit_oere: int) -> int:
    """Per cent of a limit, rounded down, so that 100 means that nothing is left."""
    return used_oere * 100 // limit_oere if limit_oere else 100
