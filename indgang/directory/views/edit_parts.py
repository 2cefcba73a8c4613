# SPDX-License-Identifier: MPL-2.0
"""What is sold, where, and which places are open: the parts of a profile that there can be many of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indgang.core.text import Refused
from indgang.directory import suggest
from indgang.directory.actions import listings, places
from indgang.directory.forms.listing import ListingForm, listing_initial
from indgang.directory.forms.profile import OpenPlaceForm, PlaceForm, initial_of
from indgang.directory.models import Organisation
from indgang.directory.views.edit import page
from indgang.directory.views.own import base_of, own
from indgang.kernel.http import Request, found


@own
def listing(request: Request, organisation: Organisation, listing_id: int = 0) -> HttpResponse:
    """One thing that is sold. 'Foreslå' reads the text and offers CPV codes; saving confirms the ticked ones."""
    current = (
        found(organisation.listings.filter(pk=listing_id, retired_at=None).first()) if listing_id else None
    )
    home = _home(organisation)
    text = request.POST.get("text", current.text if current else "")
    codes = [*(current.cpv_codes if current else ()), *suggest.codes_for(text)]
    initial = listing_initial(current, home) if current else {"reach": "own"}
    form = ListingForm(request.POST or None, initial=initial, home=home, codes=codes)
    if request.method == "POST" and "suggest" not in request.POST and form.is_valid():
        try:
            listings.save_listing(request.principal, organisation, form.facts(), current, now=timezone.now())
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "organisation": organisation,
        "form": form,
        "listing": current,
        "base": base_of(request),
        "areas": {str(code) for code in form["areas"].value() or ()},
    }
    return render(request, "directory/edit/listing.html", context)


@require_POST
@own
def listing_gone(request: Request, organisation: Organisation, listing_id: int) -> HttpResponse:
    current = found(organisation.listings.filter(pk=listing_id, retired_at=None).first())
    listings.retire_listing(request.principal, current, now=timezone.now())
    return _done(request)


@own
def place(request: Request, organisation: Organisation, place_id: int = 0) -> HttpResponse:
    current = found(organisation.places.filter(pk=place_id).first()) if place_id else None
    names = ("name", "street", "postal_code", "town", "municipality_code", "p_number", "is_main")
    initial = initial_of(current, names) if current else {"municipality_code": organisation.kept_by.code}
    form = PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            places.save_place(
                request.principal, organisation, current, now=timezone.now(), **form.cleaned_data
            )
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    removal = {"text": _("Fjern stedet"), "path": f"steder/{place_id}/fjern/"} if current else None
    return page(request, organisation, form, _("Sted") if current else _("Nyt sted"), removal=removal)


@require_POST
@own
def place_gone(request: Request, organisation: Organisation, place_id: int) -> HttpResponse:
    places.remove_place(
        request.principal, found(organisation.places.filter(pk=place_id).first()), now=timezone.now()
    )
    return _done(request)


@own
def open_place(request: Request, organisation: Organisation, open_place_id: int = 0) -> HttpResponse:
    rows = organisation.open_places.select_related("organisation")
    current = found(rows.filter(pk=open_place_id).first()) if open_place_id else None
    names = ("job_type", "text", "count", "place", "first_date", "last_date")
    initial = initial_of(current, names) if current else {}
    form = OpenPlaceForm(request.POST or None, initial=initial, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            places.save_open_place(
                request.principal, organisation, current, now=timezone.now(), **form.cleaned_data
            )
            return _done(request)
        except Refused as refusal:
            form.refuse(refusal)
    path = f"pladser/{open_place_id}/fjern/"
    removal = {"text": _("Pladsen er besat eller tages ned"), "path": path} if current else None
    return page(
        request, organisation, form, _("Ledig plads") if current else _("Ny ledig plads"), removal=removal
    )


@require_POST
@own
def open_place_gone(request: Request, organisation: Organisation, open_place_id: int) -> HttpResponse:
    row = found(organisation.open_places.select_related("organisation").filter(pk=open_place_id).first())
    places.remove_open_place(request.principal, row, now=timezone.now())
    return _done(request)


def _home(organisation: Organisation) -> int:
    """The municipality of the main place."""
    place = organisation.places.order_by("-is_main", "pk").first()
    return place.municipality_code if place else organisation.kept_by.code


def _done(request: Request) -> HttpResponse:
    messages.success(request, _("Gemt."))
    return redirect(f"{base_of(request)}ret/")
