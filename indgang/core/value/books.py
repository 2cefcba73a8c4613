# SPDX-License-Identifier: MPL-2.0
"""The books of a case at its central values: every stream, week by week, with, without, net and gross.

Kroner as floats; `ledger` turns them into whole øre. Net is with minus without. Gross is the claim one hears
without a counterfactual: everybody would have stayed on benefit, nobody is displaced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indgang.core.law.refund import Staircase, staircase
from indgang.core.value.case import Case, Group
from indgang.core.value.flows import Flow, Share, Situations, Stream, situations
from indgang.core.value.history_books import history_books
from indgang.core.value.occupancy import (
    Occupancy,
    Side,
    municipal_shares,
    occupancy,
    programme_persons,
    subsidised_persons,
)
from indgang.core.value.pack import Figures

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Books:
    """`net` and `gross` are (streams, weeks) in kroner; `with_` and `without` are there for the ledger."""

    streams: tuple[Stream, ...]
    net: Array
    gross: Array
    with_: Array
    without: Array

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        found = dict.fromkeys(
            account for stream in self.streams for account in (stream.payer, stream.receiver)
        )
        return tuple(found)

    @cached_property
    def signs(self) -> Array:
        """(accounts, streams): +1 where the account receives, -1 where it pays."""
        place = {account: row for row, account in enumerate(self.accounts)}
        signs = np.zeros((len(self.accounts), len(self.streams)))
        for column, stream in enumerate(self.streams):
            signs[place[stream.receiver], column] += 1
            signs[place[stream.payer], column] -= 1
        return signs


def books(case: Case, figures: Figures, weeks: int, people: Occupancy | None = None) -> Books:
    """The books of the first `weeks` weeks; `people` replaces the expected curves by simulated histories."""
    rule = staircase(figures.on)
    setting = situations(case, figures)
    people = people or occupancy(case, weeks, rule)
    prices = setting.prices(np.array([service.amount_year.central for service in case.services]))
    programme = constant_amounts(case, setting, weeks, rule)
    for group in case.groups:
        cost = group.cost.per_participant.central
        if cost:
            _accumulate(programme, programme_amounts(group, weeks), cost)
    totals = [
        _amounts(setting, side, prices) for side in (people.net, people.gross, people.with_, people.without)
    ]
    for total in totals[:3]:
        _accumulate(total, programme, 1.0)
    for total, history in zip(totals, history_books(case, setting, prices, weeks, rule), strict=True):
        _accumulate(total, history, 1.0)
    streams = tuple(dict.fromkeys(stream for total in totals for stream in total))
    return Books(streams, *(_matrix(streams, total, weeks) for total in totals))


def _amounts(setting: Situations, side: Side, prices: Array) -> dict[Stream, Array]:
    totals: dict[Stream, Array] = {}
    _add(totals, setting.on_benefit, side.idle, side.idle_municipal)
    _add(totals, setting.at_work, side.at_work, side.work_municipal)
    present = side.idle + side.at_work
    week = np.arange(present.shape[1])
    for priced in setting.services:
        using = (present - _later(side.at_work, priced.lag_weeks)).sum(axis=0)
        inside = (week >= priced.first) & (week < priced.last)
        weekly = np.where(inside, using * prices[priced.price] / 52, 0.0)
        _accumulate(totals, {priced.stream: weekly}, 1.0)
    return totals


def _later(persons: Array, lag_weeks: int) -> Array:
    """A freed place becomes money some weeks later: the same curve, moved."""
    moved = np.zeros_like(persons)
    if lag_weeks < persons.shape[1]:
        moved[:, lag_weeks:] = persons[:, : persons.shape[1] - lag_weeks]
    return moved


def _add(totals: dict[Stream, Array], flows: tuple[Flow, ...], persons: Array, municipal: Array) -> None:
    weight = {Share.ALL: persons, Share.MUNICIPALITY: municipal, Share.STATE: persons - municipal}
    for flow in flows:
        _accumulate(totals, {flow.stream: flow.per_week @ weight[flow.share]}, 1.0)


def programme_amounts(group: Group, weeks: int) -> dict[Stream, Array]:
    """What one krone of cost per participant pays, week by week: spread evenly over the programme's weeks."""
    weekly = programme_persons(group, weeks)
    paid = {
        Stream(account, "VIRKSOMHED", "programme", "transfer"): weekly * part
        for account, part in group.cost.payers
        if account != "VIRKSOMHED"  # what the enterprise bears itself passes no hand
    }
    return {**paid, Stream("VIRKSOMHED", "RESSOURCE", "programme_resources", "resource"): weekly}


def constant_amounts(case: Case, setting: Situations, weeks: int, rule: Staircase) -> dict[Stream, Array]:
    """What does not depend on the effect: løntilskud while the programme runs, and the purchase premium."""
    totals: dict[Stream, Array] = {}
    if setting.subsidised:
        persons = np.array([subsidised_persons(group, weeks) for group in case.groups])
        municipal = persons * np.array([municipal_shares(group, weeks, rule) for group in case.groups])
        _add(totals, setting.on_benefit, -persons, -municipal)
        _add(totals, setting.subsidised, persons, municipal)
    if case.purchase and case.purchase.premium:
        premium = np.zeros(weeks)
        premium[0] = case.purchase.premium
        if case.purchase.payer != "VIRKSOMHED":
            totals[Stream(case.purchase.payer, "VIRKSOMHED", "purchase_premium", "transfer")] = premium
        totals[Stream("VIRKSOMHED", "RESSOURCE", "premium_resources", "resource")] = premium
    return totals


def _accumulate(totals: dict[Stream, Array], more: Mapping[Stream, Array], times: float) -> None:
    for stream, weekly in more.items():
        totals[stream] = totals.get(stream, 0.0) + times * weekly


def _matrix(streams: Iterable[Stream], side: Mapping[Stream, Array], weeks: int) -> Array:
    nothing = np.zeros(weeks)
    return np.array([side.get(stream, nothing) for stream in streams])
