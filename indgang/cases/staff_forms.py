# SPDX-License-Identifier: MPL-2.0
"""What staff decide in forms: needs, people, hand-overs, endings, whom a case is about, and the entrance itself."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from indgang.cases.forms import WarnedForm, WhyForm, colleagues
from indgang.cases.models import Case, Topic
from indgang.core.enquiry.needs import Suggestion
from indgang.directory.models import Organisation
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, User
from indgang.kernel.ui.forms import Form, KronerField


class PersonForm(Form):
    name = forms.CharField(label=_("Navn"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    role = forms.CharField(label=_("Rolle"), required=False, max_length=60, help_text=_("Fx revisor."))


class HandOverForm(WhyForm):
    person = forms.ModelChoiceField(label=_("Ny kontaktperson"), queryset=User.objects.none())
    field_order = ("person", "why")

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(by.municipality_id)  # type: ignore[attr-defined]


class GiveForm(Form):
    person = forms.ModelChoiceField(label=_("Hvem tager sig af det?"), queryset=User.objects.none())

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(by.municipality_id)  # type: ignore[attr-defined]


class CloseForm(WarnedForm):
    """How it ended. What must be explained is asked by the action."""

    watched = ("reason",)
    ending = forms.ChoiceField(label=_("Hvordan endte det?"), choices=Case.Ending, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Forklaring, som de kan læse"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    paragraph = forms.CharField(
        label=_("Paragraf"),
        required=False,
        max_length=150,
        help_text=_("Når det ligger uden for kommunens opgaver. Fx erhvervsfremmeloven § 14, stk. 5."),
    )


class SortForm(Form):
    """Each topic with a tick, a person and a deadline, filled in beforehand from the text and the rules."""

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        suggestions: Iterable[Suggestion],
        takers: dict[str, tuple[int, int]],
        there: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = {suggestion.topic: suggestion.words for suggestion in suggestions}
        staff = list(colleagues(municipality.pk))
        for topic, label in Topic.choices:
            if topic in there:
                continue
            person_id, days = takers[topic]
            self.fields[topic] = forms.BooleanField(
                label=label, required=False, initial=topic in self.suggested
            )
            self.fields[f"{topic}_person"] = forms.TypedChoiceField(
                label=_("Hvem"), choices=[(one.pk, one.name) for one in staff], coerce=int, initial=person_id
            )
            self.fields[f"{topic}_days"] = forms.IntegerField(
                label=_("Arbejdsdage"), min_value=0, max_value=250, initial=days,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """One row for each topic, with the words of the text that suggest it."""
        return [
            {
                "tick": self[topic],
                "person": self[f"{topic}_person"],
                "days": self[f"{topic}_days"],
                "words": ", ".join(self.suggested.get(topic, ())),
            }
            for topic in Topic.values
            if topic in self.fields
        ]


class ConfirmForm(WarnedForm):
    """Whom the case is about, and how we know that the person speaks for them."""

    NEW, FOUNDER = "ny", "ivaerksaetter"
    watched = ("how",)
    organisation = forms.ChoiceField(label=_("Hvem er det?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Navn på den nye"), required=False, max_length=150)
    town = forms.CharField(label=_("By"), required=False, max_length=60)
    how = forms.CharField(
        label=_("Hvordan ved vi det?"),
        max_length=200,
        help_text=_("Fx: Ringet op på hovednummeret i CVR; receptionen stillede om til Anja."),
    )

    def __init__(self, *args: Any, known: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [
            (str(row.pk), f"{row.name}, CVR {row.cvr_number}" if row.cvr_number else row.name)
            for row in known
        ]
        rows += [
            (self.NEW, _t("En virksomhed, der ikke står her endnu")),
            (self.FOUNDER, _t("En iværksætter uden CVR-nummer")),
        ]
        self.fields["organisation"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("organisation") in (self.NEW, self.FOUNDER):
            for field in ("name", "town"):
                if not said.get(field):
                    self.add_error(field, _t("Skriv det, når virksomheden er ny her."))
        return said


class RuleForm(Form):
    """Who gets what."""

    topic = forms.ChoiceField(
        label=_("Emne"),
        choices=[("", _("Ny henvendelse: hvem er kontaktperson")), *Topic.choices],
        required=False,
    )
    town = forms.CharField(
        label=_("By"), required=False, max_length=60, help_text=_("Tomt betyder alle steder.")
    )
    from_dkk = KronerField(
        label=_("Fra beløb"), required=False, help_text=_("Kun når teksten nævner mindst så mange kroner.")
    )
    person = forms.ModelChoiceField(label=_("Hvem"), queryset=User.objects.none())
    working_days = forms.IntegerField(label=_("Frist, arbejdsdage"), min_value=0, max_value=250, initial=10)

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(by.municipality_id)  # type: ignore[attr-defined]


class EntranceForm(Form):
    """Whose pages may show the form."""

    embed_origins = forms.CharField(
        label=_("Sider, der må vise formularen"),
        required=False,
        help_text=_("En adresse på hver linje, fx https://www.aabjerg.dk"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_embed_origins(self) -> list[str]:
        lines = [line.strip().rstrip("/") for line in self.cleaned_data["embed_origins"].splitlines()]
        given = [line for line in lines if line]
        for line in given:
            if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{2,5})?", line, re.IGNORECASE):
                raise forms.ValidationError(
                    _t("%(line)s er ikke en adresse. Skriv den som https://www.aabjerg.dk"),
                    params={"line": line},
                )
        return given
