# SPDX-License-Identifier: MPL-2.0
"""Uploading a list and saying which column holds what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.directory.importing import FIELDS, Field
from indgang.directory.importing.columns import MUST_HAVE_ONE
from indgang.kernel.ui.forms import Form


class UploadForm(Form):
    list = forms.FileField(
        label=_("Jeres liste"),
        help_text=_("Excel (.xlsx) eller CSV. Overskrifterne må hedde hvad som helst."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Vælg en fil.")},
    )


class ColumnsForm(Form):
    """One choice of column per field; 'what they sell' may be read from up to three."""

    known: tuple[Field, ...] = FIELDS
    one_of: tuple[str, ...] = MUST_HAVE_ONE

    def __init__(
        self, *args: Any, headers: Sequence[str], columns: Mapping[str, Sequence[int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Findes ikke i listen"))]
        choices += [
            (str(n), header or _("Kolonne %(n)d uden overskrift") % {"n": n + 1})
            for n, header in enumerate(headers)
        ]
        for field in self.known:
            chosen = list(columns.get(field.key, ()))
            for turn in range(3 if field.many else 1):
                label: Any = field.label if turn == 0 else _("… og fra")
                self.fields[_name(field.key, turn)] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    required=False,
                    initial=str(chosen[turn]) if turn < len(chosen) else "",
                )

    def columns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for field in self.known:
            told = [
                self.cleaned_data.get(_name(field.key, turn), "") for turn in range(3 if field.many else 1)
            ]
            numbers = list(dict.fromkeys(int(number) for number in told if number))
            if numbers:
                found[field.key] = numbers
        return found

    @property
    def must(self) -> list[forms.BoundField]:
        """Those without which no line becomes a draft."""
        keys = {field.key for field in self.known if field.must} | set(self.one_of)
        return [self[name] for name in self.fields if name.partition("-")[0] in keys]

    @property
    def rest(self) -> list[forms.BoundField]:
        must = {field.name for field in self.must}
        return [self[name] for name in self.fields if name not in must]


def _name(key: str, turn: int) -> str:
    return key if turn == 0 else f"{key}-{turn}"
