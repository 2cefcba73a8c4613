# SPDX-License-Identifier: MPL-2.0
"""One value as a person wrote it, turned into what its fact holds; or refused in a sentence that names the fact."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from indgang.core.law import cpv
from indgang.core.law.fact import FactSpec
from indgang.core.law.sentence import number
from indgang.core.text import Refused, gettext_noop

YES = frozenset({"yes", "ja", "true", "sand"})
NO = frozenset({"no", "nej", "false", "falsk"})
_DANISH_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?")

AMOUNT = gettext_noop("%(name)s er %(value)s. Skriv et beløb i kroner uden moms, fx 480000.")
ABOVE_ZERO = gettext_noop("%(name)s er %(value)s. Skriv et beløb i kroner, der er større end nul.")
NOT_NEGATIVE = gettext_noop("%(name)s er %(value)s. Skriv et beløb i kroner, der er nul eller større.")
MONTHS = gettext_noop("%(name)s er %(value)s. Skriv et antal måneder, fx 36.")
PERCENT = gettext_noop("%(name)s er %(value)s. Skriv en procent mellem 0 og 100.")
COUNT = gettext_noop("%(name)s er %(value)s. Skriv et helt antal.")
NUMBER = gettext_noop("%(name)s er %(value)s. Skriv et tal.")

Notes = list[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class Part:
    """A lot, or the part weighed under the small-lots rule."""

    value_dkk: float
    cpv_main: str | None


def parse_flag(value: object) -> bool | None:
    """yes, no, ja, nej, true or false in any case; None for anything else."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    return True if text in YES else False if text in NO else None


def parse_date(value: object, name: str) -> date:
    """A day from a date or a text like 2026-09-01."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Refused(
            "%(name)s er %(value)s. Skriv en dato som 2026-09-01.", name=name, value=value
        ) from None


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like this one."""
    candidates = list(known)
    return (get_close_matches(name, candidates, n=1, cutoff=0.0) or candidates)[0]


def _choice(spec: FactSpec, value: object, notes: Notes) -> object:
    values = [*spec.words(), "unknown"]
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if spec.name == "kgi" and (flag := parse_flag(value)) is not None:
        return "yes" if flag else "no"
    text = str(value).strip()
    if text not in values:
        raise Refused(
            "%(name)s kan ikke være %(value)s. Den nærmeste er %(near)s; vælg mellem %(values)s.",
            name=spec.name,
            value=text,
            near=nearest(text, values),
            values=", ".join(values),
        )
    return text


def _flag(spec: FactSpec, value: object, notes: Notes) -> object:
    found = parse_flag(value)
    if found is None:
        raise Refused(
            "%(name)s skal være ja eller nej (true eller false), ikke %(value)s.", name=spec.name, value=value
        )
    return found


def parse_amount(spec: FactSpec, value: object) -> float:
    """Kroner; whole kroner stay whole."""
    amount = _number(spec.name, value, AMOUNT)
    if amount < spec.minimum:
        raise Refused(ABOVE_ZERO if spec.minimum else NOT_NEGATIVE, name=spec.name, value=value)
    if isinstance(value, float) and 0 < amount < 1000:  # 520.000 in YAML and JSON is five hundred and twenty
        raise Refused(
            "%(name)s er %(value)s kr. Er der skrevet punktum mellem tusinderne, så fjern det, fx 480000.",
            name=spec.name,
            value=number(amount),
        )
    return amount


def _amount(spec: FactSpec, value: object, notes: Notes) -> object:
    return parse_amount(spec, value)


def _months(spec: FactSpec, value: object, notes: Notes) -> object:
    months = _number(spec.name, value, MONTHS)
    if months <= 0:
        raise Refused(
            "%(name)s er %(value)s. Skriv antallet af måneder med forlængelser, eller null, når der ikke er en slutdato.",
            name=spec.name,
            value=value,
        )
    return months


def _percent(spec: FactSpec, value: object, notes: Notes) -> object:
    percent = _number(spec.name, value, PERCENT)
    if not 0 <= percent <= 100:
        raise Refused("%(name)s er %(value)s. Skriv en procent mellem 0 og 100.", name=spec.name, value=value)
    if 0 < percent < 1:
        notes.append(("small_share", {"share": percent}))
    return percent


def _count(spec: FactSpec, value: object, notes: Notes) -> object:
    count = _number(spec.name, value, COUNT)
    if count < 0 or count != int(count):
        raise Refused(
            "%(name)s er %(value)s. Skriv et helt antal, nul eller flere.", name=spec.name, value=value
        )
    return int(count)


def _positive(spec: FactSpec, value: object, notes: Notes) -> object:
    found = _number(spec.name, value, NUMBER)
    if found < 0:
        raise Refused(
            "%(name)s er %(value)s. Skriv et tal, der ikke er negativt.", name=spec.name, value=value
        )
    return found


def _date(spec: FactSpec, value: object, notes: Notes) -> object:
    return parse_date(value, spec.name)


def _cpv(spec: FactSpec, value: object, notes: Notes) -> object:
    code, with_digit = cpv.read_code(value)
    if with_digit:
        notes.append(("check_digit", {"cpv": str(value)}))
    return code


def _text(spec: FactSpec, value: object, notes: Notes) -> object:
    return str(value).strip()


def _number(name: str, value: object, sentence: str) -> float:
    """A number; `sentence` is what the refusal says."""
    if isinstance(value, str) and _DANISH_NUMBER.fullmatch(value.strip()):
        value = float(value.strip().replace(".", "").replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(sentence, name=name, value=value)
    return int(value) if value == int(value) else value


PARSERS: dict[str, Callable[[FactSpec, object, Notes], object]] = {
    "choice": _choice,
    "flag": _flag,
    "amount": _amount,
    "months": _months,
    "percent": _percent,
    "count": _count,
    "number": _positive,
    "date": _date,
    "cpv": _cpv,
    "text": _text,
}
