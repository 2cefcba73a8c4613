# SPDX-License-Identifier: MPL-2.0
"""What people fill in about targets, stories and cases. A form checks what was typed; actions decide and save."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.models import Organisation
from indgang.directory.queries import visible_to
from indgang.impact import departments, valuing
from indgang.impact.models import Story, Target
from indgang.kernel.access import Principal
from indgang.kernel.models import Membership, Role, User
from indgang.kernel.ui.forms import DayField, Form, KronerField


class TargetForm(Form):
    indicator = forms.ChoiceField(label=_("Hvad skal nås?"), choices=Target.Indicator)
    goal = KronerField(
        label=_("Hvor meget?"), help_text=_("Antal, eller kroner ved «Kroner købt for»."), min_value=1
    )
    since = DayField(label=_("Talt fra"))
    deadline = DayField(label=_("Senest"))
    source = forms.CharField(
        label=_("Hvor står det?"), required=False, max_length=150, help_text=_("Fx strategien, side 4.")
    )


class CommitteeForm(Form):
    committee = forms.CharField(label=_("Hvilket udvalg?"), max_length=100)
    due_on = DayField(label=_("Hvornår skal de have tallene?"))


class StoryForm(Form):
    title = forms.CharField(label=_("Overskrift"), max_length=120)
    text = forms.CharField(
        label=_("Historien, med personens egne ord"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=1_200,
        help_text=_("Højst 1.200 tegn, så den kan stå på én side. Intet om diagnoser."),
    )
    told_by = forms.CharField(
        label=_("Hvem fortæller?"), max_length=100, help_text=_("Sådan, som personen vil stå der.")
    )
    organisation = forms.ModelChoiceField(
        label=_("Hvilken virksomhed?"), queryset=Organisation.objects.none(), required=False
    )
    consent_on = DayField(label=_("Samtykke givet den"))
    consent_how = forms.ChoiceField(label=_("Hvordan?"), choices=Story.How, widget=forms.RadioSelect)
    document = forms.FileField(
        label=_("Det underskrevne samtykke"), required=False, help_text=_("Skal med, når det er på papir.")
    )
    consent_until = DayField(label=_("Samtykket gælder til og med"))

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = visible_to(by).filter(closed_at=None).order_by("sort_key")
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]


class DepartmentsForm(Form):
    """One field per account of the municipality, called what the chart calls it."""

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for account in departments.accounts():
            self.fields[_field(account.code)] = forms.CharField(
                label=account.department, required=False, max_length=80, initial=names.get(account.code, "")
            )

    def names(self) -> dict[str, str]:
        """Own names by account code; those left empty are not there."""
        told = {a.code: self.cleaned_data[_field(a.code)] for a in departments.accounts()}
        return {code: name for code, name in told.items() if name}


def _field(code: str) -> str:
    return "navn_" + code.lower().replace(".", "_")


class OpeningForm(Form):
    finance = forms.ModelChoiceField(label=_("Økonomi"), queryset=User.objects.none())
    chair = forms.ModelChoiceField(label=_("Formand for den interne gruppe"), queryset=User.objects.none())

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Membership.objects.filter(municipality_id=by.municipality_id, last_date=None)
        everybody = User.objects.filter(pk__in=posts.values("user_id")).order_by("name")
        self.fields["chair"].queryset = everybody  # type: ignore[attr-defined]
        money = posts.filter(role=Role.FINANCE).values("user_id")
        self.fields["finance"].queryset = everybody.filter(pk__in=money)  # type: ignore[attr-defined]


class PercentField(forms.FloatField):
    """A share typed as per cent: 12 or 12,5 or 12 %."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}))
        super().__init__(min_value=0, max_value=100, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("%", "").strip().replace(",", ".")
        return super().to_python(value)


GRADES = [
    ("A", _("A: lodtrækning")),
    ("B", _("B: registre med kontrolgruppe")),
    ("C", _("C: før og efter")),
    ("D", _("D: vores skøn")),
]
PROGRAMMES = [
    ("praktik", _("Praktik")),
    ("mentor", _("Mentor")),
    ("stu", _("STU")),
    ("beskyttet", _("Beskyttet beskæftigelse")),
]
SUPPORT = ("KOM.BESK", "KOM.SOC", "REG", "STAT.JM")


class CaseForm(Form):
    """One programme as people speak of it; the rest of the method stands on the account's own page."""

    title = forms.CharField(label=_("Hvad hedder indsatsen?"), max_length=150)
    participants = forms.IntegerField(
        label=_("Hvor mange deltager?"),
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    type = forms.ChoiceField(label=_("Hvilken slags forløb?"), choices=PROGRAMMES)
    weeks = forms.IntegerField(
        label=_("Hvor mange uger varer det?"),
        min_value=0,
        max_value=260,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    cost_per_participant = KronerField(
        label=_("Hvad koster det pr. deltager?"), help_text=_("Kroner for hele forløbet.")
    )
    cost_payer = forms.ChoiceField(label=_("Hvilken forvaltning betaler?"))
    success = PercentField(label=_("Hvor mange er i job, når det slutter? Procent"))
    base_rate = PercentField(
        label=_("Hvor mange var kommet i job alligevel inden for et år? Procent"),
        help_text=_(
            "KORA fandt 10-15 procent blandt nogle af de mest udsatte. Uden et bud kan der ikke regnes."
        ),
    )
    evidence = forms.ChoiceField(label=_("Hvor godt ved I det?"), choices=GRADES, initial="D")
    half_life_weeks = forms.IntegerField(
        label=_("Hvor mange uger går der, før halvdelen af jobbene er slut?"),
        min_value=4,
        max_value=520,
        initial=104,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    displacement = PercentField(label=_("Hvor stor en del af jobbene tages fra andre? Procent"), initial=20)
    wage_year = KronerField(label=_("Løn om året i jobbet"), min_value=1, initial=300_000)
    benefit = forms.ChoiceField(label=_("Hvilken ydelse får de nu?"), initial="kontanthjaelp_forhoejet")
    benefit_weeks_before = forms.IntegerField(
        label=_("Hvor mange uger har de fået den?"),
        min_value=0,
        max_value=2_000,
        initial=104,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    horizon_years = forms.IntegerField(
        label=_("Hvor mange år skal der regnes?"),
        min_value=1,
        max_value=10,
        initial=5,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = valuing.pack()
        own = departments.labels(departments.in_force(by.municipality_id))
        payers = [(a.code, own.get(a.code) or a.department) for a in departments.accounts()]
        self.fields["cost_payer"].choices = payers  # type: ignore[attr-defined]
        benefits = {
            row.key.removeprefix("benefit.").removesuffix(".month"): row.label_da
            for row in pack.rows
            if row.key.startswith("benefit.") and row.key.endswith(".month")
        }
        self.fields["benefit"].choices = list(benefits.items())  # type: ignore[attr-defined]
        for code in SUPPORT:
            self.fields[_support(code)] = KronerField(
                label=own.get(code) or pack.accounts[code].department, required=False, initial=0
            )

    @property
    def support(self) -> list[forms.BoundField]:
        """What each full job-year saves besides the benefit."""
        return [self[_support(code)] for code in SUPPORT]

    def raw(self, before: dict[str, Any] | None = None) -> dict[str, Any]:
        """The case as the core reads it; what this form does not ask stays as it was."""
        said = self.cleaned_data
        plain = ("title", "participants", "type", "weeks", "cost_per_participant", "cost_payer", "half_life_weeks",
                 "wage_year", "benefit", "benefit_weeks_before", "horizon_years", "evidence")  # fmt: skip
        told: dict[str, Any] = {name: said[name] for name in plain}
        told |= {name: said[name] / 100 for name in ("success", "base_rate", "displacement")}
        saved = {code: said[_support(code)] for code in SUPPORT if said[_support(code)]}
        return {**(before or {}), **told, "per_job_year": saved, "discount_rate": 0.035}


def initial_of(raw: dict[str, Any]) -> dict[str, Any]:
    """The form's fields from a case that this form wrote."""
    shares: dict[str, Any] = {
        name: round(100 * raw[name], 4) for name in ("success", "base_rate", "displacement") if name in raw
    }
    support = {_support(code): amount for code, amount in raw.get("per_job_year", {}).items()}
    return {**raw, **shares, **support}


def _support(code: str) -> str:
    return "saves_" + code.lower().replace(".", "_")
