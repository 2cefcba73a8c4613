# SPDX-License-Identifier: MPL-2.0
"""Books of given histories: what each week was, with the programme and without, is told, not estimated.

Tax is computed on each told year of 52 weeks (income of a shorter last year is scaled up to a year) and spread
evenly over its weeks, whatever the horizon. After the last told week nothing is known and nothing is booked.
A part week is half a benefit week and half a work week, and counts as a benefit week.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase, counted_weeks
from indgang.core.value.case import Case, Group
from indgang.core.value.flows import (
    Flow,
    Share,
    Situations,
    Stream,
    benefit_flows,
    by_staircase,
    subsidised_flows,
    work_flows,
)
from indgang.core.value.history import LAW_WEEK, Activity
from indgang.core.value.occupancy import start_position

Array = NDArray[np.float64]
Totals = dict[Stream, Array]
Weights = Mapping[Activity, float]

ON_BENEFIT: Weights = {Activity.BENEFIT: 1.0, Activity.PART: 0.5}
AT_WORK: Weights = {Activity.WORK: 1.0, Activity.PART: 0.5}


def history_books(
    case: Case, setting: Situations, prices: Array, weeks: int, rule: Staircase
) -> tuple[Totals, Totals, Totals, Totals]:
    """Net, gross, with and without: kroner by stream and week, all groups with a history together."""
    net: Totals = {}
    gross: Totals = {}
    with_: Totals = {}
    without: Totals = {}
    for group in case.groups:
        if not group.history_with:
            continue
        told, otherwise, idle = (
            _World(group, setting, prices, weeks, rule).totals(history)
            for history in (
                group.history_with,
                group.history_without,
                (Activity.BENEFIT,) * told_weeks(group),
            )
        )
        _add(with_, told, group.participants)
        _add(without, otherwise, group.participants)
        for change, baseline in ((net, otherwise), (gross, idle)):
            _add(change, told, group.participants)
            _add(change, baseline, -group.participants)
    return net, gross, with_, without


def told_weeks(group: Group) -> int:
    """How many weeks are told, of the longer history."""
    return max(len(group.history_with), len(group.history_without))


class _World:
    """One group's told weeks as money."""

    def __init__(self, group: Group, setting: Situations, prices: Array, weeks: int, rule: Staircase) -> None:
        self.group, self.setting, self.prices, self.rule = group, setting, prices, rule
        self.run_weeks = weeks
        self.weeks = told_weeks(group)

    def totals(self, history: Sequence[Activity]) -> Totals:
        """Kroner by stream and run week for one person."""
        known = (*history, *(Activity.OTHER,) * self.weeks)[: self.weeks]
        totals: Totals = {}
        split = self._split(known)
        for weights, flows in _parts(self.group):
            present = np.array([weights.get(activity, 0.0) for activity in known])
            for flow in flows:
                weekly = flow.per_week[0] * present * split[flow.share]
                totals[flow.stream] = totals.get(flow.stream, 0.0) + weekly
        _add(totals, dict(self._taxes(totals)), 1.0)
        self._add_services(totals, known)
        return {stream: self._in_run(weekly) for stream, weekly in totals.items()}

    def _in_run(self, weekly: Array) -> Array:
        """From told weeks to run weeks: later by the start, cut at the horizon."""
        run = np.zeros(self.run_weeks)
        start = min(self.group.start_week, self.run_weeks)
        run[start : start + len(weekly)] = weekly[: self.run_weeks - start]
        return run

    def _split(self, known: Sequence[Activity]) -> dict[Share, Array]:
        counts = counted_weeks((LAW_WEEK[week] for week in known), self.rule, start_position(self.group))
        state = np.array([self.rule.state_percent(max(count, 1)) / 100 for count in counts])
        return {Share.ALL: np.ones(self.weeks), Share.MUNICIPALITY: 1.0 - state, Share.STATE: state}

    def _taxes(self, totals: Totals) -> Iterator[tuple[Stream, Array]]:
        nothing = np.zeros(self.weeks)
        wage = totals.get(Stream("VIRKSOMHED", "BORGER", "wage", "transfer"), nothing)
        income = sum((w for s, w in totals.items() if s.receiver == "BORGER"), nothing)
        year = np.arange(self.weeks) // 52
        length = np.bincount(year)
        wages = np.bincount(year, wage) * 52 / length
        benefits = np.bincount(year, income - wage) * 52 / length
        for flow in self.setting.tail.flows(wages, benefits):
            yield flow.stream, flow.per_week[year]

    def _add_services(self, totals: Totals, known: Sequence[Activity]) -> None:
        used = np.array([ON_BENEFIT.get(activity, 0.0) for activity in known])
        week = self.group.start_week + np.arange(self.weeks)
        for priced in self.setting.services:
            inside = (week >= priced.first) & (week < priced.last)
            weekly = np.where(inside, used * self.prices[priced.price] / 52, 0.0)
            totals[priced.stream] = totals.get(priced.stream, 0.0) + weekly


def _parts(group: Group) -> Iterator[tuple[Weights, Iterable[Flow]]]:
    one = [group]
    yield ON_BENEFIT, benefit_flows(one, np.array([group.benefit.week]))
    yield AT_WORK, work_flows(one, np.array([group.wage_year]))
    if group.fleksjob:
        pay, subsidy = group.fleksjob.pay_month * 12, group.fleksjob.subsidy_month * 12 / 52
        yield {Activity.FLEKSJOB: 1.0}, work_flows(one, np.array([pay]))
        yield {Activity.FLEKSJOB: 1.0}, by_staircase("fleksjob_subsidy", np.array([subsidy]))
    if group.wage_subsidy:
        yield {Activity.SUBSIDISED: 1.0}, subsidised_flows(one, None)


def _add(totals: Totals, more: Mapping[Stream, Array], times: float) -> None:
    for stream, weekly in more.items():
        totals[stream] = totals.get(stream, 0.0) + times * weekly
