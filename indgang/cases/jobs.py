# SPDX-License-Identifier: MPL-2.0
"""The room's jobs: mail that came in, and files whose form was never finished."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.cases.actions.archive import file_case
from indgang.cases.actions.mailbox import take_mail, waiting
from indgang.cases.advice.stalled import nudge
from indgang.cases.models import Case
from indgang.core.text import Refused
from indgang.kernel.access import system
from indgang.kernel.database.tenancy import tenant
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


@app.task(name="cases.file_case", queue="filing")
def file_case_of(*, municipality_id: int, case_id: int) -> None:
    """Put an ended case on its way to the records system."""
    with tenant(municipality_id):
        rows = Case.objects.select_related("municipality", "unit", "handler", "organisation")
        case = rows.filter(pk=case_id).first()
        if case is not None:
            file_case(system(municipality_id), case, now=timezone.now())


@app.periodic(cron="10 7 * * *")
@app.task(name="cases.nudge_mentors", queue="clock", queueing_lock="nudge_mentors")
def nudge_mentors(timestamp: int) -> None:
    """Remind mentors and founders who have not met for sixty days."""
    for_each_municipality(lambda number: nudge(system(number), now=timezone.now()))
