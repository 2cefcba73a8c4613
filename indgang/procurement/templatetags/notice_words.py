# SPDX-License-Identifier: MPL-2.0
"""Amounts, deadlines and periods of published notices, in words."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indgang.core.notices.call import Deadline, Gate
from indgang.core.notices.codes import label
from indgang.core.notices.notice import Money, Period
from indgang.procurement.notices.pages import Lot, language

register = template.Library()
ONE_MILLION = 1_000_000


@register.filter
def money(value: Money | None) -> str:
    """380.000 kr. as it stands; from a million on 4,2 mio. kr. Other currencies keep their letters."""
    if value is None:
        return ""
    unit = "kr." if value.currency == "DKK" else value.currency
    if value.amount >= ONE_MILLION:
        millions = (value.amount / ONE_MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
        places = 0 if millions == millions.to_integral_value() else 1
        return (
            f"{number_format(millions, decimal_pos=places, force_grouping=True)}\u00a0{_('mio.')}\u00a0{unit}"
        )
    return f"{number_format(value.amount, decimal_pos=0, force_grouping=True)}\u00a0{unit}"


@register.filter
def gate(deadline: Deadline | None) -> str:
    """What the deadline is for."""
    if deadline is None:
        return ""
    words = {
        Gate.TENDER: _("Send tilbud senest"),
        Gate.REQUEST: _("Søg om at måtte byde senest"),
        Gate.INTEREST: _("Meld jer senest"),
    }
    return words[deadline.gate]


@register.filter
def period(value: Period | None) -> str:
    """24 måneder; or 1. maj 2027 til 30. april 2029."""
    if value is None:
        return ""
    if value.duration is not None:
        return _length(value.duration.number, value.duration.unit)
    first = date_format(value.first_date, "DATE_FORMAT") if value.first_date else ""
    last = date_format(value.last_date, "DATE_FORMAT") if value.last_date else ""
    if first and last:
        return _("%(first)s til %(last)s") % {"first": first, "last": last}
    return (
        _("fra %(first)s") % {"first": first} if first else _("til %(last)s") % {"last": last} if last else ""
    )


def _length(number: int, unit: str) -> str:
    if unit == "YEAR":
        return ngettext("%(number)d år", "%(number)d år", number) % {"number": number}
    if unit == "MONTH":
        return ngettext("%(number)d måned", "%(number)d måneder", number) % {"number": number}
    if unit == "WEEK":
        return ngettext("%(number)d uge", "%(number)d uger", number) % {"number": number}
    if unit == "DAY":
        return ngettext("%(number)d dag", "%(number)d dage", number) % {"number": number}
    return f"{number} {unit}"


@register.filter
def meaning(code: str, codelist: str) -> str:
    """The plain words for a code."""
    return label(codelist, code, language()) if code else ""


@register.filter
def meanings(codes: tuple[str, ...], codelist: str) -> str:
    """The plain words for several codes, with commas."""
    return ", ".join(label(codelist, code, language()) for code in dict.fromkeys(codes))


@register.filter
def lot_numbers(references: Iterable[str], lots: Sequence[Lot]) -> str:
    """Lots by their numbers: 'delaftale 1', 'delaftale 1 og 3'; empty when there is only one lot."""
    numbers = [str(lot.number) for lot in lots if lot.lot.reference in set(references)]
    if len(lots) < 2 or not numbers:
        return ""
    listed = " ".join([", ".join(numbers[:-1]), _("og"), numbers[-1]]) if len(numbers) > 1 else numbers[0]
    return _("delaftale %(numbers)s") % {"numbers": listed}


@register.filter
def is_soon(deadline: Deadline | None) -> bool:
    """A week or less is left."""
    return deadline is not None and 0 <= (deadline.at - timezone.now()).total_seconds() < 7 * 24 * 3600
