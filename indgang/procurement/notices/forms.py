# SPDX-License-Identifier: MPL-2.0
"""The filter over notices, and the form that sends one on."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from indgang.core.notices.call import EXECUTION, PUBLIC_SERVICE, SOCIAL, WORKSHOPS
from indgang.core.notices.codes import lists
from indgang.core.notices.groups import groups
from indgang.core.notices.places import provinces, regions
from indgang.directory.models import Organisation
from indgang.kernel.ui.forms import Form
from indgang.procurement.models import Notice, NoticeMatch
from indgang.procurement.notices.queries import with_words

RESERVED = (WORKSHOPS, PUBLIC_SERVICE, EXECUTION)
ANY = "alle"
SOON = {"14": 14, "30": 30}


class FilterForm(Form):
    """What a reader looks for. A notice that says nothing of its place is shown wherever one looks."""

    q = forms.CharField(label=_("Søg med ord"), required=False, max_length=200)
    sted = forms.ChoiceField(label=_("Hvor"), required=False)
    slags = forms.ChoiceField(label=_("Hvad"), required=False)
    forbeholdt = forms.ChoiceField(
        label=_("Forbeholdt"),
        required=False,
        choices=[
            ("", _("Alle udbud")),
            (ANY, _("Kun forbeholdte")),
            (WORKSHOPS, _("Beskyttede værksteder")),
            (PUBLIC_SERVICE, _("Offentlig serviceopgave")),
            (EXECUTION, _("Beskyttet beskæftigelse")),
        ],
    )
    maal = forms.ChoiceField(label=_("Socialt mål"), required=False)
    frist = forms.ChoiceField(
        label=_("Frist"),
        required=False,
        choices=[
            ("", _("Alle frister")),
            ("14", _("Inden 14 dage")),
            ("30", _("Inden 30 dage")),
            ("senere", _("Om mere end 14 dage")),
        ],
    )
    vores = forms.BooleanField(label=_("Kun dem, vores virksomheder kan løse"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        danish = get_language() != "en"
        places = [(code, area.danish if danish else area.english) for code, area in regions().items()]
        parts = [(code, f"– {area.danish if danish else area.english}") for code, area in provinces().items()]
        self._choose("sted", _("Hele landet"), sorted(places + parts, key=lambda choice: choice[0]))
        self._choose(
            "slags", _("Alt"), [(key, one.danish if danish else one.english) for key, one in groups().items()]
        )
        social = [(code, words[0 if danish else 1]) for code, words in lists()["social-objective"].items()]
        self._choose("maal", _("Alle udbud"), [(ANY, _("Med et socialt mål")), *social])

    def _choose(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.values())

    def narrow(
        self, notices: QuerySet[Notice], *, now: datetime, ours: QuerySet[Organisation]
    ) -> QuerySet[Notice]:
        """The notices that pass."""
        said = self.cleaned_data
        if said.get("sted"):
            here = [code for code in provinces() if code.startswith(said["sted"])]
            notices = notices.filter(Q(places__overlap=here) | Q(places=[]))
        if said.get("slags"):
            notices = notices.filter(groups__contains=[said["slags"]])
        if said.get("forbeholdt"):
            wanted = RESERVED if said["forbeholdt"] == ANY else (said["forbeholdt"],)
            notices = notices.filter(marks__overlap=list(wanted))
        if said.get("maal"):
            codes = lists()["social-objective"] if said["maal"] == ANY else [said["maal"]]
            notices = notices.filter(marks__overlap=[SOCIAL + code for code in codes])
        if said.get("frist") in SOON:
            notices = notices.filter(closes_at__lte=now + timedelta(days=SOON[said["frist"]]))
        elif said.get("frist"):
            notices = notices.filter(Q(closes_at__gt=now + timedelta(days=14)) | Q(closes_at=None))
        if said.get("vores"):
            notices = notices.filter(
                pk__in=NoticeMatch.objects.filter(organisation__in=ours).values("notice")
            )
        return with_words(notices, said["q"]) if said.get("q") else notices


class ForwardForm(Form):
    """To somebody the list did not name, with a word along."""

    organisation = forms.ModelChoiceField(
        label=_("Virksomhed"), queryset=Organisation.objects.none(), empty_label=_("Vælg en virksomhed")
    )
    note = forms.CharField(
        label=_("Et ord med på vejen"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Virksomheden ser det på siden her, ikke i mailen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Organisation.objects.exclude(published_at=None).filter(closed_at=None).order_by("sort_key")
        )
