# SPDX-License-Identifier: MPL-2.0
"""How long a profile counts as current, from dates alone.

A profile is asked about after 90 days, is marked and ranked lower after 120, and leaves the search and the
matching after 180 — never before it was announced 14 days ahead. One confirmation makes it fresh again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ASK_AFTER = timedelta(days=90)
FADES_AFTER = timedelta(days=120)
HIDDEN_AFTER = timedelta(days=180)
NOTICE = timedelta(days=14)


class Freshness(StrEnum):
    FRESH = "fresh"
    FADED = "faded"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Standing:
    """What the dates of one enterprise say on a day; `freshness` and the rest are computed, never stored.

    `confirmed_on` empty means not known, which never counts against anybody.
    """

    confirmed_on: date | None = None
    warned_on: date | None = None
    paused_until: date | None = None
    holiday_first: date | None = None
    holiday_last: date | None = None
    is_closed: bool = False

    def freshness(self, today: date) -> Freshness:
        if self.confirmed_on is None or today < self.confirmed_on + FADES_AFTER:
            return Freshness.FRESH
        hidden_on = self.hidden_on
        if hidden_on is not None and today >= hidden_on:
            return Freshness.HIDDEN
        return Freshness.FADED

    @property
    def hidden_on(self) -> date | None:
        """The day from which it is hidden; None while that has not been announced."""
        if self.confirmed_on is None or self.warned_on is None or self.warned_on < self.confirmed_on:
            return None
        return max(self.confirmed_on + HIDDEN_AFTER, self.warned_on + NOTICE)

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and today <= self.paused_until

    def on_holiday(self, today: date) -> bool:
        if self.holiday_first is None or self.holiday_last is None:
            return False
        return self.holiday_first <= today <= self.holiday_last

    def is_in_sight(self, today: date) -> bool:
        """Whether the public finds it."""
        return not self.is_closed and self.freshness(today) is not Freshness.HIDDEN

    def may_be_matched(self, today: date) -> bool:
        """Whether it may be proposed for a task: open, not paused, not hidden. A holiday only delays."""
        return self.is_in_sight(today) and not self.is_paused(today)
