# SPDX-License-Identifier: MPL-2.0
"""Editing a decision record, asking a colleague to stand behind a decision, and standing behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.forms.staff import colleagues
from indgang.guidance.drafting import EDITABLE
from indgang.guidance.models import RecordVersion
from indgang.guidance.permissions import SECONDS
from indgang.kernel.access import Principal
from indgang.kernel.models import Membership, User
from indgang.kernel.ui.forms import Form


class RecordForm(Form):
    """The chosen route, the words of each section, and what somebody has seen to."""

    def __init__(
        self, *args: Any, row: RecordVersion, routes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"] = forms.ChoiceField(label=_("Vi har valgt"), choices=routes, initial=row.route)
        for section in row.sections:
            if section["key"] in EDITABLE:
                lines = section["text"].count("\n") + len(section["text"]) // 90
                self.fields[section["key"]] = forms.CharField(
                    label=section["title"],
                    initial=section["text"],
                    max_length=20_000,
                    required=section["key"] in ("case", "facts", "route"),
                    widget=forms.Textarea(attrs={"rows": min(14, max(3, lines + 1))}),
                )
            elif section["key"] == "checks":
                self.fields["checks"] = forms.MultipleChoiceField(
                    label=section["title"],
                    choices=[(str(n), _checked(item)) for n, item in enumerate(section["items"])],
                    initial=[str(n) for n, item in enumerate(section["items"]) if item["by"]],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    help_text=_("Alle skal være set efter, før notatet kan skrives under."),
                )

    def texts(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in EDITABLE if key in self.cleaned_data}

    def seen_to(self) -> list[int]:
        return [int(number) for number in self.cleaned_data.get("checks", ())]


def _checked(item: Mapping[str, str]) -> str:
    return f"{item['text']} ({item['by']}, {item['at']})" if item["by"] else item["text"]


class OverrideForm(Form):
    reason = forms.CharField(
        label=_("Hvorfor gør I det alligevel?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Begrundelsen bliver en del af sagen og af beslutningsnotatet."),
    )
    second: Any = forms.ModelChoiceField(
        label=_("Hvem skal stå bag sammen med dig?"),
        queryset=User.objects.none(),
        empty_label=_("Vælg"),
        help_text=_("Det skal være en anden end dig selv."),
    )

    def __init__(self, *args: Any, by: Principal, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trusted = Membership.objects.filter(municipality_id=by.municipality_id, role__in=SECONDS)
        field = self.fields["second"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            colleagues(by.municipality_id, today=today)
            .filter(pk__in=trusted.values("user_id"))
            .exclude(pk=by.user_id)
        )


class BackForm(Form):
    remark = forms.CharField(label=_("Bemærkning"), max_length=300, required=False)
