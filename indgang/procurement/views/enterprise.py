# SPDX-License-Identifier: MPL-2.0
"""The enterprise's pages: the answer by link, the sealed bid, questions, and access to papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request, found, logged_in
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.procurement.actions import access, bids, questions
from indgang.procurement.actions.account import join_account
from indgang.procurement.actions.answer import answer, standing_answer, undo_aversion
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
from indgang.procurement.models import Answer, Bid, Invitation, TaskNotice
from indgang.procurement.pages import enterprise_page
from indgang.procurement.permissions import ANSWER
from indgang.procurement.queries import visible_to
from indgang.procurement.states import State, state_of

BY_LINK = Limit("answer", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("answer", per="address", times=240, seconds=300)
BIDDING = Limit("bid", per="account", times=30, seconds=3600)


def _by_link(request: Request, token: str) -> tuple[Principal, Invitation]:
    """Who came by the link and what it is for. 404 for a link that never was; refuses one that has ended."""
    link = find_link(token, ANSWER)
    if link is None:
        raise Http404
    rows = Invitation.objects.select_related("organisation", "contact", "duty")
    invitation = rows.filter(pk=link.subject_id).first()
    if invitation is None or not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Linket virker ikke mere. Ring til kommunen, hvis du mangler noget."))
    by = principal_of(link, organisations=frozenset({invitation.organisation_id}))
    set_tenant(by.municipality_id, organisations=by.organisations)
    invitation.task = bundled(TaskNotice.objects.all()).get(pk=invitation.task_id)
    return by, invitation


@limited(BY_LINK, BY_ADDRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: Request, token: str) -> HttpResponse:
    """Read and answer without an account. Looking changes nothing, any number of times, on any device."""
    by, invitation = _by_link(request, token)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            photo = files.receive(said["photo"], by=by, now=now) if said["photo"] else None
            answer(
                by,
                invitation,
                said["kind"],
                because=said["because"],
                note=said["note"],
                price_oere=said["price"],
                ready_date=said["ready_date"],
                photo=photo,
                now=now,
            )
            return redirect("answer_by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/answer.html", _answer_page(by, invitation, form, token))


def _answer_page(by: Principal, invitation: Invitation, form: AnswerForm, token: str) -> dict[str, object]:
    now, task = timezone.now(), invitation.task
    page = enterprise_page(by, task, now)
    return page | {
        "invitation": invitation,
        "form": form,
        "token": token,
        "standing": standing_answer(invitation),
        "is_open": state_of(task, now) is State.ASKING,
        "wanted": form.data.get("kind") or "",
        "kinds": Answer.Kind,
    }


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def question_by_link(request: Request, token: str) -> HttpResponse:
    by, invitation = _by_link(request, token)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions.put_question(
                by, invitation.task, invitation.organisation_id, form.cleaned_data["text"], now=timezone.now()
            )
            messages.success(request, _("Spørgsmålet er sendt. Svaret kommer på siden og i en mail."))
            return redirect("answer_by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
    page = _answer_page(by, invitation, AnswerForm(), token) | {"question_form": form}
    return render(request, "procurement/answer.html", page, status=422)


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def regret_never(request: Request, token: str) -> HttpResponse:
    """Undo 'never for this kind'."""
    by, invitation = _by_link(request, token)
    undo_aversion(by, invitation, now=timezone.now())
    messages.success(request, _("Godt. I bliver spurgt igen, næste gang der kommer noget af den slags."))
    return redirect("answer_by_link", token)


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def log_in_to_bid(request: Request, token: str) -> HttpResponse:
    """Send a log-in to the address we wrote to, whoever holds the link: a link can be forwarded, a bid cannot."""
    by, invitation = _by_link(request, token)
    join_account(by, invitation, now=timezone.now())
    messages.success(request, _("Der er en mail på vej til %(email)s.") % {"email": _masked(invitation)})
    return redirect("answer_by_link", token)


def _masked(invitation: Invitation) -> str:
    box, _at, domain = (invitation.contact.email if invitation.contact else "").partition("@")
    return f"{box[:2]}…@{domain}"


@limited(BY_LINK, BY_ADDRESS)
def order_by_link(request: Request, token: str) -> HttpResponse:
    """The order, for the enterprise that got it."""
    _by, invitation = _by_link(request, token)
    order = getattr(invitation.task, "order", None)
    if order is None or order.organisation_id != invitation.organisation_id or order.document is None:
        raise Http404
    return files.download(order.document)


def _visible(request: Request, task_id: int) -> TaskNotice:
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
    task = _visible(request, task_id)
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
    task = _visible(request, task_id)
    mine = Bid.objects.filter(task=task, pk=bid_id, organisation_id__in=request.principal.organisations)
    return render(request, "procurement/bid_receipt.html", {"task": task, "bid": found(mine.first())})


@logged_in
@require_POST
def withdraw_bid(request: Request, task_id: int) -> HttpResponse:
    task = _visible(request, task_id)
    bids.withdraw_bid(request.principal, task, _ours(request, task), now=timezone.now())
    messages.success(request, _("Tilbuddet er trukket tilbage. I kan byde igen indtil fristen."))
    return redirect("task", task_id)


@logged_in
@require_POST
def question(request: Request, task_id: int) -> HttpResponse:
    task = _visible(request, task_id)
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


@logged_in
@require_POST
def join(request: Request, task_id: int) -> HttpResponse:
    task = _visible(request, task_id)
    questions.ask_to_join(request.principal, task, _ours(request, task), now=timezone.now())
    messages.success(request, _("Indkøberen har fået besked og svarer inden for en arbejdsdag."))
    return redirect("task", task_id)


@logged_in
@require_POST
def ask_access(request: Request, task_id: int) -> HttpResponse:
    task = _visible(request, task_id)
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
    task = _visible(request, task_id)
    mine = task.access_requests.filter(pk=request_id, about_id__in=request.principal.organisations)
    asked = found(mine.exclude(heard_at=None).first())
    asked.task = task
    form = HearingForm(request.POST or None, initial={"text": asked.hearing_answer})
    if request.method == "POST" and form.is_valid():
        access.answer_hearing(request.principal, asked, form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Tak. Indkøberen tager det med i afgørelsen."))
        return redirect("task", task_id)
    return render(request, "procurement/hearing.html", {"task": task, "asked": asked, "form": form})
