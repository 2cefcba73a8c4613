# SPDX-License-Identifier: MPL-2.0
"""What people fill in about ideas and mentors. A form checks; actions decide and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from indgang.cases.forms import WarnedForm
from indgang.cases.models import Idea, MentorMatch, Skill
from indgang.core.advice.screening import CRITERIA, Said
from indgang.core.advice.screening import Form as LegalForm
from indgang.kernel.ui.forms import DayField, Form

SAID = {
    Said.YES: _("Ja"),
    Said.NOT_YET: _("Ikke endnu, men det kan nås"),
    Said.NO: _("Nej"),
    Said.UNKNOWN: _("Ved ikke"),
}
LEGAL_FORMS = {
    LegalForm.NONE: _("Ingen endnu"),
    LegalForm.SOLE_TRADER: _("Enkeltmandsvirksomhed"),
    LegalForm.COMPANY: _("Selskab (ApS, A/S, a.m.b.a.)"),
    LegalForm.ASSOCIATION: _("Forening"),
    LegalForm.FOUNDATION: _("Fond eller selvejende institution"),
    LegalForm.PARTNERSHIP: _("Interessentskab eller kommanditselskab"),
}


def needs_field(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class IdeaForm(WarnedForm):
    """An idea in free words; the rest helps to find the right person."""

    text = forms.CharField(
        label=_("Hvad er din idé?"),
        help_text=_("Skriv, som du ville sige det. Den behøver ikke være færdig."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    stage = forms.ChoiceField(
        label=_("Hvor langt er du?"),
        choices=Idea.Stage.choices,
        initial=Idea.Stage.IDEA,
        widget=forms.RadioSelect,
    )
    needs = needs_field(_("Hvad vil du gerne have hjælp til?"))
    name = forms.CharField(label=_("Dit navn"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Hertil sender vi kvittering og svar.")
    )
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    town = forms.CharField(
        label=_("By"), required=False, max_length=60, help_text=_("Hvor du bor eller vil have virksomheden.")
    )
    phone.is_identifier = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("email") and not said.get("phone") and "email" not in self.errors:
            self.add_error("email", _t("Skriv enten e-mail eller telefon, så vi kan svare."))
        return said


class ScreeningForm(Form):
    """What the talk showed: how far, what is needed, and the five criteria with guidance."""

    stage = forms.ChoiceField(
        label=_("Hvor langt er idéen?"), choices=Idea.Stage.choices, widget=forms.RadioSelect
    )
    legal_form = forms.ChoiceField(label=_("Virksomhedsform"), choices=list(LEGAL_FORMS.items()))
    needs = needs_field(_("Hvad er der brug for hjælp til?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in CRITERIA:
            self.fields[one.key] = forms.ChoiceField(
                label=_t(one.question),
                help_text=_t(one.guidance),
                choices=list(SAID.items()),
                initial=Said.UNKNOWN,
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[one.key] for one in CRITERIA}


class LocalForm(WarnedForm):
    watched = ("reason",)
    reason = forms.CharField(
        label=_("Hvorfor gives hjælpen også her?"),
        max_length=300,
        help_text=_(
            "Fx fordi idéen handler om kommunens egne indkøb. Kommunen må ikke gøre det, erhvervshuset gør."
        ),
    )


class MentorForm(Form):
    """A mentor's skills and how many at once."""

    skills = needs_field(_("Kan hjælpe med"))
    trades = forms.CharField(
        label=_("Kender brancherne"),
        required=False,
        max_length=200,
        help_text=_("Fx indkøb, møbler, kantiner."),
    )
    town = forms.CharField(label=_("By"), required=False, max_length=60)
    capacity = forms.IntegerField(
        label=_("Forløb ad gangen, højst"),
        min_value=1,
        max_value=10,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


class NewMentorForm(MentorForm):
    name = forms.CharField(label=_("Navn"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    is_discreet = forms.BooleanField(
        label=_(
            "Mentoren har lovet tavshed, er ulønnet, sælger ikke noget til iværksætteren og investerer ikke"
        ),
        required=False,
    )
    field_order = ("name", "email", "skills", "trades", "town", "capacity", "is_discreet")


class YesForm(Form):
    agrees = forms.BooleanField(label=_("Jeg er enig i aftalen og lover tavshed"), required=False)


class MetForm(Form):
    met_date = DayField(label=_("Hvornår mødtes I?"), help_text=_("Kun datoen gemmes."))


class EndForm(Form):
    ending = forms.ChoiceField(
        label=_("Hvordan endte det?"),
        choices=[choice for choice in MentorMatch.Ending.choices if choice[0] != MentorMatch.Ending.DECLINED],
        widget=forms.RadioSelect,
    )


class EvaluationForm(WarnedForm):
    score = forms.TypedChoiceField(
        label=_("Hvor godt gik det?"),
        choices=[(5, _("5 – rigtig godt")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – slet ikke godt"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Med egne ord"),
        required=False,
        help_text=_("Koordinatoren læser det, den anden ikke. Skriv ikke, hvad I har talt om."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
