# SPDX-License-Identifier: MPL-2.0
"""Pages of published notices: open to everyone, with more on them for staff."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.notices.lawful import facts_of_law
from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.kernel.access import may, translated
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.procurement.models import Notice
from indgang.procurement.notices import pages, queries
from indgang.procurement.notices.actions import forward
from indgang.procurement.notices.forms import FilterForm, ForwardForm
from indgang.procurement.notices.history import history
from indgang.procurement.notices.permissions import check_can_forward

ON_A_PAGE = 20
SEARCHING = Limit("search-notices", per="address", times=120, seconds=60, reading=True)
FORWARDING = Limit("forward-notice", per="account", times=60, seconds=3600)
TABS = ("aabne", "planlagte", "afgjorte")


@limited(SEARCHING)
@require_safe
def notices(request: Request) -> HttpResponse:
    """Open calls, plans or results, as far as the filter lets through."""
    now = timezone.now()
    tab = request.GET.get("vis", TABS[0])
    rows = _rows(tab, now)
    form = FilterForm(request.GET)
    if form.is_valid():
        rows = form.narrow(rows, now=now, ours=queries.ours(request.municipality))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("side"))
    query = request.GET.copy()
    query.pop("side", None)
    context = {
        "form": form,
        "tab": tab if tab in TABS else TABS[0],
        "page": page,
        "notices": pages.listed(list(page), request.municipality),
        "query": f"{query.urlencode()}&" if query else "",
        "last_import": queries.last_import(),
        "now": now,
    }
    return render(request, "procurement/notices/list.html", context)


def _rows(tab: str, now: datetime) -> QuerySet[Notice]:
    if tab == "planlagte":
        return queries.plans(now)
    return queries.results() if tab == "afgjorte" else queries.open_calls(now)


@require_safe
def notice(request: Request, notice_id: int) -> HttpResponse:
    """One notice with its lots, what the law says, who could bid, and its history."""
    row = found(Notice.objects.select_related("superseded_by").filter(pk=notice_id).first())
    return render(request, "procurement/notices/show.html", _page(request, row))


def _page(request: Request, row: Notice) -> dict[str, object]:
    by, now, said = request.principal, timezone.now(), row.said()
    matches = pages.matches_by_notice([row], request.municipality)[row.pk]
    if by.works_here:
        sent = {one.organisation_id: one for one in queries.forwards_of(row, by.municipality_id)}
        for match in matches:
            match.forward = sent.pop(match.row.organisation_id, None)
        others = list(sent.values())
    else:
        matches = tuple(sorted(matches, key=lambda match: match.row.organisation.sort_key))
        others = []
    address, place = pages.official(said)
    is_open = queries.open_calls(now).filter(pk=row.pk).exists()
    return {
        "row": row,
        "said": said,
        "listed": pages.listed_one(row, matches, pages.known_winners(said)),
        "matches": matches,
        "other_forwards": others,
        "to_us": queries.shown_to(row, by.organisations),
        "may_forward": may(check_can_forward, by, row, now),
        "is_open": is_open,
        "law": facts_of_law(said) if row.kind in (Notice.Kind.CALL, Notice.Kind.PLAN) else (),
        "events": history(row),
        "address": address,
        "place": place,
        "now": now,
    }


@limited(FORWARDING)
@staff()
@require_POST
def forward_notice(request: Request, notice_id: int, organisation_id: int) -> HttpResponse:
    """Point the notice out to one of those who were found, with one click."""
    row = found(Notice.objects.filter(pk=notice_id).first())
    organisation = found(Organisation.objects.exclude(published_at=None).filter(pk=organisation_id).first())
    try:
        forward(request.principal, row, organisation, lot=request.POST.get("lot", ""), now=timezone.now())
        messages.success(request, _("%(name)s får en mail med et link hertil.") % {"name": organisation.name})
    except Refused as refusal:
        messages.warning(request, translated(refusal))
    return redirect("notice", notice_id)


@limited(FORWARDING)
@staff()
@require_http_methods(["GET", "POST"])
def forward_to_another(request: Request, notice_id: int) -> HttpResponse:
    """Point the notice out to somebody the list did not name, or with a word along."""
    row = found(Notice.objects.filter(pk=notice_id).first())
    form = ForwardForm(request.POST or None, initial={"organisation": request.GET.get("til")})
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        try:
            forward(request.principal, row, organisation, note=form.cleaned_data["note"], now=timezone.now())
            messages.success(
                request, _("%(name)s får en mail med et link hertil.") % {"name": organisation.name}
            )
            return redirect("notice", notice_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/notices/forward.html", {"row": row, "form": form})
