# SPDX-License-Identifier: MPL-2.0
"""Mail that comes in: read from the shared mailbox, put where it belongs, and never lost.

A reply to one of our mails carries its key in the address (`indgang+<key>@…`) and becomes a duty of the
person behind it. Anything else is kept for the room that takes enquiries. A personal number in a mail is
struck out before the text is kept.
"""

import email
import email.policy
import imaplib
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from functools import partial
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction

from indgang.core.cpr import without_cpr
from indgang.kernel import attached, audit
from indgang.kernel.access import Principal, system
from indgang.kernel.danish import written as _
from indgang.kernel.database.tenancy import tenant
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty, IncomingMail, Municipality, OutgoingMail

logger = logging.getLogger("indgang.jobs")

LONGEST = 19_000
"""Characters of a mail that are shown as text; a longer one lies beside it whole, as a file."""
MOST_BYTES = 80_000_000
"""A mail of more bytes, as it travels, is read only at its beginning."""
BEGINNING = 500_000
DUTY = "kernel.reply"
_QUOTED = re.compile(r"^(>|Den .+ skrev:|On .+ wrote:|Fra: |From: |-{3,} ?(Oprindelig|Original))", re.M)


def fetch(*, now: datetime) -> int:
    """Read what is new in the shared mailbox, each mail into the municipality it is for; returns how many were kept.

    Opens a transaction for each mail, and marks it as read only when that has ended. One that cannot be read stays
    unread and does not stop the others.
    """
    if not settings.IMAP_URL:
        return 0
    municipalities = list(Municipality.objects.order_by("pk"))
    count = 0
    for letter in _unseen():
        try:
            count += _taken(letter, municipalities, now)
        except Exception:
            logger.exception("mail %s in the mailbox could not be kept", letter.uid)
        else:
            letter.mark_read()
    return count


def _taken(letter: "Letter", municipalities: list[Municipality], now: datetime) -> bool:
    for municipality in municipalities:
        with tenant(municipality.pk):
            if take(letter.raw, municipality, cut_off=letter.cut_off, now=now) is not None:
                return True
    return False


@transaction.atomic
def take(
    raw: bytes, municipality: Municipality, *, now: datetime, cut_off: bool = False
) -> IncomingMail | None:
    """Keep one mail with its files; None when it is not this municipality's, an automatic answer, or known already."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if str(message.get("Auto-Submitted", "no")).lower() != "no" or message.get("X-Autoreply"):
        return None
    answered = _answered(message)
    if answered is None and not _addressed_to(message, municipality):
        return None
    message_id = str(message.get("Message-ID", "")).replace("\0", "")[:250] or f"uden-{now.timestamp()}"
    if IncomingMail.objects.filter(message_id=message_id).exists():
        return None
    words = own_words(message)
    kept = IncomingMail.objects.create(
        municipality=municipality,
        answers=answered,
        sender=parseaddr(str(message.get("From", "")).replace("\0", ""))[1][:254],
        subject=str(message.get("Subject", "")).replace("\0", "")[:250],
        text=words[:LONGEST],
        message_id=message_id,
        received_at=now,
    )
    if len(words) > LONGEST:
        attached.keep_words(kept, words, now=now)
    attached.keep(kept, message, cut_off=cut_off, now=now)
    if answered is not None:
        _promise_answer(kept, answered, now)
    audit.record(system(municipality.pk), "mail.receive", f"mail:{kept.pk}", now=now)
    return kept


@transaction.atomic
def handle(by: Principal, kept: IncomingMail, *, now: datetime) -> None:
    """Somebody has read it and done what was needed; the duty that came with it ends."""
    kept.handled_at = now
    kept.save(update_fields=["handled_at"])
    path = kept.answers.reply_path if kept.answers else ""
    if path and not IncomingMail.objects.filter(answers__reply_path=path, handled_at=None).exists():
        for duty in Duty.objects.filter(kind=DUTY, path=path, done_at=None):
            settle(duty, now=now)
    audit.record(by, "mail.handle", f"mail:{kept.pk}", now=now)


def own_words(message: EmailMessage) -> str:
    """What the sender wrote, without the quoted mail below and without personal numbers. Words after a picture that
    stands in the letter are a part of their own and belong to it."""
    part = message.get_body(preferencelist=("plain", "html"))
    text = attached.text_of(part) if part is not None else ""
    if part is not None and part.get_content_type() == "text/html":
        text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", text, flags=re.S)
    text = "\n\n".join([text, *(attached.text_of(more) for more in attached.more_words(message, part))])
    quoted = _QUOTED.search(text)
    if quoted and quoted.start() > 0:
        text = text[: quoted.start()]
    return without_cpr(text.strip())


def _answered(message: EmailMessage) -> OutgoingMail | None:
    for _name, address in getaddresses([str(message.get(name, "")) for name in ("To", "Cc", "Delivered-To")]):
        key = re.search(r"\+([0-9a-f]{24})@", address)
        if key:
            return OutgoingMail.objects.filter(reply_key=key.group(1)).select_related("reply_owner").first()
    return None


def _addressed_to(message: EmailMessage, municipality: Municipality) -> bool:
    addresses = getaddresses([str(message.get(name, "")) for name in ("To", "Cc", "Delivered-To")])
    return bool(municipality.email) and municipality.email.lower() in {
        address.lower() for _name, address in addresses
    }


def _promise_answer(kept: IncomingMail, answered: OutgoingMail, now: datetime) -> None:
    calendar = kept.municipality.calendar()
    promise(
        system(kept.municipality_id),
        DUTY,
        _("Svar pr. mail fra %(sender)s: %(subject)s") % {"sender": kept.sender, "subject": kept.subject},
        path=answered.reply_path,
        due_at=due_in(1, now=now, calendar=calendar),
        owner=answered.reply_owner,
        calendar=calendar,
        now=now,
    )


@dataclass(frozen=True)
class Letter:
    """A mail as it lies in the mailbox. A `cut_off` one was too large: only its beginning was read."""

    uid: str
    raw: bytes
    cut_off: bool
    mark_read: Callable[[], object]


def _unseen() -> Iterator[Letter]:
    """Unread mails, oldest first."""
    parts = urlsplit(settings.IMAP_URL)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with kind(
        parts.hostname or "", parts.port or (993 if parts.scheme == "imaps" else 143), timeout=20
    ) as box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(parts.path.lstrip("/") or "INBOX")
        _status, found = box.uid("SEARCH", "UNSEEN")
        for number in (found[0] or b"").split():
            uid = number.decode()
            _status, told = box.uid("FETCH", uid, "(RFC822.SIZE)")
            size = re.search(rb"RFC822\.SIZE (\d+)", told[0] if isinstance(told[0], bytes) else b"")
            cut_off = size is not None and int(size[1]) > MOST_BYTES
            _status, fetched = box.uid(
                "FETCH", uid, f"(BODY.PEEK[]<0.{BEGINNING}>)" if cut_off else "(BODY.PEEK[])"
            )
            if fetched and isinstance(fetched[0], tuple):
                read = partial(box.uid, "STORE", uid, "+FLAGS", "(\\Seen)")
                yield Letter(uid, bytes(fetched[0][1]), cut_off, read)
