# SPDX-License-Identifier: MPL-2.0
"""Papers of a task: access to them, decided by a person, and the files that each may fetch."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indgang.core.text import Refused
from indgang.kernel import audit, files
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.limits import EXPORTS, limited
from indgang.kernel.models import Export, IncomingFile, StoredFile
from indgang.kernel.sheets import csv_download
from indgang.kernel.tokens import export
from indgang.procurement.actions import access
from indgang.procurement.export import orders_as_csv, orders_visible_to
from indgang.procurement.forms import AccessDecisionForm
from indgang.procurement.models import AccessRequest, Answer, Bid, TaskNotice
from indgang.procurement.pages import ACCESS, CHOOSING, FOLLOWING_UP
from indgang.procurement.states import State, state_of
from indgang.procurement.views.decide import task_in_sight


@export(Export.ORDERS)
@limited(EXPORTS)
@require_safe
@staff()
def orders_csv(request: Request) -> HttpResponse:
    """Every order in sight, for finance's own sheets and systems."""
    return csv_download(orders_as_csv(orders_visible_to(request.principal)[:20_000]), "ordrer.csv")


@staff()
@require_http_methods(["GET", "POST"])
def decide_access(request: Request, task_id: int, request_id: int) -> HttpResponse:
    """Hear the bidder and decide whether papers are shown."""
    task = task_in_sight(request, task_id)
    asked = found(
        task.access_requests.select_related("organisation", "about", "duty").filter(pk=request_id).first()
    )
    asked.task = task
    form = AccessDecisionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "hear" in request.POST:
        access.hear_bidder(request.principal, asked, now=timezone.now())
        return redirect("decide_access", task_id, request_id)
    if request.method == "POST" and form.is_valid():
        try:
            _decide_access(request, asked, form.cleaned_data)
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    form = AccessDecisionForm() if "hear" in request.POST else form
    return render(request, "procurement/access.html", {"task": task, "asked": asked, "form": form})


def _decide_access(request: Request, asked: AccessRequest, said: dict[str, Any]) -> None:
    by, now = request.principal, timezone.now()
    with transaction.atomic():
        paper = files.receive(said["paper"], by=by, now=now) if said["paper"] else None
        access.decide_access(by, asked, outcome=said["outcome"], reason=said["reason"], paper=paper, now=now)


@logged_in
def download(request: Request, task_id: int, file_id: int) -> HttpResponse:
    """A file of a task, for those who may read it; the order for its buyer and its supplier."""
    task = task_in_sight(request, task_id)
    return files.download(found(_readable(request, task, file_id)))


def _readable(request: Request, task: TaskNotice, file_id: int) -> StoredFile | None:
    by = request.principal
    invited = task.invitations.filter(organisation_id__in=by.organisations, invited_at__isnull=False).exists()
    order = getattr(task, "order", None)
    if order and order.document_id == file_id and (by.works_here or by.speaks_for(order.organisation_id)):
        kept: StoredFile = order.document
        return kept
    if by.works_here or invited or task.open_to_all:
        attached = task.files.select_related("file").filter(file_id=file_id).first()
        if attached:
            return attached.file
    given = task.access_requests.filter(organisation_id__in=by.organisations, paper_id=file_id).first()
    if given:
        return given.paper
    return _photo(by, task, file_id) or _mailed(by, task, file_id) or _bid_file(by, task, file_id)


def _photo(by: Principal, task: TaskNotice, file_id: int) -> StoredFile | None:
    """A picture sent along with an answer, for the buyer and for the one who sent it."""
    answers = Answer.objects.filter(invitation__task=task, photo_id=file_id).select_related(
        "photo", "invitation"
    )
    sent = answers.first()
    if sent and (by.works_here or by.speaks_for(sent.invitation.organisation_id)):
        return sent.photo
    return None


def _mailed(by: Principal, task: TaskNotice, file_id: int) -> StoredFile | None:
    """A file that came with a mail about the task, for the buyer; in a competition only when the bids are open, since
    somebody may have mailed theirs."""
    sealed = getattr(task, "competition", None)
    if not by.works_here or (sealed is not None and sealed.opened_at is None):
        return None
    rows = IncomingFile.objects.filter(mail__answers__about=f"task:{task.pk}", file_id=file_id)
    sent = rows.select_related("file").first()
    return sent.file if sent else None


def _bid_file(by: Principal, task: TaskNotice, file_id: int) -> StoredFile | None:
    """What came with an opened bid: for its bidder, the buyer, and whoever was given access. Leaves a line in the log."""
    bid = Bid.objects.select_related("file").filter(task=task, file_id=file_id).first()
    if bid is None or by.speaks_for(bid.organisation_id):
        return bid.file if bid else None
    granted = task.access_requests.filter(
        organisation_id__in=by.organisations,
        about_id=bid.organisation_id,
        outcome=AccessRequest.Outcome.GIVEN,
    ).exists()
    if not by.works_here and not granted:
        return None
    now = timezone.now()
    choosing = state_of(task, now) is State.TO_AWARD
    purpose = CHOOSING if choosing else FOLLOWING_UP if by.works_here else ACCESS
    read = {"bids": [bid.pk], "file": file_id}
    audit.record_reading(by, "bid", f"task:{task.pk}", purpose=purpose, now=now, facts=read)
    return bid.file
