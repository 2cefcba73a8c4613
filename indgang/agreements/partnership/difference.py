# SPDX-License-Identifier: MPL-2.0
"""What changed between two wordings, line by line and word by word, from plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One line that differs, as pieces with a mark; the pieces that are not added make up the old line."""

    pieces: tuple[tuple[Mark, str], ...]


def changes(old: str, new: str) -> list[Change]:
    """Lines that differ, in the new text's order. Nothing when the texts are the same."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = before[a1:a2], after[b1:b2]
        paired = min(len(gone), len(come))
        found += [
            Change(tuple(_words(one, other))) for one, other in zip(gone[:paired], come[:paired], strict=True)
        ]
        found += [Change(((Mark.REMOVED, line),)) for line in gone[paired:] if line]
        found += [Change(((Mark.ADDED, line),)) for line in come[paired:] if line]
    return [change for change in found if any(piece for _mark, piece in change.pieces)]


def _words(old: str, new: str) -> Iterator[tuple[Mark, str]]:
    before, after = old.split(" "), new.split(" ")
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Mark.SAME, " ".join(before[a1:a2])
            continue
        if a2 > a1:
            yield Mark.REMOVED, " ".join(before[a1:a2])
        if b2 > b1:
            yield Mark.ADDED, " ".join(after[b1:b2])


def old_line(change: Change) -> str:
    return " ".join(piece for mark, piece in change.pieces if mark is not Mark.ADDED)


def new_line(change: Change) -> str:
    return " ".join(piece for mark, piece in change.pieces if mark is not Mark.REMOVED)
