# SPDX-License-Identifier: MPL-2.0
"""Hours promised in a purchase agreement: written down here with what the agreement knows, followed in the law guide."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from indgang.agreements.purchase.papers import a_page
from indgang.agreements.purchase.views import visible
from indgang.core.text import Refused
from indgang.directory.queries import main_contact
from indgang.guidance.actions.hours import open_clause
from indgang.guidance.models import HoursClause
from indgang.kernel.http import Request, staff
from indgang.kernel.ui.forms import Form


class PromisedForm(Form):
    """Everything else is known from the agreement."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad er lovet?"),
        choices=HoursClause.Kind,
        widget=forms.RadioSelect,
        initial="social",
    )
    promised_hours = forms.IntegerField(
        label=gettext_lazy("Lovede timer i alt"), min_value=1, max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip
    reporter_email = forms.EmailField(
        label=gettext_lazy("Hvem melder timerne? Deres e-mail"), required=False,
        help_text=gettext_lazy("De får et link hvert kvartal. Tomt: den aftaleansvarlige melder selv."),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def promised(request: Request, agreement_id: int) -> HttpResponse:
    """Write promised hours down; from then on the law guide asks for them and warns."""
    row, by = visible(request, agreement_id), request.principal
    contact = main_contact(row.terms.organisation_id)
    form = PromisedForm(request.POST or None, initial={"reporter_email": contact.email if contact else ""})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            clause = open_clause(
                by,
                kind=said["kind"],
                title=row.title,
                supplier=row.terms.organisation.name,
                organisation=row.terms.organisation,
                unit=row.unit,
                manager=row.manager,
                promised_hours=said["promised_hours"],
                first_date=row.first_date,
                last_date=row.last_date,
                reporter_name=contact.name if contact and contact.email == said["reporter_email"] else "",
                reporter_email=said["reporter_email"],
                about=f"agreement:{row.pk}",
                now=timezone.now(),
            )
            messages.success(
                request, _("Løftet er skrevet ned. Der bliver spurgt til timerne hvert kvartal.")
            )
            return redirect("guidance:hours", clause.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return a_page(request, row, form, _("Timer, leverandøren har lovet"), _("Skriv dem ned"))
