# SPDX-License-Identifier: MPL-2.0
"""What is filled in about the right to a meeting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.cases.forms import WarnedForm, colleagues
from indgang.cases.models import Criterion
from indgang.kernel.access import Principal
from indgang.kernel.models import User
from indgang.kernel.ui.forms import DayField, Form, MomentField

HINTS = {
    "purpose": _("Hvad er jeres formål, og hvor står det? Fx vedtægternes § 2."),
    "trade": _("Hvad sælger I, og hvor stor en del af indtægten er salg?"),
    "independent": _("Hvem bestemmer? Har det offentlige flertal eller afgørende indflydelse?"),
    "involving": _("Hvordan er medarbejdere, kunder og andre inddraget?"),
    "surplus": _("Hvad bruges et overskud til, og hvor står det?"),
}


class TellForm(WarnedForm):
    """What the enterprise shows for each of the five."""

    watched = tuple(Criterion.Key.values)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in criteria:
            self.fields[row.key] = forms.CharField(
                label=row.get_key_display(), help_text=HINTS[row.key], required=False, initial=row.told,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        self.order_fields([*Criterion.Key.values, "health_is_meant"])


class JudgeForm(Form):
    """What the municipality finds, for each of the five, with words."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for row in self.criteria:
            self.fields[f"{row.key}_met"] = forms.ChoiceField(
                label=row.get_key_display(),
                choices=[("yes", _("Opfyldt")), ("no", _("Ikke opfyldt")), ("", _("Ved vi ikke endnu"))],
                required=False,
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no", None: ""}[row.met],
            )
            self.fields[f"{row.key}_finding"] = forms.CharField(
                label=_("Hvad bygger I det på?"), required=False, initial=row.finding,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"criterion": row, "met": self[f"{row.key}_met"], "finding": self[f"{row.key}_finding"]}
            for row in self.criteria
        ]

    def found(self) -> dict[str, tuple[bool | None, str]]:
        said = self.cleaned_data
        answers = {"yes": True, "no": False, "": None}
        return {
            row.key: (answers[said[f"{row.key}_met"]], said[f"{row.key}_finding"]) for row in self.criteria
        }


class TextForm(WarnedForm):
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 6}))


class GrantForm(Form):
    reason = forms.CharField(
        label=_("Begrundelse"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Virksomheden læser den. Er den registreret, er registreringen grund nok."),
    )  # fmt: skip
    valid_until = DayField(
        label=_("Gælder til og med"), required=False,
        help_text=_("Kun når kommunen selv afgør, at betingelserne er opfyldt. Derefter ser I på det igen."),
    )  # fmt: skip


class RefuseForm(Form):
    reason = forms.CharField(label=_("Begrundelse"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    paragraph = forms.CharField(label=_("Paragraf"), required=False, max_length=150)


class BookForm(Form):
    first = MomentField(label=_("Tid"))
    second = MomentField(label=_("En tid mere at vælge imellem"), required=False)
    third = MomentField(label=_("Og en til"), required=False)
    place = forms.CharField(label=_("Sted"), required=False, max_length=200)
    organiser = forms.ModelChoiceField(label=_("Hvem holder mødet?"), queryset=User.objects.none())
    they_asked_for_later = forms.BooleanField(
        label=_("De har selv bedt om en tid efter fristen"), required=False
    )

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = colleagues(by.municipality_id)  # type: ignore[attr-defined]

    def times(self) -> list[datetime]:
        said = self.cleaned_data
        return [said[name] for name in ("first", "second", "third") if said.get(name)]


class HoldForm(WarnedForm):
    watched = ("note", "told")
    note = forms.CharField(
        label=_("Note fra mødet"),
        help_text=_("Virksomheden kan læse den."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    told = forms.CharField(
        label=_("Hvad fortalte I om kommende køb?"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Det bliver offentligt med det samme, så ingen ved mere end andre. Skriv ikke, hvem mødet var med."),
    )  # fmt: skip
    told_nothing = forms.BooleanField(label=_("Vi fortalte intet om kommende køb"), required=False)
