# SPDX-License-Identifier: MPL-2.0
"""Matching notices with the directory, after each import and every night."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from indgang.directory.search import find
from indgang.procurement.notices.matching import match_open_calls


@app.task(name="procurement.match_notices", queue="match", queueing_lock="match_notices")
def match_notices() -> None:
    match_open_calls(find, now=timezone.now())


@app.periodic(cron="30 4 * * *")
@app.task(name="procurement.match_notices_nightly", queue="match", queueing_lock="match_notices_nightly")
def match_notices_nightly(timestamp: int) -> None:
    """The directory has changed since yesterday, and so has what is open."""
    match_open_calls(find, now=timezone.now())


def ask_for_matches() -> None:
    """Let a worker match what was brought in; asking while it waits changes nothing."""
    try:
        with transaction.atomic():
            app.configure_task(
                "procurement.match_notices", queue="match", queueing_lock="match_notices"
            ).defer()
    except AlreadyEnqueued:
        return
