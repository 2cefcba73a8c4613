# SPDX-License-Identifier: MPL-2.0
"""The buyer's later pages: questions, phone answers, opening, choosing, ordering, delivery."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.kernel import inbox
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import IncomingMail, Role
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, bids, deliver, questions
from indgang.procurement.actions.company import put_in_touch
from indgang.procurement.bundle import bundled
from indgang.procurement.forms import (
    AwardForm,
    BuyForm,
    DeliveryForm,
    PhoneAnswerForm,
    ReplyForm,
)
from indgang.procurement.models import Bid, Invitation, TaskNotice
from indgang.procurement.pages import staff_page
from indgang.procurement.queries import phone_list, visible_to


def task_in_sight(request: Request, task_id: int) -> TaskNotice:
    row: TaskNotice = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    return row


def _invitation(task: TaskNotice, invitation_id: int) -> Invitation:
    rows = task.invitations.exclude(invited_at=None).select_related(
        "organisation", "contact", "duty", "task__law"
    )
    invitation: Invitation = found(rows.filter(pk=invitation_id).first())
    invitation.task = task
    return invitation


def _again(request: Request, task: TaskNotice, **shown: object) -> HttpResponse:
    """The task page once more, with the form that was refused and everything typed in it."""
    page = staff_page(request.principal, task, timezone.now()) | shown
    return render(request, "procurement/task.html", page, status=422)


@staff()
@require_POST
def reply(request: Request, task_id: int, question_id: int) -> HttpResponse:
    task = task_in_sight(request, task_id)
    question = found(task.questions.select_related("duty").filter(pk=question_id).first())
    question.task = task
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            questions.answer_question(
                request.principal, question, form.cleaned_data["answer"], now=timezone.now()
            )
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, task, reply_form=form)


@staff()
@require_http_methods(["GET", "POST"])
def phone_answer(request: Request, task_id: int, invitation_id: int) -> HttpResponse:
    """Write down what somebody said on the phone."""
    task = task_in_sight(request, task_id)
    invitation = _invitation(task, invitation_id)
    form = PhoneAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answering.called(request.principal, invitation, reached=True, now=timezone.now())
            answering.answer(
                request.principal,
                invitation,
                said["kind"],
                because=said["because"],
                note=said["note"],
                price_oere=said["price"],
                ready_date=said["ready_date"],
                now=timezone.now(),
            )
            messages.success(
                request, _("Svaret fra %(name)s er skrevet ned.") % {"name": invitation.organisation.name}
            )
            return redirect(
                (request.POST.get("back") == "ring" and "phone_list") or "task", *_where(request, task_id)
            )
        except Refused as refusal:
            form.refuse(refusal)
    context = {"task": task, "invitation": invitation, "form": form, "back": request.GET.get("fra", "")}
    return render(request, "procurement/phone_answer.html", context)


def _where(request: Request, task_id: int) -> list[int]:
    return [] if request.POST.get("back") == "ring" else [task_id]


@staff(Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
def ring(request: Request) -> HttpResponse:
    """Whom to ring, number first."""
    return render(request, "procurement/phone_list.html", {"invitations": phone_list()[:200]})


@staff(Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
@require_POST
def not_reached(request: Request, invitation_id: int) -> HttpResponse:
    invitation = found(phone_list().filter(pk=invitation_id).first())
    answering.called(request.principal, invitation, reached=False, now=timezone.now())
    messages.info(request, _("Noteret: %(name)s tog den ikke.") % {"name": invitation.organisation.name})
    return redirect("phone_list")


@staff()
@require_POST
def mail_handled(request: Request, task_id: int, mail_id: int) -> HttpResponse:
    """A mail that came back has been dealt with."""
    task = task_in_sight(request, task_id)
    kept = (
        IncomingMail.objects.select_related("answers")
        .filter(pk=mail_id, answers__about=f"task:{task.pk}")
        .first()
    )
    inbox.handle(request.principal, found(kept), now=timezone.now())
    return redirect("task", task_id)


@staff()
@require_POST
def turn_key(request: Request, task_id: int) -> HttpResponse:
    opened = bids.turn_key(request.principal, task_in_sight(request, task_id), now=timezone.now())
    words = (
        _("Alle tilbud er åbnet.") if opened else _("Din nøgle er drejet. En kollega skal dreje den anden.")
    )
    messages.success(request, words)
    return redirect("task", task_id)


@staff()
@require_POST
def choose(request: Request, task_id: int) -> HttpResponse:
    """Award the task to a bidder."""
    task = task_in_sight(request, task_id)
    form = AwardForm(request.POST)
    if form.is_valid():
        bid = found(
            Bid.objects.select_related("organisation").filter(task=task, pk=form.cleaned_data["bid"]).first()
        )
        bid.task = task
        refusals = {
            int(name.removeprefix("refusal_")): str(value)
            for name, value in request.POST.items()
            if name.startswith("refusal_") and name.removeprefix("refusal_").isdigit()
        }
        try:
            award.award(
                request.principal,
                bid,
                reason=form.cleaned_data["reason"],
                refusals=refusals,
                now=timezone.now(),
            )
            messages.success(request, _("Opgaven er givet. Alle, der bød, har fået besked med begrundelse."))
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, task, award_form=form, chosen=request.POST.get("bid", ""))


@staff()
@require_POST
def buy(request: Request, task_id: int, invitation_id: int) -> HttpResponse:
    """Buy in the small lane: decision and order in one press."""
    task = task_in_sight(request, task_id)
    form = BuyForm(request.POST)
    if form.is_valid():
        try:
            award.buy_small(
                request.principal,
                _invitation(task, invitation_id),
                price_oere=form.cleaned_data["price"],
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
            messages.success(request, _("Købt. Ordren er sendt."))
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, task, buy_form=form)


@staff()
@require_POST
def introduce(request: Request, task_id: int, invitation_id: int) -> HttpResponse:
    """Put a company and an enterprise in touch."""
    invitation = _invitation(task_in_sight(request, task_id), invitation_id)
    put_in_touch(request.principal, invitation, now=timezone.now())
    messages.success(request, _("De to har fået hinandens navn og nummer."))
    return redirect("task", task_id)


@staff()
@require_POST
def order(request: Request, task_id: int) -> HttpResponse:
    task = task_in_sight(request, task_id)
    award.place_order(request.principal, found(getattr(task, "decision", None)), now=timezone.now())
    messages.success(request, _("Bestilt. Ordren er sendt."))
    return redirect("task", task_id)


@staff()
@require_POST
def delivered(request: Request, task_id: int) -> HttpResponse:
    task = task_in_sight(request, task_id)
    form = DeliveryForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            deliver.report_delivery(
                request.principal,
                found(getattr(task, "order", None)),
                delivered=said["delivered"],
                delivered_oere=said["amount"],
                rating=said["rating"],
                note=said["note"],
                now=timezone.now(),
            )
            messages.success(request, _("Tak. Nu tæller købet med."))
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _again(request, task, delivery_form=form)


@staff()
@require_POST
def paid(request: Request, task_id: int) -> HttpResponse:
    deliver.mark_paid(
        request.principal, found(getattr(task_in_sight(request, task_id), "order", None)), now=timezone.now()
    )
    return redirect("task", task_id)
