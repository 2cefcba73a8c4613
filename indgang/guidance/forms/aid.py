# SPDX-License-Identifier: MPL-2.0
"""What people fill in about de minimis aid."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indgang.directory.forms.fields import cvr_field
from indgang.guidance.models import AidEntry
from indgang.kernel.ui.forms import DayField, Form, KronerField


def _cvr() -> forms.Field:
    field = cvr_field(label=_("CVR-nummer"))
    field.required = True
    return field


class LookUpForm(Form):
    cvr_number = _cvr()


class RoomForm(Form):
    """What would be left: another day, and aid that is thought of."""

    on = DayField(label=_("Dag"), required=False)
    new_dkk = KronerField(label=_("Støtte, I overvejer"), required=False)
    entrusted = forms.BooleanField(label=_("Pålagt almen opgave"), required=False)


class AidForm(Form):
    name = forms.CharField(label=_("Virksomhed"), max_length=150)
    known = forms.ChoiceField(
        label=_("Hvem gav støtten?"),
        choices=AidEntry.Known,
        widget=forms.RadioSelect,
        initial=AidEntry.Known.GIVEN,
    )
    amount_dkk = KronerField(
        label=_("Støtte i kroner"), min_value=1,
        help_text=_("Ved lån, garanti eller lav leje: fordelens værdi. Selskaber i samme gruppe er én virksomhed."),
    )  # fmt: skip
    rate = forms.DecimalField(
        label=_("Kroner for en euro"), localize=True, max_digits=7, decimal_places=4, initial="7,46",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        help_text=_("Kursen den dag, støtten blev bevilget."),
    )  # fmt: skip
    given_date = DayField(label=_("Bevilget den"))
    giver = forms.CharField(label=_("Givet af"), max_length=150)
    legal_basis = forms.CharField(
        label=_("Hjemmel"),
        max_length=300,
        help_text=_("Fx kommunalfuldmagten, øremærket til ikke-erhvervsmæssig aktivitet."),
    )
    entrusted = forms.BooleanField(label=_("Pålagt almen opgave (SGEI)"), required=False)
    document = forms.FileField(label=_("Bevilling eller erklæring"), required=False)

    def __init__(self, *args: Any, giver: str = "", name: str = "", **kwargs: Any) -> None:
        start = {"giver": giver, "name": name, "given_date": timezone.localdate()}
        kwargs["initial"] = start | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class TakeOutForm(Form):
    because = forms.CharField(label=_("Hvorfor tages linjen ud?"), max_length=300)
