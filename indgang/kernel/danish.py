# SPDX-License-Identifier: MPL-2.0
"""What is written down is Danish, whatever language the one who acts reads: mails, promises, papers, reasons.

A buyer who reads Indgang in English must not send English mails to Danish enterprises. Sentences are Danish as
they stand in the code, so `written` hands them back unchanged and only marks them for the catalogue.
"""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format

LANGUAGE = "da"


def written(sentence: str) -> str:
    """A Danish sentence that is kept or sent."""
    return sentence


def day(day: date) -> str:
    """10. maj 2027"""
    with translation.override(LANGUAGE):
        return date_format(day, "DATE_FORMAT")


def long_moment(moment: datetime) -> str:
    """torsdag 17. juni 2027 kl. 15.00, in Danish time, always with the year."""
    with translation.override(LANGUAGE):
        return date_format(timezone.localtime(moment), r"l j. F Y \k\l. G.i")


def label(label: object) -> str:
    """A choice's label as it is kept."""
    with translation.override(LANGUAGE):
        return str(label)


def moment(moment: datetime) -> str:
    """mandag 10. maj kl. 12.00, in Danish time, with the year unless it is this one."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localdate().year
    with translation.override(LANGUAGE):
        return date_format(local, r"l j. F \k\l. G.i" if this_year else r"l j. F Y \k\l. G.i")
