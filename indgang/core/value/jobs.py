# SPDX-License-Identifier: MPL-2.0
"""Jobs behind the money: persons at work week by week, with the programme, without it and in the gross claim."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indgang.core.value.case import Case
from indgang.core.value.history import Activity
from indgang.core.value.occupancy import Occupancy

Array = NDArray[np.float64]
WORKING = (Activity.WORK, Activity.FLEKSJOB)


@dataclass(frozen=True)
class Jobs:
    """(weeks,) persons; `net` is what the programme adds after displacement, `gross` is everybody at work."""

    net: Array
    gross: Array

    def net_years(self, weeks: int) -> float:
        """Job-years added within the first `weeks` weeks."""
        return float(self.net[:weeks].sum() / 52)

    def gross_years(self, weeks: int) -> float:
        """Job-years of everybody at work within the first `weeks` weeks."""
        return float(self.gross[:weeks].sum() / 52)


def jobs(case: Case, people: Occupancy, weeks: int) -> Jobs:
    """From the expected or simulated curves, and from the told histories."""
    net = people.net.at_work.sum(axis=0)
    gross = people.treated.at_work.sum(axis=0)
    told_net, told_gross = told_job_weeks(case, weeks)
    return Jobs(net + told_net, gross + told_gross)


def told_job_weeks(case: Case, weeks: int) -> tuple[Array, Array]:
    """(weeks,) persons at work in the told histories: what the programme adds, and everybody with it."""
    net, gross = np.zeros((2, weeks))
    for group in case.groups:
        told = _working(group.history_with, group.start_week, weeks) * group.participants
        gross += told
        net += told - _working(group.history_without, group.start_week, weeks) * group.participants
    return net, gross


def _working(history: tuple[Activity, ...], start: int, weeks: int) -> Array:
    persons = np.zeros(weeks)
    own = [float(activity in WORKING) + 0.5 * (activity is Activity.PART) for activity in history]
    persons[start : start + len(own)] = own[: max(0, weeks - start)]
    return persons
