# SPDX-License-Identifier: MPL-2.0
"""A notice as plain JSON values and back; what is empty is left out.

Amounts are strings (`"1500000.00"`), moments and days ISO 8601, parts of a notice lists of objects.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from indgang.core.notices.fields import ALL
from indgang.core.notices.notice import Duration, Money, Notice, Period
from indgang.core.notices.paths import Part

Plain = dict[str, Any]


def as_plain(notice: Notice) -> Plain:
    """Values that `json.dumps` takes."""
    return _object(notice)


def from_plain(plain: Plain) -> Notice:
    """The notice that `as_plain` was given. Names that we do not know are passed over."""
    notice = _made(Notice, plain)
    assert isinstance(notice, Notice)
    return notice


def _object(thing: Any) -> Plain:
    named = ((name, getattr(thing, name), default) for name, default in _DEFAULTS[type(thing)].items())
    return {name: _value(value) for name, value, default in named if value != default}


def _value(value: Any) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, Money):
        return [str(value.amount), value.currency]
    if isinstance(value, Period):
        return [_value(part) if part is not None else None for part in value]
    if isinstance(value, Duration):
        return list(value)
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _object(value)


# The attributes of each kind of part, and what each holds when the notice does not say.
_DEFAULTS: dict[type, Plain] = {
    kind: {field.name: field.default for field in fields(kind)} for _name, kind, _table in ALL
}


def _money(value: list[str]) -> Money:
    return Money(Decimal(value[0]), value[1])


def _period(value: list[Any]) -> Period:
    length, first, last = value
    return Period(
        Duration(*length) if length else None,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


_MOMENTS = ("dispatched_at", "tenders_until", "requests_until", "interest_until", "questions_until")
_SPECIAL: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_MOMENTS, datetime.fromisoformat),
    "value": _money,
    "framework_maximum": _money,
    "total_value": _money,
    "period": _period,
    "publication_date": date.fromisoformat,
    "signed_date": date.fromisoformat,
}


@cache
def _parts(kind: type) -> dict[str, type]:
    """Attributes of a kind that hold parts, and what the parts are."""
    table = next(table for _name, one, table in ALL if one is kind)
    return {
        field.name: field.make for field in table if isinstance(field, Part) and isinstance(field.make, type)
    }


def _made(kind: type, plain: Plain) -> Any:
    parts, values = _parts(kind), {}
    for name in _DEFAULTS[kind]:
        if name not in plain:
            continue
        value = plain[name]
        if name in parts:
            values[name] = tuple(_made(parts[name], item) for item in value)
        elif name in _SPECIAL:
            values[name] = _SPECIAL[name](value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)
