# SPDX-License-Identifier: MPL-2.0
"""Every notice at a path, one at a time; a file that cannot be read comes as its reason."""

from collections.abc import Iterator
from pathlib import Path

from indgang.core.notices.documents import documents
from indgang.core.notices.notice import Notice
from indgang.core.notices.reading import Broken, read_notice


def notices_at(path: Path) -> Iterator[tuple[str, Notice | Broken]]:
    """File name and notice, or file name and what is wrong with the file."""
    for document in documents(path):
        try:
            yield document.name, read_notice(document.load())
        except Broken as broken:
            yield document.name, broken
