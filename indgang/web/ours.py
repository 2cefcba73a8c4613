# SPDX-License-Identifier: MPL-2.0
"""One page for an enterprise that is logged in: all that it and the municipality have with each other."""

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indgang.agreements.models import Agreement, Fulfilment
from indgang.agreements.partnership import queries as partnerships
from indgang.agreements.queries import purchases_visible_to
from indgang.cases import queries as cases
from indgang.cases.bundle import listed
from indgang.cases.states import state_of
from indgang.directory.models import ContactAssignment
from indgang.kernel.http import Request, logged_in
from indgang.meetings.queries import own_meetings
from indgang.procurement.desk import awaited_of

SHOWN = 20


@logged_in
@require_safe
def ours(request: Request) -> HttpResponse:
    """What waits for them on top, then promises both ways by date, cases, meetings and agreements."""
    by, now = request.principal, timezone.now()
    if not by.organisations:
        raise Http404
    today = timezone.localdate(now)
    agreements = list(
        partnerships.visible_to(by).filter(last_date__gte=today).order_by("last_date", "pk")[:SHOWN]
    )
    purchases = purchases_visible_to(by).filter(last_date__gte=today)
    threads = cases.visible_to(by).filter(organisation_id__in=by.organisations, merged_into=None)
    threads = listed(threads).order_by(F("closed_at").desc(nulls_first=True), "-touched_at", "-pk")
    promises = _promises(agreements)
    context = {
        "contacts": ContactAssignment.objects.filter(
            organisation_id__in=by.organisations, municipality_id=by.municipality_id, last_at=None
        ).select_related("user", "organisation"),
        "awaited": awaited_of(by, now=now),
        "our_promises": [one for one in promises if one.party.organisation_id in by.organisations],
        "their_promises": [one for one in promises if one.party.is_public_side],
        "cases": [(case, state_of(case)) for case in threads[:SHOWN]],
        "meetings": own_meetings(by, now)[:SHOWN],
        "agreements": agreements,
        "purchases": purchases.order_by("last_date", "pk")[:SHOWN],
    }
    return render(request, "ours.html", context)


def _promises(agreements: list[Agreement]) -> list[Fulfilment]:
    """What is promised and not kept yet, the soonest first."""
    rows = Fulfilment.objects.filter(agreement__in=agreements, done_at=None, dropped_at=None)
    return list(
        rows.select_related("obligation", "party", "agreement").order_by("due_date", "pk")[: 2 * SHOWN]
    )
