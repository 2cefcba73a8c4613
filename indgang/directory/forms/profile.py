# SPDX-License-Identifier: MPL-2.0
"""What an enterprise tells of itself, one short form per subject, made for a telephone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.forms.fields import (
    clean_website,
    cvr_field,
    email_field,
    p_number_field,
    phone_field,
    website_field,
)
from indgang.directory.models import Organisation
from indgang.directory.places import all_municipalities
from indgang.directory.vocabulary import LEGAL_FORMS, JobType, TargetGroup
from indgang.kernel.ui.forms import DayField, Form


class AboutForm(Form):
    name = forms.CharField(label=_("Navn"), max_length=150)
    presentation = forms.CharField(
        label=_("Hvem er I?"),
        help_text=_(
            "To-tre linjer, som I ville sige det til en ny kunde. Skriv ikke om enkelte medarbejdere."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2_000,
        required=False,
    )
    target_groups = forms.MultipleChoiceField(
        label=_("Hvem giver I plads til?"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    job_types = forms.MultipleChoiceField(
        label=_("Hvilke job og forløb kan I tilbyde?"),
        choices=JobType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    phone = phone_field(label=_("Fælles telefon"), required=False, help_text=_("Vises for alle."))
    email = email_field(label=_("Fælles e-mail"), required=False, help_text=_("Vises for alle."))
    website = website_field()
    cvr_number = cvr_field()
    legal_form = forms.ChoiceField(
        label=_("Virksomhedsform"),
        choices=[("", _("Ikke oplyst")), *((form, form) for form in LEGAL_FORMS)],
        required=False,
    )

    def clean_website(self) -> str:
        return clean_website(self.cleaned_data["website"])


class PlaceForm(Form):
    name = forms.CharField(
        label=_("Hvad kalder I stedet?"), help_text=_("Kun hvis I har flere."), max_length=100, required=False
    )
    street = forms.CharField(label=_("Adresse"), max_length=150, required=False)
    postal_code = forms.RegexField(
        label=_("Postnummer"),
        regex=r"^\d{4}$",
        error_messages={"invalid": _("Skriv fire cifre.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "short", "autocomplete": "postal-code"}
        ),
        required=False,
    )
    town = forms.CharField(label=_("By"), max_length=60)
    municipality_code = forms.TypedChoiceField(label=_("Kommune"), coerce=int)
    p_number = p_number_field(help_text=_("Ti cifre. Står på virk.dk."))
    is_main = forms.BooleanField(label=_("Det er vores hovedsted"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality_code"]
        field.choices = [("", _("Vælg")), *all_municipalities()]


class OpenPlaceForm(Form):
    job_type = forms.ChoiceField(label=_("Hvad slags plads?"), choices=[("", _("Vælg")), *JobType.choices])
    text = forms.CharField(
        label=_("Hvad laver man?"),
        help_text=_("Skriv om opgaverne, ikke om personer. Fx: hjælpe til i køkkenet om formiddagen."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    count = forms.IntegerField(label=_("Hvor mange?"), min_value=1, max_value=200, initial=1,
                               widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}))  # fmt: skip
    place: Any = forms.ModelChoiceField(
        label=_("Hvor?"), queryset=None, required=False, empty_label=_("Hovedstedet")
    )
    first_date = DayField(label=_("Fra"), required=False)
    last_date = DayField(
        label=_("Til og med"), required=False, help_text=_("Efter den dag forsvinder pladsen af sig selv.")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places, field = organisation.places.order_by("-is_main", "pk"), self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = places
        if len(places) < 2:
            del self.fields["place"]


class PersonForm(Form):
    name = forms.CharField(
        label=_("Navn"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    role = forms.CharField(label=_("Rolle"), max_length=60, required=False, help_text=_("Fx daglig leder."))
    phone = phone_field(required=False)
    email = email_field(required=False)
    is_main = forms.BooleanField(label=_("Skriv og ring til denne person først"), required=False)
    speaks_for = forms.BooleanField(label=_("Må svare på opgaver og rette profilen"), required=False)
    is_shown = forms.BooleanField(
        label=_("Vis navn, telefon og e-mail for alle"),
        help_text=_(
            "Personen skal selv have sagt ja. Uden kryds er det kun kommunens medarbejdere, der kan se det."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("phone") and not given.get("email") and not self.errors:
            self.add_error("phone", _("Skriv en telefon eller en e-mail."))
        return given


class AvailabilityForm(Form):
    invitations_a_month = forms.IntegerField(
        label=_("Hvor mange opgaver må vi spørge om på en måned?"),
        help_text=_("Vi spørger aldrig oftere. Nul betyder: spørg os ikke."),
        min_value=0,
        max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    holiday_first = DayField(label=_("Ferie fra"), required=False)
    holiday_last = DayField(
        label=_("Ferie til og med"), required=False, help_text=_("I ferien venter vores frister.")
    )
    paused_until = DayField(
        label=_("Pause til og med"),
        required=False,
        help_text=_(
            "På pause bliver I ikke foreslået. Profilen står der stadig. Slet datoen for at komme tilbage."
        ),
    )


def initial_of(row: object, names: Iterable[str]) -> dict[str, Any]:
    """What stands in a row, for a form with the same names."""
    return {name: getattr(row, name) for name in names}
