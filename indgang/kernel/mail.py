# SPDX-License-Identifier: MPL-2.0
"""Mail: written in the act's own transaction, sent by a job, never sent twice unseen.

A mail is WAITING until a job takes it (SENDING, committed before the mail server is spoken to), then SENT.
When the server refused it or could not be reached, it is WAITING again and tried later. When nobody can
know whether it arrived, it is UNCERTAIN and a person decides.
"""

import secrets
import smtplib
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from procrastinate.contrib.django import app

from indgang.kernel.access import Principal
from indgang.kernel.codes import digits
from indgang.kernel.database.tenancy import tenant
from indgang.kernel.links import mint
from indgang.kernel.models import Municipality, OneTimeCode, OutgoingMail, SignedLink, User

GIVE_UP_AFTER = 12
STALE_AFTER = timedelta(minutes=15)


def write(
    by: Principal,
    recipient: str,
    subject: str,
    body: str,
    *,
    now: datetime,
    about: str = "",
    link: SignedLink | None = None,
    link_path: str = "",
    code: OneTimeCode | None = None,
    reply_path: str = "",
    reply_owner: User | None = None,
) -> OutgoingMail:
    """Put a mail in the outbox. `{link}` in `body` becomes the link; `link_path` holds `{token}`. `{code}`
    becomes the digits of `code`.

    With `reply_path` a reply to the mail comes back to that page, as a duty of `reply_owner`.
    """
    written = OutgoingMail.objects.create(
        municipality_id=by.municipality_id,
        recipient=recipient,
        subject=subject[:150],
        body=body,
        about=about,
        link=link,
        link_path=link_path,
        code=code,
        reply_key=secrets.token_hex(12) if reply_path else "",
        reply_path=reply_path,
        reply_owner=reply_owner,
        created_at=now,
    )
    app.configure_task("kernel.send_mail", queue="mail").defer(
        municipality_id=written.municipality_id, mail_id=written.pk
    )
    return written


def waiting(now: datetime) -> list[int]:
    """Ids of mails whose turn has come: new ones at once, refused ones after a growing pause."""
    rows = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING).order_by("created_at")
    return [mail.pk for mail in rows[:200] if _turn_has_come(mail, now)]


def mark_stale_as_uncertain(now: datetime) -> int:
    """A mail that is still being sent after a quarter of an hour was cut off: nobody knows."""
    return OutgoingMail.objects.filter(
        state=OutgoingMail.State.SENDING, tried_at__lt=now - STALE_AFTER
    ).update(state=OutgoingMail.State.UNCERTAIN, trouble="Afbrudt midt i afsendelsen")


def send(mail_id: int, municipality_id: int, *, now: datetime) -> None:
    """Send one mail that is waiting; does nothing when somebody else has taken it."""
    message = _take(mail_id, municipality_id, now)
    if message is None:
        return
    state, trouble = _deliver(message)
    with tenant(municipality_id):
        mail = OutgoingMail.objects.select_for_update().get(pk=mail_id)
        if state == OutgoingMail.State.WAITING and mail.attempts >= GIVE_UP_AFTER:
            state = OutgoingMail.State.STOPPED
        mail.state, mail.trouble = state, trouble[:300]
        if state == OutgoingMail.State.SENT:
            mail.sent_at = now
        mail.save(update_fields=["state", "trouble", "sent_at"])


def _take(mail_id: int, municipality_id: int, now: datetime) -> EmailMessage | None:
    with tenant(municipality_id):
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("municipality", "link", "code")
            .filter(pk=mail_id, state=OutgoingMail.State.WAITING)
            .first()
        )
        if mail is None:
            return None
        message = _message(mail, now)
        mail.state, mail.tried_at, mail.attempts = OutgoingMail.State.SENDING, now, mail.attempts + 1
        mail.save(update_fields=["state", "tried_at", "attempts"])
    return message


def _message(mail: OutgoingMail, now: datetime) -> EmailMessage:
    body = mail.body
    if mail.link and mail.link_path:
        token = mint(mail.link, now=now)
        body = body.replace("{link}", origin(mail.municipality) + mail.link_path.replace("{token}", token))
    if mail.code is not None:
        body = body.replace("{code}", digits(mail.code))
    box, _, domain = settings.EMAIL_FROM.partition("@")
    sender = formataddr((f"{mail.municipality.name} via Indgang", settings.EMAIL_FROM))
    reply = [f"{box}+{mail.reply_key}@{domain}"] if mail.reply_key else [mail.municipality.email]
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<mail-{mail.pk}-{mail.attempts}@{domain}>"}
    return EmailMessage(
        mail.subject, body, sender, [mail.recipient], reply_to=[r for r in reply if r], headers=headers
    )


def origin(municipality: Municipality) -> str:
    """Scheme and host that the municipality's people and partners use, without a slash at the end."""
    host = municipality.hosts[0] if municipality.hosts else "localhost"
    return str(settings.PUBLIC_ORIGIN).replace("{host}", host)


def _deliver(message: EmailMessage) -> tuple[OutgoingMail.State, str]:
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as trouble:
        return OutgoingMail.State.WAITING, f"Mailserveren svarede ikke ({type(trouble).__name__})"
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as trouble:
        return _refused(next(iter(trouble.recipients.values()))[0])
    except smtplib.SMTPResponseException as trouble:
        return _refused(trouble.smtp_code)
    except (OSError, smtplib.SMTPException) as trouble:
        return OutgoingMail.State.UNCERTAIN, f"Forbindelsen røg undervejs ({type(trouble).__name__})"
    finally:
        _close(connection)
    return OutgoingMail.State.SENT, ""


def _refused(code: int) -> tuple[OutgoingMail.State, str]:
    """Codes from 400 to 499 ask us to come back later; the others are final."""
    state = OutgoingMail.State.WAITING if 400 <= code < 500 else OutgoingMail.State.STOPPED
    return state, f"Mailserveren afviste mailen ({code})"


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return


def _turn_has_come(mail: OutgoingMail, now: datetime) -> bool:
    pause = timedelta(minutes=min(2**mail.attempts, 60)) if mail.attempts else timedelta()
    return mail.tried_at is None or now >= mail.tried_at + pause


@transaction.atomic
def decide_uncertain(mail: OutgoingMail, *, send_again: bool) -> None:
    """A person's decision on a mail of which nobody knows whether it arrived."""
    mail.state = OutgoingMail.State.WAITING if send_again else OutgoingMail.State.SENT
    mail.tried_at = None
    mail.save(update_fields=["state", "tried_at"])
