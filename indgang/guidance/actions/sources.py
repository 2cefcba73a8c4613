# SPDX-License-Identifier: MPL-2.0
"""Sources of the law read again in time: who looks after each, and what somebody found."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.law.pack import load
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.models import SourceReview, SourceWatch
from indgang.guidance.permissions import check_can_watch_law
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, due_in, promise, settle
from indgang.kernel.models import Duty, Membership, Municipality, Role, User

SOURCES_DUTY = "guidance.sources"
CHANGE_DUTY = "guidance.law_changed"
DAYS_TO_LOOK = 5


def law_keeper(municipality_id: int) -> User | None:
    """Who looks after the law where nobody else is named: the head of purchasing, else a coordinator."""
    posts = Membership.objects.filter(
        municipality_id=municipality_id, role__in=[Role.PURCHASING_HEAD, Role.COORDINATOR], last_date=None
    ).select_related("user")
    ordered = sorted(posts, key=lambda post: (post.role != Role.PURCHASING_HEAD, post.pk))
    return ordered[0].user if ordered else None


@transaction.atomic
def watch_sources(by: Principal, *, now: datetime) -> int:
    """See that every source of the newest pack is watched; returns how many are new. Runs every night."""
    check_can_watch_law(by)
    sources = load().sources
    known = {row.key: row for row in SourceWatch.objects.filter(municipality_id=by.municipality_id)}
    keeper = law_keeper(by.municipality_id)
    new = [
        SourceWatch(municipality_id=by.municipality_id, key=key, owner=keeper, review_by=source.review_by)
        for key, source in sources.items()
        if key not in known
    ]
    SourceWatch.objects.bulk_create(new)
    for key, watch in known.items():
        if key in sources and sources[key].review_by > watch.review_by:
            watch.review_by = sources[key].review_by
            watch.save(update_fields=["review_by"])
    share_duties(by, now=now)
    if new:
        audit.record(by, "law.watch_sources", "law:sources", now=now, facts={"new": len(new)})
    return len(new)


@transaction.atomic
def review_sources(
    by: Principal,
    watches: Sequence[SourceWatch],
    *,
    outcome: str,
    note: str = "",
    next_date: date,
    now: datetime,
) -> list[SourceReview]:
    """Say that sources were read again: unchanged, or changed with what changed. Each gets a new date."""
    check_can_watch_law(by)
    if not watches:
        raise Refused(gettext_noop("Vælg mindst én kilde."))
    if outcome == SourceReview.Outcome.CHANGED and not note.strip():
        raise Refused(gettext_noop("Skriv, hvad der er ændret, så reglerne kan blive rettet."))
    if next_date <= timezone.localtime(now).date():
        raise Refused(gettext_noop("Vælg en dag efter i dag til næste gennemgang."))
    reviews = []
    for watch in watches:
        reviews.append(
            SourceReview.objects.create(
                municipality_id=by.municipality_id,
                watch=watch,
                outcome=outcome,
                note=note.strip(),
                user_id=by.user_id or 0,
                reviewed_at=now,
            )
        )
        watch.review_by = next_date
        watch.save(update_fields=["review_by"])
        if outcome == SourceReview.Outcome.CHANGED:
            _ask_for_new_rules(by, watch, now)
    share_duties(by, now=now)
    audit.record(
        by,
        "law.review",
        "law:sources",
        now=now,
        facts={
            "sources": [watch.key for watch in watches],
            "outcome": outcome,
            "next": next_date.isoformat(),
        },
    )
    return reviews


@transaction.atomic
def give_sources(by: Principal, watches: Sequence[SourceWatch], *, owner: User, now: datetime) -> None:
    """Let somebody with a post here look after some sources."""
    check_can_watch_law(by)
    if not watches:
        raise Refused(gettext_noop("Vælg mindst én kilde."))
    if not Membership.objects.filter(municipality_id=by.municipality_id, user=owner, last_date=None).exists():
        raise Refused(gettext_noop("Vælg en, der arbejder i kommunen."))
    SourceWatch.objects.filter(pk__in=[watch.pk for watch in watches]).update(owner=owner)
    share_duties(by, now=now)
    facts = {"sources": [watch.key for watch in watches], "owner": owner.pk}
    audit.record(by, "law.give_sources", "law:sources", now=now, facts=facts)


def share_duties(by: Principal, *, now: datetime) -> None:
    """One duty for each owner and day, whatever the number of sources; those without sources are settled."""
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    path = reverse("guidance:sources")
    held = {
        (duty.owner_id, timezone.localtime(duty.due_at).date()): duty
        for duty in Duty.objects.filter(municipality_id=by.municipality_id, kind=SOURCES_DUTY, done_at=None)
    }
    groups: dict[tuple[int | None, date], list[SourceWatch]] = defaultdict(list)
    for watch in SourceWatch.objects.filter(municipality_id=by.municipality_id).select_related("owner"):
        groups[(watch.owner_id, watch.review_by)].append(watch)
    for key, watches in groups.items():
        count = len(watches)
        words = (
            _("Læs %(count)d kilde til reglerne igen")
            if count == 1
            else _("Læs %(count)d kilder til reglerne igen")
        )
        title = words % {"count": count}
        duty = held.pop(key, None)
        if duty is None:
            duty = promise(
                by, SOURCES_DUTY, title, path=path, due_at=at(key[1]), now=now,
                owner=watches[0].owner, calendar=calendar,
            )  # fmt: skip
        elif duty.title != title:
            duty.title = title
            duty.save(update_fields=["title"])
        moved = [watch.pk for watch in watches if watch.duty_id != duty.pk]
        if moved:
            SourceWatch.objects.filter(pk__in=moved).update(duty=duty)
    for duty in held.values():
        settle(duty, now=now)


def _ask_for_new_rules(by: Principal, watch: SourceWatch, now: datetime) -> None:
    promise(
        by,
        CHANGE_DUTY,
        _("Kilden %(key)s er ændret: få reglerne rettet") % {"key": watch.key},
        path=reverse("guidance:sources"),
        due_at=due_in(
            DAYS_TO_LOOK, now=now, calendar=Municipality.objects.get(pk=by.municipality_id).calendar()
        ),
        now=now,
        owner=law_keeper(by.municipality_id),
    )
