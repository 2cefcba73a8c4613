# SPDX-License-Identifier: MPL-2.0
"""Finding enterprises: in memory in every web process, read from the database and kept current by its change log."""

from indgang.directory.search.browse import Answer, Question, browse, overview
from indgang.directory.search.entry import Entry
from indgang.directory.search.find import Found, Result, find
from indgang.directory.search.live import LiveEntries, forget_all, live_for

__all__ = [
    "Answer",
    "Entry",
    "Found",
    "LiveEntries",
    "Question",
    "Result",
    "browse",
    "find",
    "forget_all",
    "live_for",
    "overview",
]
