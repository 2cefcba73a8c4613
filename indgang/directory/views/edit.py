# SPDX-License-Identifier: MPL-2.0
"""The profile's own pages: one overview and one short form per subject, for a telephone as for a desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.directory.actions import drafts, freshness, people
from indgang.directory.forms.profile import AboutForm, AvailabilityForm, PersonForm, initial_of
from indgang.directory.models import Organisation
from indgang.directory.profile import read_profile
from indgang.directory.queries import visible_to
from indgang.directory.views.own import base_of, own
from indgang.kernel.http import Request, found
from indgang.kernel.ui.forms import Form

ABOUT = (
    "name",
    "presentation",
    "target_groups",
    "job_types",
    "phone",
    "email",
    "website",
    "cvr_number",
    "legal_form",
)


@require_safe
@own
def overview(request: Request, organisation: Organisation) -> HttpResponse:
    """Everything that can be corrected, with what stands there now."""
    today = timezone.localdate()
    rows = visible_to(request.principal).filter(pk=organisation.pk)
    profile = read_profile(request.principal, rows, today=today)
    context = {
        "organisation": organisation,
        "profile": profile,
        "base": base_of(request),
        "today": today,
        "freshness": profile.freshness(today) if profile else "",
    }
    return render(request, "directory/edit/overview.html", context)


@own
def about(request: Request, organisation: Organisation) -> HttpResponse:
    form = AboutForm(request.POST or None, initial=initial_of(organisation, ABOUT))
    if request.method == "POST" and form.is_valid():
        try:
            _save_about(request, organisation, dict(form.cleaned_data))
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, organisation, form, _("Om jer"))


def _save_about(request: Request, organisation: Organisation, given: dict[str, Any]) -> None:
    number, now = given.pop("cvr_number"), timezone.now()
    if number:
        drafts.attach_cvr(request.principal, organisation, number, now=now)
    drafts.change_profile(request.principal, organisation, now=now, **given)


@own
def person(request: Request, organisation: Organisation, contact_id: int = 0) -> HttpResponse:
    people_here = organisation.contacts.filter(left_at=None)
    contact = found(people_here.filter(pk=contact_id).first()) if contact_id else None
    names = ("name", "role", "phone", "email", "is_main", "speaks_for", "is_shown")
    form = PersonForm(
        request.POST or None, initial=initial_of(contact, names) if contact else {"speaks_for": True}
    )
    if request.method == "POST" and form.is_valid():
        try:
            people.save_contact(
                request.principal, organisation, contact, now=timezone.now(), **form.cleaned_data
            )
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    removal = (
        {"text": _("Personen er stoppet"), "path": f"personer/{contact_id}/stoppet/"} if contact else None
    )
    return page(
        request,
        organisation,
        form,
        contact.name if contact else _("Ny person"),
        removal=removal,
        contact=contact,
    )


@require_POST
@own
def person_gone(request: Request, organisation: Organisation, contact_id: int) -> HttpResponse:
    contact = found(organisation.contacts.filter(pk=contact_id, left_at=None).first())
    people.let_contact_go(request.principal, contact, now=timezone.now())
    return _done(request)


@require_POST
@own
def person_log_in(request: Request, organisation: Organisation, contact_id: int) -> HttpResponse:
    contact = found(organisation.contacts.filter(pk=contact_id, left_at=None).first())
    people.give_log_in(request.principal, contact, now=timezone.now())
    messages.success(request, _("Vi har sendt en mail til %(email)s med et link.") % {"email": contact.email})
    return redirect(f"{base_of(request)}ret/")


@own
def availability(request: Request, organisation: Organisation) -> HttpResponse:
    names = ("invitations_a_month", "holiday_first", "holiday_last", "paused_until")
    form = AvailabilityForm(request.POST or None, initial=initial_of(organisation.availability, names))
    if request.method == "POST" and form.is_valid():
        try:
            freshness.set_availability(
                request.principal, organisation, now=timezone.now(), **form.cleaned_data
            )
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, organisation, form, _("Hvornår og hvor ofte må vi spørge?"))


@require_POST
@own
def close(request: Request, organisation: Organisation) -> HttpResponse:
    freshness.close(request.principal, organisation, now=timezone.now())
    messages.success(request, _("Virksomheden er lukket og vises ikke mere."))
    return redirect(f"{base_of(request)}ret/")


@require_POST
@own
def reopen(request: Request, organisation: Organisation) -> HttpResponse:
    freshness.reopen(request.principal, organisation, now=timezone.now())
    return _done(request)


def page(
    request: Request, organisation: Organisation, form: Form, title: str, **more: object
) -> HttpResponse:
    """One form of the profile's own pages."""
    context = {"organisation": organisation, "form": form, "title": title, "base": base_of(request)}
    return render(request, "directory/edit/form.html", context | more)


def _done(request: Request) -> HttpResponse:
    messages.success(request, _("Gemt."))
    return redirect(f"{base_of(request)}ret/")
