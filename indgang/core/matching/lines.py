# SPDX-License-Identifier: MPL-2.0
"""Needs and offers as lines of JSON, and answers back again.

A broken line is a reason with its number; the good ones go on. A line that holds a personal number is broken:
it is refused with an explanation and its text is never repeated.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from indgang.core.cpr import holds_cpr
from indgang.core.matching.values import Answer, CpvSuggestion, Listing, Match, Need, Offer
from indgang.core.text import Reason, Refused, gettext_noop

Value = TypeVar("Value")

_CODE = re.compile(r"^(\d{8})(?:-\d)?$")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)")

HOLDS_CPR = gettext_noop(
    "Der står et CPR-nummer i teksten. Fjern det, og prøv igen: personnumre må ikke gemmes her."
    " Er det et P-nummer, så skriv »P-nummer« foran."
)
EMPTY_NEED = gettext_noop("Teksten er tom. Skriv med egne ord, hvad der skal laves, hvor og hvornår.")


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that could not be used: its number (from 1) and why, in Danish."""

    number: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Lines(Generic[Value]):
    """What was read, and what was not."""

    values: tuple[Value, ...]
    broken: tuple[BrokenLine, ...]


def read_needs(lines: Iterable[str]) -> Lines[Need]:
    """One JSON object a line: `id`, `text`, optional `place`, `value_dkk`, `cpv`, `months`, `per_week`, `days_until_start`."""
    return _read(lines, need_of)


def read_offers(lines: Iterable[str]) -> Lines[Offer]:
    """One JSON object a line: `id`, `name`, `municipality`, `offers` (a text, or one for each unrelated thing), optional
    `cpv`, `capacity_per_week`, `areas`, `target_groups`, `rsv`, `months`, `smallest_job_dkk`, `largest_job_dkk`,
    `lead_time_days`, `price`.
    """
    return _read(lines, offer_of)


def _read(lines: Iterable[str], make: Callable[[Mapping[str, Any]], Value]) -> Lines[Value]:
    values: dict[str, Value] = {}
    broken: list[BrokenLine] = []
    for number, line in enumerate(lines, 1):
        if not line.strip().strip("\ufeff"):
            continue
        try:
            fields = _fields(line)
            id = _id(fields)
            if id in values:
                raise Refused("id »%(id)s« er allerede brugt længere oppe.", id=id)
            values[id] = make(fields)
        except Refused as refusal:
            broken.append(BrokenLine(number, refusal.reason))
    return Lines(tuple(values.values()), tuple(broken))


def _fields(line: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(line.strip().strip("\ufeff"))
    except (ValueError, RecursionError):
        raise Refused(
            'Linjen er ikke JSON. Skriv ét objekt pr. linje, fx {"id": "1", "text": "..."}.'
        ) from None
    if not isinstance(fields, dict):
        raise Refused("Linjen skal være et JSON-objekt med navne og værdier i { }.")
    return fields


def need_of(fields: Mapping[str, Any]) -> Need:
    """A need from JSON fields; raises Refused with one Danish sentence."""
    text = _text(fields, "text")
    check_need_text(text)
    return Need(
        id=_id(fields),
        text=text,
        place=_text(fields, "place"),
        value_dkk=_whole(fields, "value_dkk"),
        cpv=_codes(fields),
        months=_months(fields),
        per_week=_amount(fields, "per_week"),
        days_until_start=_whole(fields, "days_until_start"),
    )


def check_need_text(text: str) -> None:
    """Raises Refused when a need is empty or holds a personal number."""
    if not text.strip():
        raise Refused(EMPTY_NEED)
    if holds_cpr(text):
        raise Refused(HOLDS_CPR)


def offer_of(fields: Mapping[str, Any]) -> Offer:
    """An offer from JSON fields; raises Refused with one Danish sentence."""
    texts = _texts(fields, "offers")
    if any(holds_cpr(text) for text in texts):
        raise Refused(HOLDS_CPR)
    listing = Listing(
        "",
        cpv=_codes(fields),
        capacity_per_week=_amount(fields, "capacity_per_week"),
        areas=_texts(fields, "areas"),
        months=_months(fields),
        smallest_job_dkk=_whole(fields, "smallest_job_dkk"),
        largest_job_dkk=_whole(fields, "largest_job_dkk"),
        lead_time_days=_whole(fields, "lead_time_days"),
        price=_text(fields, "price"),
    )
    return Offer(
        id=_id(fields),
        name=_text(fields, "name") or _id(fields),
        municipality=_text(fields, "municipality"),
        listings=tuple(_with_text(listing, text) for text in texts),
        target_groups=_texts(fields, "target_groups"),
        rsv=_truth(fields, "rsv"),
    )


_TRUTHS = {
    "ja": True,
    "yes": True,
    "true": True,
    "1": True,
    "nej": False,
    "no": False,
    "false": False,
    "0": False,
    "": None,
}


def _truth(fields: Mapping[str, Any], name: str) -> bool | None:
    """true, false or null, also as spreadsheets write them (ja, nej)."""
    value = fields.get(name)
    word = "" if value is None else str(value).strip().lower()
    if word not in _TRUTHS:
        raise Refused(f"Feltet »{name}« skal være true, false eller null (eller ja, nej).")
    return _TRUTHS[word]


def _with_text(listing: Listing, text: str) -> Listing:
    return Listing(
        text,
        listing.cpv,
        listing.capacity_per_week,
        listing.areas,
        listing.months,
        listing.smallest_job_dkk,
        listing.largest_job_dkk,
        listing.lead_time_days,
        listing.price,
    )


def answer_fields(answer: Answer) -> dict[str, Any]:
    """An answer as JSON fields. Empty `matches` means "nobody"; `parts` only when there are several tasks."""
    fields: dict[str, Any] = {
        "id": answer.need.id,
        "matches": [_match_fields(match) for match in answer.matches],
        "cpv": [_code_fields(code) for code in answer.cpv],
    }
    if answer.parts:
        fields["parts"] = [
            {
                "text": part.text,
                "trade": part.trade,
                "matches": [_match_fields(match) for match in part.matches],
            }
            for part in answer.parts
        ]
    return fields


def _match_fields(match: Match) -> dict[str, Any]:
    return {
        "id": match.id,
        "score": match.score,
        "reasons": [str(reason) for reason in match.reasons],
        "missing": None if match.missing is None else str(match.missing),
    }


def _code_fields(code: CpvSuggestion) -> dict[str, Any]:
    return {"code": code.code, "label": code.label, "score": code.score}


def _id(fields: Mapping[str, Any]) -> str:
    id = fields.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int) or not str(id).strip():
        raise Refused("Feltet »id« mangler. Giv linjen et kort navn eller nummer.")
    return str(id)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused("Feltet »%(field)s« skal være tekst.", field=name)
    return str(value)


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise Refused("Feltet »%(field)s« skal være tekst eller en liste af tekster.", field=name)
    return tuple(value)


def _amount(fields: Mapping[str, Any], name: str) -> float | None:
    """A number, or the first number in a text ("ca. 300 måltider")."""
    value = fields.get(name)
    if isinstance(value, str) and (found := _NUMBER.search(value)):
        digits = found.group(1)
        whole = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits)
        value = float(digits.replace(".", "")) if whole else float(digits.replace(",", "."))
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise Refused("Feltet »%(field)s« skal være et tal, der ikke er negativt.", field=name)
    return float(value)


def _whole(fields: Mapping[str, Any], name: str) -> int | None:
    amount = _amount(fields, name)
    return None if amount is None else round(amount)


def _codes(fields: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        _code(entry) for text in _texts(fields, "cpv") for entry in re.split(r"[,;\s]+", text) if entry
    )


def _code(written: str) -> str:
    match = _CODE.match(written)
    if not match:
        raise Refused("CPV-koden »%(code)s« skal have otte cifre, fx 90911000.", code=written[:20])
    return match.group(1)


def _months(fields: Mapping[str, Any]) -> frozenset[int]:
    value = fields.get("months")
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(month, int) and 1 <= month <= 12 for month in value):
        raise Refused("Feltet »months« skal være en liste af måneder fra 1 til 12.")
    return frozenset(value)


def written_lines(text: str) -> Iterator[str]:
    """The lines of a JSON Lines text, whatever its line ends."""
    yield from re.split(r"\r\n|\n|\r", text)
