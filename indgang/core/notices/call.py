# SPDX-License-Identifier: MPL-2.0
"""What a notice means for somebody who might bid: is it a call, until when, reserved for whom, worth what."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from indgang.core.notices.notice import Lot, Money, Notice

LIGHT_SUBTYPES = frozenset({"12", "13", "14", "20", "21", "33", "34", "35"})
CONCESSIONS = "32014L0023"  # directive 2014/23/EU
CANCELLED = "cancel"
WORKSHOPS, PUBLIC_SERVICE, EXECUTION = "res-ws", "res-pub-ser", "execution"
SOCIAL = "social:"


class Kind(StrEnum):
    """Where in its life a purchase is when the notice is published."""

    PLAN = "plan"
    CALL = "call"
    RESULT = "result"
    CHANGE = "change"
    END = "end"
    OTHER = "other"


_OF_FORM = {
    "planning": Kind.PLAN,
    "consultation": Kind.PLAN,
    "competition": Kind.CALL,
    "result": Kind.RESULT,
    "dir-awa-pre": Kind.RESULT,
    "cont-modif": Kind.CHANGE,
    "completion": Kind.END,
}
_OF_NATIONAL = {"E1": Kind.PLAN, "E2": Kind.PLAN, "E3": Kind.CALL, "E4": Kind.RESULT, "E5": Kind.END} | {
    "E6": Kind.CHANGE,
    "CEI": Kind.CALL,
    "T01": Kind.PLAN,
    "T02": Kind.RESULT,
}


def kind_of(notice: Notice) -> Kind:
    """From the form type (BT-03); from the subtype when the form type is missing or unknown."""
    found = _OF_FORM.get(notice.form_type) or _OF_NATIONAL.get(notice.subtype)
    if found is None and notice.subtype.isdigit():
        number = int(notice.subtype)
        bounds = ((9, Kind.PLAN), (24, Kind.CALL), (37, Kind.RESULT), (40, Kind.CHANGE))
        found = next((kind for last, kind in bounds if 1 <= number <= last), None)
    return found or Kind.OTHER


class Gate(StrEnum):
    """What must be handed in by a deadline."""

    INTEREST = "interest"
    REQUEST = "request"
    TENDER = "tender"


@dataclass(frozen=True)
class Deadline:
    at: datetime
    gate: Gate


def deadline_of(lot: Lot) -> Deadline | None:
    """The first gate that is set: whoever misses it is out, whatever comes later."""
    gates = (
        (lot.interest_until, Gate.INTEREST),
        (lot.requests_until, Gate.REQUEST),
        (lot.tenders_until, Gate.TENDER),
    )
    found = [Deadline(at, gate) for at, gate in gates if at is not None]
    return min(found, key=lambda deadline: deadline.at) if found else None


def closes_at(notice: Notice) -> datetime | None:
    """When the last lot closes; None when no lot says."""
    found = [deadline.at for lot in notice.lots if (deadline := deadline_of(lot)) is not None]
    return max(found, default=None)


def is_light(notice: Notice) -> bool:
    """Bought under the light regime for social and other specific services."""
    return notice.subtype in LIGHT_SUBTYPES or notice.notice_type.endswith("-social")


def is_concession(notice: Notice) -> bool:
    return notice.legal_basis == CONCESSIONS


def is_cancelled(notice: Notice) -> bool:
    return notice.change_reason == CANCELLED


def marks_of(lot: Lot) -> tuple[str, ...]:
    """What sets a lot apart for social enterprises: `res-ws`, `res-pub-ser`, `execution`, `social:<objective>`."""
    reserved = [code for code in lot.reserved_participation if code and code != "none"]
    execution = [EXECUTION] if lot.reserved_execution == "yes" else []
    social = [SOCIAL + code for code in lot.social_objectives]
    if "soc-obj" in lot.strategic and not social:
        social = [SOCIAL + "other"]
    return tuple(dict.fromkeys(reserved + execution + social))


def cpv_codes(notice: Notice, lot: Lot | None = None) -> tuple[str, ...]:
    """Eight-digit codes, the main one first: the lot's, else the notice's; of the whole when no lot is named."""
    if lot is not None:
        found = (
            (lot.cpv_main, *lot.cpv_additional) if lot.cpv_main else (notice.cpv_main, *notice.cpv_additional)
        )
    else:
        found = (notice.cpv_main, *notice.cpv_additional)
        for one in notice.lots:
            found += (one.cpv_main, *one.cpv_additional)
    return tuple(dict.fromkeys(code[:8] for code in found if re.fullmatch(r"\d{8}(-\d)?", code)))


def value_of_lot(lot: Lot) -> Money | None:
    return lot.value or lot.framework_maximum


def value_of(notice: Notice) -> Money | None:
    """The whole purchase: what was contracted (BT-161), what is estimated, or the lots together.

    Lots are added up only when all have a value in the same currency.
    """
    stated = notice.total_value or notice.value or notice.framework_maximum
    if stated is not None:
        return stated
    values = [value_of_lot(lot) for lot in notice.lots]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values) or len({value.currency for value in known}) > 1:
        return None
    return Money(sum((value.amount for value in known), Decimal()), known[0].currency)


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9«\"“(])|\n\s*\n|\n\s*[-•–*]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:ca|bl\.\s?a|f\.\s?eks|fx|kl|nr|evt|inkl|ekskl|mv|m\.v|m\.m|dvs|d\.v\.s|jf|stk|pkt|art|hhv|kr|mio|mia|max|maks"
    r"|min|pr|tlf|vedr|p\.t|o\.l|osv|etc|m\.fl|a/s|i\.f\.t|ift)|\b\d{1,2}|\b[A-ZÆØÅ])\.$",
    re.IGNORECASE,
)


def in_one_sentence(text: str, longest: int = 220) -> str:
    """The first sentence of a description, cut at a word when it is longer than `longest` characters."""
    text = text.strip()
    end = len(text)
    for found in _SENTENCE_END.finditer(text):
        before = text[: found.start()]
        if len(before) >= 25 and not _ABBREVIATION.search(before[-20:]):
            end = found.start()
            break
    sentence = " ".join(text[:end].split())
    if len(sentence) <= longest:
        return sentence
    return sentence[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def text_to_match(notice: Notice, lot: Lot | None) -> str:
    """What is bought, in the buyer's words: titles first, each text once, and the towns where it is done."""
    parts = [notice.title, notice.text] if lot is None else [lot.title, lot.text]
    if lot is not None and len(lot.text) < 200:
        parts += [notice.title, notice.text]
    towns = dict.fromkeys(place.town for place in (lot.places if lot else notice.places) if place.town)
    parts += [f"Udføres i {town}." for town in towns]
    return "\n".join(dict.fromkeys(part for part in parts if part))
