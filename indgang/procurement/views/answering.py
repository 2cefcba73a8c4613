# SPDX-License-Identifier: MPL-2.0
"""The answer from a phone: by the link in the mail, any number of times, on any device."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.procurement.actions import questions
from indgang.procurement.actions.account import join_account
from indgang.procurement.actions.answer import answer, undo_aversion
from indgang.procurement.bundle import bundled
from indgang.procurement.forms import AnswerForm, QuestionForm
from indgang.procurement.models import Invitation, TaskNotice
from indgang.procurement.pages import enterprise_page
from indgang.procurement.permissions import ANSWER

BY_LINK = Limit("answer", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("answer", per="address", times=240, seconds=300)


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
        try:
            give_answer(by, invitation, form)
            return redirect("answer_by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/answer.html", _answer_page(by, invitation, form, token))


def _answer_page(by: Principal, invitation: Invitation, form: AnswerForm, token: str) -> dict[str, object]:
    page = enterprise_page(by, invitation.task, timezone.now())
    return page | answer_form_again(form) | {"invitation": invitation, "token": token}


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


def give_answer(by: Principal, invitation: Invitation, form: AnswerForm) -> None:
    """Write down what a valid form says, with its picture."""
    said, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
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


def answer_form_again(form: AnswerForm) -> dict[str, object]:
    """The form as it was sent, and which answer was pressed."""
    return {"answer_form": form, "wanted": form.data.get("kind") or ""}
