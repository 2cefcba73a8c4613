# SPDX-License-Identifier: MPL-2.0
"""What agreements do at night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.agreements.purchase.law import look_at_agreements
from indgang.kernel.access import system
from indgang.kernel.jobs import for_each_municipality


@app.periodic(cron="50 4 * * *")
@app.task(name="agreements.watch_law", queue="night", queueing_lock="agreements.watch_law")
def watch_law(timestamp: int) -> None:
    """Agreements held against the newest rules."""
    for_each_municipality(lambda number: look_at_agreements(system(number), now=timezone.now()))
