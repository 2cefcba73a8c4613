# SPDX-License-Identifier: MPL-2.0
"""Mails to a mentor and a founder. Each has a link of their own; nothing of what they talk about is ever in one."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.letters import signature
from indgang.cases.models import Case, MentorMatch, Participant
from indgang.kernel import mail
from indgang.kernel.access import Principal
from indgang.kernel.links import create_link

LINK_PATH = "/l/mentor/{token}/"
LINK_LIVES = timedelta(days=730)


def founder_of(case: Case) -> Participant | None:
    """The founder: the first who took part and is still there."""
    return case.participants.filter(left_at=None).order_by("added_at", "pk").first()


def to_mentor(by: Principal, match: MentorMatch, subject: str, text: str, *, now: datetime) -> None:
    """Write to the mentor; `{link}` in the text is theirs."""
    user = match.mentor.user
    _write(by, match, MENTOR, user.name, user.email, subject, text, now)


def to_founder(by: Principal, match: MentorMatch, subject: str, text: str, *, now: datetime) -> None:
    """Write to the founder; `{link}` in the text is theirs. Nothing happens without an address."""
    person = founder_of(match.idea.case)
    if person is not None and person.email:
        _write(by, match, FOUNDER, person.name, person.email, subject, text, now)


def _write(
    by: Principal,
    match: MentorMatch,
    purpose: str,
    name: str,
    email: str,
    subject: str,
    text: str,
    now: datetime,
) -> None:
    case = match.idea.case
    link = create_link(by, purpose, match.pk, recipient=email, now=now, lives=LINK_LIVES)
    body = _("Hej %(name)s\n\n%(text)s\n\nVenlig hilsen\n%(signature)s") % {
        "name": name, "text": text, "signature": signature(case)
    }  # fmt: skip
    mail.write(
        by, email, subject, body, now=now, about=case.about, link=link, link_path=LINK_PATH,
        reply_path=case.path, reply_owner=case.handler,
    )  # fmt: skip
