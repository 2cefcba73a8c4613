# SPDX-License-Identifier: MPL-2.0
"""Mails to those outside who take part in a case. They hold no case text: that lies behind the link."""

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format

from indgang.cases.models import Case, Participant
from indgang.cases.permissions import FOLLOW
from indgang.cases.queries import participants_of
from indgang.kernel import mail
from indgang.kernel.access import Principal
from indgang.kernel.danish import LANGUAGE
from indgang.kernel.danish import written as _
from indgang.kernel.links import create_link
from indgang.kernel.models import OutgoingMail, User

LINK_PATH = "/l/henvendelse/{token}/"
LINK_LIVES = timedelta(days=365)


def day_of(moment: datetime) -> str:
    """'torsdag 14. januar'."""
    with translation.override(LANGUAGE):
        return date_format(timezone.localtime(moment), "l j. F")


def signature(case: Case) -> str:
    handler: User = case.handler
    phone = f", {handler.phone}" if handler.phone else ""
    return f"{handler.name}{phone}\n{case.municipality.name}"


def write_to(
    by: Principal, case: Case, person: Participant, subject: str, body: str, *, now: datetime
) -> OutgoingMail | None:
    """Mail one participant with a link to follow the case; a reply comes back to it. None without an address."""
    if not person.email:
        return None
    link = create_link(by, FOLLOW, person.pk, recipient=person.email, now=now, lives=LINK_LIVES)
    return mail.write(
        by,
        person.email,
        subject,
        body,
        now=now,
        about=case.about,
        link=link,
        link_path=LINK_PATH,
        reply_path=case.path,
        reply_owner=case.handler,
    )


def write_to_all(by: Principal, case: Case, subject: str, body: str, *, now: datetime) -> int:
    """Mail everybody who takes part today; returns how many mails were written."""
    return sum(
        write_to(by, case, person, subject, _("Hej %(name)s\n\n") % {"name": person.name} + body, now=now)
        is not None
        for person in participants_of(case)
    )


def receipt(by: Principal, case: Case, person: Participant, due_at: datetime, *, now: datetime) -> None:
    """What the sender gets at once: who is the contact, and by when there is an answer."""
    body = _(
        "Hej %(name)s\n\nTak for din henvendelse. Vi har den.\n\n"
        "%(contact)s er din kontakt hos os og svarer senest %(day)s.\n\n"
        "Følg den her: {link}\nDu kan også svare på denne mail.\n\nVenlig hilsen\n%(signature)s"
    ) % {
        "name": person.name,
        "contact": case.handler.name,
        "day": day_of(due_at),
        "signature": signature(case),
    }
    write_to(by, case, person, _("Vi har din henvendelse"), body, now=now)
