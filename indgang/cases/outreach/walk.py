# SPDX-License-Identifier: MPL-2.0
"""The visit itself as one form: the place, each typical task of the industry, and tasks in own words.

Every row carries an id that stays with the draft on the device, so that the same row is never kept twice.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from indgang.cases.outreach.forms import hours, number
from indgang.cases.outreach.record import Draft, Seen, Staffing
from indgang.core.enquiry.health import health_words
from indgang.core.outreach.library import Industry, TypicalTask
from indgang.kernel.ui.forms import Form

OWN_ROWS = 3


class HeadForm(Form):
    """What belongs to the visit as a whole."""

    client_id = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-client-id": ""}))
    ordinary = number(
        _("Ordinært ansatte på stedet"),
        help_text=_("Uden løntilskud, og ikke dem, der kun er der en kort tid."),
    )
    in_places = number(_("I praktik og løntilskud nu"))
    fleksjobs = number(_("I fleksjob nu"))
    monthly = forms.CharField(
        label=_("Ansatte i hver af de seneste 12 måneder"),
        required=False,
        max_length=120,
        help_text=_("Tolv tal med mellemrum. Kun når I taler om løntilskud."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("Note til kolleger"),
        required=False,
        max_length=2000,
        help_text=_("Virksomheden ser den ikke. Intet om en persons helbred."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    monthly.is_identifier = True  # type: ignore[attr-defined]

    def clean_monthly(self) -> tuple[int, ...]:
        parts = self.cleaned_data["monthly"].replace(",", " ").split()
        if not parts:
            return ()
        if len(parts) != 12 or not all(part.isdecimal() and len(part) < 6 for part in parts):
            raise forms.ValidationError(_t("Skriv tolv hele tal med mellemrum, eller lad feltet stå tomt."))
        return tuple(int(part) for part in parts)

    def clean_note(self) -> str:
        return without_health(self.cleaned_data["note"])


class SeenForm(Form):
    """One task. It counts when it is ticked, or when somebody has named it."""

    client_id = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-client-id": ""}))
    here = forms.BooleanField(required=False, label=_("Den har de"))
    title = forms.CharField(required=False, max_length=120, label=_("Hvad er opgaven?"))
    hours = hours(_("Timer om ugen"))
    volume = forms.CharField(
        required=False,
        max_length=200,
        label=_("Omfang"),
        help_text=_("Fx 400 poser om ugen, mest om mandagen."),
    )
    skills = forms.CharField(required=False, max_length=200, label=_("Hvad skal man kunne?"))
    considerations = forms.CharField(
        required=False,
        max_length=200,
        label=_("Hvad kan der tages hensyn til?"),
        help_text=_("Fx fast plads, ro, korte vagter."),
    )
    quality = forms.CharField(required=False, max_length=200, label=_("Hvornår er den løst godt?"))
    safety = forms.CharField(required=False, max_length=200, label=_("Sikkerhed"))

    def __init__(self, *args: Any, typical: TypicalTask | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typical = typical
        if typical is not None:
            del self.fields["title"]
        else:
            del self.fields["here"]

    @property
    def is_seen(self) -> bool:
        return bool(self.cleaned_data.get("here") or self.cleaned_data.get("title", "").strip())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("title", "volume", "skills", "considerations", "quality", "safety"):
            try:
                without_health(said.get(name) or "")
            except forms.ValidationError as trouble:
                self.add_error(name, trouble)
        return said

    def seen(self) -> Seen:
        said = self.cleaned_data
        return Seen(
            client_id=said["client_id"],
            title=self.typical.title if self.typical else said["title"],
            library_key=self.typical.key if self.typical else "",
            hours=said["hours"] or None,
            skills=said["skills"],
            volume=said["volume"],
            considerations=said["considerations"],
            quality=said["quality"],
            safety=said["safety"],
        )


class Walk:
    """All forms of a visit to one industry, filled in beforehand from the library. What was `seen` before is left out."""

    def __init__(
        self,
        industry: Industry,
        data: Mapping[str, Any] | None = None,
        *,
        seen: Collection[str] = (),
        **start: object,
    ) -> None:
        self.industry = industry
        self.head = HeadForm(data, prefix="besoeg", initial={"client_id": uuid4(), **start})
        self.typical = [self._typical(task, data) for task in industry.tasks if task.key not in seen]
        self.own = [
            SeenForm(data, prefix=f"egen{place}", initial={"client_id": uuid4()})
            for place in range(1, OWN_ROWS + 1)
        ]

    def _typical(self, task: TypicalTask, data: Mapping[str, Any] | None) -> SeenForm:
        start = {
            "client_id": uuid4(), "hours": task.hours, "skills": task.skills, "considerations": task.considerations
        }  # fmt: skip
        return SeenForm(data, prefix=task.key, initial=start, typical=task)

    @property
    def forms(self) -> list[Form]:
        return [self.head, *self.typical, *self.own]

    def is_valid(self) -> bool:
        """Whether everything holds; asked of every form, so that all faults are shown at once."""
        faults = [form for form in self.forms if not form.is_valid()]
        return not faults

    @property
    def faults(self) -> bool:
        return any(form.is_bound and form.errors for form in self.forms)

    def draft(self) -> Draft:
        """What was filled in, once it is valid."""
        said = self.head.cleaned_data
        return Draft(
            client_id=said["client_id"],
            industry=self.industry.key,
            tasks=tuple(form.seen() for form in [*self.typical, *self.own] if form.is_seen),
            staffing=Staffing(said["ordinary"], said["in_places"], said["fleksjobs"], said["monthly"]),
            note=said["note"],
        )


def without_health(text: str) -> str:
    """The text, or an error when it speaks of one person's health."""
    words = health_words(text)
    if words:
        raise forms.ValidationError(
            _t(
                "Her må der ikke stå noget om en persons helbred (%(words)s). Skriv, hvad arbejdspladsen kan tage hensyn til."
            )
            % {"words": ", ".join(words)}
        )
    return text
