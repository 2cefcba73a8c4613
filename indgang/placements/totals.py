# SPDX-License-Identifier: MPL-2.0
"""One enterprise's numbers for one quarter: what it reported, and what is known from its placements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from indgang.core.quarter import Quarter, months_after
from indgang.placements.models import QuarterReport
from indgang.placements.vault import Entry


@dataclass
class Totals:
    """Posts at the quarter's end by kind, and those of them that began in it; how many that began a quarter and a
    year ago lasted at least 3 and 12 months."""

    present: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    due_3: int = 0
    alive_3: int = 0
    due_12: int = 0
    alive_12: int = 0

    @property
    def people(self) -> int:
        return sum(self.present.values())


def reported(report: QuarterReport) -> Totals:
    """What an enterprise has answered."""
    return Totals(
        dict(report.present), dict(report.new), report.due_3, report.alive_3, report.due_12, report.alive_12
    )


def counted(entries: Iterable[Entry], quarter: Quarter) -> dict[int, Totals]:
    """What the placements of every enterprise come to, by its number."""
    found: dict[int, Totals] = defaultdict(Totals)
    for entry in entries:
        if entry.first_date > quarter.last_date:
            continue
        totals = found[entry.organisation_id]
        if entry.runs_on(quarter.last_date):
            _one_more(totals.present, entry.facts.kind)
            if quarter.holds(entry.first_date):
                _one_more(totals.new, entry.facts.kind)
        if quarter.plus(-1).holds(entry.first_date):
            totals.due_3 += 1
            totals.alive_3 += lasted(entry, 3)
        if quarter.plus(-4).holds(entry.first_date):
            totals.due_12 += 1
            totals.alive_12 += lasted(entry, 12)
    return dict(found)


def lasted(entry: Entry, months: int) -> bool:
    """Whether it ran for at least so many months."""
    return entry.last_date is None or entry.last_date >= months_after(entry.first_date, months) - timedelta(
        days=1
    )


def may_repeat(entries: Iterable[Entry], quarter: Quarter) -> bool:
    """Whether one person may stand behind two posts: somebody who is there has no code."""
    return any(not entry.facts.code for entry in entries if entry.runs_on(quarter.last_date))


def _one_more(by_kind: dict[str, int], kind: str) -> None:
    by_kind[kind] = by_kind.get(kind, 0) + 1
