# SPDX-License-Identifier: MPL-2.0
"""Mails that came back about something whose own page does not show mails: a meeting, an order, a notice, hours."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.cases.models import Entry
from indgang.kernel import files, inbox
from indgang.kernel.duties import OVERSEERS, open_duties
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import Duty, IncomingFile, IncomingMail

SHOW_THEM_THEMSELVES = ("task:", "report:")
"""What mails are about where the page that they lead to shows them with their files."""


@require_safe
@staff()
def replies(request: Request, duty_id: int) -> HttpResponse:
    """What was written back, for the one whose duty it is to answer; straight to the page when that shows the mails."""
    duty = _duty(request, duty_id)
    mails = list(_waiting(duty).select_related("answers").prefetch_related("files").order_by("received_at"))
    if not mails or _stand_on_the_page(duty, mails):
        return redirect(duty.path)
    return render(request, "replies.html", {"duty": duty, "mails": mails})


@staff()
@require_POST
def reply_handled(request: Request, duty_id: int, mail_id: int) -> HttpResponse:
    duty = _duty(request, duty_id)
    kept: IncomingMail = found(_waiting(duty).select_related("answers").filter(pk=mail_id).first())
    inbox.handle(request.principal, kept, now=timezone.now())
    messages.success(request, _("Noteret: der er taget hånd om mailen."))
    return redirect("replies", duty_id) if _waiting(duty).exists() else redirect("desk")


@require_safe
@staff()
def reply_file(request: Request, duty_id: int, file_id: int) -> HttpResponse:
    rows = IncomingFile.objects.filter(mail__in=_waiting(_duty(request, duty_id)), file__isnull=False)
    kept: IncomingFile = found(rows.select_related("file").filter(pk=file_id).first())
    return files.download(found(kept.file))


def _duty(request: Request, duty_id: int) -> Duty:
    """A reply that is somebody's own to answer, or that they see to as a stand-in or for the whole; 404 for others."""
    by = request.principal
    own = open_duties(by, today=timezone.localdate())
    rows = Duty.objects.filter(municipality_id=by.municipality_id) if by.holds(*OVERSEERS) else own
    duty: Duty = found(rows.filter(kind=inbox.DUTY, pk=duty_id).first())
    return duty


def _waiting(duty: Duty) -> QuerySet[IncomingMail]:
    return IncomingMail.objects.filter(
        municipality_id=duty.municipality_id, answers__reply_path=duty.path, handled_at=None
    )


def _stand_on_the_page(duty: Duty, mails: list[IncomingMail]) -> bool:
    numbers = [mail.pk for mail in mails]
    if Entry.objects.filter(mail_number__in=numbers).count() == len(numbers):
        return True
    return all(
        mail.answers is not None and mail.answers.about.startswith(SHOW_THEM_THEMSELVES) for mail in mails
    )
