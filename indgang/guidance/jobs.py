# SPDX-License-Identifier: MPL-2.0
"""What the guide does without anybody pressing a button."""

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.directory import uploads
from indgang.guidance.models import AgreementList
from indgang.guidance.night import look_at_the_law
from indgang.kernel.access import system
from indgang.kernel.jobs import for_each_municipality


@app.periodic(cron="25 3 * * *")
@app.task(name="guidance.forget_lists", queue="night", queueing_lock="guidance.forget_lists")
def forget_lists(timestamp: int) -> None:
    """Contract lists that nobody read in are deleted."""
    for_each_municipality(lambda one: uploads.forget(AgreementList, one, now=timezone.now()))


@app.periodic(cron="20 4 * * *")
@app.task(name="guidance.watch_law", queue="night", queueing_lock="guidance.watch_law")
def watch_law(timestamp: int) -> None:
    """Sources to read again, and answers that rest on what has changed."""
    for_each_municipality(lambda one: look_at_the_law(system(one), now=timezone.now()))
