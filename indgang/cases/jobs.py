# SPDX-License-Identifier: MPL-2.0
"""The room's jobs: mail that came in, and files whose form was never finished."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.cases.actions.mailbox import take_mail, waiting
from indgang.cases.advice.stalled import nudge
from indgang.cases.attachments import sweep
from indgang.core.text import Refused
from indgang.kernel.access import system
from indgang.kernel.jobs import for_each_municipality

logger = logging.getLogger("indgang.jobs")


@app.periodic(cron="* * * * *")
@app.task(name="cases.read_mail", queue="mail", queueing_lock="read_mail")
def read_mail(timestamp: int) -> None:
    """Put what was read from the shared mailbox into cases."""
    for_each_municipality(read_mail_of)


def read_mail_of(municipality_id: int) -> None:
    """One that cannot be placed stays for a person and does not stop the others."""
    for kept in waiting()[:100]:
        try:
            take_mail(system(municipality_id), kept, now=timezone.now())
        except Refused as refusal:
            logger.warning("mail %s was not placed: %s", kept.pk, refusal)


@app.periodic(cron="40 3 * * *")
@app.task(name="cases.sweep_files", queue="night", queueing_lock="sweep_files")
def sweep_files(timestamp: int) -> None:
    for_each_municipality(lambda _: sweep(timezone.now()))


@app.periodic(cron="10 7 * * *")
@app.task(name="cases.nudge_mentors", queue="clock", queueing_lock="nudge_mentors")
def nudge_mentors(timestamp: int) -> None:
    """Remind mentors and founders who have not met for sixty days."""
    for_each_municipality(lambda number: nudge(system(number), now=timezone.now()))
