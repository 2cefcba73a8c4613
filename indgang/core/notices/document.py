# SPDX-License-Identifier: MPL-2.0
"""One file that may hold a notice, wherever it lies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from indgang.core.notices.reading import LARGEST_FILE, Broken


@dataclass(frozen=True)
class Document:
    """One file, and how to get at its bytes. `load` raises Broken."""

    name: str
    load: Callable[[], bytes]


def shown(name: str) -> str:
    """A name from a stranger's archive, safe to print: no control characters, not too long."""
    plain = name if name.isprintable() else "".join(c if c.isprintable() else "?" for c in name)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-50:]}"


def bounded(stream: IO[bytes]) -> bytes:
    """At most one byte more than the largest file, so that the reader can see that it is too large."""
    return stream.read(LARGEST_FILE + 1)


def is_notice(name: str) -> bool:
    """By its name a notice; `._` files are left by macOS."""
    return name.lower().endswith(".xml") and not name.rpartition("/")[2].startswith("._")


def unloadable(name: str, broken: Broken) -> Document:
    """A document that can only say why it cannot be read."""

    def load() -> bytes:
        raise broken

    return Document(shown(name), load)
