# SPDX-License-Identifier: MPL-2.0
"""What people fill in about meetings. A form checks what was typed; actions decide and save."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models import Membership, User
from indgang.kernel.ui.forms import DayField, Form, MomentField
from indgang.meetings.actions.plan import Invitee
from indgang.meetings.models import Meeting, Proposal, Vote

TIMES = 5
LENGTHS = [(30, _("½ time")), (45, _("¾ time")), (60, _("1 time")), (90, _("1½ time")), (120, _("2 timer")),
           (180, _("3 timer")), (420, _("Hele dagen"))]  # fmt: skip


class InviteesField(forms.CharField):
    """One person a line: »Navn, adresse« or just the address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Hvem skal med?"))
        kwargs.setdefault(
            "help_text", _("Én på hver linje: navn og e-mail, fx »Anja Holm, anja@example.dk«.")
        )
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def read(self, text: str) -> list[Invitee]:
        """The people in the lines. Raises ValidationError that quotes the line without an address."""
        found = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            match = re.search(r"[^\s,;<>]+@[^\s,;<>]+", line)
            email = match.group().lower() if match else ""
            try:
                validate_email(email)
            except ValidationError as trouble:
                raise ValidationError(
                    _("»%(line)s« har ingen rigtig e-mail. Skriv navn og e-mail på hver linje."),
                    params={"line": line[:60]},
                ) from trouble
            name = re.sub(r"[\s,;<>]+$", "", line.replace(match.group() if match else "", "")).strip(" ,;<>")
            found.append(Invitee(name or email.partition("@")[0], email))
        return found


class TimesForm(Form):
    """Up to five moments; empty ones are passed over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, TIMES + 1):
            label = _("Dag og tid") if number == 1 else _("Forslag %(number)d") % {"number": number}
            self.fields[f"time_{number}"] = MomentField(label=label, required=False)

    @property
    def times(self) -> list[datetime]:
        given = (self.cleaned_data.get(f"time_{number}") for number in range(1, TIMES + 1))
        return [moment for moment in given if moment]

    @property
    def time_fields(self) -> list[forms.BoundField]:
        return [self[f"time_{number}"] for number in range(1, TIMES + 1)]


class MeetingForm(TimesForm):
    title = forms.CharField(label=_("Hvad skal I mødes om?"), max_length=150)
    invitees = InviteesField(required=False)
    place = forms.CharField(label=_("Hvor?"), max_length=200, required=False)
    length_minutes = forms.TypedChoiceField(label=_("Hvor længe?"), choices=LENGTHS, coerce=int, initial=60)
    text = forms.CharField(
        label=_("Mere om mødet"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    confidential = forms.BooleanField(
        label=_("Kun deltagerne må se mødet"), required=False, help_text=_("Heller ikke koordinatoren.")
    )

    def clean_invitees(self) -> list[Invitee]:
        return self.fields["invitees"].read(self.cleaned_data["invitees"])  # type: ignore[attr-defined, no-any-return]


class PartForm(Form):
    """One of several forms on a page: its fields' ids carry the form's name, so that none stands twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class InviteForm(PartForm):
    invitees = InviteesField()

    def clean_invitees(self) -> list[Invitee]:
        return self.fields["invitees"].read(self.cleaned_data["invitees"])  # type: ignore[attr-defined, no-any-return]


class VoteForm(Form):
    """One question per proposed time. `round` says which times were on the page."""

    round = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        standing: dict[int, str],
        round_now: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["round"] = round_now
        for proposal in proposals:
            self.fields[f"time_{proposal.pk}"] = forms.ChoiceField(
                label=date_format(timezone.localtime(proposal.starts_at), r"l j. F Y \k\l. G.i"),
                choices=Vote.Fits.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=standing.get(proposal.pk),
            )

    @property
    def fits(self) -> dict[int, str]:
        return {
            int(name.removeprefix("time_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("time_") and value
        }


class RoundForm(PartForm):
    round = forms.IntegerField(widget=forms.HiddenInput)


class ChooseForm(RoundForm):
    starts_at = MomentField(label=_("Dag og tid"))


class CancelForm(Form):
    because = forms.CharField(
        label=_("Hvorfor?"), max_length=300, help_text=_("Det kommer med i mailen til deltagerne.")
    )


class SignUpTermsForm(Form):
    seats = forms.IntegerField(
        label=_("Pladser"),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=_("Tomt betyder plads til alle. Er der fyldt op, kommer folk på venteliste."),
    )
    until = MomentField(label=_("Tilmelding senest"), required=False)


class SignUpForm(Form):
    name = forms.CharField(label=_("Dit navn"), max_length=100)
    email = forms.EmailField(label=_("Din e-mail"))
    comes_from = forms.CharField(label=_("Virksomhed eller arbejdsplads"), max_length=100, required=False)
    shows_name = forms.BooleanField(label=_("Mit navn må stå på listen, alle kan se"), required=False)


class ItemForm(PartForm):
    title = forms.CharField(label=_("Punkt"), max_length=150)
    text = forms.CharField(
        label=_("Baggrund"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ResolutionForm(PartForm):
    text = forms.CharField(label=_("Hvad blev besluttet?"), max_length=500)
    owner = forms.ModelChoiceField(
        label=_("Hvem i kommunen følger op?"), queryset=User.objects.none(), required=False
    )
    who = forms.CharField(
        label=_("Er det en anden, der skal gøre det?"), max_length=100, required=False,
        help_text=_("Skriv navnet, hvis det er en uden for kommunen."),
    )  # fmt: skip
    due_date = DayField(label=_("Senest"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Membership.objects.filter(municipality_id=meeting.municipality_id, last_date=None)
        field: Any = self.fields["owner"]
        field.queryset = User.objects.filter(pk__in=posts.values("user_id")).order_by("name")
        field.label_from_instance = lambda user: user.name


class MinutesForm(PartForm):
    text = forms.CharField(
        label=_("Hvad talte I om?"), widget=forms.Textarea(attrs={"rows": 8}), max_length=40_000
    )
