# SPDX-License-Identifier: MPL-2.0
"""Files that people hand in: typed by content, at most 25 MB, encrypted, and only ever downloaded."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal
from indgang.kernel.file_words import refuse_cpr
from indgang.kernel.keys import municipality_box
from indgang.kernel.models import FileContent, StoredFile

ACCEPTED = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/heic": ("heic",),
    "image/webp": ("webp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "text/plain": ("txt", "csv"),
}


def receive(
    upload: "UploadedFile[bytes]", *, by: Principal, now: datetime, guarded: bool = False
) -> StoredFile:
    """Keep an uploaded file. Refuses one that is too large, empty, or not what its name says; a `guarded` one also
    when its words hold a personal number."""
    if upload.size is not None:
        refuse_size(upload.name or "fil", upload.size)
    return store(upload.name or "fil", upload.read(), by=by, now=now, guarded=guarded)


def store(name: str, content: bytes, *, by: Principal, now: datetime, guarded: bool = False) -> StoredFile:
    """Encrypt `content` and keep it under the last part of `name`."""
    if not content:
        raise Refused(gettext_noop("Filen %(name)s er tom. Vælg den rigtige fil, og prøv igen."), name=name)
    found = content_type(name, content)
    if guarded:
        refuse_cpr(name, found, content)
    kept = StoredFile.objects.create(
        municipality_id=by.municipality_id,
        name=PurePosixPath(name.replace("\\", "/")).name[-150:],
        content_type=found,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
        created_by=str(by),
    )
    sealed = bytes(municipality_box(by.municipality_id).encrypt(content))
    FileContent.objects.create(municipality_id=by.municipality_id, file=kept, sealed=sealed)
    return kept


def refuse_size(name: str, size: int) -> None:
    """Refuses more bytes than a file may have."""
    if size > settings.MAX_FILE_BYTES:
        raise Refused(
            gettext_noop("Filen %(name)s er over 25 MB. Gør den mindre, eller del den op."), name=name
        )


def content_type(name: str, content: bytes) -> str:
    """The type that the bytes show. Refuses types we do not take, and names that claim another type."""
    found = filetype.guess_mime(content) or ("text/plain" if _is_text(content) else "")
    if found not in ACCEPTED:
        raise Refused(
            gettext_noop(
                "Filen %(name)s har en type, vi ikke kan tage imod. Brug PDF, Word, Excel, tekst eller billede."
            ),
            name=name,
        )
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in ACCEPTED[found]:
        raise Refused(
            gettext_noop("Filen %(name)s er ikke det, navnet siger. Gem den igen i det rigtige format."),
            name=name,
        )
    return found


def content(file: StoredFile) -> bytes:
    """The decrypted bytes."""
    sealed = bytes(FileContent.objects.get(file=file).sealed)
    return municipality_box(file.municipality_id).decrypt(sealed)


def download(file: StoredFile) -> HttpResponse:
    """An answer that saves the file and never shows it in the page."""
    answer = HttpResponse(content(file), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = _attachment(file.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return all(byte >= 32 or byte in (9, 10, 13) for byte in content)
    return True
