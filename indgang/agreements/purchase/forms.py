# SPDX-License-Identifier: MPL-2.0
"""What people fill in about purchase agreements. A form checks what was typed; actions decide and save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.agreements.models import PriceLine
from indgang.directory.models import Organisation
from indgang.guidance.forms.cpv import CpvField
from indgang.kernel.models import Membership, Unit, User
from indgang.kernel.templatetags.ui import oere
from indgang.kernel.ui.forms import DayField, Form, KronerField, OereField

CROSS_BORDER = (("", _("Ikke vurderet")), ("no", _("Nej")), ("yes", _("Ja")))


class AskLawForm(Form):
    """What the law must know and the agreement does not say."""

    cpv_code = CpvField(label=_("CPV-kode"), required=False)
    cross_border = forms.ChoiceField(
        label=_("Kan firmaer i andre lande være interesserede?"), required=False, choices=CROSS_BORDER
    )


class TermsForm(Form):
    """An agreement's terms. After an award supplier, reason and limit are known and not asked."""

    organisation = forms.ModelChoiceField(label=_("Leverandør"), queryset=Organisation.objects.none())
    title = forms.CharField(label=_("Hvad skal aftalen hedde i kataloget?"), max_length=150)
    what = forms.CharField(
        label=_("Hvad kan der købes?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    first_date = DayField(label=_("Gælder fra"))
    last_date = DayField(label=_("Gælder til og med"))
    limit_dkk = KronerField(
        label=_("Højst for i hele perioden"),
        min_value=1,
        help_text=_("Kroner uden moms, med alle muligheder for forlængelse."),
    )
    legal_basis = forms.CharField(
        label=_("Hvorfor må I købe direkte?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("Værdien i hele perioden, om en aftale allerede dækker, og hvad I har undersøgt."),
    )
    cpv_code = CpvField(
        label=_("CPV-kode"),
        required=False,
        help_text=_("Tomt: vi læser den ud af det, der kan købes, når vi er sikre."),
    )
    cross_border = forms.ChoiceField(
        label=_("Kan firmaer i andre lande være interesserede?"), required=False, choices=CROSS_BORDER,
        help_text=_("Tomt: vi bruger indkøbschefens stående vurdering, hvis der er en."),
    )  # fmt: skip
    how_to_order = forms.CharField(
        label=_("Værd at vide, når man bestiller"), required=False, max_length=500,
        help_text=_("Fx varsel, mindste antal, hvem man ringer til."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("Enhed, der står for aftalen"), queryset=Unit.objects.none())
    manager = forms.ModelChoiceField(label=_("Aftaleansvarlig"), queryset=User.objects.none())

    def __init__(self, *args: Any, municipality_id: int, awarded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        posts = Membership.objects.filter(municipality_id=municipality_id, last_date=None)
        chosen["manager"].queryset = User.objects.filter(pk__in=posts.values("user_id")).order_by("name")
        chosen["manager"].label_from_instance = lambda user: user.name
        chosen["unit"].queryset = Unit.objects.filter(municipality_id=municipality_id).order_by("name")
        chosen["organisation"].queryset = Organisation.objects.filter(
            published_at__isnull=False, closed_at=None, merged_into=None
        ).order_by("sort_key")
        if awarded:
            for name in ("organisation", "legal_basis", "unit", "cpv_code", "cross_border"):
                del self.fields[name]


class PriceForm(Form):
    text = forms.CharField(label=_("Hvad"), max_length=150)
    per = forms.CharField(
        label=_("Pr."), max_length=30, initial="stk.", help_text=_("Fx stk., time, kuvert.")
    )
    price = OereField(label=_("Pris uden moms"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "price_%s")
        super().__init__(*args, **kwargs)


class CallOffForm(Form):
    """How many of each. Everything else is known from the unit."""

    place = forms.CharField(
        label=_("Leveres et andet sted end enhedens adresse?"), required=False, max_length=200
    )
    delivery_date = DayField(label=_("Leveres senest"), required=False)
    note = forms.CharField(label=_("Besked til leverandøren"), required=False, max_length=500)

    def __init__(self, *args: Any, lines: Sequence[PriceLine], units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"count_{line.pk}"] = forms.IntegerField(
                label=f"{line.text}, {oere(line.price_oere)} pr. {line.per}",
                required=False,
                min_value=0,
                max_value=1_000_000,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
            )
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Til hvilken enhed?"),
            queryset=Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("name"),
            initial=units[0].pk if units else None,
            widget=forms.HiddenInput if len(units) == 1 else forms.Select,
        )

    @property
    def count_fields(self) -> list[forms.BoundField]:
        return [self[f"count_{line.pk}"] for line in self.lines]

    @property
    def quantities(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data.get(f"count_{line.pk}") or 0 for line in self.lines}


class SignedForm(Form):
    document = forms.FileField(label=_("Den underskrevne aftale som PDF"))


class ProlongForm(Form):
    last_date = DayField(label=_("Gælder nu til og med"))
    document = forms.FileField(label=_("Den underskrevne forlængelse som PDF"))


class EndForm(Form):
    because = forms.CharField(label=_("Hvorfor?"), max_length=300)
    last_date = DayField(label=_("Sidste dag"))
    phase_out_date = DayField(
        label=_("Det, der kører, er afviklet senest"), required=False,
        help_text=_("Fx ordrer, der er på vej, eller mennesker, der er i gang hos virksomheden."),
    )  # fmt: skip
