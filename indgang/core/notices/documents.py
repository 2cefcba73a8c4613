# SPDX-License-Identifier: MPL-2.0
"""Files, folders and archives of notices, one document at a time."""

from collections.abc import Iterator
from pathlib import Path

from indgang.core.notices.archives import LIMITS, Limits, in_zip, is_zip, opened_zip
from indgang.core.notices.document import Document, bounded, is_notice, shown, unloadable
from indgang.core.notices.reading import Broken
from indgang.core.text import Refused, gettext_noop

OTHER_ARCHIVES = (".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")


def count(path: Path) -> int:
    """How many documents there will be; a zip inside a folder counts as one.

    Refuses a path at which there is nothing to read.
    """
    if not _exists(path):
        raise Refused(
            gettext_noop("%(path)s findes ikke. Skriv stien til en fil, en mappe eller en zip."), path=path
        )
    if path.is_dir():
        return sum(1 for _ in _files(path))
    if is_zip(path.name):
        with opened_zip(path) as archive:
            return sum(1 for info in archive.infolist() if is_notice(info.filename))
    if path.name.lower().endswith(OTHER_ARCHIVES):
        raise Refused(
            gettext_noop(
                "%(name)s er pakket på en måde, vi ikke læser. Pak den ud i en mappe, og giv mappen."
            ),
            name=path.name,
        )
    return 1


def documents(path: Path, limits: Limits = LIMITS) -> Iterator[Document]:
    """Every document at `path`: a file, a folder with all its folders, or a zip.

    Only names that end in .xml count; in a folder, zips are read too. The next document is fetched when it
    is asked for, and a document must be loaded before the next one is asked for. A zip that cannot be read to
    its end comes as a document that cannot be loaded.
    """
    if path.is_dir():
        for file in _files(path):
            name = str(file.relative_to(path))
            if is_zip(file.name):
                yield from _archived(file, name, limits)
            else:
                yield _document(file, name)
    elif is_zip(path.name):
        yield from _archived(path, path.name, limits)
    else:
        yield _document(path, path.name)


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
        elif entry.is_file() and (is_notice(entry.name) or is_zip(entry.name)):
            yield entry


def _document(file: Path, name: str) -> Document:
    def load() -> bytes:
        try:
            with file.open("rb") as stream:
                return bounded(stream)
        except OSError as trouble:
            raise Broken(
                gettext_noop("Filen kan ikke læses (%(trouble)s)."), trouble=trouble.strerror
            ) from trouble

    return Document(shown(name), load)


def _archived(path: Path, name: str, limits: Limits) -> Iterator[Document]:
    try:
        yield from in_zip(path, limits)
    except Refused as refusal:
        yield unloadable(name, Broken(refusal.reason.msgid, **refusal.reason.values))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
