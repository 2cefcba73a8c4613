# SPDX-License-Identifier: MPL-2.0
"""Finding enterprises: in memory in every web process, read from the database and kept current by its change log."""

from indgang.directory.search.browse import Answer, Question, browse, overview
from indgang.directory.search.entry import Entry
from indgang.directory.search.find import Found, FoundPart, Result, find
from indgang.directory.search.live import LiveEntries, forget_all, live_for, warm_up
from indgang.directory.search.offers import language, offers_from_database

__all__ = [
    "Answer",
    "Entry",
    "Found",
    "FoundPart",
    "LiveEntries",
    "Question",
    "Result",
    "browse",
    "find",
    "forget_all",
    "language",
    "live_for",
    "offers_from_database",
    "overview",
    "warm_up",
]
