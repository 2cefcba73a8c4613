# SPDX-License-Identifier: MPL-2.0
"""Forms for the municipality's own settings."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Export, Membership, Municipality, Role, Unit, User
from indgang.kernel.ui.forms import DayField, Form, KronerField


class SettingsForm(Form):
    """Promises and limits."""

    answer_promise_days = forms.IntegerField(
        label=_("Lovet svar på en henvendelse, arbejdsdage"), min_value=1, max_value=30
    )
    invitation_answer_days = forms.IntegerField(
        label=_("Svarfrist på en invitation, arbejdsdage"), min_value=1, max_value=20
    )
    small_purchase_limit_dkk = KronerField(
        label=_("Grænse for småkøb"),
        help_text=_("Kroner uden moms. Under grænsen spørges en til tre uden ceremoni. Højst 500.000."),
        max_value=500_000,
    )
    payment_days = forms.IntegerField(label=_("Betalingsfrist, dage"), min_value=1, max_value=60)
    closed_periods = forms.CharField(
        label=_("Lukkeperioder"),
        required=False,
        help_text=_("Én på hver linje: 2027-07-19 til 2027-07-25. Frister tæller ikke de dage."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    publishes_company_tasks = forms.BooleanField(
        label=_("Vis virksomheders opgaver for alle"),
        required=False,
        help_text=_("Slået fra, til jeres jurist har sagt god for det."),
    )
    email = forms.EmailField(label=_("Fælles postkasse"), required=False)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    public_contact = forms.ModelChoiceField(
        label=_("Navngiven kontaktperson udadtil"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        lines = "\n".join(f"{first} til {last}" for first, last in municipality.closed_periods)
        names = [name for name in self.base_fields if name not in ("closed_periods", "public_contact")]
        start = {name: getattr(municipality, name) for name in names}
        start |= {"closed_periods": lines, "public_contact": municipality.public_contact_id}
        super().__init__(*args, initial=start, **kwargs)
        staff = User.objects.filter(memberships__municipality=municipality, is_active=True).distinct()
        self.fields["public_contact"].queryset = staff.order_by("name")  # type: ignore[attr-defined]

    def clean_closed_periods(self) -> list[list[str]]:
        periods = []
        for number, line in enumerate(self.cleaned_data["closed_periods"].splitlines(), start=1):
            if not line.strip():
                continue
            days = re.findall(r"\d{4}-\d{2}-\d{2}", line)
            try:
                first, last = (date.fromisoformat(day) for day in days)
            except ValueError as trouble:
                raise forms.ValidationError(
                    _("Linje %(number)d skal være to datoer, fx 2027-07-19 til 2027-07-25."),
                    params={"number": number},
                ) from trouble
            if last < first:
                raise forms.ValidationError(
                    _("Linje %(number)d slutter, før den begynder."), params={"number": number}
                )
            periods.append([first.isoformat(), last.isoformat()])
        return periods


class UnitForm(Form):
    name = forms.CharField(label=_("Navn"), max_length=100)
    kind = forms.ChoiceField(label=_("Slags"), choices=Unit.Kind)
    ean_number = forms.RegexField(
        label=_("EAN-nummer"), regex=r"^\d{13}$", required=False, help_text=_("13 cifre. Kommer på hver ordre."),
        error_messages={"invalid": _("Et EAN-nummer har 13 cifre.")},
    )  # fmt: skip
    account = forms.CharField(label=_("Konto"), required=False, max_length=40)
    delivery_address = forms.CharField(label=_("Leveringsadresse"), required=False, max_length=200)
    town = forms.CharField(label=_("By"), required=False, max_length=60)


class MemberForm(Form):
    name = forms.CharField(label=_("Navn"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    unit = forms.ModelChoiceField(label=_("Enhed"), queryset=Unit.objects.none())
    role = forms.ChoiceField(label=_("Rolle"), choices=Role)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(municipality=municipality).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class StandInForm(Form):
    stand_in = forms.ModelChoiceField(label=_("Stedfortræder"), queryset=User.objects.none(), required=False)
    absent_until = DayField(
        label=_("Væk til og med"),
        required=False,
        help_text=_("Stedfortræderen ser opgaverne på sit skrivebord så længe."),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(memberships__municipality=membership.municipality_id, is_active=True)
        others = staff.exclude(pk=membership.user_id).distinct().order_by("name")
        self.fields["stand_in"].queryset = others  # type: ignore[attr-defined]


class LetGoForm(Form):
    last_date = DayField(label=_("Sidste dag"))


class TokenForm(Form):
    name = forms.CharField(
        label=_("Hvad skal bruge nøglen?"), max_length=80, help_text=_("Fx: økonomisystemet, hver nat.")
    )
    reads = forms.MultipleChoiceField(
        label=_("Hvad skal den hente?"),
        choices=Export.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    last_date = DayField(label=_("Sidste dag"), help_text=_("Højst et år frem."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_date": today + timedelta(days=365)}, **kwargs)
