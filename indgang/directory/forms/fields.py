# SPDX-License-Identifier: MPL-2.0
"""Fields that enterprises and staff meet in several forms."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.core.text import Refused
from indgang.directory import numbers
from indgang.directory.places import all_municipalities, neighbours_of
from indgang.kernel.access import translated

MONTHS = [
    (1, _("januar")), (2, _("februar")), (3, _("marts")), (4, _("april")), (5, _("maj")), (6, _("juni")),
    (7, _("juli")), (8, _("august")), (9, _("september")), (10, _("oktober")), (11, _("november")),
    (12, _("december")),
]  # fmt: skip

_REGIONS: tuple[tuple[Promise, tuple[range | tuple[int, ...], ...]], ...] = (
    (_("Hovedstaden"), (range(101, 252), (260, 270, 400))),
    (_("Sjælland"), ((253, 259, 265, 269), range(306, 391))),
    (_("Syddanmark"), (range(410, 581), (607, 621, 630))),
    (_("Midtjylland"), ((615,), range(657, 767), (779, 791))),
    (_("Nordjylland"), ((773, 787), range(810, 861))),
)


class Group(NamedTuple):
    """Municipalities to tick under one heading; `is_near` ones are always in sight."""

    name: str
    members: list[tuple[int, str]]
    is_near: bool


def grouped_municipalities(first: int) -> list[Group]:
    """One's own municipality and those that lie on no map, the neighbours, then all the others by region."""
    everyone = all_municipalities()
    near = neighbours_of(first)
    mapped = {
        code for _name, spans in _REGIONS for code, _n in everyone if any(code in span for span in spans)
    }
    groups = [
        Group(str(_("Her")), [pair for pair in everyone if pair[0] == first or pair[0] not in mapped], True),
        Group(str(_("Naboer")), [pair for pair in everyone if pair[0] in near], True),
    ]
    shown = {code for group in groups for code, _n in group.members}
    for name, spans in _REGIONS:
        members = [p for p in everyone if p[0] not in shown and any(p[0] in span for span in spans)]
        groups.append(Group(str(name), members, False))
    return [group for group in groups if group.members]


class NumberField(forms.CharField):
    """A CVR or P-number: judged by `read`, which refuses with a sentence. Not free text, so no CPR check."""

    is_identifier = True

    def __init__(self, *, read: Callable[[str], str], **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"})
        )
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return self.read(text) if text else ""
        except Refused as refusal:
            raise ValidationError(translated(refusal), code="number") from refusal


def cvr_field(**kwargs: Any) -> NumberField:
    kwargs.setdefault("label", _("CVR-nummer"))
    return NumberField(read=numbers.cvr_number, required=False, max_length=20, **kwargs)


def p_number_field(**kwargs: Any) -> NumberField:
    kwargs.setdefault("label", _("P-nummer"))
    return NumberField(read=numbers.p_number, required=False, max_length=20, **kwargs)


def phone_field(**kwargs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "short"})
    return forms.CharField(label=kwargs.pop("label", _("Telefon")), max_length=20, widget=widget, **kwargs)


def email_field(**kwargs: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=kwargs.pop("label", _("E-mail")), widget=widget, **kwargs)


def website_field() -> forms.CharField:
    """An address with or without https:// in front."""
    return forms.CharField(
        label=_("Hjemmeside"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )


def clean_website(text: str) -> str:
    """The address with https:// when it has no scheme. Raises ValidationError when it is none."""
    from django.core.validators import URLValidator

    if not text:
        return ""
    address = text if text.startswith(("http://", "https://")) else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as trouble:
        raise ValidationError(
            _("Skriv adressen, som den står i browseren, fx rentord.dk."), code="invalid"
        ) from trouble
    return address
