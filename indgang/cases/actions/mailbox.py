# SPDX-License-Identifier: MPL-2.0
"""What came by mail: a reply lands in its case, anything else in the shared mailbox is an enquiry."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from indgang.cases.actions.follow import write_back
from indgang.cases.actions.receive import Enquiry, receive
from indgang.cases.lines import LONGEST, event
from indgang.cases.models import Case, Entry
from indgang.kernel import inbox
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import IncomingMail, StoredFile

PREFIX = "case:"


def waiting() -> QuerySet[IncomingMail]:
    """Mails that nobody has taken hand of and that stand in no case yet, oldest first."""
    known = Entry.objects.filter(mail_number=OuterRef("pk"))
    return (
        IncomingMail.objects.filter(~Exists(known), handled_at=None)
        .select_related("answers")
        .order_by("received_at", "pk")
    )


@transaction.atomic
def take_mail(by: Principal, kept: IncomingMail, *, now: datetime) -> Case | None:
    """Put one mail where it belongs; None when it answers something that is no case.

    The duty that came with a reply stands until somebody has answered. The mail itself cannot be refused any more, so
    an empty one says so, and a personal number was struck out when it was read.
    """
    if kept.answers is not None and not kept.answers.about.startswith(PREFIX):
        return None
    text = (kept.text.strip() or _("(Mailen havde ingen tekst.)"))[:LONGEST]
    if kept.answers is not None:
        number = kept.answers.about.removeprefix(PREFIX)
        case = Case.objects.select_related("merged_into", "handler", "municipality").filter(pk=number).first()
        if case is None:
            return None
        line = write_back(by, case, kept.sender, text, files=_files(kept), mail_number=kept.pk, now=now)
        _tell_refused(by, line.case, kept, now)
        return line.case
    text = f"{kept.subject}\n\n{text}"[:LONGEST] if kept.subject else text
    name = kept.sender.partition("@")[0] or kept.sender
    enquiry = Enquiry(text, name, email=kept.sender, channel=Case.Channel.MAIL, mail_number=kept.pk)
    case = receive(by, enquiry, files=_files(kept), now=now)
    _tell_refused(by, case, kept, now)
    inbox.handle(by, kept, now=now)
    return case


def _files(kept: IncomingMail) -> list[StoredFile]:
    """The mail's files, which now lie in the case and no longer beside the mail."""
    rows = list(kept.files.exclude(file=None).select_related("file").order_by("pk"))
    kept.files.filter(pk__in=[row.pk for row in rows]).delete()
    return [row.file for row in rows if row.file is not None]


def _tell_refused(by: Principal, case: Case, kept: IncomingMail, now: datetime) -> None:
    """Files that could not be kept, told where both the sender and the contact person read it."""
    for sentence in kept.files.filter(file=None).order_by("pk").values_list("trouble", flat=True):
        event(by, case, _("En fil i mailen er ikke gemt. %(why)s") % {"why": sentence}, now=now)
