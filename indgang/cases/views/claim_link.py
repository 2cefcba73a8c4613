# SPDX-License-Identifier: MPL-2.0
"""The enterprise's side of the right to a meeting, by link and code or logged in; and the page that tells everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases.actions import claims
from indgang.cases.claim_forms import TellForm, TextForm
from indgang.cases.claim_pages import steps
from indgang.cases.claim_states import ClaimState, claim_state, form_trouble, showroom
from indgang.cases.models import Claim, ToldPurchase
from indgang.cases.views.way import Way, their_own
from indgang.core.text import Refused
from indgang.kernel.http import Request, found

HEARING_IDS = "hearing_%s"
"""Two forms stand on the page, so the second one's fields have names of their own."""


@their_own()
@require_POST
def ask(request: Request, way: Way) -> HttpResponse:
    """Ask for the meeting, as somebody whom the municipality knows to speak for the enterprise."""
    if not way.unlocked or not way.is_confirmed:
        return redirect(way.base)
    claim = claims.claim_meeting(way.by, way.case, now=timezone.now())
    messages.success(request, _("Vi har det. Vis os nu, hvordan I opfylder kriterierne."))
    return redirect(f"{way.base}ret/{claim.pk}/")


def _claim(way: Way, claim_id: int) -> Claim | None:
    """The claim, for somebody who has shown a code or is logged in."""
    rows = Claim.objects.filter(case=way.case).select_related(
        "case__handler", "case__municipality", "organisation", "duty", "meeting"
    )
    claim: Claim = found(rows.filter(pk=claim_id).first())
    return claim if way.unlocked else None


@their_own()
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: Request, way: Way, claim_id: int) -> HttpResponse:
    """Where it stands; what is shown for each criterion; the decision with its reason."""
    row = _claim(way, claim_id)
    if row is None:
        return redirect(way.base)
    criteria = list(row.criteria.order_by("pk"))
    form = TellForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        try:
            claims.tell(way.by, row, form.cleaned_data, now=timezone.now())
            messages.success(request, _("Gemt. Du kan rette det, til vi har afgjort det."))
            return redirect(f"{way.base}ret/{claim_id}/")
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, way, row, form, TextForm(auto_id=HEARING_IDS))


@their_own()
@require_POST
def hearing(request: Request, way: Way, claim_id: int) -> HttpResponse:
    """The answer to the hearing, in the enterprise's own words."""
    row = _claim(way, claim_id)
    if row is None:
        return redirect(way.base)
    form = TextForm(request.POST, auto_id=HEARING_IDS)
    if form.is_valid():
        try:
            claims.answer_hearing(way.by, row, form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("Vi har jeres svar."))
            return redirect(f"{way.base}ret/{claim_id}/")
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, way, row, TellForm(criteria=row.criteria.order_by("pk")), form)


@their_own()
@require_POST
def withdraw(request: Request, way: Way, claim_id: int) -> HttpResponse:
    row = _claim(way, claim_id)
    if row is not None:
        claims.withdraw(way.by, row, now=timezone.now())
    return redirect(way.base)


def _page(request: Request, way: Way, row: Claim, form: TellForm, hearing_form: TextForm) -> HttpResponse:
    state = claim_state(row, timezone.now())
    context = {
        "base": way.base,
        "case": way.case,
        "claim": row,
        "state": state,
        "steps": steps(row, state),
        "form": form,
        "hearing_form": hearing_form,
        "is_open": state in (ClaimState.CHECKING, ClaimState.HEARING, ClaimState.TO_DECIDE),
        "trouble": form_trouble(row.organisation),
    }
    return render(request, "cases/claim_by_link.html", context)


@require_safe
def public_page(request: Request) -> HttpResponse:
    """What the right is, whom it has been given to, and all that has been told about coming purchases."""
    number, today = request.municipality.pk, timezone.localdate()
    context = {
        "told": ToldPurchase.objects.filter(municipality_id=number).order_by("-at", "-pk")[:50],
        "showroom": list(showroom(number, on=today)[:100]),
    }
    return render(request, "cases/meeting_right.html", context)
