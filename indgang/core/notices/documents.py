# SPDX-License-Identifier: MPL-2.0
"""Files, folders and archives of notices, one document at a time, without trusting any of them.

Nothing is unpacked to disk, so a name in an archive can lead nowhere; a name that tries is refused all the
same. An archive inside an archive is not opened. What a document claims to hold is checked before it is
unpacked and counted while it is.
"""

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from indgang.core.notices.reading import LARGEST_FILE, Broken
from indgang.core.text import Refused, gettext_noop

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold: documents, bytes in all when unpacked, and how far a document may swell."""

    documents: int = 200_000
    unpacked_bytes: int = 20_000_000_000
    swelling: int = 200
    swelling_from_bytes: int = 1_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class Document:
    """One file, and how to get at its bytes. `load` raises Broken."""

    name: str
    load: Callable[[], bytes]


def count(path: Path) -> int | None:
    """How many documents there will be, or None when only reading through can tell.

    Refuses a path at which there is nothing to read.
    """
    if not _exists(path):
        raise Refused(
            gettext_noop("%(path)s findes ikke. Skriv stien til en fil, en mappe eller en zip."), path=path
        )
    if path.is_dir():
        return sum(1 for _ in _files(path))
    if path.suffix.lower() == ".zip":
        with _opened_zip(path) as archive:
            return sum(1 for info in archive.infolist() if _is_notice(info.filename))
    return None if _is_archive(path.name) else 1


def documents(path: Path, limits: Limits = LIMITS) -> Iterator[Document]:
    """Every document at `path`: a file, a folder with all its folders, a zip or a tar (also packed with gzip).

    Only names that end in .xml count; in a folder, archives are read too. The next document is fetched when it
    is asked for, and a document must be loaded before the next one is asked for. An archive that cannot be read
    to its end comes as a document that cannot be loaded.
    """
    if path.is_dir():
        for file in _files(path):
            name = str(file.relative_to(path))
            if _is_archive(file.name):
                yield from _archived(file, name, limits)
            else:
                yield _document(file, name)
    elif _is_archive(path.name):
        yield from _archived(path, path.name, limits)
    else:
        yield _document(path, path.name)


def shown(name: str) -> str:
    """A name from a stranger's archive, safe to print: no control characters, not too long."""
    plain = "".join(c if c.isprintable() else "?" for c in name)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-50:]}"


def _files(folder: Path) -> Iterator[Path]:
    """Files in order of name; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as trouble:
        raise Refused(
            gettext_noop("Mappen %(path)s kan ikke læses (%(trouble)s)."),
            path=folder,
            trouble=trouble.strerror,
        ) from trouble
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.is_file() and (_is_notice(entry.name) or _is_archive(entry.name)):
            yield entry


def _is_notice(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() == ".xml" and not path.name.startswith("._")


def _is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def _document(file: Path, name: str) -> Document:
    def load() -> bytes:
        try:
            with file.open("rb") as stream:
                return _bounded(stream)
        except OSError as trouble:
            raise Broken(
                gettext_noop("Filen kan ikke læses (%(trouble)s)."), trouble=trouble.strerror
            ) from trouble

    return Document(shown(name), load)


def _bounded(stream: IO[bytes]) -> bytes:
    """At most one byte more than the largest file, so that the reader can see that it is too large."""
    return stream.read(LARGEST_FILE + 1)


def _archived(path: Path, name: str, limits: Limits) -> Iterator[Document]:
    try:
        yield from _in_zip(path, limits) if path.suffix.lower() == ".zip" else _in_tar(path, limits)
    except Refused as refusal:
        yield _unloadable(name, Broken(refusal.reason.msgid, **refusal.reason.values))


def _unloadable(name: str, broken: Broken) -> Document:
    def load() -> bytes:
        raise broken

    return Document(shown(name), load)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _opened_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _UNREADABLE as trouble:
        raise Refused(
            gettext_noop("%(name)s er ikke en zip, der kan åbnes. Hent den igen."), name=path.name
        ) from trouble


def _in_zip(path: Path, limits: Limits) -> Iterator[Document]:
    budget = _Budget(path.name, limits)
    with _opened_zip(path) as archive:
        for info in archive.infolist():
            if not info.is_dir() and _is_notice(info.filename):
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
                content = _bounded(stream)
        except (*_UNREADABLE, RuntimeError) as trouble:
            raise Broken(gettext_noop("Filen er beskadiget i arkivet.")) from trouble
        budget.spend(len(content))
        return content

    return Document(shown(info.filename), load)


def _in_tar(path: Path, limits: Limits) -> Iterator[Document]:
    """A tar is read from one end to the other; it needs no list of contents in memory."""
    budget = _Budget(path.name, limits)
    packed = path.stat().st_size
    try:
        with tarfile.open(path, "r|*") as archive:
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # tarfile would remember them all
                budget.pass_by(member.size, packed)
                if member.isfile() and _is_notice(member.name):
                    budget.take_one()
                    yield _tarred(archive, member)
    except _UNREADABLE as trouble:
        raise Refused(
            gettext_noop("%(name)s er ikke et arkiv, der kan læses til ende. Hent det igen."), name=path.name
        ) from trouble


def _tarred(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Document:
    def load() -> bytes:
        _check_name(member.name)
        stream = archive.extractfile(member)
        return _bounded(stream) if stream is not None else b""

    return Document(shown(member.name), load)


def _check_name(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":"):
        raise Broken(gettext_noop("Navnet peger ud af arkivet. Filen er ikke læst."))


class _Budget:
    """What an archive has used of its limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.documents = self.unpacked = 0

    def take_one(self) -> None:
        self.documents += 1
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

    def spend(self, unpacked: int) -> None:
        self.unpacked += unpacked
        if self.unpacked > self.limits.unpacked_bytes:
            raise Refused(
                gettext_noop("%(name)s fylder over %(limit)d GB udpakket. Del arkivet op."),
                name=self.name,
                limit=self.limits.unpacked_bytes // 1_000_000_000,
            )

    def pass_by(self, unpacked: int, packed: int) -> None:
        """A member of a stream, which is unpacked even when it is only passed by."""
        self.spend(unpacked)
        if self.unpacked > self.limits.swelling_from_bytes and self.unpacked > packed * self.limits.swelling:
            raise Refused(
                gettext_noop(
                    "%(name)s fylder mange gange mere udpakket. Det ligner en bombe og er ikke læst til ende."
                ),
                name=self.name,
            )
