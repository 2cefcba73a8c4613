# SPDX-License-Identifier: MPL-2.0
"""Dates and amounts in English. What people type is read as on the Danish pages."""

from indgang.web.formats.da.formats import DATE_INPUT_FORMATS

__all__ = ["DATE_INPUT_FORMATS"]
DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
MONTH_DAY_FORMAT = "j F"
DATETIME_FORMAT = r"j F Y \a\t G:i"
SHORT_DATETIME_FORMAT = "j M Y G:i"
TIME_FORMAT = "G:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
