# SPDX-License-Identifier: MPL-2.0
"""The list of partnership agreements, one agreement, its start, and the public page of kept promises."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.agreements import lifetime
from indgang.agreements.lifetime import path_of
from indgang.agreements.models import Agreement, AgreementVersion
from indgang.agreements.partnership import draft, keep, promises, queries
from indgang.agreements.partnership.colour import kept
from indgang.agreements.partnership.difference import changes
from indgang.agreements.partnership.forms import (
    ApproveForm,
    GoalForm,
    NoteForm,
    ObligationForm,
    PartyForm,
    ReadingForm,
    StartForm,
    SteeringForm,
    SupportForm,
)
from indgang.agreements.partnership.wording import text_of
from indgang.agreements.permissions import check_can_make_partnership
from indgang.agreements.purchase.forms import EndForm
from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.placements.permissions import REGISTRARS


@logged_in
@require_safe
def partnerships(request: Request) -> HttpResponse:
    by = request.principal
    rows = queries.visible_to(by).select_related("unit", "manager").prefetch_related("parties")
    context = {
        "rows": rows.filter(ended_at=None).order_by("title", "pk"),
        "over": rows.exclude(ended_at=None).order_by("-ended_at")[:20],
        "may_make": may(check_can_make_partnership, by),
        "today": timezone.localdate(),
    }
    return render(request, "agreements/partnerships.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    by = request.principal
    check_can_make_partnership(by)
    first = {"manager": by.user_id, "unit": min(by.units, default=None), "first_date": timezone.localdate()}
    form = StartForm(request.POST or None, municipality_id=by.municipality_id, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            agreement = draft.start(
                by,
                variant=said["variant"],
                title=said["title"],
                unit=said["unit"],
                manager=said["manager"],
                first_date=said["first_date"],
                last_date=said["last_date"],
                parties=form.who(),
                now=timezone.now(),
            )
            messages.success(
                request, _("Kladden er lavet efter skabelonen. Ret teksten til, og skriv løfterne.")
            )
            return redirect("agreements:partnership", agreement.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "agreements/start.html", {"form": form})


@logged_in
@require_safe
def partnership(request: Request, agreement_id: int) -> HttpResponse:
    return show(request, visible(request, agreement_id))


def show(request: Request, agreement: Agreement, *, status: int = 200, **shown: Any) -> HttpResponse:
    """The agreement's page; `shown` holds a form that was refused, with what was typed."""
    page = queries.page_of(request.principal, agreement, timezone.now())
    forms = {
        "obligation_form": ObligationForm(parties=page["parties"], municipality_id=agreement.municipality_id),
        "goal_form": GoalForm(),
        "party_form": PartyForm(),
        "steering_form": SteeringForm(),
        "reading_form": ReadingForm(initial={"on_date": timezone.localdate()}),
        "support_form": SupportForm(),
        "approve_form": ApproveForm(),
    }
    version = page["shown"]
    working: AgreementVersion | None = page["working"]
    edited = working if working is not None and working.is_draft else None
    page |= {
        "registers": request.principal.holds(*REGISTRARS),
        "sections": list(version.sections.order_by("position")),
        "draft": edited,
        "draft_sections": list(edited.sections.order_by("position")) if edited else [],
        "draft_obligations": list(edited.obligations.select_related("party").order_by("party_id", "due_date")) if edited else [],
        "draft_goals": list(edited.goals.order_by("pk")) if edited else [],
    }  # fmt: skip
    return render(request, "agreements/partnership.html", page | forms | shown, status=status)


@logged_in
@require_safe
def version(request: Request, agreement_id: int, number: int) -> HttpResponse:
    """One version's text, and what differs from the one before."""
    agreement = visible(request, agreement_id)
    rows = agreement.versions.order_by("-number")
    if not request.principal.works_here:
        rows = rows.filter(offered_at__isnull=False)
    shown = found(rows.filter(number=number).first())
    before = rows.filter(number__lt=number, withdrawn_at=None).first()
    shown.agreement = agreement
    text = shown.text or text_of(shown)
    if before is not None:
        before.agreement = agreement
    old = (before.text or text_of(before)) if before else ""
    context = {
        "agreement": agreement,
        "version": shown,
        "before": before,
        "text": text,
        "changes": changes(old, text) if before else [],
        "accessions": shown.accessions.select_related("party").order_by("pk"),
    }
    return render(request, "agreements/version.html", context)


@logged_in
@require_safe
def paper(request: Request, agreement_id: int, number: int) -> HttpResponse:
    """The accepted version as PDF."""
    rows = visible(request, agreement_id).versions.select_related("document")
    row = found(rows.filter(number=number, accepted_at__isnull=False).first())
    return files.download(found(row.document))


@require_safe
def kept_promises(request: Request) -> HttpResponse:
    """For anyone: what the municipality has promised and whether it was kept."""
    municipality_id, today = request.principal.municipality_id, timezone.localdate()
    rows = promises.ours(municipality_id).filter(due_date__lte=today)
    dates = list(rows.values_list("due_date", "done_date"))
    context = {
        "rows": [(row, kept(row.due_date, row.done_date, today)) for row in rows[:100]],
        "ours": promises.tally(dates, today),
        "partners": promises.partners(municipality_id, today),
        "fewest": promises.FEWEST,
    }
    return render(request, "agreements/kept_promises.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def new_version(request: Request, agreement_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft.new_version(request.principal, agreement, now=timezone.now(), **form.cleaned_data)
            return redirect("agreements:partnership", agreement.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return a_form(request, agreement, form, _("Lav en ny udgave"), _("Begynd kladden"))


@staff()
@require_http_methods(["GET", "POST"])
def end(request: Request, agreement_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    form = EndForm(request.POST or None, initial={"last_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            keep.end_partnership(request.principal, agreement, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Aftalen er opsagt, og parterne har fået besked."))
            return redirect("agreements:partnership", agreement.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return a_form(request, agreement, form, _("Opsig aftalen"), _("Opsig"))


@staff()
@require_POST
def phased_out(request: Request, agreement_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    lifetime.phased_out(request.principal, agreement, request.POST.get("how", ""), now=timezone.now())
    messages.success(request, _("Noteret: det er afviklet."))
    return redirect("agreements:partnership", agreement.pk)


def visible(request: Request, agreement_id: int) -> Agreement:
    rows = queries.visible_to(request.principal).select_related("unit", "manager", "municipality")
    row: Agreement = found(rows.filter(pk=agreement_id).first())
    return row


def a_form(
    request: Request, agreement: Agreement, form: Any, title: str, action: str, lead: str = ""
) -> HttpResponse:
    """A page with one form that belongs to an agreement."""
    back = path_of(agreement)
    context = {
        "agreement": agreement,
        "form": form,
        "title": title,
        "action": action,
        "lead": lead,
        "back": back,
    }
    return render(request, "agreements/form.html", context)
