# SPDX-License-Identifier: MPL-2.0
"""Dates and amounts as Danes write them."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "j.n.Y"
MONTH_DAY_FORMAT = "j. F"
SHORT_DATETIME_FORMAT = "j.n.Y G.i"
DATETIME_FORMAT = r"j. F Y \k\l. G.i"
TIME_FORMAT = "G.i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
