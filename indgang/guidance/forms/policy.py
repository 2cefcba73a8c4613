# SPDX-License-Identifier: MPL-2.0
"""Own stricter policy without code: what, from what amount, which way is closed, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.law.pack import load
from indgang.guidance.basis import told
from indgang.guidance.guide import BESIDE
from indgang.guidance.policy_text import KINDS
from indgang.kernel.ui.forms import DayField, Form, KronerField

KIND_LABELS = {
    "goods": _("Varer"), "services": _("Tjenesteydelser"), "works": _("Byggeri"),
    "concession_services": _("At lade andre drive noget"), "grant": _("Støtte"), "lease_out": _("Udlejning"),
}  # fmt: skip


class RestrictionForm(Form):
    kinds = forms.MultipleChoiceField(
        label=_("Hvad gælder det?"), choices=[(key, KIND_LABELS[key]) for key in KINDS],
        widget=forms.CheckboxSelectMultiple, initial=["goods", "services"],
    )  # fmt: skip
    from_dkk = KronerField(
        label=_("Fra hvilket beløb?"), required=False, min_value=1,
        help_text=_("Den samlede værdi uden moms, med det, der hører sammen. Tomt: altid."),
    )  # fmt: skip
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def restriction(self) -> dict[str, Any]:
        names = ("kinds", "from_dkk", "closes", "documents", "reason")
        return {name: self.cleaned_data[name] for name in names}
