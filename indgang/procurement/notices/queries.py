# SPDX-License-Identifier: MPL-2.0
"""Reads of published notices."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from indgang.directory.models import Organisation, Place
from indgang.kernel.models import Municipality
from indgang.procurement.models import Notice, NoticeForward, NoticeImport, NoticeMatch

SHOWN_WITHOUT_DEADLINE = timedelta(days=180)
"""A call that states no deadline (a qualification system, say) is taken for open this long after dispatch."""
PLANS_SHOWN_FOR = timedelta(days=365)


def standing() -> QuerySet[Notice]:
    """The newest word on each purchase: neither replaced by a change notice nor cancelled."""
    return Notice.objects.filter(superseded_by=None, is_cancelled=False).defer("words", "searched")


def open_calls(now: datetime) -> QuerySet[Notice]:
    """Calls that one can still answer, the first to close on top. A call whose purchase has a result is over."""
    decided = Notice.objects.filter(kind=Notice.Kind.RESULT, procedure_id=OuterRef("procedure_id")).exclude(
        procedure_id=""
    )
    still = Q(closes_at__gt=now) | Q(closes_at=None, dispatched_at__gt=now - SHOWN_WITHOUT_DEADLINE)
    return (
        standing()
        .filter(still, kind=Notice.Kind.CALL)
        .exclude(Exists(decided))
        .order_by(F("closes_at").asc(nulls_last=True), "pk")
    )


def plans(now: datetime) -> QuerySet[Notice]:
    """What buyers say is coming, newest first."""
    recent = Q(dispatched_at=None) | Q(dispatched_at__gt=now - PLANS_SHOWN_FOR)
    return (
        standing()
        .filter(recent, kind=Notice.Kind.PLAN)
        .order_by(F("dispatched_at").desc(nulls_last=True), "pk")
    )


def results() -> QuerySet[Notice]:
    """What has been decided, newest first."""
    return standing().filter(kind=Notice.Kind.RESULT).order_by(F("dispatched_at").desc(nulls_last=True), "pk")


def with_words(notices: QuerySet[Notice], words: str) -> QuerySet[Notice]:
    """Those whose title, buyer or description hold the words, by Danish stems; `"…"` and `-` as in a web search."""
    query = SearchQuery(words[:200], config="danish", search_type="websearch")
    return notices.filter(searched=query)


def matches_shown() -> QuerySet[NoticeMatch]:
    """Matches whose organisation is published and open, best first."""
    return (
        NoticeMatch.objects.filter(organisation__published_at__isnull=False, organisation__closed_at=None)
        .select_related("organisation")
        .order_by("extent", "-score", "pk")
    )


def ours(municipality: Municipality) -> QuerySet[Organisation]:
    """Organisations that a municipality calls its own: written down by it, or with a workplace in it."""
    here = Q(pk__in=Place.objects.filter(municipality_code=municipality.code).values("organisation"))
    return Organisation.objects.filter(Q(kept_by=municipality) | here)


def of_the_same_purchase(notice: Notice) -> QuerySet[Notice]:
    """Other notices about the same purchase: by its identifier, or linked as change notices are."""
    linked = Q(superseded_by=notice) | Q(names__overlap=notice.changes or [""])
    if notice.procedure_id:
        linked |= Q(procedure_id=notice.procedure_id)
    if notice.superseded_by_id:
        linked |= Q(pk=notice.superseded_by_id)
    return Notice.objects.filter(linked).exclude(pk=notice.pk).order_by("dispatched_at", "pk")


def forwards_of(notice: Notice, municipality_id: int) -> QuerySet[NoticeForward]:
    rows = NoticeForward.objects.filter(notice=notice, municipality_id=municipality_id)
    return rows.select_related("organisation", "by").order_by("at")


def shown_to(notice: Notice, organisations: Collection[int]) -> NoticeForward | None:
    """How the municipality pointed the notice out to one of the reader's own organisations."""
    if not organisations:
        return None
    rows = NoticeForward.objects.filter(notice=notice, organisation_id__in=organisations)
    return rows.select_related("by", "municipality").order_by("at").first()


def last_import() -> NoticeImport | None:
    return NoticeImport.objects.order_by("-at", "-pk").first()
