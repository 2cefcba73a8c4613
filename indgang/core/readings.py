# SPDX-License-Identifier: MPL-2.0
"""What a need in plain Danish already says: the day and the amount, so that nobody is asked for them again."""

import re
from datetime import date

MONTHS = {
    "januar": 1, "jan": 1, "februar": 2, "feb": 2, "marts": 3, "mar": 3, "april": 4, "apr": 4, "maj": 5, "juni": 6,
    "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10,
    "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})(?:[./-](?P<year>20\d\d))?(?![\d./-])(?!\s*(?:kr|%))"
)
_AMOUNT = re.compile(
    r"(?:(?:kr\.?|dkk)\s*(?P<after>\d[\d.]*)|(?<![\d.,])(?P<before>\d[\d.]*)(?:,-|,00)?\s*(?:kr\b\.?|kroner\b|dkk\b))"
    r"|(?<![\d.,])(?P<thousands>\d+(?:,\d)?)\s*(?:t\.?kr|tusind kr)",
    re.IGNORECASE,
)


def find_date(text: str, *, today: date) -> date | None:
    """The one day to come that the text names; None when it names none or several.

    A day without a year is the next one to come.
    """
    found = {day for match in _NAMED.finditer(text) if (day := _named(match, today))}
    found |= {day for match in _NUMBERS.finditer(text) if (day := _numbered(match, today))}
    return found.pop() if len(found) == 1 else None


def find_amount_dkk(text: str) -> int | None:
    """The one amount in whole kroner that the text names; None when it names none or several."""
    amounts = set()
    for match in _AMOUNT.finditer(text):
        if match["thousands"]:
            amounts.add(round(float(match["thousands"].replace(",", ".")) * 1000))
        else:
            digits = (match["after"] or match["before"]).rstrip(".").replace(".", "")
            amounts.add(int(digits))
    return amounts.pop() if len(amounts) == 1 else None


def _named(match: re.Match[str], today: date) -> date | None:
    return _next(int(match["day"]), MONTHS[match["month"].lower()], match["year"], today)


def _numbered(match: re.Match[str], today: date) -> date | None:
    return _next(int(match["day"]), int(match["month"]), match["year"], today)


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    for candidate in [int(year)] if year else [today.year, today.year + 1]:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None
