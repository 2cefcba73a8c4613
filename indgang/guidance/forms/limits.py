# SPDX-License-Identifier: MPL-2.0
"""What people fill in about running purchases, small lots and purchases that look split."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.guidance.forms.cpv import CpvField
from indgang.guidance.models import LimitDecision, PurchaseEntry
from indgang.kernel.access import Principal
from indgang.kernel.models import Unit, User
from indgang.kernel.ui.forms import DayField, Form, KronerField


class RunningForm(Form):
    title = forms.CharField(label=_("Hvad købes?"), max_length=150, help_text=_("Fx vask af arbejdstøj."))
    cpv_code = CpvField(
        label=_("CPV-kode"),
        help_text=_("Koden tæller med alt, der ligger under den. 98310000 er vask og rens."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Hos hvem?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Hvem som helst"),
        help_text=_("Vælg en, når der er en aftale med én."),
    )
    unit = forms.ModelChoiceField(
        label=_("Hvilken enhed?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Hele kommunen"),
        help_text=_("Loven lægger sammen for hele kommunen, medmindre en enhed virkelig køber for sig selv."),
    )
    first_date = DayField(label=_("Fra"))
    last_date = DayField(label=_("Til og med"), help_text=_("Højst fire år, forlængelser med."))
    contract_dkk = KronerField(
        label=_("Allerede aftalt"),
        required=False,
        help_text=_("Kroner uden moms for hele perioden, optioner med."),
    )
    original_dkk = KronerField(
        label=_("Kontraktens værdi, da den var i udbud"),
        required=False,
        min_value=1,
        help_text=_(
            "Kun når den har været i udbud. Så er kontrakten grænsen, og ændringer regnes efter § 180."
        ),
    )
    responsible = forms.ModelChoiceField(label=_("Ansvarlig"), queryset=User.objects.none())
    limit_dkk = KronerField(
        label=_("Lavere grænse"),
        required=False,
        min_value=1,
        help_text=_("Tomt betyder lovens grænse for at købe direkte."),
    )

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = User.objects.filter(
            memberships__municipality_id=by.municipality_id, memberships__last_date=None, is_active=True
        )
        shown = Organisation.objects.exclude(published_at=None).filter(closed_at=None, merged_into=None)
        choices = {
            "responsible": here.distinct().order_by("name"),
            "organisation": shown.order_by("sort_key"),
            "unit": Unit.objects.filter(municipality_id=by.municipality_id).order_by("name"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["responsible"].initial = by.user_id


class AmountForm(Form):
    kind = forms.ChoiceField(
        label=_("Hvad er det?"),
        choices=[
            (PurchaseEntry.Kind.CONTRACT, _("En aftale")),
            (PurchaseEntry.Kind.OPTION, _("En option")),
            (PurchaseEntry.Kind.CHANGE, _("En ændring")),
        ],
        widget=forms.RadioSelect,
        initial=PurchaseEntry.Kind.CHANGE,
    )
    text = forms.CharField(label=_("Hvad går den ud på?"), max_length=200)
    amount_dkk = KronerField(
        label=_("Beløb uden moms"),
        min_value=-2_000_000_000,
        help_text=_("Sæt minus foran, når det bliver mindre."),
    )
    bought_date = DayField(label=_("Dato"), initial=timezone.localdate)


class ChoiceForm(Form):
    """The three choices at the limit; what was typed before stays in the form."""

    text = forms.CharField(widget=forms.HiddenInput(), max_length=200)
    amount_dkk = forms.IntegerField(widget=forms.HiddenInput())
    choice = forms.ChoiceField(
        label=_("Hvad skal der ske?"), choices=LimitDecision.Choice, widget=forms.RadioSelect
    )
    because = forms.CharField(label=_("Hvorfor?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class SettleForm(Form):
    allowed = forms.TypedChoiceField(
        label=_("Må ændringen laves?"),
        choices=[("no", _("Nej")), ("yes", _("Ja"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    assessment = forms.CharField(
        label=_("Vurderingen"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class RenewForm(Form):
    last_date = DayField(label=_("Ny slutdato"))


class LedgerForm(Form):
    title = forms.CharField(label=_("Det samlede køb"), max_length=150)
    whole_dkk = KronerField(
        label=_("Værdien af alle dele"), min_value=1, help_text=_("Delydelserne med, uden moms.")
    )
    published_date = DayField(label=_("Udbudt den"), help_text=_("Den dags grænser gælder."))
    works = forms.BooleanField(label=_("Det er bygge og anlæg"), required=False)


class LotForm(Form):
    label = forms.CharField(label=_("Delen"), max_length=150)
    value_dkk = KronerField(label=_("Værdi uden moms"), min_value=1)
    bought_date = DayField(label=_("Købt den"), initial=timezone.localdate)


class CodeForm(Form):
    cpv_code = CpvField(label=_("CPV-kode"))


class BecauseForm(Form):
    because = forms.CharField(
        label=_("Forklaret, fordi …"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
