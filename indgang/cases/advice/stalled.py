# SPDX-License-Identifier: MPL-2.0
"""Two who have not met for sixty days are reminded once; when that does not help, their contact person rings."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.cases.advice import letters, promises
from indgang.cases.advice.queries import running_matches
from indgang.cases.models import MentorMatch
from indgang.kernel import audit
from indgang.kernel.access import Principal

QUIET = timedelta(days=60)


@transaction.atomic
def nudge(by: Principal, *, now: datetime) -> int:
    """Remind both sides of every match that has been quiet for sixty days; returns how many matches.

    Each quiet spell is reminded of once. The contact person's deadline ends when a meeting is noted.
    """
    count = 0
    for match in running_matches(by.municipality_id):
        since = _quiet_since(match)
        reminded = match.nudged_at is not None and timezone.localdate(match.nudged_at) > since
        if reminded or timezone.localdate(now) - since < QUIET:
            continue
        match.nudged_at = now
        match.save(update_fields=["nudged_at"])
        text = _(
            "Det er 60 dage siden, I sidst skrev, at I mødtes. Aftal en ny dag, eller skriv datoen her, hvis I har"
            " mødtes. Vil I stoppe, kan I også sige det her:\n{link}"
        )
        letters.to_mentor(by, match, _("Skal I mødes igen?"), text, now=now)
        letters.to_founder(by, match, _("Skal I mødes igen?"), text, now=now)
        promises.look_into(by, match, now)
        audit.record(by, "mentor.nudge", match.idea.case.about, now=now, facts={"match": match.pk})
        count += 1
    return count


def _quiet_since(match: MentorMatch) -> date:
    agreed = match.agreed_at
    met = match.last_met  # type: ignore[attr-defined]
    return max(met, timezone.localdate(agreed)) if met else timezone.localdate(agreed)
