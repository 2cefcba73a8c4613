# SPDX-License-Identifier: MPL-2.0
"""Small words for templates: icons, amounts, times, attributes of a field."""

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indgang.core.text import Reason

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the design system; without `label` it is decoration and hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="icon-svg" role="img" aria-label="{}" focusable="false"><use href="{}#{}"></use></svg>',
            label,
            _sprite(),
            name,
        )
    return format_html(
        '<svg class="icon-svg" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        _sprite(),
        name,
    )


@cache
def _sprite() -> str:
    return staticfiles_storage.url("vendor/dkfds/img/all-svg-icons.svg")


@register.filter
def kr(amount: int | None) -> str:
    """Whole kroner: 36.000 kr."""
    return "" if amount is None else f"{number_format(amount, force_grouping=True)}\u00a0kr."


@register.filter
def oere(amount: int | None) -> str:
    """Øre as kroner with two decimals: 1350 becomes 13,50 kr."""
    if amount is None:
        return ""
    return f"{number_format(amount / 100, decimal_pos=2, force_grouping=True)}\u00a0kr."


@register.filter
def say(reason: Reason) -> str:
    """A reason of the core in the reader's language."""
    sentence = _(reason.msgid)
    return sentence % reason.values if reason.values else sentence


@register.filter
def when(moment: datetime | None) -> str:
    """A moment said briefly: 'i dag kl. 12.00', 'i morgen kl. 9.00', 'mandag 10. maj kl. 12.00'."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    if days in (0, 1, -1):
        day = {0: _("i dag"), 1: _("i morgen"), -1: _("i går")}[days]
    else:
        day = date_format(local, "l") + " "
        day += date_format(
            local, "MONTH_DAY_FORMAT" if local.year == timezone.localdate().year else "DATE_FORMAT"
        )
    return _("%(day)s kl. %(clock)s") % {"day": day, "clock": date_format(local, "TIME_FORMAT")}


@register.filter
def left(moment: datetime | None) -> str:
    """How long there is: 'om 3 dage', 'i dag', '2 dage over'."""
    if moment is None:
        return ""
    days = (timezone.localtime(moment).date() - timezone.localdate()).days
    if days == 0:
        return _("i dag") if moment >= timezone.now() else _("fristen er gået")
    if days > 0:
        return ngettext("om %(days)d dag", "om %(days)d dage", days) % {"days": days}
    return ngettext("%(days)d dag over", "%(days)d dage over", -days) % {"days": -days}


@register.filter
def is_late(moment: datetime | None) -> bool:
    return moment is not None and moment < timezone.now()


@register.filter
def control(field: BoundField) -> str:
    """Which kind of control a field is drawn with."""
    widget = field.field.widget
    kinds: list[tuple[type[Any], str]] = [
        (CheckboxSelectMultiple, "checkboxes"),
        (RadioSelect, "radios"),
        (CheckboxInput, "checkbox"),
        (Select, "select"),
        (Textarea, "textarea"),
        (FileInput, "file"),
    ]
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


@register.filter
def drawn(field: BoundField) -> SafeString:
    """The control with the design system's class."""
    names = {"select": "form-select", "checkbox": "form-checkbox", "file": "form-input"}
    css = names.get(control(field), "form-input")
    given = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {given}".strip()})


@register.filter
def drawn_option(option: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group, with the design system's class."""
    kind = "form-radio" if option.data.get("type") == "radio" else "form-checkbox"
    option.data["attrs"]["class"] = kind
    return option.tag()
