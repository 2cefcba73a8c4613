# SPDX-License-Identifier: MPL-2.0
"""One thing that is sold, told by the enterprise or confirmed by staff."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indgang.directory.actions.listings import LONGEST_TEXT, ListingFacts
from indgang.directory.categories import cpv_label, is_cpv
from indgang.directory.forms.fields import MONTHS, grouped_municipalities
from indgang.directory.models import Listing
from indgang.directory.places import municipality_name
from indgang.kernel.ui.forms import Form, KronerField


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
