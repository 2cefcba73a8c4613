# SPDX-License-Identifier: MPL-2.0
"""Sentences that the core says, kept apart from the values in them so that a page can translate them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(msgid: str) -> str:
    """Mark a Danish sentence for the catalogue; returns it unchanged."""
    return msgid


@dataclass(frozen=True)
class Reason:
    """One sentence with its values.

    `msgid` is Danish and uses named %-placeholders; `str(reason)` is the Danish sentence.
    A page translates `msgid` with gettext and fills in the same `values`.
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


class Refused(Exception):
    """A human's request cannot be met; the message is one Danish sentence that says what to do.

    Raised by actions, parsers and commands alike. A page shows it where the person was, with all that
    was typed; the command line prints it and ends with exit code 2.
    """

    def __init__(self, msgid: str, **values: object) -> None:
        self.reason = Reason(msgid, values)
        super().__init__(str(self.reason))
