# SPDX-License-Identifier: MPL-2.0
"""Signing a standing assessment, and withdrawing one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.law import cpv
from indgang.core.text import Refused
from indgang.guidance.models import StandingAssessment
from indgang.kernel.ui.forms import DayField, Form, KronerField


class AssessmentForm(Form):
    kind = forms.ChoiceField(
        label=_("Hvad skriver du under på?"),
        choices=StandingAssessment.Kind.choices,
        widget=forms.RadioSelect,
    )
    cpv_code = forms.CharField(
        label=_("CPV-kode"),
        max_length=10,
        help_text=_("Vurderingen gælder koden og alle koder under den. Fx 90910000 for al rengøring."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    up_to_dkk = KronerField(
        label=_("Op til og med"), min_value=1, help_text=_("Samlet værdi uden moms over hele perioden.")
    )
    reasoning = forms.CharField(
        label=_("Hvad bygger vurderingen på?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4_000,
        help_text=_("Fx hvem der plejer at byde, hvor arbejdet udføres, og hvordan branchen er bygget op."),
    )
    first_date = DayField(label=_("Gælder fra"))
    last_date = DayField(label=_("Gælder til og med"), help_text=_("Du bliver mindet om den en måned før."))

    def clean_cpv_code(self) -> str:
        try:
            return cpv.read_code(self.cleaned_data["cpv_code"])[0]
        except Refused:
            raise forms.ValidationError(
                _("Koden findes ikke i CPV-listen. Slå den op, og skriv otte cifre.")
            ) from None


class WithdrawForm(Form):
    because = forms.CharField(label=_("Hvorfor gælder den ikke længere?"), max_length=300)
