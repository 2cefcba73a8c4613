# SPDX-License-Identifier: MPL-2.0
"""A CPV code as people write it."""

from typing import Any

from django import forms

from indgang.core.law.cpv import read_code
from indgang.core.text import Refused
from indgang.kernel.access import translated


class CpvField(forms.CharField):
    """Eight digits of the CPV list, a check digit allowed; '' when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return read_code(text)[0] if text else ""
        except Refused as refusal:
            raise forms.ValidationError(translated(refusal)) from refusal
