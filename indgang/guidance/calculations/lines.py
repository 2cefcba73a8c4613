# SPDX-License-Identifier: MPL-2.0
"""A field for a short list: one thing per line, its parts divided by semicolons, as one would paste it from a sheet."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from indgang.kernel.ui.forms import CPR_REFUSED, DayField, KronerField, looks_like_cpr

MOST_LINES = 200


def a_text(part: str) -> str:
    if not part:
        raise ValidationError(_("Der mangler et navn."))
    if looks_like_cpr(part):
        raise ValidationError(CPR_REFUSED)
    return part[:100]


def an_amount(part: str) -> int:
    """Whole kroner or euro, nought or more."""
    amount: int = KronerField().clean(part)
    return amount


def a_day(part: str) -> date:
    day: date = DayField().clean(part)
    return day


class LinesField(forms.CharField):
    """Cleans to a list of tuples. `parts` are readers, one per column; an empty field is an empty list."""

    def __init__(self, *, parts: Sequence[Callable[[str], Any]], **kwargs: Any) -> None:
        self.parts = tuple(parts)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "class": "lines"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Højst %(count)d linjer ad gangen.") % {"count": MOST_LINES})
        if self.required and not lines:
            raise ValidationError(self.error_messages["required"])
        return [self._read(number, line) for number, line in lines]

    def _read(self, number: int, line: str) -> tuple[Any, ...]:
        cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
        if len(cells) != len(self.parts):
            raise ValidationError(
                _("Linje %(number)d skal have %(count)d dele med semikolon imellem.")
                % {"number": number, "count": len(self.parts)}
            )
        try:
            return tuple(read(cell) for read, cell in zip(self.parts, cells, strict=True))
        except ValidationError as trouble:
            said = " ".join(trouble.messages)
            raise ValidationError(
                _("Linje %(number)d: %(said)s") % {"number": number, "said": said}
            ) from trouble
