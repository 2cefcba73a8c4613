# SPDX-License-Identifier: MPL-2.0
"""Staff's pages of the right to a meeting: the claim with its next step, and a page for each act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases.actions import claim_meetings, claims
from indgang.cases.claim_forms import BookForm, GrantForm, HoldForm, JudgeForm, RefuseForm, TellForm, TextForm
from indgang.cases.claim_pages import claim_page
from indgang.cases.claim_states import PARAGRAPH, form_trouble
from indgang.cases.models import Claim, Criterion
from indgang.cases.queries import claims_visible_to
from indgang.cases.views.case import sought
from indgang.core.text import Refused
from indgang.kernel import danish
from indgang.kernel.http import Request, found, staff
from indgang.kernel.ui.forms import Form


def _claim(request: Request, case_id: int, claim_id: int) -> Claim:
    rows = claims_visible_to(request.principal).select_related(
        "case__organisation",
        "case__handler",
        "case__municipality",
        "case__unit",
        "organisation",
        "duty",
        "meeting",
    )
    claim: Claim = found(rows.filter(case_id=case_id, pk=claim_id).first())
    return claim


def _acted(
    request: Request, claim: Claim, form: Form, title: str, act: Callable[[dict[str, Any]], object],
    template: str = "cases/claim_form.html", lead: str = "",
) -> HttpResponse:  # fmt: skip
    """One form, one act, back to the claim; a refusal is shown with everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect(claim.path)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, template, {"claim": claim, "form": form, "title": title, "lead": lead})


@staff()
@require_POST
def make(request: Request, case_id: int) -> HttpResponse:
    """They have asked for the meeting, in a call or a mail."""
    claim = claims.claim_meeting(request.principal, sought(request, case_id), now=timezone.now())
    return redirect(claim.path)


@require_safe
@staff()
def claim(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row = _claim(request, case_id, claim_id)
    return render(request, "cases/claim.html", claim_page(request.principal, row, timezone.now()))


@staff()
@require_http_methods(["GET", "POST"])
def tell(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    """Written down for the enterprise, from a call or papers."""
    row, by = _claim(request, case_id, claim_id), request.principal
    form = TellForm(request.POST or None, criteria=row.criteria.order_by("pk"))
    return _acted(
        request,
        row,
        form,
        _("Hvad viser virksomheden?"),
        lambda said: claims.tell(by, row, said, now=timezone.now()),
    )


@staff()
@require_http_methods(["GET", "POST"])
def judge(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    """Criterion by criterion."""
    row, by = _claim(request, case_id, claim_id), request.principal
    form = JudgeForm(request.POST or None, criteria=row.criteria.order_by("pk"))
    return _acted(
        request, row, form, _("Er de fem kriterier opfyldt?"),
        lambda _said: claims.judge(by, row, form.found(), now=timezone.now()), template="cases/claim_judge.html",
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def hearing(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    """Fourteen days to answer before a no."""
    row, by = _claim(request, case_id, claim_id), request.principal
    missing = [one for one in row.criteria.order_by("pk") if one.met is False]
    trouble = form_trouble(row.organisation)
    text = "\n".join(
        [str(trouble)] * (trouble is not None)
        + [f"{danish.label(Criterion.Key(one.key).label)}: {one.finding}" for one in missing]
    )
    form = TextForm(request.POST or None, initial={"text": text})
    lead = _("Skriv, hvorfor det ser ud til at blive et nej. De har 14 dage til at svare, før I afgør det.")
    return _acted(
        request, row, form, _("Send i høring"),
        lambda said: claims.send_hearing(by, row, said["text"], now=timezone.now()), lead=lead,
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def hearing_answer(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    """The enterprise rang: its answer is written down."""
    row, by = _claim(request, case_id, claim_id), request.principal
    return _acted(
        request, row, TextForm(request.POST or None), _("Deres svar på høringen"),
        lambda said: claims.answer_hearing(by, row, said["text"], now=timezone.now()),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def grant(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row, by = _claim(request, case_id, claim_id), request.principal

    def act(said: dict[str, Any]) -> None:
        claims.grant(by, row, reason=said["reason"], valid_until=said["valid_until"], now=timezone.now())

    lead = _("Retten giver et møde og en plads i udstillingen. Den giver ingen fordel, når der købes ind.")
    return _acted(request, row, GrantForm(request.POST or None), _("Ja til mødet"), act, lead=lead)


@staff()
@require_http_methods(["GET", "POST"])
def refuse(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row, by = _claim(request, case_id, claim_id), request.principal
    start = {"reason": row.hearing_text, "paragraph": PARAGRAPH if form_trouble(row.organisation) else ""}

    def act(said: dict[str, Any]) -> None:
        claims.refuse(by, row, reason=said["reason"], paragraph=said["paragraph"], now=timezone.now())

    lead = _(
        "De læser begrundelsen og hører, at de kan få en almindelig snak, og at alle opgaver står åbne for dem."
    )
    return _acted(
        request, row, RefuseForm(request.POST or None, initial=start), _("Nej til mødet"), act, lead=lead
    )


@staff()
@require_POST
def withdraw(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row = _claim(request, case_id, claim_id)
    claims.withdraw(request.principal, row, now=timezone.now())
    return redirect(row.path)


@staff()
@require_http_methods(["GET", "POST"])
def book(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    """One time, or several that they choose among from their mail."""
    row, by = _claim(request, case_id, claim_id), request.principal
    start = {"organiser": row.duty.owner_id if row.duty else by.user_id, "place": _("Rådhuset")}
    form = BookForm(request.POST or None, by=by, initial=start)

    def act(said: dict[str, Any]) -> None:
        claim_meetings.book(
            by, row, form.times(), place=said["place"], organiser=said["organiser"],
            they_asked_for_later=said["they_asked_for_later"], now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("De er inviteret. Mødet har sin egen side."))

    return _acted(request, row, form, _("Book mødet med indkøb"), act)


@staff()
@require_http_methods(["GET", "POST"])
def hold(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row, by = _claim(request, case_id, claim_id), request.principal

    def act(said: dict[str, Any]) -> None:
        claim_meetings.hold(
            by,
            row,
            note=said["note"],
            told=said["told"],
            told_nothing=said["told_nothing"],
            now=timezone.now(),
        )

    return _acted(request, row, HoldForm(request.POST or None), _("Mødet er holdt"), act)


@staff()
@require_POST
def call_off(request: Request, case_id: int, claim_id: int) -> HttpResponse:
    row = _claim(request, case_id, claim_id)
    claim_meetings.call_off(request.principal, row, now=timezone.now())
    return redirect(row.path)
