# SPDX-License-Identifier: MPL-2.0
"""What people fill in about sources, changes and a lawyer's word."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.guidance.models import SourceReview
from indgang.kernel.access import Principal
from indgang.kernel.models import User
from indgang.kernel.ui.forms import DayField, Form


def _in_a_year() -> date:
    return date(timezone.localdate().year + 1, timezone.localdate().month, 1)


class ReviewForm(Form):
    outcome = forms.ChoiceField(
        label=_("Hvad fandt du?"), choices=SourceReview.Outcome, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Hvad er ændret?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_date = DayField(label=_("Læses igen senest"), initial=_in_a_year)


class GiveForm(Form):
    owner = forms.ModelChoiceField(label=_("Hvem skal holde øje?"), queryset=User.objects.none())

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = User.objects.filter(
            memberships__municipality_id=by.municipality_id, memberships__last_date=None, is_active=True
        )
        self.fields["owner"].queryset = here.distinct().order_by("name")  # type: ignore[attr-defined]


class HowForm(Form):
    how = forms.CharField(
        label=_("Hvad har du gjort?"),
        max_length=300,
        help_text=_("Fx «Svaret holder» eller «Nyt svar lavet»."),
    )


class WhyForm(Form):
    because = forms.CharField(label=_("Hvorfor?"), max_length=300)


class SignOffForm(Form):
    lawyer = forms.CharField(label=_("Juristens navn"), max_length=100)
    title = forms.CharField(
        label=_("Titel og arbejdssted"),
        max_length=100,
        help_text=_("Fx kommunens jurist, eller advokat med firma."),
    )
    note = forms.CharField(
        label=_("Forbehold"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(Form):
    note = forms.CharField(
        label=_("Juristens svar"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    lawyer = forms.CharField(label=_("Juristens navn"), max_length=100)
    title = forms.CharField(label=_("Titel og arbejdssted"), max_length=100)
