# SPDX-License-Identifier: MPL-2.0
"""What a sender sees: receipt, contact and dates by the link; messages and files after a code, or when logged in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases import attachments, bundle
from indgang.cases.actions import follow as acts
from indgang.cases.forms import CodeForm, MessageForm, RatingForm
from indgang.cases.models import EntryFile
from indgang.cases.pages import told
from indgang.cases.queries import lines_for, lines_of
from indgang.cases.states import state_of
from indgang.cases.views.way import UNLOCKED_FOR, Way, their_own
from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.access import anonymous
from indgang.kernel.codes import use_code
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit

CODES = Limit("follow-code", per="link", times=6, seconds=3600)
SHOWN = 200


@their_own()
@require_safe
def follow(request: Request, way: Way) -> HttpResponse:
    return page(request, way)


def page(
    request: Request,
    way: Way,
    form: MessageForm | None = None,
    rating_form: RatingForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    """The page, with as much as may be seen."""
    case = way.case
    outsider = anonymous(case.municipality_id)
    lines = bundle.with_files(lines_for(outsider, lines_of(case)))[:SHOWN] if way.unlocked else []
    context = {
        "way": way,
        "base": way.base,
        "case": case,
        "state": state_of(case),
        "unlocked": way.unlocked,
        "lines": [told(line) for line in lines],
        "needs": bundle.needs(case),
        "claims": bundle.claims(case),
        "form": form or MessageForm(),
        "rating_form": rating_form or RatingForm(),
        "code_form": code_form,
        "rated": case.closed_at is not None
        and way.person is not None
        and case.ratings.filter(participant=way.person, about_closing_at=case.closed_at).exists(),
    }
    return render(request, "cases/follow.html", context)


@their_own(CODES)
@require_POST
def code(request: Request, way: Way) -> HttpResponse:
    """Send a code to the person's own address, and ask for it."""
    acts.send_code(way.by, found(way.person), now=timezone.now())
    return page(request, way, code_form=CodeForm())


@their_own()
@require_POST
def unlock(request: Request, way: Way) -> HttpResponse:
    form, now, person = CodeForm(request.POST), timezone.now(), found(way.person)
    if form.is_valid():
        try:
            if use_code(acts.CODE, person.pk, form.cleaned_data["code"], now=now):
                opened = request.session.get("unlocked", {})
                request.session["unlocked"] = opened | {str(person.pk): (now + UNLOCKED_FOR).isoformat()}
                return redirect(way.base)
            form.add_error("code", _("Det er ikke den kode, vi sendte. Prøv igen."))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return page(request, way, code_form=form)


@their_own()
@require_http_methods(["GET", "POST"])
def write(request: Request, way: Way) -> HttpResponse:
    """A message back, from somebody who has shown a code or is logged in."""
    if not way.unlocked or request.method == "GET":
        return redirect(way.base)
    form, now = MessageForm(request.POST, request.FILES), timezone.now()
    ready = form.is_valid()
    kept = attachments.gather(way.by, form, now=now)
    if ready and not form.errors:
        try:
            person = way.person or acts.take_part(way.by, way.case, now=now)
            line = acts.write_back(
                way.by, way.case, person.name, form.cleaned_data["text"], files=kept, now=now
            )
            attachments.let_go(kept)
            messages.success(request, _("Vi har din besked."))
            return redirect(way.base if way.token else f"/jeres/henvendelser/{line.case_id}/")
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, way, form)


@their_own()
@require_http_methods(["GET", "POST"])
def rate(request: Request, way: Way) -> HttpResponse:
    """How it went, from 1 to 5."""
    form, now = RatingForm(request.POST or None), timezone.now()
    if form.is_valid():
        try:
            person = way.person or acts.take_part(way.by, way.case, now=now)
            acts.rate(
                way.by, way.case, person, form.cleaned_data["stars"], form.cleaned_data["text"], now=now
            )
            messages.success(request, _("Tak. Det hjælper os til at gøre det bedre."))
            return redirect(way.base)
        except Refused as refusal:
            form.refuse(refusal)
    return page(request, way, rating_form=form)


@their_own()
@require_safe
def file(request: Request, way: Way, file_id: int) -> HttpResponse:
    if not way.unlocked:
        return redirect(way.base)
    lines = lines_for(anonymous(way.case.municipality_id), lines_of(way.case)).values("pk")
    rows = EntryFile.objects.select_related("file").filter(entry_id__in=lines, pk=file_id)
    kept: EntryFile = found(rows.first())
    return files.download(kept.file)
