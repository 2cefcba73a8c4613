# SPDX-License-Identifier: MPL-2.0
"""What people fill in about cases. A form checks what was typed; actions decide and save."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from indgang.cases.models import Case
from indgang.core.enquiry.health import health_words
from indgang.kernel.models import User
from indgang.kernel.ui.forms import Form


def colleagues(municipality_id: int) -> QuerySet[User]:
    """Everybody with a post here and an open account, by name."""
    staff = User.objects.filter(
        memberships__municipality_id=municipality_id, memberships__last_date=None, is_active=True
    )
    return staff.distinct().order_by("name")


class WarnedForm(Form):
    """A form that warns before words about one person's health are kept; a tick says that it is meant."""

    watched: tuple[str, ...] = ("text",)
    health_is_meant = forms.BooleanField(
        required=False,
        label=_("Jeg har set efter. Teksten må gemmes, som den er."),
        widget=forms.HiddenInput(),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.watched:
            words = health_words(said.get(name) or "")
            if words:
                self.fields["health_is_meant"].widget = forms.CheckboxInput()
                if not said.get("health_is_meant"):
                    self.add_error(
                        name,
                        _t(
                            "Teksten ser ud til at handle om en bestemt persons helbred (%(words)s)."
                            " Skriv det uden helbred, eller sæt kryds nederst, hvis det skal stå der."
                        )
                        % {"words": ", ".join(words)},
                    )
        return said


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several files. Which types are taken is judged by what they hold, when they are kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Filer"))
        kwargs.setdefault("help_text", _("PDF, Word, Excel, tekst eller billeder, højst 25 MB hver."))
        super().__init__(widget=SeveralFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class WithFiles(WarnedForm):
    """A form with files. Those that were good are kept while the rest of the form is put right: see `attachments`."""

    held = forms.CharField(required=False, widget=forms.HiddenInput())
    held.is_identifier = True  # type: ignore[attr-defined]
    attachments = FilesField()


class EnquiryForm(WithFiles):
    """An enquiry as anybody writes it: free words first, then who one is."""

    text = forms.CharField(
        label=_("Hvad vil du gerne?"),
        help_text=_("Skriv, som du ville sige det. Du behøver ikke vide, hvem i kommunen der skal svare."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    name = forms.CharField(label=_("Dit navn"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Hertil sender vi kvittering og svar.")
    )
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=20)
    company = forms.CharField(
        label=_("Virksomhed"),
        required=False,
        max_length=150,
        help_text=_("Tomt, hvis den ikke findes endnu."),
    )
    cvr_number = forms.CharField(
        label=_("CVR-nummer"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    town = forms.CharField(label=_("By"), required=False, max_length=60)

    cvr_number.is_identifier = phone.is_identifier = True  # type: ignore[attr-defined]
    field_order: tuple[str, ...] = (
        "text",
        "name",
        "email",
        "phone",
        "company",
        "cvr_number",
        "town",
        "attachments",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("email") and not said.get("phone") and "email" not in self.errors:
            self.add_error("email", _t("Skriv enten e-mail eller telefon, så vi kan svare."))
        return said


class ByStaffForm(EnquiryForm):
    """The same, written down by a colleague who took the telephone or read a mail."""

    channel = forms.ChoiceField(
        label=_("Hvordan kom den ind?"),
        choices=[
            (value, label) for value, label in Case.Channel.choices if value not in (Case.Channel.FORM,)
        ],
        widget=forms.RadioSelect,
        initial=Case.Channel.PHONE,
    )
    field_order: tuple[str, ...] = ("channel", *EnquiryForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Hvem er det?")
        self.fields["text"].label = _("Hvad vil de gerne?")
        self.fields["text"].help_text = _("Skriv det, som de sagde det.")


class WriteForm(WithFiles):
    """One box for all that is written in a case: an answer, a call, or a note."""

    ANSWER, CALL, MISSED, NOTE, UNIT_NOTE = "answer", "call", "missed", "note", "unit_note"
    kind = forms.ChoiceField(
        label=_("Hvad er det?"),
        choices=[
            (ANSWER, _("Svar til dem på mail")),
            (CALL, _("Samtale, vi har talt sammen")),
            (MISSED, _("Forsøgt ringet op uden held")),
            (NOTE, _("Intern note til kolleger i sagen")),
            (UNIT_NOTE, _("Intern note kun for min enhed")),
        ],
        widget=forms.RadioSelect,
        initial=ANSWER,
    )
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 5}))
    attachments = FilesField(help_text=_("Følger kun med et svar."))
    field_order = ("text", "kind", "attachments")


class MessageForm(WithFiles):
    """What somebody outside writes back."""

    text = forms.CharField(label=_("Skriv til os"), widget=forms.Textarea(attrs={"rows": 5}))
    field_order = ("text", "attachments")


class CodeForm(Form):
    code = forms.CharField(
        label=_("Kode"),
        max_length=12,
        help_text=_("Seks cifre fra den mail, vi lige har sendt. Den gælder et kvarter."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}
        ),
    )
    code.is_identifier = True  # type: ignore[attr-defined]


class RatingForm(WarnedForm):
    stars = forms.TypedChoiceField(
        label=_("Hvor tilfreds er du?"),
        coerce=int,
        choices=[(5, _("5 – rigtig godt")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – slet ikke"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Hvad gik godt eller skidt?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WhyForm(WarnedForm):
    """One sentence that stays beside what it explains."""

    watched = ("why",)
    why = forms.CharField(label=_("Hvorfor?"), max_length=200)


class FindForm(Form):
    """The list's one line: words, and which cases."""

    MINE, ALL, UNSORTED, CLOSED = "mine", "alle", "nye", "afsluttede"
    q = forms.CharField(label=_("Søg i sager"), required=False, max_length=200)
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[
            (ALL, _("Alle åbne")), (MINE, _("Mine")), (UNSORTED, _("Venter på første svar")),
            (CLOSED, _("Afsluttede")),
        ],
    )  # fmt: skip
