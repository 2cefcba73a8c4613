# SPDX-License-Identifier: MPL-2.0
"""Writing a draft and getting it approved and sent: one small act per view."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.agreements.models import Agreement, AgreementVersion, Approval
from indgang.agreements.partnership import accede, draft
from indgang.agreements.partnership.forms import (
    ApproveForm,
    GoalForm,
    ObligationForm,
    PartyForm,
    SectionForm,
    SteeringForm,
)
from indgang.agreements.partnership.views import a_form, show, visible
from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff


@staff()
@require_http_methods(["GET", "POST"])
def section(request: Request, agreement_id: int, key: str) -> HttpResponse:
    agreement = visible(request, agreement_id)
    version = _draft(agreement)
    row = found(version.sections.filter(key=key).first())
    row.version = version
    form = SectionForm(request.POST or None, initial={"title": row.title, "text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            draft.write_section(request.principal, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Afsnittet er gemt."))
            return _back(agreement, "tekst")
        except Refused as refusal:
            form.refuse(refusal)
    return a_form(request, agreement, form, _("Ret afsnittet"), _("Gem"))


@staff()
@require_POST
def obligation(request: Request, agreement_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    parties = list(agreement.parties.filter(left_at=None))
    form = ObligationForm(request.POST, parties=parties, municipality_id=agreement.municipality_id)
    if form.is_valid():
        try:
            draft.add_obligation(
                request.principal, _draft(agreement), now=timezone.now(), **form.cleaned_data
            )
            return _back(agreement, "kladde")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, obligation_form=form)


@staff()
@require_POST
def goal(request: Request, agreement_id: int) -> HttpResponse:
    agreement, form = visible(request, agreement_id), GoalForm(request.POST)
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        said["higher_is_better"] = said.pop("direction") == "up"
        try:
            draft.add_goal(request.principal, _draft(agreement), now=timezone.now(), **said)
            return _back(agreement, "kladde")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, goal_form=form)


@staff()
@require_POST
def take_out(request: Request, agreement_id: int, kind: str, row_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    version = _draft(agreement)
    rows: Any = version.obligations if kind == "loefte" else version.goals
    row = found(rows.select_related("version__agreement").filter(pk=row_id).first())
    draft.take_out(request.principal, row, now=timezone.now())
    return _back(agreement, "kladde")


@staff()
@require_POST
def party(request: Request, agreement_id: int) -> HttpResponse:
    """One more party: onto the draft, or, when the agreement holds, asked to accede to the text that does."""
    agreement, form, by, now = (
        visible(request, agreement_id),
        PartyForm(request.POST),
        request.principal,
        timezone.now(),
    )
    if form.is_valid():
        said = form.cleaned_data
        who = draft.Who(said["signer_name"], said["email"], organisation=said["organisation"])
        try:
            draft.add_party(by, agreement, who, now=now)
            messages.success(request, _("%(name)s er med som part.") % {"name": said["organisation"].name})
            return _back(agreement, "parter")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, party_form=form)


@staff()
@require_POST
def let_join(request: Request, agreement_id: int, party_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    row = found(agreement.parties.filter(pk=party_id, left_at=None).first())
    accede.let_join(request.principal, agreement, row, now=timezone.now())
    messages.success(request, _("%(name)s har fået aftalen til tiltrædelse.") % {"name": row.name})
    return _back(agreement, "parter")


@staff()
@require_POST
def approve(request: Request, agreement_id: int, step: str) -> HttpResponse:
    agreement, form = visible(request, agreement_id), ApproveForm(request.POST)
    found(step if step in Approval.Step.values else None)
    if form.is_valid():
        accede.approve(
            request.principal, _draft(agreement), step, note=form.cleaned_data["note"], now=timezone.now()
        )
        messages.success(request, _("Godkendt."))
        return _back(agreement, "kladde")
    return show(request, agreement, status=422, approve_form=form)


@staff()
@require_POST
def offer(request: Request, agreement_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    accede.offer(request.principal, _draft(agreement), now=timezone.now())
    messages.success(request, _("Teksten er frosset, og hver part har fået et link."))
    return redirect("agreements:partnership", agreement.pk)


@staff()
@require_POST
def withdraw(request: Request, agreement_id: int) -> HttpResponse:
    """Take back what is on offer, or a draft of a later version."""
    agreement = visible(request, agreement_id)
    rows = agreement.versions.filter(accepted_at=None, withdrawn_at=None).order_by("-number")
    version = found(rows.first())
    version.agreement = agreement
    accede.withdraw(request.principal, version, now=timezone.now())
    messages.success(request, _("Udgaven er trukket tilbage."))
    return redirect("agreements:partnership", agreement.pk)


@staff()
@require_POST
def seat(request: Request, agreement_id: int) -> HttpResponse:
    agreement, form = visible(request, agreement_id), SteeringForm(request.POST)
    if form.is_valid():
        try:
            draft.seat(request.principal, agreement, now=timezone.now(), **form.cleaned_data)
            return _back(agreement, "foelgegruppe")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, steering_form=form)


@staff()
@require_POST
def unseat(request: Request, agreement_id: int, member_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    member = found(agreement.steering.select_related("agreement").filter(pk=member_id).first())
    draft.unseat(request.principal, member, now=timezone.now())
    return _back(agreement, "foelgegruppe")


def _draft(agreement: Agreement) -> AgreementVersion:
    version: AgreementVersion = found(draft.draft_of(agreement))
    version.agreement = agreement
    return version


def _back(agreement: Agreement, where: str) -> HttpResponse:
    answer = redirect("agreements:partnership", agreement.pk)
    answer.headers["Location"] += f"#{where}"
    return answer
