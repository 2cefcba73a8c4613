# SPDX-License-Identifier: MPL-2.0
"""What a sender sees: receipt, contact and dates by the link; messages and files after a code from the mail."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases import attachments, bundle
from indgang.cases.actions import follow as acts
from indgang.cases.bundle import bundled
from indgang.cases.forms import CodeForm, MessageForm, RatingForm
from indgang.cases.models import Case, EntryFile, Participant
from indgang.cases.pages import told
from indgang.cases.permissions import FOLLOW
from indgang.cases.queries import lines_for, lines_of
from indgang.cases.states import state_of
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.access import Principal, anonymous
from indgang.kernel.codes import use_code
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works

BY_LINK = Limit("follow", per="link", times=120, seconds=300, reading=True)
CODES = Limit("follow-code", per="link", times=6, seconds=3600)
UNLOCKED_FOR = timedelta(hours=4)
SHOWN = 200


def by_link(request: Request, token: str) -> tuple[Principal, Participant, Case]:
    """Who came by the link and to which case it leads. 404 for a link that never was; refuses one that has ended."""
    link = find_link(token, FOLLOW)
    if link is None:
        raise Http404
    person = Participant.objects.select_related("case").filter(pk=link.subject_id, left_at=None).first()
    if person is None or not works(link, now=timezone.now()):
        raise Refused(
            gettext_noop("Linket virker ikke mere. Skriv eller ring til kommunen, hvis du mangler noget.")
        )
    number = person.case.merged_into_id if person.confirmed_at else None
    case = bundled(Case.objects.all()).get(pk=number or person.case_id)
    return principal_of(link), person, case


def is_unlocked(request: Request, person: Participant) -> bool:
    """Whether this browser has shown a code for the person within four hours."""
    until = request.session.get("unlocked", {}).get(str(person.pk))
    return until is not None and datetime.fromisoformat(until) > timezone.now()


@limited(BY_LINK)
@require_safe
def follow(request: Request, token: str) -> HttpResponse:
    _by, person, case = by_link(request, token)
    return page(request, token, person, case, MessageForm(), RatingForm())


def page(
    request: Request,
    token: str,
    person: Participant,
    case: Case,
    form: MessageForm,
    rating_form: RatingForm,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    """The page, with as much as may be seen."""
    unlocked = is_unlocked(request, person)
    outsider = anonymous(case.municipality_id)
    lines = bundle.with_files(lines_for(outsider, lines_of(case)))[:SHOWN] if unlocked else []
    needs = bundle.needs(case)
    context = {
        "token": token,
        "person": person,
        "case": case,
        "state": state_of(case),
        "unlocked": unlocked,
        "lines": [told(line) for line in lines],
        "needs": needs,
        "claims": bundle.claims(case),
        "form": form,
        "rating_form": rating_form,
        "code_form": code_form,
        "rated": case.closed_at is not None
        and case.ratings.filter(participant=person, about_closing_at=case.closed_at).exists(),
    }
    return render(request, "cases/follow.html", context)


@limited(BY_LINK, CODES)
@require_POST
def code(request: Request, token: str) -> HttpResponse:
    """Send a code to the person's own address, and ask for it."""
    by, person, case = by_link(request, token)
    acts.send_code(by, person, now=timezone.now())
    return page(request, token, person, case, MessageForm(), RatingForm(), CodeForm())


@limited(BY_LINK)
@require_POST
def unlock(request: Request, token: str) -> HttpResponse:
    _by, person, case = by_link(request, token)
    form, now = CodeForm(request.POST), timezone.now()
    if form.is_valid():
        try:
            if use_code(acts.CODE, person.pk, form.cleaned_data["code"], now=now):
                opened = request.session.get("unlocked", {})
                request.session["unlocked"] = opened | {str(person.pk): (now + UNLOCKED_FOR).isoformat()}
                return redirect("follow", token)
            form.add_error("code", _("Det er ikke den kode, vi sendte. Prøv igen."))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return page(request, token, person, case, MessageForm(), RatingForm(), form)


@limited(BY_LINK)
@require_http_methods(["GET", "POST"])
def write(request: Request, token: str) -> HttpResponse:
    """A message back, from somebody who has shown a code."""
    by, person, case = by_link(request, token)
    if not is_unlocked(request, person) or request.method == "GET":
        return redirect("follow", token)
    form, now = MessageForm(request.POST, request.FILES), timezone.now()
    ready = form.is_valid()
    kept = attachments.gather(by, form, now=now)
    if ready and not form.errors:
        try:
            acts.write_back(by, case, person.name, form.cleaned_data["text"], files=kept, now=now)
            attachments.let_go(kept)
            messages.success(request, _("Vi har din besked."))
            return redirect("follow", token)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, token, person, case, form, RatingForm())


@limited(BY_LINK)
@require_http_methods(["GET", "POST"])
def rate(request: Request, token: str) -> HttpResponse:
    """How it went, from 1 to 5."""
    by, person, case = by_link(request, token)
    form = RatingForm(request.POST or None)
    if form.is_valid():
        try:
            acts.rate(
                by, case, person, form.cleaned_data["stars"], form.cleaned_data["text"], now=timezone.now()
            )
            messages.success(request, _("Tak. Det hjælper os til at gøre det bedre."))
            return redirect("follow", token)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, token, person, case, MessageForm(), form)


@limited(BY_LINK)
@require_safe
def file(request: Request, token: str, file_id: int) -> HttpResponse:
    _by, person, case = by_link(request, token)
    if not is_unlocked(request, person):
        return redirect("follow", token)
    lines = lines_for(anonymous(case.municipality_id), lines_of(case)).values("pk")
    rows = EntryFile.objects.select_related("file").filter(entry_id__in=lines, pk=file_id)
    kept: EntryFile = found(rows.first())
    return files.download(kept.file)
