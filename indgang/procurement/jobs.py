# SPDX-License-Identifier: MPL-2.0
"""The room's jobs: the answer clock's ticks, and those of published notices."""

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.kernel.access import system
from indgang.kernel.heartbeat import beat
from indgang.kernel.jobs import for_each_municipality
from indgang.procurement.actions.clock import look
from indgang.procurement.actions.downtime import give_time_back
from indgang.procurement.law_watch import look_at_tasks
from indgang.procurement.notices.jobs import match_notices, match_notices_nightly

__all__ = ["answer_clock", "heartbeat", "match_notices", "match_notices_nightly"]


@app.periodic(cron="0 * * * *")
@app.task(name="procurement.answer_clock", queue="clock", queueing_lock="answer_clock")
def answer_clock(timestamp: int) -> None:
    """Look at what waits for answers; working hours and the pace decide what happens."""
    for_each_municipality(lambda municipality_id: look(system(municipality_id), now=timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(name="procurement.heartbeat", queue="clock", queueing_lock="heartbeat")
def heartbeat(timestamp: int) -> None:
    """Note that the house is up; after a gap, give bidders the lost time back."""
    downtime = beat(timezone.now())
    if downtime is not None:
        for_each_municipality(lambda number: give_time_back(system(number), downtime, now=timezone.now()))


@app.periodic(cron="40 4 * * *")
@app.task(name="procurement.watch_law", queue="night", queueing_lock="procurement.watch_law")
def watch_law(timestamp: int) -> None:
    """Open tasks held against the newest rules."""
    for_each_municipality(lambda number: look_at_tasks(system(number), now=timezone.now()))
