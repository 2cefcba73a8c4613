# SPDX-License-Identifier: MPL-2.0
"""What happens with profiles without anybody pressing a button."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from procrastinate.contrib.django import app

from indgang.core.text import Refused
from indgang.directory import uploads
from indgang.directory.actions import consent, freshness, status
from indgang.directory.freshness import ASK_AFTER, HIDDEN_AFTER, NOTICE
from indgang.directory.models import ImportRun, Organisation, StatusFact
from indgang.directory.search import log
from indgang.kernel.access import system
from indgang.kernel.jobs import for_each_municipality

LOOK_AGAIN_BEFORE = timedelta(days=30)
SILENT_AFTER = timedelta(days=180)
"""A draft that never got an answer is deleted so long after it was asked."""


@app.periodic(cron="0 8 * * 1-5")
@app.task(name="directory.keep_current", queue="night", queueing_lock="directory.keep_current")
def keep_current(timestamp: int) -> None:
    """Ask, announce and forget, in every municipality, on working mornings."""
    for_each_municipality(lambda municipality_id: keep_profiles_current(municipality_id, now=timezone.now()))


@app.periodic(cron="40 3 * * *")
@app.task(name="directory.compact_log", queue="night", queueing_lock="directory.compact_log")
def compact_log(timestamp: int) -> None:
    log.compact()


def keep_profiles_current(municipality_id: int, *, now: datetime) -> dict[str, int]:
    """One municipality's round; returns how many were asked, warned and forgotten. Running again finds nothing."""
    house, today = system(municipality_id), timezone.localdate(now)
    open_ones = Organisation.objects.filter(
        kept_by_id=municipality_id, published_at__isnull=False, closed_at=None, merged_into=None
    ).exclude(availability__paused_until__gte=today)
    there = open_ones.exclude(availability__holiday_first__lte=today, availability__holiday_last__gte=today)
    to_ask = there.filter(
        Q(availability__asked_at=None) | Q(availability__asked_at__lte=now - ASK_AFTER),
        availability__confirmed_at__lte=now - ASK_AFTER,
        availability__confirmed_at__gt=now - HIDDEN_AFTER + NOTICE,
    )
    asked = 0
    for organisation in to_ask:
        try:
            freshness.ask_if_current(house, organisation, now=now)
            asked += 1
        except Refused:
            continue
    to_warn = there.filter(availability__confirmed_at__lte=now - HIDDEN_AFTER + NOTICE).filter(
        Q(availability__warned_at=None) | Q(availability__warned_at__lt=F("availability__confirmed_at"))
    )
    warned = 0
    for organisation in to_warn:
        freshness.announce_hiding(house, organisation, now=now)
        warned += 1
    _remind_of_ends(municipality_id, now=now)
    forgotten = forget_silent_drafts(municipality_id, now=now)
    uploads.forget(ImportRun, municipality_id, now=now)
    return {"asked": asked, "warned": warned, "forgotten": forgotten}


def _remind_of_ends(municipality_id: int, *, now: datetime) -> None:
    """A month before a fact runs out: one's own decisions, and what was seen of enterprises one keeps."""
    today = timezone.localdate(now)
    ending = StatusFact.objects.filter(
        Q(municipality_id=municipality_id) | Q(municipality=None, organisation__kept_by_id=municipality_id),
        ended_at=None,
        valid_until__gte=today,
        valid_until__lte=today + LOOK_AGAIN_BEFORE,
        organisation__closed_at=None,
    )
    for fact in ending.select_related("organisation"):
        status.remind_of_end(system(municipality_id), fact, now=now)


def forget_silent_drafts(municipality_id: int, *, now: datetime) -> int:
    """Drafts whose enterprise never answered; they may be written down again one day."""
    silent = Organisation.objects.filter(
        kept_by_id=municipality_id, published_at=None, availability__asked_at__lte=now - SILENT_AFTER
    )
    count = 0
    for organisation in silent:
        consent.settle_calls(organisation, now=now, outcome="dropped")
        consent.erase(organisation, now=now)
        count += 1
    return count
