# SPDX-License-Identifier: MPL-2.0
"""The enterprise's pages when it is logged in: its answer, the sealed bid, questions, and access to papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.kernel.http import Request, found, logged_in
from indgang.kernel.limits import Limit, limited
from indgang.procurement.actions import access, bids, questions
from indgang.procurement.actions.answer import undo_aversion
from indgang.procurement.actions.company import ask_for_company
from indgang.procurement.bundle import bundled
from indgang.procurement.forms import (
    AccessForm,
    AnswerForm,
    BidForm,
    CompanyNeedForm,
    HearingForm,
    QuestionForm,
)
from indgang.procurement.models import Bid, Invitation, TaskNotice
from indgang.procurement.pages import enterprise_page
from indgang.procurement.queries import visible_to
from indgang.procurement.views.answering import answer_form_again, give_answer

BIDDING = Limit("bid", per="account", times=60, seconds=3600)


def visible_task(request: Request, task_id: int) -> TaskNotice:
    row: TaskNotice = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    return row


def _ours(request: Request, task: TaskNotice) -> int:
    """The organisation that the reader acts for on this task: the invited one when there are several."""
    mine = request.principal.organisations
    if not mine:
        raise Http404
    invited = (
        task.invitations.filter(organisation_id__in=mine).values_list("organisation_id", flat=True).first()
    )
    return invited if invited is not None else min(mine)


def _invitation(request: Request, task: TaskNotice) -> Invitation:
    rows = task.invitations.filter(organisation_id__in=request.principal.organisations)
    invitation: Invitation = found(
        rows.exclude(invited_at=None).select_related("organisation", "duty").first()
    )
    invitation.task = task
    return invitation


@limited(BIDDING)
@logged_in
@require_POST
def answer_own(request: Request, task_id: int) -> HttpResponse:
    """Answer an invitation while logged in, as one does by the link."""
    task = visible_task(request, task_id)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            give_answer(request.principal, _invitation(request, task), form)
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    page = enterprise_page(request.principal, task, timezone.now()) | answer_form_again(form)
    return render(request, "procurement/task_enterprise.html", page, status=422)


@logged_in
@require_POST
def regret_own(request: Request, task_id: int) -> HttpResponse:
    """Undo 'never for this kind' while logged in."""
    undo_aversion(request.principal, _invitation(request, visible_task(request, task_id)), now=timezone.now())
    messages.success(request, _("Godt. I bliver spurgt igen, næste gang der kommer noget af den slags."))
    return redirect("task", task_id)


@limited(BIDDING)
@logged_in
@require_http_methods(["GET", "POST"])
def company_need(request: Request) -> HttpResponse:
    """A company asks the municipality to find somebody for a task of its own."""
    ours = found(Organisation.objects.filter(pk__in=request.principal.organisations).order_by("pk").first())
    form = CompanyNeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ask_for_company(request.principal, ours, said["need"], place=said["place"], now=timezone.now())
            messages.success(request, _("Tak. Koordinatoren spørger dem, der kan, og vender tilbage."))
            return redirect("tasks")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/company_need.html", {"form": form, "organisation": ours})


@limited(BIDDING)
@logged_in
@require_http_methods(["GET", "POST"])
def bid(request: Request, task_id: int) -> HttpResponse:
    """Write or replace a sealed bid."""
    task = visible_task(request, task_id)
    organisation_id = _ours(request, task)
    form = BidForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = said["file"]
        offer = bids.Offer(
            said["price"],
            said["delivery_date"],
            said["text"],
            upload.name if upload else "",
            upload.read() if upload else b"",
        )
        try:
            placed = bids.place_bid(request.principal, task, organisation_id, offer, now=timezone.now())
            return redirect("bid_receipt", task_id, placed.pk)
        except Refused as refusal:
            form.refuse(refusal)
    page = enterprise_page(request.principal, task, timezone.now())
    return render(request, "procurement/bid.html", page | {"form": form})


@logged_in
def bid_receipt(request: Request, task_id: int, bid_id: int) -> HttpResponse:
    task = visible_task(request, task_id)
    mine = Bid.objects.filter(task=task, pk=bid_id, organisation_id__in=request.principal.organisations)
    return render(request, "procurement/bid_receipt.html", {"task": task, "bid": found(mine.first())})


@limited(BIDDING)
@logged_in
@require_POST
def withdraw_bid(request: Request, task_id: int) -> HttpResponse:
    task = visible_task(request, task_id)
    bids.withdraw_bid(request.principal, task, _ours(request, task), now=timezone.now())
    messages.success(request, _("Tilbuddet er trukket tilbage. I kan byde igen indtil fristen."))
    return redirect("task", task_id)


@limited(BIDDING)
@logged_in
@require_POST
def question(request: Request, task_id: int) -> HttpResponse:
    task = visible_task(request, task_id)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions.put_question(
                request.principal, task, _ours(request, task), form.cleaned_data["text"], now=timezone.now()
            )
            messages.success(request, _("Spørgsmålet er sendt. Svaret kommer på siden."))
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    page = enterprise_page(request.principal, task, timezone.now()) | {"question_form": form}
    return render(request, "procurement/task_enterprise.html", page, status=422)


@limited(BIDDING)
@logged_in
@require_POST
def join(request: Request, task_id: int) -> HttpResponse:
    task = visible_task(request, task_id)
    questions.ask_to_join(request.principal, task, _ours(request, task), now=timezone.now())
    messages.success(request, _("Indkøberen har fået besked og svarer inden for en arbejdsdag."))
    return redirect("task", task_id)


@limited(BIDDING)
@logged_in
@require_POST
def ask_access(request: Request, task_id: int) -> HttpResponse:
    task = visible_task(request, task_id)
    form = AccessForm(request.POST)
    if form.is_valid():
        try:
            decision = found(getattr(task, "decision", None))
            access.ask_for_access(
                request.principal,
                task,
                _ours(request, task),
                form.cleaned_data["text"],
                about_id=decision.organisation_id,
                now=timezone.now(),
            )
            messages.success(request, _("I får svar senest syv arbejdsdage fra nu."))
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    page = enterprise_page(request.principal, task, timezone.now()) | {"access_form": form}
    return render(request, "procurement/task_enterprise.html", page, status=422)


@logged_in
@require_http_methods(["GET", "POST"])
def hearing(request: Request, task_id: int, request_id: int) -> HttpResponse:
    """Say what is confidential in one's own papers."""
    task = visible_task(request, task_id)
    mine = task.access_requests.filter(pk=request_id, about_id__in=request.principal.organisations)
    asked = found(mine.exclude(heard_at=None).first())
    asked.task = task
    form = HearingForm(request.POST or None, initial={"text": asked.hearing_answer})
    if request.method == "POST" and form.is_valid():
        access.answer_hearing(request.principal, asked, form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Tak. Indkøberen tager det med i afgørelsen."))
        return redirect("task", task_id)
    return render(request, "procurement/hearing.html", {"task": task, "asked": asked, "form": form})
