# SPDX-License-Identifier: MPL-2.0
"""Does a text hold a Danish personal number (CPR)? Then it must not be kept.

A number is written DDMMYY-SSSS; the hyphen may be a space or missing, and the date may be spaced out.
The seventh digit tells the century (CPR-kontoret, "Personnummeret i CPR", section 1). The check digit
(modulus 11) is not asked for: since 2007 numbers are given that do not meet it. Administrative numbers
add 60 to the day. The answer is yes or no only: the number itself is never returned, logged or echoed.
"""

import re
import unicodedata
from datetime import date

_GAP = r"[ \-]"
_NUMBER = re.compile(
    rf"""
    (?<!\d) (?<!\+)
    (?: (?P<day>\d\d) (?P<month>\d\d) (?P<year>\d\d) (?P<gap>\ ?-?\ ?)        # 010190-1234, 0101901234
      | (?P<day2>\d\d) {_GAP} (?P<month2>\d\d) {_GAP} (?P<year2>\d\d) {_GAP}  # 01 01 90 1234
      | (?P<day3>\d\d) [./] (?P<month3>\d\d) [./] (?P<year3>\d\d) \ ?-\ ?     # 01.01.90-1234
    )
    (?P<serial>\d{{4}})
    (?! \d | -\d | [.,]\d{{1,2}}(?!\d) )
    """,
    re.VERBOSE,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

# Ten digits that say themselves that they are something else: a place of production (P-nummer), a telephone,
# an account, an EAN/GLN, an order. The label must stand right before the number.
_OTHER_LABEL = re.compile(
    r"(?: \bp \W{0,2} (?:nr|nummer|numre) | \bpnr | \bproduktionsenhed\w* | \btlf | \btelefon\w* | \bmobil\w* | \bphone"
    r"| \bkonto\w* | \breg\w{0,6} | \bean\w* | \bgln\w* | \bordre\w* | \bfaktura\w* | \bvarenr\w* | \bsagsnr\w* | \bcvr\w* )"
    r"[\s.:#-]* (?:nr|nummer|er|number)? [\s.:#-]* (?:\d{4}[ -])? $",
    re.VERBOSE | re.IGNORECASE,
)
_BANK_BRANCH = re.compile(r"(?<!\d)\d{4}[ -]$")
_MONEY = re.compile(r"\s*(?:kr\b|kroner\b|dkk\b|øre\b|eur\b|€)", re.IGNORECASE)


def holds_cpr(text: str) -> bool:
    """True when something in `text` reads as a personal number: a date that exists and four digits more.

    A place-of-production number, an account or a telephone of ten digits is let through when the word right
    before it says so, and whenever its digits are no date. In doubt the answer is yes.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DASHES)
    return any(_reads_as_person(plain, found) for found in _NUMBER.finditer(plain))


def _reads_as_person(text: str, found: re.Match[str]) -> bool:
    day, month, year = (
        found[name] or found[f"{name}2"] or found[f"{name}3"] for name in ("day", "month", "year")
    )
    if not _is_birthday(int(day), int(month), int(year), int(found["serial"][0])):
        return False
    if found["gap"] != "":  # parted as personal numbers are
        return True
    before = text[max(0, found.start() - 40) : found.start()]
    return not (_OTHER_LABEL.search(before) or _BANK_BRANCH.search(before) or _MONEY.match(text, found.end()))


def _is_birthday(day: int, month: int, year: int, seventh: int) -> bool:
    if day > 60:
        day -= 60
    try:
        date(_century(year, seventh) + year, month, day)
    except ValueError:
        return False
    return True


def _century(year: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def without_cpr(text: str) -> str:
    """`text` with every personal number struck out, for what comes in by mail and cannot be refused."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DASHES)
    return _NUMBER.sub(lambda found: STRUCK_OUT if _reads_as_person(plain, found) else found[0], plain)


STRUCK_OUT = "[personnummer fjernet]"
