# SPDX-License-Identifier: MPL-2.0
"""What people fill in about partnership agreements. A form checks what was typed; actions decide and save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indgang.agreements.models import Agreement, Party, SteeringMember
from indgang.agreements.partnership.draft import Who
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.kernel.models import Membership, Unit, User
from indgang.kernel.ui.forms import DayField, Form, KronerField
from indgang.meetings.forms import TimesForm


class PartForm(Form):
    """One of several forms on a page: its fields' ids carry the form's name, so that none stands twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


def _people(municipality_id: int) -> Any:
    posts = Membership.objects.filter(municipality_id=municipality_id, last_date=None)
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("name")


def _enterprises() -> Any:
    return Organisation.objects.filter(published_at__isnull=False, closed_at=None, merged_into=None).order_by(
        "sort_key"
    )


class StartForm(Form):
    variant = forms.ChoiceField(
        label=_("Hvem er aftalen mellem?"), choices=Agreement.Variant.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Hvad skal aftalen hedde?"), max_length=150)
    organisations = forms.ModelMultipleChoiceField(
        label=_("Virksomheder"), queryset=Organisation.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Hold Ctrl nede for at vælge flere. Koden til at tiltræde sendes til deres hovedkontakt."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("Enhed i kommunen"), queryset=Unit.objects.none())
    signer = forms.ModelChoiceField(
        label=_("Hvem tiltræder for kommunen?"), queryset=User.objects.none(), help_text=_("Fx en direktør.")
    )
    other_unit = forms.ModelChoiceField(
        label=_("Den anden enhed"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Kun i en intern aftale."),
    )
    other_signer = forms.ModelChoiceField(
        label=_("Hvem tiltræder for den?"), queryset=User.objects.none(), required=False
    )
    manager = forms.ModelChoiceField(label=_("Aftaleansvarlig"), queryset=User.objects.none())
    first_date = DayField(label=_("Gælder fra"))
    last_date = DayField(label=_("Gælder til og med"))

    def __init__(self, *args: Any, municipality_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        for name in ("signer", "other_signer", "manager"):
            chosen[name].queryset = _people(municipality_id)
            chosen[name].label_from_instance = lambda user: user.name
        for name in ("unit", "other_unit"):
            chosen[name].queryset = Unit.objects.filter(municipality_id=municipality_id).order_by("name")
        chosen["organisations"].queryset = _enterprises()

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        internal = said.get("variant") == Agreement.Variant.INTERNAL
        if internal and not (said.get("other_unit") and said.get("other_signer")):
            self.add_error("other_unit", _("Vælg den anden enhed, og hvem der tiltræder for den."))
        for organisation in said.get("organisations") or ():
            contact = main_contact(organisation.pk)
            if contact is None or not contact.email:
                self.add_error(
                    "organisations",
                    ValidationError(
                        _("%(name)s har ingen mailadresse. Skriv en kontakt på profilen først."),
                        params={"name": organisation.name},
                    ),
                )
        return said

    def who(self) -> list[Who]:
        """The parties that were chosen; two enterprises make their agreement without the municipality in it."""
        said = self.cleaned_data
        found = []
        if said["variant"] != Agreement.Variant.COMPANIES:
            found.append(Who(said["signer"].name, said["signer"].email, unit=said["unit"]))
        if said["variant"] == Agreement.Variant.INTERNAL:
            found.append(Who(said["other_signer"].name, said["other_signer"].email, unit=said["other_unit"]))
        for organisation in said["organisations"]:
            contact = main_contact(organisation.pk)
            if contact is not None:
                found.append(Who(contact.name, contact.email, organisation=organisation))
        return found


class PartyForm(PartForm):
    organisation = forms.ModelChoiceField(label=_("Virksomhed"), queryset=Organisation.objects.none())
    signer_name = forms.CharField(label=_("Hvem tiltræder for den?"), max_length=100)
    email = forms.EmailField(label=_("Adresse til koden"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organisation"]
        chosen.queryset = _enterprises()


class SectionForm(Form):
    title = forms.CharField(label=_("Overskrift"), max_length=100)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000)


class ObligationForm(PartForm):
    party = forms.ModelChoiceField(label=_("Hvem lover?"), queryset=Party.objects.none())
    text = forms.CharField(label=_("Hvad loves?"), max_length=300)
    measure = forms.CharField(label=_("Hvordan kan man se, at det er holdt?"), max_length=200)
    due_date = DayField(label=_("Første gang senest"))
    repeats_months = forms.TypedChoiceField(
        label=_("Kommer det igen?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("Nej, én gang")), (1, _("Hver måned")), (3, _("Hver tredje måned")), (6, _("Hvert halve år")), (12, _("Hvert år"))],
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label=_("Hvem i kommunen sørger for det?"), queryset=User.objects.none(), required=False,
        help_text=_("Tomt betyder den aftaleansvarlige."),
    )  # fmt: skip

    def __init__(self, *args: Any, parties: Sequence[Party], municipality_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["party"].queryset = Party.objects.filter(pk__in=[one.pk for one in parties]).order_by("pk")
        chosen["owner"].queryset = _people(municipality_id)
        chosen["owner"].label_from_instance = lambda user: user.name


class GoalForm(PartForm):
    title = forms.CharField(label=_("Hvad måles?"), max_length=150)
    measured_in = forms.CharField(label=_("I hvad?"), max_length=30, help_text=_("Fx %, pladser, kroner."))
    baseline = forms.DecimalField(
        label=_("Nu"), required=False, max_digits=12, decimal_places=2, localize=True
    )
    target = forms.DecimalField(label=_("Mål"), max_digits=12, decimal_places=2, localize=True)
    direction = forms.ChoiceField(
        label=_("Hvad er bedst?"),
        choices=[("up", _("Højere")), ("down", _("Lavere"))],
        widget=forms.RadioSelect,
        initial="up",
    )
    tolerance_percent = forms.IntegerField(
        label=_("Gult, så langt fra målet"),
        min_value=0,
        max_value=100,
        initial=5,
        help_text=_("Procent af målet. Længere fra er rødt."),
    )
    source = forms.CharField(label=_("Hvor kommer tallet fra?"), max_length=150, required=False)


class ReadingForm(PartForm):
    value = forms.DecimalField(label=_("Tal"), max_digits=12, decimal_places=2, localize=True)
    on_date = DayField(label=_("Pr."))
    source = forms.CharField(label=_("Kilde"), max_length=150)


class PlanForm(Form):
    text = forms.CharField(
        label=_("Hvad gør I ved det?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("Hvad, hvem, og hvornår I ser på tallet igen."),
    )  # fmt: skip


class KeptForm(Form):
    evidence = forms.CharField(label=_("Hvordan kan man se det?"), max_length=500)
    done_date = DayField(label=_("Hvornår blev det holdt?"))
    document = forms.FileField(label=_("Bilag"), required=False)


class SupportForm(PartForm):
    text = forms.CharField(
        label=_("Hvad bedes der om?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )
    amount_dkk = KronerField(label=_("Beløb, kroner"), required=False)


class OpinionForm(Form):
    text = forms.CharField(
        label=_("Hvad siger juristen?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    document = forms.FileField(label=_("Den skriftlige vurdering"))


class SteeringForm(PartForm):
    name = forms.CharField(label=_("Navn"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    part = forms.ChoiceField(label=_("Rolle"), choices=SteeringMember.Part.choices, initial="member")


class SteeringMeetingForm(TimesForm):
    place = forms.CharField(label=_("Hvor?"), max_length=200, required=False)


class NoteForm(Form):
    note = forms.CharField(label=_("Hvad skal ændres?"), max_length=300)
    last_date = DayField(
        label=_("Forlæng til og med"),
        required=False,
        help_text=_("Kun når aftalen skal fornyes. Alle parter tiltræder den nye slutdato."),
    )


class LeaveForm(Form):
    why = forms.CharField(
        label=_("Hvorfor går parten ud?"), max_length=300, help_text=_("De andre parter får det at vide.")
    )


class ApproveForm(PartForm):
    note = forms.CharField(label=_("Bemærkning"), max_length=300, required=False)


class CodeForm(Form):
    code = forms.CharField(
        label=_("Koden fra mailen"), max_length=6, min_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}),
    )  # fmt: skip


class AccedeForm(Form):
    name = forms.CharField(label=_("Dit navn"), max_length=100)
    role = forms.CharField(label=_("Din stilling"), max_length=100)
    has_authority = forms.BooleanField(label=_("Jeg må binde parten til denne aftale"), required=False)
    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
