# SPDX-License-Identifier: MPL-2.0
"""Promised hours against delivered ones: how much was to be expected by a day, and where a clause stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indgang.core.law.calculators.step import add_months
from indgang.guidance.models import HoursClause, HoursReport

SLACK_PERCENT = 10
"""So much may be missing of what was to be expected before anybody is alarmed."""


def expected_hours(promised: int, first: date, last: date, on: date) -> int:
    """The promised hours spread evenly over the days of the contract, up to and with a day."""
    days = (last - first).days + 1
    gone = min(max((on - first).days + 1, 0), days)
    return promised * gone // days


@dataclass(frozen=True)
class HoursStanding:
    """Hours delivered, and expected by `until`: the last day reported, or the last day a report was due."""

    clause: HoursClause
    delivered: int
    expected: int
    until: date

    @property
    def percent(self) -> int:
        """Delivered of promised, 0 to 100 (never below nought, however much was corrected)."""
        return max(0, min(100, round(100 * self.delivered / self.clause.promised_hours)))

    @property
    def is_behind(self) -> bool:
        return self.delivered * 100 < self.expected * (100 - SLACK_PERCENT)

    @property
    def missing(self) -> int:
        return max(0, self.expected - self.delivered)


def standing(clause: HoursClause, reports: Iterable[HoursReport], on: date) -> HoursStanding:
    """Where a clause stands on a day. Nothing is expected before the first report is due."""
    told = list(reports)
    delivered = sum(report.hours for report in told)
    until = max([last_due(clause, on), *(report.until_date for report in told)])
    expected = expected_hours(clause.promised_hours, clause.first_date, clause.last_date, until)
    return HoursStanding(clause, delivered, expected, until)


def last_due(clause: HoursClause, on: date) -> date:
    """The last day of the latest period that has ended; the day before the contract when none has."""
    due = clause.first_date - timedelta(days=1)
    for day in period_ends(clause):
        if day < on:
            due = day
    return due


def period_ends(clause: HoursClause) -> list[date]:
    """The last day of each period in which hours are reported; the contract's own last day is one of them."""
    ends: list[date] = []
    number = 1
    while True:
        day = add_months(clause.first_date, number * clause.every_months) - timedelta(days=1)
        if day >= clause.last_date:
            return [*ends, clause.last_date]
        ends.append(day)
        number += 1


def next_due(clause: HoursClause, after: date) -> date | None:
    """The first period that ends after a day; None when the contract has ended by then."""
    return next((day for day in period_ends(clause) if day > after), None)
