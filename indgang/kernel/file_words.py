# SPDX-License-Identifier: MPL-2.0
"""The words in a file, as far as they can be read without another program, and the guard against personal numbers."""

import io
import re
import zipfile

from indgang.core.cpr import holds_cpr
from indgang.core.text import Refused, gettext_noop

MOST_READ = 20_000_000
"""Bytes of one part that are unpacked; what lies after is not read."""
_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "word/document.xml",
        rb"</w:p>",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xl/sharedStrings.xml", rb"</si>"),
    "application/vnd.oasis.opendocument.text": ("content.xml", rb"</text:(?:p|h)>"),
    "application/vnd.oasis.opendocument.spreadsheet": ("content.xml", rb"</table:table-cell>"),
}
"""Where the words of a type lie, and what ends a line of them."""


def words_of(content_type: str, content: bytes) -> str:
    """The text in a file of plain text, Word, Excel or OpenDocument; nothing of other types or of a broken file."""
    if content_type == "text/plain":
        return _decoded(content)
    if content_type not in _PARTS:
        return ""
    name, line_end = _PARTS[content_type]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(name) as part:
            marked = part.read(MOST_READ)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError):
        return ""
    return _decoded(re.sub(rb"<[^>]*>", b"", re.sub(line_end, b"\n", marked)))


def refuse_cpr(name: str, content_type: str, content: bytes) -> None:
    """Refuses a file whose words hold a personal number. Pictures and PDF cannot be read here and pass."""
    if holds_cpr(words_of(content_type, content)):
        raise Refused(
            gettext_noop("Filen %(name)s ser ud til at rumme et CPR-nummer. Fjern det, og send filen igen."),
            name=name,
        )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
