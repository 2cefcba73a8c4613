# SPDX-License-Identifier: MPL-2.0
"""Work that no request waits for: mail, filing, forgetting, and jobs that got stuck."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from indgang.kernel import filing, inbox, mail, orphans, reminders, retention
from indgang.kernel.access import system
from indgang.kernel.database.tenancy import tenant
from indgang.kernel.models import Municipality, RateCount

logger = logging.getLogger("indgang.jobs")
JOBS_KEPT_HOURS = 14 * 24


def for_each_municipality(work: Callable[[int], object]) -> None:
    """Do `work(municipality_id)` in a tenant of its own for each; one that fails does not stop the others."""
    for municipality_id in Municipality.objects.order_by("pk").values_list("pk", flat=True):
        try:
            with tenant(municipality_id):
                work(municipality_id)
        except Exception:
            logger.exception("work for municipality %s failed", municipality_id)


@app.task(name="kernel.send_mail", queue="mail")
def send_mail(*, municipality_id: int, mail_id: int) -> None:
    mail.send(mail_id, municipality_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.sweep_mail", queue="mail", queueing_lock="sweep_mail")
def sweep_mail(timestamp: int) -> None:
    """Try again what the mail server refused, and mark what was cut off."""
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        with tenant(municipality_id):
            mail.mark_stale_as_uncertain(timezone.now())
            ids = mail.waiting(timezone.now())
        for mail_id in ids:
            mail.send(mail_id, municipality_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.file_documents", queue="filing", queueing_lock="file_documents")
def file_documents(timestamp: int) -> None:
    for_each_municipality(lambda _: filing.file_waiting(timezone.now()))


@app.periodic(cron="*/2 * * * *")
@app.task(name="kernel.fetch_mail", queue="mail", queueing_lock="fetch_mail")
def fetch_mail(timestamp: int) -> None:
    """Read the shared mailbox."""
    inbox.fetch(now=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="kernel.remind", queue="clock", queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Remind people of their promises. Steps fall at eight in Danish time, whatever the clock of the machine."""
    for_each_municipality(lambda number: reminders.remind(system(number), now=timezone.now()))


@app.periodic(cron="15 3 * * *")
@app.task(name="kernel.forget", queue="night", queueing_lock="forget")
def forget(timestamp: int) -> None:
    """Remove what has been kept long enough, and the files that belonged to it."""
    for_each_municipality(lambda _: (retention.forget(timezone.now()), orphans.sweep(timezone.now())))
    RateCount.objects.filter(window_start__lt=timezone.now() - timedelta(days=1)).delete()
    call_command("clearsessions")


@app.periodic(cron="45 3 * * *")
@app.task(name="kernel.forget_jobs", queue="night", queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that are over are kept for two weeks, those that failed as well."""
    await context.app.job_manager.delete_old_jobs(
        JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """A job whose worker died is taken up again."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=120):
        await context.app.job_manager.retry_job(job)
        await asyncio.sleep(0)
