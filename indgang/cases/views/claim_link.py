# SPDX-License-Identifier: MPL-2.0
"""The enterprise's side of the right to a meeting, behind its link and a code; and the page that tells everybody."""

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
from indgang.cases.models import Case, Claim, Participant, ToldPurchase
from indgang.cases.views.follow import BY_LINK, by_link, is_unlocked
from indgang.core.text import Refused
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found
from indgang.kernel.limits import limited

HEARING_IDS = "hearing_%s"
"""Two forms stand on the page, so the second one's fields have names of their own."""


@limited(BY_LINK)
@require_POST
def ask(request: Request, token: str) -> HttpResponse:
    """Ask for the meeting, as somebody whom the municipality knows to speak for the enterprise."""
    by, person, case = by_link(request, token)
    if not is_unlocked(request, person) or person.confirmed_at is None:
        return redirect("follow", token)
    claim = claims.claim_meeting(by, case, now=timezone.now())
    messages.success(request, _("Vi har det. Vis os nu, hvordan I opfylder kriterierne."))
    return redirect("claim_by_link", token, claim.pk)


def _claim(request: Request, token: str, claim_id: int) -> tuple[Principal, Participant, Case, Claim | None]:
    by, person, case = by_link(request, token)
    rows = Claim.objects.filter(case=case).select_related(
        "case__handler", "case__municipality", "organisation", "duty", "meeting"
    )
    claim = found(rows.filter(pk=claim_id).first())
    return by, person, case, claim if is_unlocked(request, person) else None


@limited(BY_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: Request, token: str, claim_id: int) -> HttpResponse:
    """Where it stands; what is shown for each criterion; the decision with its reason."""
    by, _person, case, row = _claim(request, token, claim_id)
    if row is None:
        return redirect("follow", token)
    criteria = list(row.criteria.order_by("pk"))
    form = TellForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        try:
            claims.tell(by, row, form.cleaned_data, now=timezone.now())
            messages.success(request, _("Gemt. Du kan rette det, til vi har afgjort det."))
            return redirect("claim_by_link", token, claim_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, token, case, row, form, TextForm(auto_id=HEARING_IDS))


@limited(BY_LINK)
@require_POST
def hearing(request: Request, token: str, claim_id: int) -> HttpResponse:
    """The answer to the hearing, in the enterprise's own words."""
    by, _person, case, row = _claim(request, token, claim_id)
    if row is None:
        return redirect("follow", token)
    form = TextForm(request.POST, auto_id=HEARING_IDS)
    if form.is_valid():
        try:
            claims.answer_hearing(by, row, form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("Vi har jeres svar."))
            return redirect("claim_by_link", token, claim_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, token, case, row, TellForm(criteria=row.criteria.order_by("pk")), form)


@limited(BY_LINK)
@require_POST
def withdraw(request: Request, token: str, claim_id: int) -> HttpResponse:
    by, _person, _case, row = _claim(request, token, claim_id)
    if row is not None:
        claims.withdraw(by, row, now=timezone.now())
    return redirect("follow", token)


def _page(
    request: Request, token: str, case: Case, row: Claim, form: TellForm, hearing_form: TextForm
) -> HttpResponse:
    state = claim_state(row, timezone.now())
    context = {
        "token": token,
        "case": case,
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
