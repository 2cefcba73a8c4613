# SPDX-License-Identifier: MPL-2.0
"""Reads of partnership agreements: who may see which, and everything on a page in a fixed number of queries."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from indgang.agreements.models import Agreement, AgreementVersion, Fulfilment, GoalReading, Party
from indgang.agreements.partnership.colour import Colour, kept
from indgang.agreements.partnership.keep import OWNER_KIND, check_can_fulfil, colour_of
from indgang.agreements.partnership.wording import template
from indgang.agreements.permissions import check_can_change, check_can_manage
from indgang.agreements.term import EARLY, months_before
from indgang.kernel.access import Kind, Principal, may
from indgang.meetings.queries import held_count, meetings_of

YEAR = timedelta(days=365)


def visible_to(by: Principal) -> QuerySet[Agreement]:
    """Staff see their municipality's; an enterprise those it is a party to, once a version has been sent to it."""
    rows = Agreement.objects.filter(kind=Agreement.Kind.PARTNERSHIP, municipality_id=by.municipality_id)
    if by.works_here or by.kind is Kind.SYSTEM:
        return rows
    party = Party.objects.filter(agreement=OuterRef("pk"), organisation_id__in=by.organisations, left_at=None)
    sent = AgreementVersion.objects.filter(agreement=OuterRef("pk"), offered_at__isnull=False)
    return rows.filter(Exists(party), Exists(sent))


def page_of(by: Principal, agreement: Agreement, now: datetime) -> dict[str, Any]:
    """Everything on an agreement's page."""
    today = timezone.localdate(now)
    versions = list(agreement.versions.select_related("created_by", "document").order_by("-number"))
    if not by.works_here:
        versions = [one for one in versions if one.offered_at is not None]
    holding = next((one for one in versions if one.accepted_at), None)
    working = next((one for one in versions if one.is_draft or one.is_on_offer), None)
    shown = holding or working or versions[0]
    parties = list(
        agreement.parties.filter(left_at=None).select_related("organisation", "unit").order_by("pk")
    )
    page: dict[str, Any] = {
        "agreement": agreement,
        "versions": versions,
        "holding": holding,
        "working": working,
        "shown": shown,
        "parties": parties,
        "own_parties": [one for one in parties if one.organisation_id in by.organisations],
        "steering": list(agreement.steering.order_by("pk")),
        "meetings": list(meetings_of(OWNER_KIND, agreement.pk)),
        "met": held_count(OWNER_KIND, agreement.pk, since=now - YEAR, now=now),
        "promises": _promises(by, agreement, today),
        "goals": _goals(agreement, shown),
        "exclusions": template(agreement.variant).exclusions,
        "support": _support(by, agreement),
        "may_change": may(check_can_change, by, agreement),
        "may_manage": may(check_can_manage, by, agreement),
        "is_running_out": holding is not None and months_before(agreement.last_date, EARLY) <= today,
        "today": today,
        "now": now,
    }
    if working is not None:
        page["approvals"] = list(working.approvals.select_related("user").order_by("pk"))
        page["accessions"] = list(working.accessions.select_related("party").order_by("pk"))
    if holding is not None:
        page["acceded"] = list(holding.accessions.select_related("party").order_by("pk"))
    return page


def _promises(by: Principal, agreement: Agreement, today: Any) -> list[dict[str, Any]]:
    """Open ones first by date, then the newest that were kept."""
    rows = Fulfilment.objects.filter(agreement=agreement, dropped_at=None).select_related(
        "obligation", "party", "duty__owner", "document"
    )
    found: list[dict[str, Any]] = []
    for row in rows:
        row.agreement = agreement
        state = kept(row.due_date, row.done_date, today)
        found.append(
            {"row": row, "state": state, "may": row.done_at is None and may(check_can_fulfil, by, row)}
        )
    waiting = [one for one in found if one["row"].done_at is None]
    waiting.sort(key=lambda one: one["row"].due_date)
    done = [one for one in found if one["row"].done_at is not None]
    done.sort(key=lambda one: one["row"].due_date, reverse=True)
    return waiting + done[:20]


def _goals(agreement: Agreement, shown: AgreementVersion) -> list[dict[str, Any]]:
    """Each goal with its newest figure, its colour and whether a plan is missing."""
    readings: dict[str, GoalReading] = {}
    for row in GoalReading.objects.filter(agreement=agreement).select_related("goal").order_by("on_date"):
        readings[row.key] = row
    found: list[dict[str, Any]] = []
    for goal in shown.goals.order_by("pk"):
        newest = readings.get(goal.key)
        shade = colour_of(newest) if newest else None
        found.append(
            {
                "goal": goal,
                "reading": newest,
                "colour": shade,
                "needs_plan": newest is not None and shade is Colour.RED and not newest.plan,
            }
        )
    return found


def _support(by: Principal, agreement: Agreement) -> list[Any]:
    rows = agreement.support_requests.select_related(
        "party__organisation", "opinion_by", "opinion_document"
    ).order_by("-asked_at")
    if not by.works_here:
        rows = rows.filter(party__organisation_id__in=by.organisations)
    return list(rows[:20])
