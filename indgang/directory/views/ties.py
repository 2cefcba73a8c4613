# SPDX-License-Identifier: MPL-2.0
"""Status, contact person, interests and purchase bars: what the municipality knows and decides about an enterprise."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indgang.core.text import Refused, gettext_noop
from indgang.directory.actions import relations, status
from indgang.directory.forms.staff import (
    BarForm,
    ContactPersonForm,
    EquivalenceForm,
    EvidenceForm,
    InterestForm,
    OwnInterestForm,
)
from indgang.directory.models import Interest, Organisation, PurchaseBar, StatusFact
from indgang.directory.permissions import INSIGHT, check_can_verify
from indgang.directory.queries import visible_to
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import Role, User
from indgang.kernel.ui.forms import Form

CHECKING_STATUS = gettext_noop("Se dokumentation for status efter")


@staff()
def evidence(request: Request, organisation_id: int) -> HttpResponse:
    """Somebody has seen that the enterprise is registered, or that the share is documented."""
    organisation = _visible(request, organisation_id)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        initial={"since": timezone.localdate(), "kind": request.GET.get("slags", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = _with_document(request, dict(form.cleaned_data))
            status.register(request.principal, organisation, now=timezone.now(), **given)
            return _back(request, organisation)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(
        request, organisation, form, _("Registrér dokumentation"), template="directory/staff/evidence.html"
    )


@staff(Role.COORDINATOR)
def equivalence(request: Request, organisation_id: int) -> HttpResponse:
    """The municipality's own reasoned decision."""
    organisation = _visible(request, organisation_id)
    form = EquivalenceForm(
        request.POST or None,
        request.FILES or None,
        initial={"since": timezone.localdate(), "kind": request.GET.get("slags", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = _with_document(request, dict(form.cleaned_data))
            status.decide_equivalence(request.principal, organisation, now=timezone.now(), **given)
            return _back(request, organisation)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(
        request,
        organisation,
        form,
        _("Afgør, om betingelserne er opfyldt"),
        template="directory/staff/equivalence.html",
    )


@require_POST
@staff()
def end_status(request: Request, organisation_id: int, fact_id: int) -> HttpResponse:
    organisation = _visible(request, organisation_id)
    fact = found(
        StatusFact.objects.select_related("organisation")
        .filter(pk=fact_id, organisation=organisation)
        .first()
    )
    status.end_status(request.principal, fact, now=timezone.now())
    return _back(request, organisation)


@staff()
def document(request: Request, organisation_id: int, fact_id: int) -> HttpResponse:
    """The paper behind a fact, for the staff of the municipality that keeps it."""
    organisation = _visible(request, organisation_id)
    check_can_verify(request.principal, organisation)
    rows = StatusFact.objects.select_related("document").filter(
        organisation=organisation, document__isnull=False
    )
    fact = found(rows.filter(pk=fact_id).first())
    paper = found(fact.document)
    audit.record_reading(
        request.principal,
        "evidence",
        f"organisation:{organisation.pk}",
        purpose=CHECKING_STATUS,
        now=timezone.now(),
        facts={"file": paper.pk},
    )
    return files.download(paper)


@staff(Role.COORDINATOR)
def contact_person(request: Request, organisation_id: int) -> HttpResponse:
    organisation = _visible(request, organisation_id)
    form = ContactPersonForm(request.POST or None, by=request.principal, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            relations.assign_contact_person(
                request.principal, organisation, form.cleaned_data["user"], now=timezone.now()
            )
            return _back(request, organisation)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, organisation, form, _("Vælg kontaktperson"))


@staff()
def interest(request: Request, organisation_id: int) -> HttpResponse:
    """One's own tie to the enterprise; a coordinator also writes down what is known of colleagues."""
    organisation, by, today = _visible(request, organisation_id), request.principal, timezone.localdate()
    others = by.holds(Role.COORDINATOR)
    form = InterestForm(
        request.POST or None,
        by=by,
        today=today,
        others=others,
        initial={"user": by.user_id, "first_date": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _state(by, organisation, dict(form.cleaned_data))
            return _back(request, organisation)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, organisation, form, _("Oplys en interesse"))


@staff()
def my_interests(request: Request) -> HttpResponse:
    """Everybody who works here can say what ties them to whom."""
    by, today = request.principal, timezone.localdate()
    visible = visible_to(by).filter(closed_at=None).order_by("sort_key")
    form = OwnInterestForm(
        request.POST or None, by=by, today=today, visible=visible, initial={"first_date": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            _state(by, given.pop("organisation"), given)
            messages.success(request, _("Tak. Det er skrevet op."))
            return redirect("directory:my_interests")
        except Refused as refusal:
            form.refuse(refusal)
    rows = (
        Interest.objects.filter(user_id=by.user_id or 0)
        .select_related("organisation")
        .order_by("-first_date")
    )
    return render(
        request, "directory/staff/my_interests.html", {"form": form, "interests": rows, "today": today}
    )


@require_POST
@staff()
def end_interest(request: Request, interest_id: int) -> HttpResponse:
    by = request.principal
    rows = Interest.objects.all() if by.holds(*INSIGHT) else Interest.objects.filter(user_id=by.user_id or 0)
    row = found(rows.select_related("organisation").filter(pk=interest_id).first())
    relations.end_interest(by, row, last_date=timezone.localdate(), now=timezone.now())
    messages.success(request, _("Interessen slutter i dag."))
    return redirect("directory:my_interests" if row.user_id == by.user_id else row.organisation.path)


@staff(Role.COORDINATOR)
def bar(request: Request, organisation_id: int) -> HttpResponse:
    organisation = _visible(request, organisation_id)
    form = BarForm(request.POST or None, by=request.principal, initial={"first_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            relations.set_bar(
                request.principal, organisation=organisation, now=timezone.now(), **form.cleaned_data
            )
            return _back(request, organisation)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, organisation, form, _("Skriv en købsspærring"))


@require_POST
@staff(Role.COORDINATOR)
def lift_bar(request: Request, organisation_id: int, bar_id: int) -> HttpResponse:
    organisation = _visible(request, organisation_id)
    row = found(PurchaseBar.objects.filter(pk=bar_id, organisation=organisation).first())
    relations.lift_bar(request.principal, row, now=timezone.now())
    return _back(request, organisation)


def _state(by: Principal, organisation: Organisation, given: dict[str, Any]) -> None:
    user = given.pop("user", None) or User.objects.get(pk=by.user_id or 0)
    source = given.pop("source", "")
    relations.state_interest(by, organisation, user=user, source=source, now=timezone.now(), **given)


def _with_document(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    upload = given.pop("document", None)
    kept = files.receive(upload, by=request.principal, now=timezone.now()) if upload else None
    return given | {"document": kept}


def _visible(request: Request, organisation_id: int) -> Organisation:
    rows = visible_to(request.principal).select_related("kept_by")
    organisation: Organisation = found(rows.filter(pk=organisation_id).first())
    return organisation


def _back(request: Request, organisation: Organisation) -> HttpResponse:
    messages.success(request, _("Gemt."))
    return redirect(organisation.path)


def _page(
    request: Request,
    organisation: Organisation,
    form: Form,
    title: str,
    template: str = "directory/staff/form.html",
) -> HttpResponse:
    context = {"organisation": organisation, "form": form, "title": title}
    return render(request, template, context)
