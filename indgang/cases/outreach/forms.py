# SPDX-License-Identifier: MPL-2.0
"""What people fill in about visits, but for the visit itself: see `walk`. A form checks; actions decide and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from indgang.cases.models import VisitCriteria
from indgang.core.outreach.library import industries
from indgang.directory.models import Organisation
from indgang.kernel.ui.forms import DayField, Form, MomentField, OereField


def industry_choices() -> list[tuple[str, str]]:
    return [("", _t("Vælg den, der ligner mest"))] + [(one.key, one.name) for one in industries()]


def number(label: Any, **more: Any) -> forms.IntegerField:
    """A whole number from nought, typed on a number pad."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        **more,
    )


def hours(label: Any, *, most: int = 200, required: bool = False) -> forms.DecimalField:
    """Hours a week with at most one decimal, written the Danish way."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_value=most,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )


class CompanyForm(Form):
    """A company and whom to talk to there."""

    name = forms.CharField(label=_("Virksomhedens navn"), max_length=150)
    cvr_number = forms.CharField(
        label=_("CVR-nummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    town = forms.CharField(label=_("By"), required=False, max_length=60)
    industry = forms.ChoiceField(label=_("Branche"), required=False)
    is_sole_trader = forms.BooleanField(label=_("Det er en enkeltmandsvirksomhed"), required=False)
    contact_name = forms.CharField(label=_("Hvem taler vi med?"), max_length=100)
    contact_phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)

    cvr_number.is_identifier = contact_phone.is_identifier = True  # type: ignore[attr-defined]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industry"].choices = industry_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            not said.get("contact_phone")
            and not said.get("contact_email")
            and "contact_email" not in self.errors
        ):
            self.add_error("contact_phone", _t("Skriv enten telefon eller e-mail, så vi kan svare."))
        return said


class PlanForm(CompanyForm):
    """The same with the published criterion that makes this the company to visit."""

    criterion = forms.ChoiceField(label=_("Hvorfor netop den?"), widget=forms.RadioSelect)
    field_order = ("criterion",)

    def __init__(self, *args: Any, criteria: VisitCriteria | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = criteria.lines if criteria else []
        self.fields["criterion"].choices = [(line, line) for line in lines]  # type: ignore[attr-defined]
        self.fields["criterion"].help_text = _("Kriterierne er offentlige. De skal være de samme for alle.")


class AskForm(CompanyForm):
    """A company asks for a visit."""

    text = forms.CharField(
        label=_("Hvad vil I gerne tale om?"),
        required=False,
        help_text=_("Fx at I mangler hænder, eller har en opgave, I gerne ville have løst af andre."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_name"].label = _("Dit navn")


class ObjectionForm(Form):
    name = forms.CharField(label=_("Virksomhedens navn"), max_length=150)
    cvr_number = forms.CharField(
        label=_("CVR-nummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    cvr_number.is_identifier = True  # type: ignore[attr-defined]


class CriteriaForm(Form):
    lines = forms.CharField(
        label=_("Kriterier"),
        help_text=_("Ét på hver linje. De skal kunne bruges ens på alle virksomheder."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class AgreeForm(Form):
    agreed_with = forms.CharField(
        label=_("Hvem har sagt ja?"), max_length=100, help_text=_("Navnet på den, I har talt med.")
    )
    planned_at = MomentField(label=_("Hvornår kommer I?"))


class WhyForm(Form):
    why = forms.CharField(label=_("Hvorfor?"), max_length=200)


class ProfileForm(Form):
    """The fleksjob, as the two talk about it."""

    hours = hours(_("Timer om ugen på arbejdspladsen"), most=37, required=True)
    intensity_percent = forms.IntegerField(
        label=_("Arbejdsintensitet, procent"),
        min_value=1,
        max_value=100,
        help_text=_("Hvor meget der nås i forhold til en anden. Kommunen afgør tallet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    hourly_oere = OereField(label=_("Timeløn med pension, kroner"), help_text=_("Efter overenskomsten."))
    agreement = forms.CharField(
        label=_("Overenskomst"), max_length=120, help_text=_("Den, virksomheden følger, eller områdets.")
    )
    support = forms.CharField(
        label=_("Oplæring og støtte"),
        required=False,
        max_length=300,
        help_text=_("Fx hvem der viser til rette. Skriv intet om en persons helbred."),
    )


class TermsForm(Form):
    confirmed_with = forms.CharField(
        label=_("Hvem har bekræftet løn og vilkår?"),
        max_length=100,
        help_text=_("Fx tillidsrepræsentanten eller den faglige organisation."),
    )


class OutsourceForm(Form):
    """Which enterprise, for how much, and how long it is a trial."""

    supplier = forms.ModelChoiceField(
        label=_("Hvem skal løse den?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Ikke valgt endnu"),
    )
    price_oere = OereField(label=_("Pris uden moms, kroner"), required=False)
    price_per = forms.CharField(
        label=_("Pr."), required=False, max_length=40, help_text=_("Fx time, pose eller måned.")
    )
    trial_weeks = forms.IntegerField(
        label=_("Prøveperiode, uger"), min_value=0, max_value=52, initial=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, shown: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(published_at__isnull=False, closed_at=None, merged_into=None)
        self.fields["supplier"].queryset = rows.filter(pk__in=shown).order_by("sort_key")  # type: ignore[attr-defined]


class BeginForm(Form):
    started_date = DayField(label=_("Hvornår begynder det?"))


class FollowForm(Form):
    still_running = forms.ChoiceField(
        label=_("Er det der stadig?"), choices=[("ja", _("Ja")), ("nej", _("Nej"))], widget=forms.RadioSelect
    )
    hours = hours(_("Timer om ugen nu"))
    note = forms.CharField(
        label=_("Hvad hørte I?"), required=False, max_length=300, help_text=_("Intet om en persons helbred.")
    )
