# SPDX-License-Identifier: MPL-2.0
"""From an element to a value. What cannot be read raises `Unreadable` and is left empty by the caller."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from lxml.etree import _Element as Element

from indgang.core.notices.notice import Duration, Money, Period

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
LAST_MINUTE = time(23, 59, 59)
FIRST_YEAR, LAST_YEAR = 1990, 2199
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000  # eForms allows 10,000 characters; more than twice that is not a description

_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
END_DATE, END_TIME = _CBC + "EndDate", _CBC + "EndTime"
START_DATE, DURATION = _CBC + "StartDate", _CBC + "DurationMeasure"


class Unreadable(Exception):
    """The value does not have the form that its field demands."""


def code(element: Element) -> str:
    """A code or an identifier."""
    return (element.text or "").strip()


def line(element: Element) -> str:
    """A name or a title."""
    text = (element.text or "").strip()
    if "\n" in text or "  " in text:
        text = " ".join(text.split())
    return text[:LONGEST_LINE]


def prose(element: Element) -> str:
    """A text that may have several lines."""
    return (element.text or "").strip()[:LONGEST_TEXT]


def whole(element: Element) -> int:
    text = (element.text or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unreadable(text)
    return int(text)


def yes(element: Element) -> bool:
    text = (element.text or "").strip()
    if text not in ("true", "false", "1", "0"):
        raise Unreadable(text)
    return text in ("true", "1")


def money(element: Element) -> Money:
    text = (element.text or "").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation as trouble:
        raise Unreadable(text) from trouble
    if not amount.is_finite() or not 0 <= amount < 1_000_000_000_000:
        raise Unreadable(text)
    return Money(amount, (element.get("currencyID") or "")[:3])


def day(element: Element) -> date:
    """xsd:date; the time zone at its end does not move the day."""
    return _day(element.text)


def closing(element: Element) -> datetime:
    """The end of a period: its EndDate with its EndTime; the day's last minute when no time is given."""
    ends_on, clock = "", ""
    for child in element:
        tag = child.tag
        if tag == END_DATE:
            ends_on = child.text or ""
        elif tag == END_TIME:
            clock = child.text or ""
    return moment(ends_on, clock, LAST_MINUTE)


def midnight(element: Element) -> datetime:
    """The first moment of a day."""
    return moment(element.text or "", "", time())


def clock(element: Element) -> datetime:
    """A time of day on the day that stands right before it."""
    before = element.getprevious()
    return moment(before.text or "" if before is not None else "", element.text or "", time())


def moment(day_text: str, clock_text: str, otherwise: time) -> datetime:
    """A moment with its time zone, which stands behind the time or the day; Danish time when it stands nowhere."""
    day_text, clock_text = day_text.strip(), clock_text.strip()
    text = f"{day_text[:10]}T{clock_text or f'{otherwise}{day_text[10:]}'}"
    try:
        found = datetime.fromisoformat(text)
    except ValueError as trouble:
        raise Unreadable(text) from trouble
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=DANISH_TIME)


def period(element: Element) -> Period:
    """PlannedPeriod: a duration, or a first and a last day."""
    length, first_date, last_date = None, None, None
    for child in element:
        if child.tag == DURATION:
            length = Duration(whole(child), child.get("unitCode") or "")
        elif child.tag == START_DATE:
            first_date = _day(child.text)
        elif child.tag == END_DATE:
            last_date = _day(child.text)
    return Period(length, first_date, last_date)


def _day(text: str | None) -> date:
    try:
        found = date.fromisoformat((text or "").strip()[:10])
    except ValueError as trouble:
        raise Unreadable(text) from trouble
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(text)
    return found
