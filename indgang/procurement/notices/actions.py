# SPDX-License-Identifier: MPL-2.0
"""Sending a notice on to an enterprise."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.directory.queries import main_contact
from indgang.kernel import audit, mail
from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, User
from indgang.procurement.models import Notice, NoticeForward
from indgang.procurement.notices.permissions import check_can_forward_to

SUBJECT = gettext_noop("Et offentligt udbud, I måske kan byde på")
BODY = gettext_noop(
    "Hej %(contact)s\n\n"
    "%(sender)s fra %(municipality)s har set et offentligt udbud, der måske er noget for %(organisation)s.\n\n"
    "Se det her: %(address)s\n\n"
    "Der står, hvem der må byde, hvornår fristen er, og hvor I finder papirerne. I bestemmer selv, om I vil byde.\n"
    "Har I spørgsmål, eller vil I ikke have den slags mails, så svar på denne.\n\n"
    "Venlig hilsen\n%(sender)s, %(municipality)s\n"
)


@transaction.atomic
def forward(
    by: Principal, notice: Notice, organisation: Organisation, *, lot: str = "", note: str = "", now: datetime
) -> NoticeForward:
    """Tell an enterprise's main contact about a notice, with a link to its page and nothing of its content."""
    check_can_forward_to(by, notice, organisation, now)
    contact = main_contact(organisation.pk)
    if contact is None or not contact.email:
        raise Refused(
            gettext_noop("%(name)s har ingen e-mail i kataloget. Ring i stedet, eller skriv en e-mail ind."),
            name=organisation.name,
        )
    sender = User.objects.get(pk=by.user_id or 0)
    sent = NoticeForward.objects.create(
        municipality_id=by.municipality_id,
        notice=notice,
        lot=lot[:20],
        organisation=organisation,
        by=sender,
        at=now,
        note=note,
    )
    facts = {"notice": notice.notice_id, "organisation": organisation.pk, "lot": lot[:20]}
    municipality = Municipality.objects.get(pk=by.municipality_id)
    page = reverse("notice", args=[notice.pk])
    words = {
        "contact": contact.name,
        "sender": by.name,
        "municipality": municipality.name,
        "organisation": organisation.name,
        "address": mail.origin(municipality) + page,
    }
    mail.write(
        by,
        contact.email,
        SUBJECT,
        BODY % words,
        now=now,
        about=f"notice:{notice.pk}",
        reply_path=page,
        reply_owner=sender,
    )
    audit.record(by, "notice.forward", f"notice:{notice.pk}", now=now, facts=facts)
    return sent
