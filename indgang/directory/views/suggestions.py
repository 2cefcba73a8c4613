# SPDX-License-Identifier: MPL-2.0
"""What the software read out of a text: a human corrects, ticks and confirms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from indgang.core.text import Refused
from indgang.directory import suggest
from indgang.directory.actions import listings
from indgang.directory.categories import cpv_label
from indgang.directory.forms.listing import ListingForm
from indgang.directory.models import Listing, Organisation
from indgang.directory.permissions import KEEPERS
from indgang.directory.queries import visible_to
from indgang.kernel.http import Request, found, staff


class Proposal:
    """One listing that the software proposes, as a form of its own with a tick that keeps it."""

    def __init__(self, number: int, read: suggest.Reading, home: int, data: Any) -> None:
        self.prefix = f"y{number}"
        self.read = read
        self.form = ListingForm(data, initial=read.initial(), prefix=self.prefix, home=home, codes=read.codes)
        for name in ("reach", "areas", "more_codes", "season_months", "price_note"):
            del self.form.fields[name]
        self.form.fields["keep"] = forms.BooleanField(label=_("Tag den med"), required=False, initial=True)
        self.form.fields["text"].label, self.form.fields["text"].help_text = _("Hvad sælger de?"), ""
        self.data = data

    @property
    def is_kept(self) -> bool:
        return self.data is None or f"{self.prefix}-keep" in self.data

    def facts(self) -> listings.ListingFacts:
        given = self.form.cleaned_data
        return self.read.facts(
            listings.ListingFacts(
                text=given["text"],
                cpv_codes=tuple(given["cpv_codes"]),
                capacity_a_week=given["capacity_a_week"],
                capacity_unit=given["capacity_unit"],
                lead_days=given["lead_days"],
                smallest_dkk=given["smallest_dkk"],
                largest_dkk=given["largest_dkk"],
            )
        )


@staff(*KEEPERS)
def suggestions(request: Request, organisation_id: int) -> HttpResponse:
    """The next text that nobody has checked, taken apart; when all are checked, on to the profile."""
    mine = visible_to(request.principal).filter(kept_by_id=request.principal.municipality_id)
    organisation: Organisation = found(mine.select_related("kept_by").filter(pk=organisation_id).first())
    source = organisation.listings.filter(retired_at=None, checked_at=None).order_by("pk").first()
    if source is None:
        return redirect(organisation.path)
    proposals = _proposals(request, organisation, source)
    trouble = ""
    if request.method == "POST":
        kept = [proposal for proposal in proposals if proposal.is_kept]
        if all(proposal.form.is_valid() for proposal in kept):
            try:
                facts = [proposal.facts() for proposal in kept]
                listings.confirm_suggestions(
                    request.principal, organisation, source, facts, now=timezone.now()
                )
                messages.success(request, _("Ydelserne er gemt."))
                return redirect("directory:suggestions", organisation.pk)
            except Refused as refusal:
                trouble = str(refusal)
    context = {"organisation": organisation, "source": source, "proposals": proposals, "trouble": trouble}
    return render(request, "directory/staff/suggestions.html", context | {"cpv_label": cpv_label})


def _proposals(request: Request, organisation: Organisation, source: Listing) -> list[Proposal]:
    place = organisation.places.order_by("-is_main", "pk").first()
    home = place.municipality_code if place else organisation.kept_by.code
    data = request.POST if request.method == "POST" else None
    return [Proposal(n, read, home, data) for n, read in enumerate(suggest.read(source))]
