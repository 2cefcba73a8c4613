# SPDX-License-Identifier: MPL-2.0
"""What people fill in about placements and totals. A form checks what was typed; actions decide and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.directory.queries import visible_to
from indgang.directory.vocabulary import JobType
from indgang.kernel.access import Principal
from indgang.kernel.models import Unit
from indgang.kernel.ui.forms import DayField, Form
from indgang.placements import codes
from indgang.placements.actions.answer import MOST_POSTS, Told
from indgang.placements.models import TYPES, QuarterReport
from indgang.placements.new_placement import NewPlacement
from indgang.placements.totals import Totals

ORIGINS = [
    ("", _("Det er ikke en af dem")),
    ("order", _("En ordre")),
    ("agreement", _("En aftale")),
    ("visit", _("Et virksomhedsbesøg")),
]
KINDS = [(str(kind), kind.label) for kind in TYPES]


class HoursField(forms.DecimalField):
    """Hours a week as Danes write them: 12,5."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}))
        super().__init__(max_digits=4, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


class PlacementForm(Form):
    """One placement: where, what, how much, from when; the rest can be left out."""

    organisation = forms.ModelChoiceField(
        label=_("Hvilken virksomhed?"), queryset=Organisation.objects.none()
    )
    kind = forms.ChoiceField(label=_("Hvilken slags plads?"), choices=KINDS, widget=forms.RadioSelect)
    hours_present = HoursField(label=_("Timer om ugen"))
    hours_effective = HoursField(
        label=_("Heraf effektive timer"), required=False, help_text=_("Tomt betyder: dem alle.")
    )
    first_date = DayField(label=_("Fra"))
    last_date = DayField(label=_("Til og med"), required=False, help_text=_("Tomt, så længe den løber."))
    unit = forms.ModelChoiceField(
        label=_("Hvilken enhed står bag?"), queryset=Unit.objects.none(), required=False
    )
    code = forms.CharField(
        label=_("Personens kode"),
        required=False,
        max_length=20,
        help_text=_(
            "Kun hvis personen har fået en kode her før. Koder trækkes tilfældigt: brug aldrig CPR, fødselsdato eller navn."
        ),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off", "spellcheck": "false"}),
    )
    new_code = forms.BooleanField(
        label=_("Udsted en ny kode, så personen kan følges til næste plads"), required=False
    )
    origin = forms.ChoiceField(label=_("Hvor kom den fra?"), choices=ORIGINS, required=False)
    origin_label = forms.CharField(
        label=_("Hvilken?"), required=False, max_length=100, help_text=_("Fx Ordre 10003, Rent Ord.")
    )

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = visible_to(by).filter(closed_at=None).order_by("sort_key")
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        units = Unit.objects.filter(municipality_id=by.municipality_id).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def told(self, code: str = "", origin_id: int | None = None) -> NewPlacement:
        """What was typed, for the action."""
        said = self.cleaned_data
        effective = said["hours_effective"]
        return NewPlacement(
            organisation_id=said["organisation"].pk,
            kind=said["kind"],
            hours_present=float(said["hours_present"]),
            hours_effective=float(said["hours_present"] if effective is None else effective),
            first_date=said["first_date"],
            last_date=said["last_date"],
            unit_id=said["unit"].pk if said["unit"] else None,
            code=code or codes.tidy(said["code"]),
            origin=said["origin"],
            origin_id=origin_id,
            origin_label=said["origin_label"],
        )


class EndForm(Form):
    last_date = DayField(label=_("Sidste dag"))


class ListForm(Form):
    list = forms.FileField(
        label=_("Listen"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={"required": _("Vælg en fil.")},
    )


class DpiaForm(Form):
    document = forms.FileField(
        label=_("Den underskrevne konsekvensanalyse"),
        help_text=_("PDF, højst 25 MB."),
        error_messages={"required": _("Vælg filen.")},
    )
    signed_on = DayField(label=_("Underskrevet den"))
    signer = forms.CharField(
        label=_("Underskrevet af"), max_length=100, help_text=_("Navn og titel, fx Lise Krag, direktør.")
    )
    least_people = forms.TypedChoiceField(
        label=_("Mindst så mange personer bag hvert tal"),
        choices=[(n, str(n)) for n in range(5, 11)],
        coerce=int,
        initial=5,
        help_text=_("Fem er det mindste. Analysen kan kræve flere."),
    )


class ReviewForm(Form):
    note = forms.CharField(
        label=_("Hvad har I set efter?"), max_length=300, help_text=_("Fx adgange, sletning og nye formål.")
    )


class WithdrawForm(Form):
    reason = forms.CharField(label=_("Hvorfor?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TotalsForm(Form):
    """One line per kind of post, filled in with what is known; and how many of earlier ones lasted."""

    alive_3 = forms.IntegerField(min_value=0, required=False)
    alive_12 = forms.IntegerField(min_value=0, required=False)
    channel = forms.ChoiceField(
        label=_("Hvordan fik du tallene?"),
        choices=[
            (QuarterReport.Channel.PHONE, _("I telefonen")),
            (QuarterReport.Channel.MAIL, _("I en mail")),
        ],
        widget=forms.RadioSelect,
        initial=QuarterReport.Channel.PHONE,
    )
    said_by = forms.CharField(label=_("Hvem gav dem?"), max_length=100, required=False)

    def __init__(self, *args: Any, report: QuarterReport, known: Totals, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.own = report, own
        start = Totals(report.present, report.new) if report.answered_at else known
        for kind in TYPES:
            self._number(f"present_{kind}", kind.label, start.present.get(kind, 0))
            self._number(f"new_{kind}", _("heraf nye"), start.new.get(kind, 0))
        told = report if report.answered_at else known
        for name, due, label in (
            ("alive_3", report.due_3, _("I meldte %(due)d nye i forrige kvartal. Hvor mange blev mindst 3 måneder?")),
            ("alive_12", report.due_12, _("I meldte %(due)d nye for et år siden. Hvor mange blev mindst 12 måneder?")),
        ):  # fmt: skip
            if due:
                field = self.fields[name]
                field.label, field.widget.attrs = label % {"due": due}, dict(_SMALL)
                field.initial = min(getattr(told, name), due)
            else:
                del self.fields[name]
        if own:
            del self.fields["channel"], self.fields["said_by"]

    def _number(self, name: str, label: Any, initial: int) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            min_value=0,
            max_value=MOST_POSTS,
            required=False,
            initial=initial,
            widget=forms.NumberInput(attrs=dict(_SMALL)),
        )

    @property
    def lines(self) -> list[tuple[JobType, forms.BoundField, forms.BoundField]]:
        """Kind, how many there are, how many of them are new."""
        return [(kind, self[f"present_{kind}"], self[f"new_{kind}"]) for kind in TYPES]

    @property
    def lasting(self) -> list[forms.BoundField]:
        return [self[name] for name in ("alive_3", "alive_12") if name in self.fields]

    def told(self) -> Told:
        """What was typed, for the action; an empty field is nobody."""
        said = self.cleaned_data
        return Told(
            present={str(kind): said[f"present_{kind}"] or 0 for kind in TYPES},
            new={str(kind): said[f"new_{kind}"] or 0 for kind in TYPES},
            alive_3=said.get("alive_3") or 0,
            alive_12=said.get("alive_12") or 0,
        )


_SMALL = {"inputmode": "numeric", "class": "count", "min": "0"}
