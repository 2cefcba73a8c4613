# SPDX-License-Identifier: MPL-2.0
"""What happens with placements and totals without anybody pressing a button."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.core.quarter import Quarter, quarter_of
from indgang.kernel.access import system
from indgang.kernel.database.tenancy import tenant
from indgang.kernel.jobs import for_each_municipality
from indgang.placements.actions import ask, count

ASKED_WITHIN = timedelta(days=31)
"""Later than this in a quarter nobody is asked about the one before."""


@app.periodic(cron="30 2 * * *")
@app.task(name="placements.keep_quarters", queue="night", queueing_lock="placements.keep_quarters")
def keep_quarters(timestamp: int) -> None:
    """Before the night's forgetting: count, close and say what may be forgotten."""
    for_each_municipality(lambda number: count.keep_quarters(number, now=timezone.now()))


@app.periodic(cron="15 8 * * 1-5")
@app.task(name="placements.collect_totals", queue="night", queueing_lock="placements.collect_totals")
def collect_totals(timestamp: int) -> None:
    """Ask about the quarter that has ended, and take the steps that are due."""
    for_each_municipality(_collect)


@app.task(name="placements.count_quarter", queue="default")
def count_quarter(*, municipality_id: int, year: int, number: int) -> None:
    """Count one quarter anew after an answer."""
    with tenant(municipality_id):
        count.count(system(municipality_id), Quarter(year, number), now=timezone.now())


def _collect(municipality_id: int) -> None:
    now = timezone.now()
    house = system(municipality_id)
    today = timezone.localdate(now)
    ended = quarter_of(today).plus(-1)
    if today - ended.last_date <= ASKED_WITHIN:
        ask.ask(house, ended, now=now)
    ask.remind(house, now=now)
