# SPDX-License-Identifier: MPL-2.0
"""What people fill in about promised and delivered hours."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.guidance.models import HoursClause
from indgang.kernel.access import Principal
from indgang.kernel.models import Unit, User
from indgang.kernel.ui.forms import DayField, Form


def _whole(label: object, **kwargs: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "class": "short"}
    return forms.IntegerField(label=label, widget=forms.TextInput(attrs=attrs), **kwargs)  # type: ignore[arg-type]


class ClauseForm(Form):
    kind = forms.ChoiceField(
        label=_("Hvad er lovet?"), choices=HoursClause.Kind, widget=forms.RadioSelect, initial="social"
    )
    title = forms.CharField(
        label=_("Hvilken kontrakt?"), max_length=150, help_text=_("Fx grønne områder, delaftale 2.")
    )
    supplier = forms.CharField(label=_("Leverandør"), max_length=150)
    organisation = forms.ModelChoiceField(
        label=_("Findes den i kataloget?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Nej, eller ved ikke"),
    )
    unit = forms.ModelChoiceField(label=_("Hvilken enhed har kontrakten?"), queryset=Unit.objects.none())
    manager = forms.ModelChoiceField(label=_("Kontraktstyrer"), queryset=User.objects.none())
    promised_hours = _whole(_("Lovede timer i alt"), min_value=1, max_value=1_000_000)
    first_date = DayField(label=_("Fra"))
    last_date = DayField(label=_("Til og med"))
    every_months = forms.TypedChoiceField(
        label=_("Hvor tit skal der meldes?"),
        choices=[(1, _("Hver måned")), (3, _("Hvert kvartal")), (6, _("Hvert halve år"))],
        coerce=int,
        initial=3,
    )
    reporter_name = forms.CharField(
        label=_("Hvem hos leverandøren melder timerne?"), required=False, max_length=100
    )
    reporter_email = forms.EmailField(
        label=_("Deres e-mail"),
        required=False,
        help_text=_("De får et link, når en periode er slut. Tomt: kontraktstyreren melder selv."),
    )

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = User.objects.filter(
            memberships__municipality_id=by.municipality_id, memberships__last_date=None, is_active=True
        )
        shown = Organisation.objects.exclude(published_at=None).filter(closed_at=None, merged_into=None)
        rows = {
            "manager": here.distinct().order_by("name"),
            "organisation": shown.order_by("sort_key"),
            "unit": Unit.objects.filter(municipality_id=by.municipality_id).order_by("name"),
        }
        for name, choices in rows.items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
        self.fields["manager"].initial = by.user_id


class HoursForm(Form):
    """One form for a phone: hours, how many people, and up to when."""

    hours = _whole(
        _("Timer siden sidst"),
        min_value=-1_000_000,
        max_value=1_000_000,
        help_text=_("Hele timer. Ingen navne."),
    )
    people = _whole(_("Hvor mange personer?"), required=False, min_value=0, max_value=10_000)
    until_date = DayField(label=_("Til og med"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Er der noget, vi skal vide?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
