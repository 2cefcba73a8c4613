# SPDX-License-Identifier: MPL-2.0
"""Files that come with a mail: kept encrypted beside it, or told of with the reason why they were not.

A mail cannot be refused any more when it is read, so a bad file never costs the mail. What is part of the letter itself
(its words, a small picture in a signature, the proof of who signed) is no file.
"""

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, Message

import filetype
from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.access import system
from indgang.kernel.danish import written as _
from indgang.kernel.models import IncomingFile, IncomingMail

MOST = 20
SMALL_PICTURE = 30_000
_PROOF = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


def keep(kept: IncomingMail, message: EmailMessage, *, cut_off: bool, now: datetime) -> None:
    """Keep every file of a mail that can be kept. `cut_off` says that the mail was too large to be read whole."""
    found = list(_files(message))
    for number, part in enumerate(found[:MOST], start=1):
        name, content = _name(part, number), part.get_payload(decode=True)
        _keep_one(kept, name, content if isinstance(content, bytes) else None, cut_off=cut_off, now=now)
    if len(found) > MOST:
        _told(
            kept,
            "…",
            Refused(gettext_noop("Mailen havde over %(most)d filer. Kun de første er gemt."), most=MOST),
        )


def keep_words(kept: IncomingMail, words: str, *, now: datetime) -> None:
    """Keep what a very long mail says as a file, so that nothing of it is lost."""
    _keep_one(kept, _("hele-mailen.txt"), words.encode(), cut_off=False, now=now)


def text_of(part: Message) -> str:
    """The text of a part, also when its character set is one that nobody knows. Holds no null characters."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\0", "")


def more_words(message: Message, body: Message | None) -> Iterator[Message]:
    """Parts of plain text that belong to the letter beside its body: not files, and not the body in another dress."""
    for part in _leaves(message, past=("multipart/alternative",)):
        named = part.get_filename() or part.get_content_disposition() == "attachment"
        if part is not body and part.get_content_type() == "text/plain" and not named:
            yield part


def _keep_one(kept: IncomingMail, name: str, content: bytes | None, *, cut_off: bool, now: datetime) -> None:
    try:
        if cut_off:
            raise Refused(
                gettext_noop(
                    "Filen %(name)s kom i en mail, der var for stor til at hente. Bed om den i en mindre mail."
                ),
                name=name,
            )
        if content is None:
            raise Refused(
                gettext_noop("%(name)s er en mail, der lå i mailen. Bed om indholdet som PDF eller tekst."),
                name=name,
            )
        files.refuse_size(name, len(content))
        with transaction.atomic():
            file = files.store(name, content, by=system(kept.municipality_id), now=now, guarded=True)
    except Refused as refusal:
        _told(kept, name, refusal)
    else:
        IncomingFile.objects.create(
            municipality_id=kept.municipality_id, mail=kept, name=file.name, file=file
        )


def _told(kept: IncomingMail, name: str, refusal: Refused) -> None:
    IncomingFile.objects.create(
        municipality_id=kept.municipality_id, mail=kept, name=name[-150:], trouble=str(refusal)[:400]
    )


def _files(message: EmailMessage) -> Iterator[Message]:
    words = message.get_body(preferencelist=("plain", "html"))
    for part in _leaves(message):
        if part is words or part.get_content_type() in _PROOF:
            continue
        is_named = bool(part.get_filename()) or part.get_content_disposition() == "attachment"
        if part.get_content_maintype() == "text" and not is_named:
            continue
        if not _is_small_picture(part):
            yield part


def _leaves(message: Message, *, past: tuple[str, ...] = ()) -> Iterator[Message]:
    """Parts that hold something, from the outside in, leaving out what lies in a part of a type in `past`; a mail inside
    the mail is one part."""
    if message.get_content_type() in past:
        return
    if message.get_content_maintype() == "multipart":
        payload = message.get_payload()
        for part in payload if isinstance(payload, list) else []:
            if isinstance(part, Message):
                yield from _leaves(part, past=past)
    else:
        yield message


def _is_small_picture(part: Message) -> bool:
    """A logo in a signature: shown in the letter by its Content-ID, and small."""
    if part.get_content_maintype() != "image" or not part.get("Content-ID"):
        return False
    content = part.get_payload(decode=True)
    return part.get_content_disposition() != "attachment" and len(content or b"") < SMALL_PICTURE


def _name(part: Message, number: int) -> str:
    name = (part.get_filename() or "").strip()
    if name:
        return name
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return _("En videresendt mail")
    return f"fil-{number}.{filetype.guess_extension(content) or 'txt'}"
