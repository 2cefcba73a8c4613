# SPDX-License-Identifier: MPL-2.0
"""Archives of notices that nobody vouches for.

Nothing is unpacked to disk, so a name in an archive can lead nowhere; a name that tries is refused all the
same. An archive inside an archive is not opened. What a document claims to hold is checked before it is
unpacked and counted while it is.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indgang.core.notices.document import Document, bounded, is_notice, shown
from indgang.core.notices.reading import LARGEST_FILE, Broken
from indgang.core.text import Refused, gettext_noop

_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold: documents, bytes in all when unpacked, and how far a document may swell."""

    documents: int = 200_000
    unpacked_bytes: int = 20_000_000_000
    swelling: int = 200
    swelling_from_bytes: int = 1_000_000


LIMITS = Limits()


def is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def opened_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _UNREADABLE as trouble:
        raise Refused(
            gettext_noop("%(name)s er ikke en zip, der kan åbnes. Hent den igen."), name=path.name
        ) from trouble


def in_zip(path: Path, limits: Limits) -> Iterator[Document]:
    budget = _Budget(path.name, limits)
    with opened_zip(path) as archive:
        for info in archive.infolist():
            if not info.is_dir() and is_notice(info.filename):
                budget.take_one()
                yield _zipped(archive, info, budget)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: "_Budget") -> Document:
    def load() -> bytes:
        _check_name(info.filename)
        if info.flag_bits & 0x1:
            raise Broken(gettext_noop("Filen er låst med adgangskode."))
        budget.check_swelling(info.compress_size, info.file_size)
        try:
            with archive.open(info) as stream:
                content = bounded(stream)
        except (*_UNREADABLE, RuntimeError) as trouble:
            raise Broken(gettext_noop("Filen er beskadiget i arkivet.")) from trouble
        budget.unpacked += len(content)
        return content

    return Document(shown(info.filename), load)


def _check_name(name: str) -> None:
    """A name inside the archive: no root, no drive, no way up."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or parts[0].endswith(":") or ".." in parts:
        raise Broken(gettext_noop("Navnet peger ud af arkivet. Filen er ikke læst."))


class _Budget:
    """What an archive has used of its limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.documents = self.unpacked = 0

    def take_one(self) -> None:
        """Ask for one more document. Refuses when the archive has used up what it may."""
        self.documents += 1
        if self.unpacked > self.limits.unpacked_bytes:
            raise Refused(
                gettext_noop("%(name)s fylder over %(limit)d GB udpakket. Del arkivet op."),
                name=self.name,
                limit=self.limits.unpacked_bytes // 1_000_000_000,
            )
        if self.documents > self.limits.documents:
            raise Refused(
                gettext_noop("%(name)s har over %(limit)d filer. Del arkivet op."),
                name=self.name,
                limit=self.limits.documents,
            )

    def check_swelling(self, packed: int, unpacked: int) -> None:
        if unpacked > LARGEST_FILE:
            raise Broken(
                gettext_noop("Filen er for stor: højst %(limit)d MB læses."), limit=LARGEST_FILE // 1_000_000
            )
        if unpacked > self.limits.swelling_from_bytes and unpacked > packed * self.limits.swelling:
            raise Broken(
                gettext_noop(
                    "Filen fylder %(times)d gange mere udpakket. Det ligner en zip-bombe og er ikke læst."
                ),
                times=unpacked // max(packed, 1),
            )
