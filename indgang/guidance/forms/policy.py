# SPDX-License-Identifier: MPL-2.0
"""Own stricter policy without code: what, from what amount, which way is closed, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.law.pack import load
from indgang.directory.categories import all_categories
from indgang.guidance.basis import told
from indgang.guidance.guide import BESIDE
from indgang.guidance.policy_text import KINDS
from indgang.kernel.models import Unit
from indgang.kernel.ui.forms import DayField, Form, KronerField

KIND_LABELS = {
    "goods": _("Varer"), "services": _("Tjenesteydelser"), "works": _("Byggeri"),
    "concession_services": _("At lade andre drive noget"), "grant": _("Støtte"), "lease_out": _("Udlejning"),
}  # fmt: skip


LIMITS = ("below_dkk", "categories", "cpv", "units", "first_date", "last_date")


class RestrictionForm(Form):
    kinds = forms.MultipleChoiceField(
        label=_("Hvad gælder det?"), choices=[(key, KIND_LABELS[key]) for key in KINDS],
        widget=forms.CheckboxSelectMultiple, initial=["goods", "services"],
    )  # fmt: skip
    from_dkk = KronerField(
        label=_("Fra hvilket beløb?"), required=False, min_value=1,
        help_text=_("Den samlede værdi uden moms, med det, der hører sammen. Tomt: altid."),
    )  # fmt: skip
    below_dkk = KronerField(label=_("Kun under et beløb?"), required=False, min_value=1)
    categories = forms.MultipleChoiceField(
        label=_("Kun nogle slags?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cpv = forms.CharField(
        label=_("Kun nogle CPV-koder?"), required=False, max_length=200,
        help_text=_("To til otte cifre med mellemrum, fx 55 98310000. En kode tæller med alt, der ligger under den."),
    )  # fmt: skip
    units = forms.ModelMultipleChoiceField(
        label=_("Kun nogle enheder?"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("En forvaltning gælder med det, der hører under den."),
    )  # fmt: skip
    first_date = DayField(label=_("Kun fra en dag?"), required=False)
    last_date = DayField(label=_("Kun til og med en dag?"), required=False)
    closes = forms.MultipleChoiceField(
        label=_("Hvilke veje lukker I?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = forms.MultipleChoiceField(
        label=_("Hvad skal også skrives ned?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Hvad skal der stå til den, der køber?"), max_length=300,
        help_text=_("Fx: Vi køber kun direkte under 300.000 kr. Spørg mindst tre."),
    )  # fmt: skip
    adopted = DayField(label=_("Gælder fra"))

    def __init__(self, *args: Any, municipality_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["units"].queryset = Unit.objects.filter(municipality_id=municipality_id).order_by("name")
        chosen["categories"].choices = [(each.slug, each.label) for each in all_categories()]
        pack = load()
        words = pack.figures.amounts(pack.published)
        routes: Any = self.fields["closes"]
        routes.choices = [
            (rule.id, f"{told(rule.title.filled(words))} ({rule.id})")
            for rule in pack.rules
            if rule.gives in ("regime", "route") and rule.id not in BESIDE
        ]
        documents: Any = self.fields["documents"]
        documents.choices = [(key, told(label)) for key, label in pack.documents.items()]

    def clean_cpv(self) -> list[str]:
        codes: list[str] = self.cleaned_data["cpv"].replace(",", " ").split()
        for code in codes:
            if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 8):
                raise forms.ValidationError(
                    _("%(code)s er ikke en CPV-kode. Skriv to til otte cifre.") % {"code": code}
                )
        return codes

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("first_date"), said.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", _("Den sidste dag ligger før den første."))
        lowest, highest = said.get("from_dkk"), said.get("below_dkk")
        if lowest and highest and highest <= lowest:
            self.add_error("below_dkk", _("Skriv et beløb, der er større end det, det gælder fra."))
        return said

    @property
    def is_limited(self) -> bool:
        """Whether something of what is rarely limited was filled in, so that it is shown."""
        return any(self[name].value() for name in LIMITS)

    def restriction(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("kinds", "from_dkk", "closes", "documents", "reason", "below_dkk", "categories", "cpv")
        return {name: said[name] for name in names} | {
            "units": [[unit.pk, unit.name] for unit in said["units"]],
            "first_date": said["first_date"].isoformat() if said["first_date"] else "",
            "last_date": said["last_date"].isoformat() if said["last_date"] else "",
        }
