# SPDX-License-Identifier: MPL-2.0
"""Who should pay whom: off until it is opened, shown to two people first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.impact import account, departments
from indgang.impact.actions import transfers as acts
from indgang.impact.forms import OpeningForm
from indgang.impact.models import ValueRun
from indgang.impact.permissions import (
    check_can_open_transfers,
    check_can_see_transfers,
    check_can_widen,
    opening_of,
)
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: Request) -> HttpResponse:
    """The table of the newest kept run (or the one asked for), and who has seen it."""
    by, opening = request.principal, opening_of(request.principal.municipality_id)
    form = OpeningForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            acts.open_transfers(by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Åbnet for de to. De har fået en opgave på skrivebordet."))
            return redirect("impact:transfers")
        except Refused as refusal:
            form.refuse(refusal)
    seen = may(check_can_see_transfers, by, opening)
    runs = ValueRun.objects.filter(municipality_id=by.municipality_id).select_related("case").order_by("-at")
    wanted = request.GET.get("koersel", "")
    run = (runs.filter(pk=int(wanted)) if wanted.isdigit() else runs).first() if seen else None
    context = {
        "opening": opening,
        "seen": seen,
        "run": run,
        "table": departments.owed(departments.of_run(run), account.label_key()) if run else None,
        "form": form,
        "opens": may(check_can_open_transfers, by),
        "widens": may(check_can_widen, by, opening) if opening else None,
        "is_first": opening is not None and by.user_id in (opening.finance_id, opening.chair_id),
    }
    return render(request, "impact/transfers.html", context)


@staff()
@require_POST
def seen(request: Request) -> HttpResponse:
    opening = found(opening_of(request.principal.municipality_id))
    acts.note_seen(request.principal, opening, now=timezone.now())
    messages.success(request, _("Det er noteret, at du har set den."))
    return redirect("impact:transfers")


@staff()
@require_POST
def widen(request: Request) -> HttpResponse:
    opening = found(opening_of(request.principal.municipality_id))
    acts.widen(request.principal, opening, now=timezone.now())
    messages.success(request, _("Tabellen vises nu for alle, der arbejder her."))
    return redirect("impact:transfers")


@staff()
@require_POST
def close(request: Request) -> HttpResponse:
    opening = found(opening_of(request.principal.municipality_id))
    acts.close_transfers(request.principal, opening, now=timezone.now())
    messages.success(request, _("Slået fra."))
    return redirect("impact:transfers")
