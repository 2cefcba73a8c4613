# SPDX-License-Identifier: MPL-2.0
"""What an enterprise tells of itself, one short form per subject, made for a telephone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indgang.directory.actions.listings import LONGEST_TEXT, ListingFacts
from indgang.directory.categories import cpv_label, is_cpv
from indgang.directory.forms.fields import (
    MONTHS,
    clean_website,
    cvr_field,
    email_field,
    grouped_municipalities,
    p_number_field,
    phone_field,
    website_field,
)
from indgang.directory.models import Listing, Organisation
from indgang.directory.places import all_municipalities, municipality_name
from indgang.directory.vocabulary import LEGAL_FORMS, JobType, TargetGroup
from indgang.kernel.ui.forms import DayField, Form, KronerField


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


class ListingForm(Form):
    """One thing that is sold. `reach` and `areas` together say where."""

    text = forms.CharField(
        label=_("Hvad sælger I?"),
        help_text=_(
            "Én ting ad gangen, i jeres egne ord: hvad I gør, til hvem, og hvor meget. Skriv de ord, kunderne bruger."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TEXT,
    )
    cpv_codes = forms.MultipleChoiceField(
        label=_("Passer det med"), widget=forms.CheckboxSelectMultiple, required=False
    )
    more_codes = forms.CharField(
        label=_("Andre CPV-koder"),
        help_text=_("Otte cifre, adskilt af komma. Kun hvis I kender dem."),
        max_length=100,
        required=False,
    )
    reach = forms.ChoiceField(
        label=_("Hvor leverer I?"),
        widget=forms.RadioSelect,
        required=False,
    )
    areas = forms.TypedMultipleChoiceField(label=_("Kommuner"), coerce=int, required=False)
    capacity_a_week = forms.IntegerField(label=_("Hvor meget om ugen?"), min_value=1, max_value=1_000_000, required=False,
                                         widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}))  # fmt: skip
    capacity_unit = forms.CharField(
        label=_("Af hvad?"), help_text=_("Fx kits, kuverter, vinduer, timer."), max_length=30, required=False
    )
    lead_days = forms.IntegerField(label=_("Varsel, dage"), min_value=0, max_value=365, required=False,
                                   widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}))  # fmt: skip
    smallest_dkk = KronerField(label=_("Mindste opgave, kroner"), required=False)
    largest_dkk = KronerField(label=_("Største opgave, kroner"), required=False)
    price_note = forms.CharField(
        label=_("Pris, cirka"), help_text=_("Fx fra 85 kr. pr. kuvert."), max_length=100, required=False
    )
    season_months = forms.TypedMultipleChoiceField(
        label=_("Kun i disse måneder"),
        choices=MONTHS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, home: int, codes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home, own = home, municipality_name(home)
        self.area_groups = grouped_municipalities(home)
        self._field("areas").choices = [pair for group in self.area_groups for pair in group.members]
        self._field("reach").choices = [
            ("own", _("Kun i %(own)s") % {"own": own}),
            ("chosen", _("I de kommuner, jeg vælger")),
            ("everywhere", _("I hele landet")),
            ("", _("Det kan aftales")),
        ]
        offered = dict.fromkeys([*codes, *self._codes_that_came()])
        self._field("cpv_codes").choices = [(code, cpv_label(code)) for code in offered if is_cpv(code)]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _codes_that_came(self) -> list[str]:
        """Codes that were offered when the page was fetched stay offered when it is sent."""
        getlist = getattr(self.data, "getlist", None)
        return [str(code) for code in getlist("cpv_codes")] if getlist else []

    def clean_more_codes(self) -> list[str]:
        codes = [code.partition("-")[0] for code in self.cleaned_data["more_codes"].replace(",", " ").split()]
        for code in codes:
            if not is_cpv(code):
                raise ValidationError(_("CPV-koden %(code)s findes ikke.") % {"code": code[:12]}, code="cpv")
        return codes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("reach") == "chosen" and not given.get("areas"):
            self.add_error("areas", _("Sæt kryds ved mindst én kommune."))
        return given

    def facts(self) -> ListingFacts:
        given = self.cleaned_data
        reach = given["reach"]
        areas = {"own": (self.home,), "chosen": tuple(given["areas"])}.get(reach, ())
        return ListingFacts(
            text=given["text"],
            cpv_codes=(*given["cpv_codes"], *given["more_codes"]),
            areas=areas,
            everywhere=reach == "everywhere",
            capacity_a_week=given["capacity_a_week"],
            capacity_unit=given["capacity_unit"],
            season_months=tuple(given["season_months"]),
            smallest_dkk=given["smallest_dkk"],
            largest_dkk=given["largest_dkk"],
            lead_days=given["lead_days"],
            price_note=given["price_note"],
        )


def listing_initial(listing: Listing, home: int) -> dict[str, object]:
    """What the form shows for a listing that exists."""
    reach = "everywhere" if listing.everywhere else ""
    if not reach and listing.areas:
        reach = "own" if listing.areas == [home] else "chosen"
    return {
        "text": listing.text,
        "cpv_codes": listing.cpv_codes,
        "reach": reach,
        "areas": listing.areas,
        "capacity_a_week": listing.capacity_a_week,
        "capacity_unit": listing.capacity_unit,
        "lead_days": listing.lead_days,
        "smallest_dkk": listing.smallest_dkk,
        "largest_dkk": listing.largest_dkk,
        "price_note": listing.price_note,
        "season_months": listing.season_months,
    }


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
