# SPDX-License-Identifier: MPL-2.0
"""Making, signing, prolonging and ending a purchase agreement, and its papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.agreements import lifetime
from indgang.agreements.purchase import actions, law
from indgang.agreements.purchase.forms import AskLawForm, EndForm, ProlongForm, SignedForm, TermsForm
from indgang.agreements.purchase.paper import draw_purchase
from indgang.agreements.purchase.views import call_off_of, page_of, visible
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, works
from indgang.kernel.ui.forms import Form
from indgang.procurement.models import Decision, Order
from indgang.procurement.queries import visible_to as tasks_visible_to

READING = Limit("order", per="link", times=60, seconds=300, reading=True)


@staff()
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A direct purchase, or with `?opgave=` what an award gave."""
    by, decision = request.principal, _decision(request)
    form = TermsForm(
        request.POST or None,
        municipality_id=by.municipality_id,
        awarded=decision is not None,
        initial=_initial(by, decision),
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        terms = actions.Terms(
            title=said["title"],
            what=said["what"],
            first_date=said["first_date"],
            last_date=said["last_date"],
            limit_oere=said["limit_dkk"] * 100,
            legal_basis=said.get("legal_basis", ""),
            cpv_code=decision.task.cpv_code if decision else said["cpv_code"],
            cross_border=said.get("cross_border", ""),
            how_to_order=said["how_to_order"],
        )
        try:
            agreement = actions.open_purchase(
                by,
                terms,
                unit=decision.task.unit if decision else said["unit"],
                organisation=decision.organisation if decision else said["organisation"],
                manager=said["manager"],
                decision=decision,
                now=timezone.now(),
            )
            messages.success(
                request, _("Kladden er gemt. Skriv priserne, og læg den underskrevne aftale ind.")
            )
            return redirect("agreements:purchase", agreement.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "agreements/new_purchase.html", {"form": form, "decision": decision})


@staff()
@require_http_methods(["GET", "POST"])
def sign(request: Request, agreement_id: int) -> HttpResponse:
    """The signed paper puts the agreement in force."""
    row = visible(request, agreement_id)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = files.receive(form.cleaned_data["document"], by=request.principal, now=timezone.now())
            actions.put_in_force(request.principal, row, document, now=timezone.now())
            messages.success(request, _("Aftalen gælder nu og står i indkøbskataloget."))
            return redirect("agreements:purchase", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    lead = _("En indkøbsaftale gælder, når begge har skrevet under. Læg den underskrevne PDF ind.")
    return a_page(request, row, form, _("Læg den underskrevne aftale ind"), _("Sæt aftalen i kraft"), lead)


@staff()
@require_http_methods(["GET", "POST"])
def prolong(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    form = ProlongForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = files.receive(form.cleaned_data["document"], by=request.principal, now=timezone.now())
            lifetime.prolong(
                request.principal,
                row,
                last_date=form.cleaned_data["last_date"],
                document=document,
                now=timezone.now(),
            )
            messages.success(request, _("Aftalen er forlænget. Du bliver mindet om den igen i god tid."))
            return redirect("agreements:purchase", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return a_page(request, row, form, _("Forlæng aftalen"), _("Forlæng"))


@staff()
@require_http_methods(["GET", "POST"])
def end(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    form = EndForm(request.POST or None, initial={"last_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            lifetime.end(request.principal, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Aftalen er opsagt."))
            return redirect("agreements:purchase", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return a_page(request, row, form, _("Opsig aftalen"), _("Opsig"))


@staff()
@require_POST
def phased_out(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    lifetime.phased_out(request.principal, row, request.POST.get("how", ""), now=timezone.now())
    messages.success(request, _("Noteret: det er afviklet."))
    return redirect("agreements:purchase", row.pk)


@staff()
@require_POST
def ask_law(request: Request, agreement_id: int) -> HttpResponse:
    """The newest rules about the agreement as it is."""
    row, form = visible(request, agreement_id), AskLawForm(request.POST, auto_id="law_%s")
    if form.is_valid():
        try:
            law.ask_again(request.principal, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Loven er spurgt. Svaret står på aftalen."))
            return redirect(lifetime.path_of(row) + "#jura")
        except Refused as refusal:
            form.refuse(refusal)
    page = page_of(request.principal, row) | {"ask_form": form}
    return render(request, "agreements/purchase.html", page, status=422)


@staff()
@require_safe
def to_sign(request: Request, agreement_id: int) -> HttpResponse:
    """The paper that both sign."""
    row = visible(request, agreement_id)
    answer = HttpResponse(draw_purchase(row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="aftale-{row.pk}-til-underskrift.pdf"'
    return answer


@logged_in
@require_safe
def signed(request: Request, agreement_id: int) -> HttpResponse:
    row = visible(request, agreement_id)
    return files.download(found(row.signed_document))


@staff()
@require_safe
def order_file(request: Request, order_id: int) -> HttpResponse:
    return files.download(found(call_off_of(request, order_id).order.document))


@limited(READING)
@require_safe
def order_by_link(request: Request, token: str) -> HttpResponse:
    """The order, for the supplier that got the mail."""
    link = find_link(token, actions.ORDER_LINK)
    if link is None:
        raise Http404
    if not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Linket virker ikke mere. Ring til kommunen, hvis du mangler noget."))
    order = found(Order.objects.select_related("document").filter(pk=link.subject_id).first())
    return files.download(found(order.document))


def _decision(request: Request) -> Decision | None:
    number = request.GET.get("opgave", "")
    if not number.isdigit():
        return None
    tasks = tasks_visible_to(request.principal).filter(pk=int(number))
    rows = Decision.objects.filter(task__in=tasks, task__company=None)
    decision: Decision = found(
        rows.select_related("task__law", "task__unit__municipality", "organisation").first()
    )
    return decision


def _initial(by: Principal, decision: Decision | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        "manager": by.user_id,
        "unit": min(by.units, default=None),
        "first_date": timezone.localdate(),
    }
    if decision is not None:
        known |= {
            "title": decision.task.title,
            "what": decision.task.need,
            "limit_dkk": max(decision.price_oere // 100, 1),
        }
    return known


def a_page(request: Request, row: Any, form: Form, title: str, action: str, lead: str = "") -> HttpResponse:
    """A page with one form that belongs to a purchase agreement."""
    context = {
        "agreement": row,
        "form": form,
        "title": title,
        "action": action,
        "lead": lead,
        "back": lifetime.path_of(row),
    }
    return render(request, "agreements/form.html", context)
