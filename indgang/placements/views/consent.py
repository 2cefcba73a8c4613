# SPDX-License-Identifier: MPL-2.0
"""Whether an enterprise may be shown in figures: asked where it sees its own, logged in or behind its link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indgang.core.quarter import quarter_of
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found, logged_in
from indgang.placements.actions.consent import say_yes, take_back
from indgang.placements.jobs import count_quarter


@logged_in
@require_POST
def consent(request: Request, organisation_id: int) -> HttpResponse:
    """Yes or no from the enterprise's own page."""
    by = request.principal
    if not by.speaks_for(organisation_id):
        found(None)
    told(by, organisation_id, request)
    return redirect("placements:own")


def told(by: Principal, organisation_id: int, request: Request) -> None:
    """Do what the button said, and count the open quarters again."""
    now, today = timezone.now(), timezone.localdate()
    if request.POST.get("vises") == "ja":
        say_yes(by, organisation_id, said_by=request.POST.get("hvem", by.name), now=now)
        messages.success(request, _("Tak. I er med i tallene, når de tælles næste gang."))
    else:
        take_back(by, organisation_id, now=now)
        messages.success(request, _("I vises ikke mere. Lukkede kvartaler bliver, som de er."))
    for step in (-1, 0):
        quarter = quarter_of(today).plus(step)
        count_quarter.defer(municipality_id=by.municipality_id, year=quarter.year, number=quarter.number)
