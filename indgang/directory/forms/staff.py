# SPDX-License-Identifier: MPL-2.0
"""What staff writes down about enterprises, and about people's ties to them."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.directory.actions.drafts import NewOrganisation
from indgang.directory.forms.fields import clean_website, cvr_field, email_field, phone_field, website_field
from indgang.directory.models import Interest, Organisation, StatusFact
from indgang.directory.places import all_municipalities
from indgang.directory.vocabulary import LEGAL_FORMS
from indgang.kernel.access import Principal
from indgang.kernel.models import Membership, Unit, User
from indgang.kernel.ui.forms import DayField, Form


class CallForm(Form):
    """Five sentences from a telephone call; the software makes listings of them afterwards."""

    text = forms.CharField(
        label=_("Hvad sælger de?"),
        help_text=_(
            "Skriv, som de siger det: hvad de gør, hvor meget de kan nå, hvor de leverer. Fem sætninger er nok."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=3_000,
    )
    name = forms.CharField(label=_("Virksomhedens navn"), max_length=150)
    town = forms.CharField(label=_("By"), max_length=60)
    municipality_code = forms.TypedChoiceField(label=_("Kommune"), coerce=int)
    contact_name = forms.CharField(label=_("Hvem talte du med?"), max_length=100)
    contact_role = forms.CharField(label=_("Rolle"), max_length=60, required=False)
    contact_phone = phone_field(required=False)
    contact_email = email_field(required=False)
    cvr_number = cvr_field()
    kind = forms.ChoiceField(
        label=_("Hvad er det?"),
        choices=Organisation.Kind.choices,
        widget=forms.RadioSelect,
        initial=Organisation.Kind.SOCIAL,
    )
    legal_form = forms.ChoiceField(
        label=_("Virksomhedsform"),
        choices=[("", _("Ikke oplyst")), *((form, form) for form in LEGAL_FORMS)],
        required=False,
    )
    street = forms.CharField(label=_("Adresse"), max_length=150, required=False)
    postal_code = forms.RegexField(
        label=_("Postnummer"), regex=r"^\d{4}$", required=False, error_messages={"invalid": _("Skriv fire cifre.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip
    website = website_field()
    advertising_protected = forms.BooleanField(
        label=_("Reklamebeskyttet i CVR"),
        help_text=_("Så skriver vi ikke uopfordret: du får en opgave om at ringe i stedet."),
        required=False,
    )
    has_asked_to_return = forms.BooleanField(
        label=_("De er blevet fjernet før og har selv bedt om at komme med igen"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality_code"]
        field.choices = all_municipalities()

    def clean_website(self) -> str:
        return clean_website(self.cleaned_data["website"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        reachable = given.get("contact_phone") or given.get("contact_email")
        if not reachable and not {"contact_phone", "contact_email"} & self.errors.keys():
            self.add_error("contact_phone", _("Skriv en telefon eller en e-mail."))
        return given

    def new_organisation(self) -> NewOrganisation:
        given = {name: value for name, value in self.cleaned_data.items() if name != "has_asked_to_return"}
        return NewOrganisation(**given)


class PhonedForm(Form):
    said_by = forms.CharField(
        label=_("Hvem sagde det?"), help_text=_("Navnet på den, du talte med."), max_length=100
    )


class MergeForm(Form):
    other = forms.ModelChoiceField(
        label=_("Hvilken anden er den samme virksomhed?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Vælg"),
        help_text=_("Alt fra den anden flyttes hertil: ydelser, steder, personer, status og historik."),
    )

    def __init__(self, *args: Any, into: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = Organisation.objects.filter(
            kept_by_id=into.kept_by_id, merged_into=None, closed_at=None
        ).exclude(pk=into.pk)
        if into.cvr_number:
            candidates = candidates.filter(cvr_number=None)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = candidates.order_by("sort_key")


class EvidenceForm(Form):
    kind = forms.ChoiceField(
        label=_("Hvad viser dokumentationen?"),
        choices=[
            (StatusFact.Kind.REGISTERED, _("Registreret socialøkonomisk virksomhed (RSV)")),
            (StatusFact.Kind.SHARE_30, _("Mindst 30 % af de ansatte er fra målgruppen")),
        ],
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("Hvad har du set?"),
        help_text=_(
            "Fx «opslag i CVR 6. april 2027» eller «underskrevet erklæring fra lederen». Aldrig lister over mennesker."
        ),
        max_length=300,
    )
    since = DayField(label=_("Gælder fra"))
    valid_until = DayField(
        label=_("Gælder til og med"), required=False, help_text=_("Så bliver du mindet om at se efter igen.")
    )
    document = forms.FileField(label=_("Dokument"), required=False)


class EquivalenceForm(Form):
    reason = forms.CharField(
        label=_("Begrundelse"),
        help_text=_(
            "Hvilke af de fem kriterier er opfyldt, og hvordan ses det? Virksomheden kan læse begrundelsen."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4_000,
    )
    evidence = forms.CharField(
        label=_("Hvad bygger det på?"), help_text=_("Fx vedtægter og årsrapport 2026."), max_length=300
    )
    since = DayField(label=_("Gælder fra"))
    valid_until = DayField(label=_("Gælder til og med"))
    document = forms.FileField(label=_("Dokument"), required=False)


def colleagues(municipality_id: int, *, today: date) -> Any:
    """Accounts that work in the municipality today."""
    current = Membership.objects.filter(municipality_id=municipality_id).filter(
        Q(last_date=None) | Q(last_date__gte=today)
    )
    return User.objects.filter(pk__in=current.values("user_id"), is_active=True).order_by("name")


class ContactPersonForm(Form):
    user: Any = forms.ModelChoiceField(
        label=_("Kontaktperson"), queryset=User.objects.none(), empty_label=_("Vælg")
    )

    def __init__(self, *args: Any, by: Principal, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(by.municipality_id, today=today)


class InterestForm(Form):
    """`user` is asked only of those who may write down others' interests."""

    user: Any = forms.ModelChoiceField(label=_("Hvem?"), queryset=User.objects.none(), empty_label=_("Vælg"))
    kind = forms.ChoiceField(label=_("Hvad knytter jer?"), choices=[("", _("Vælg")), *Interest.Kind.choices])
    first_date = DayField(label=_("Fra"))
    last_date = DayField(label=_("Til og med"), required=False, help_text=_("Tom: det gælder stadig."))
    source = forms.CharField(
        label=_("Hvor kommer oplysningen fra?"), max_length=100, required=False,
        help_text=_("Tom, når du oplyser det om dig selv."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Principal, today: date, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["user"]
            del self.fields["source"]
            return
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(by.municipality_id, today=today)


class OwnInterestForm(InterestForm):
    """One's own, where the enterprise is chosen too."""

    organisation: Any = forms.ModelChoiceField(
        label=_("Virksomhed"), queryset=Organisation.objects.none(), empty_label=_("Vælg")
    )
    field_order = ("organisation", "kind", "first_date", "last_date")

    def __init__(self, *args: Any, visible: Any, **kwargs: Any) -> None:
        super().__init__(*args, others=False, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = visible


class BarForm(Form):
    unit: Any = forms.ModelChoiceField(
        label=_("Hvilken enhed må ikke købe?"), queryset=Unit.objects.none(), empty_label=_("Vælg"),
        help_text=_("En forvaltnings spærring gælder også dens institutioner."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Hvorfor?"), max_length=200)
    first_date = DayField(label=_("Fra"))
    last_date = DayField(label=_("Til og med"))

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(municipality_id=by.municipality_id).order_by("name")
