# SPDX-License-Identifier: MPL-2.0
"""Forms that look like the design system, refuse CPR numbers, and show a refused action where it belongs."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from indgang.core.text import Refused
from indgang.kernel.access import translated

CPR_REFUSED = _(
    "Her står noget, der ligner et CPR-nummer. Fjern det: Indgang gemmer ikke CPR-numre,"
    " og vi skal ikke bruge det for at hjælpe."
)


REQUIRED = _("Udfyld feltet.")
CLOCKS_MOVE = _(
    "Den nat bliver uret stillet, så klokkeslættet findes ikke eller findes to gange. Vælg et andet."
)


class DesignSystemRenderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class Form(forms.Form):
    """The base of every form. Free text with a CPR number is refused; the value is not echoed or logged.

    A field with `is_identifier` judges its own format instead: P-numbers have ten digits too.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            is_free_text = isinstance(value, str) and not getattr(self.fields[name], "is_identifier", False)
            if is_free_text and looks_like_cpr(value):
                self.add_error(name, ValidationError(CPR_REFUSED, code="cpr"))

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Show an action's refusal in the form, with everything that was typed."""
        self.add_error(field, translated(refusal))


def looks_like_cpr(text: str) -> bool:
    """Whether free text holds a CPR number."""
    from indgang.core.cpr import holds_cpr

    return holds_cpr(text)


class KronerField(forms.IntegerField):
    """Whole kroner as Danes write them: 36.000 or 36000 or 36.000,00 kr."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 2_000_000_000)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.lower().removesuffix("kr.").removesuffix("kr").strip()
            plain = value.replace(" ", "").replace("\u00a0", "")
            if re.fullmatch(r"\d{1,3}(,\d{3})+", plain):  # 36,000 as the English write it
                plain = plain.replace(",", "")
            whole, _comma, rest = plain.partition(",")
            if rest.strip("0-"):
                raise ValidationError(_("Skriv hele kroner, fx 36.000."), code="invalid")
            value = whole.replace(".", "")
        try:
            return super().to_python(value)
        except ValidationError as trouble:
            raise ValidationError(_("Skriv et beløb i hele kroner, fx 36.000."), code="invalid") from trouble


class OereField(forms.Field):
    """An amount with øre, kept as whole øre: 13,50 becomes 1350."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = (
            str(value or "")
            .lower()
            .removesuffix("kr.")
            .removesuffix("kr")
            .replace(" ", "")
            .replace("\u00a0", "")
        )
        if not text:
            return None
        if re.fullmatch(r"\d+\.\d{1,2}", text):  # 13.50 as the English write it
            text = text.replace(".", ",")
        if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d{1,2}", text):
            text = text.replace(",", "").replace(".", ",")
        whole, _comma, rest = text.replace(".", "").partition(",")
        if not whole.isdigit() or (rest and not rest.isdigit()) or len(rest) > 2 or len(whole) > 10:
            raise ValidationError(_("Skriv et beløb i kroner og øre, fx 13,50."), code="invalid")
        return int(whole) * 100 + int((rest + "00")[:2])

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value


class DayField(forms.DateField):
    """A date with the browser's own picker; also accepts what people type."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
        )
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"])
        super().__init__(**kwargs)


class MomentField(forms.DateTimeField):
    """A date and a time of day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"),
        )
        kwargs.setdefault(
            "input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"]
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as trouble:
            if getattr(trouble, "code", "") != "ambiguous_timezone":
                raise
            raise ValidationError(CLOCKS_MOVE, code="ambiguous_timezone") from trouble
