# SPDX-License-Identifier: MPL-2.0
"""One page for each of the two, by link: answer, note a meeting, end it, say how it was. Looking changes nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.cases.advice import parties
from indgang.cases.advice.forms import EndForm, EvaluationForm, MetForm, YesForm
from indgang.cases.advice.pages import party_page
from indgang.cases.advice.permissions import FOUNDER, MENTOR
from indgang.cases.models import MentorMatch
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.kernel.ui.forms import Form

BY_LINK = Limit("mentor", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("mentor", per="address", times=240, seconds=300)


def _by_link(request: Request, token: str) -> tuple[Principal, MentorMatch]:
    """Who came by the link and for which match. 404 for a link that never was; refuses one that has ended."""
    link = find_link(token, MENTOR) or find_link(token, FOUNDER)
    if link is None:
        raise Http404
    rows = MentorMatch.objects.select_related(
        "mentor__user", "idea__case__handler", "idea__case__municipality"
    )
    match = rows.filter(pk=link.subject_id).first()
    if match is None or not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Linket virker ikke mere. Ring til kommunen, hvis du mangler noget."))
    by = principal_of(link)
    set_tenant(by.municipality_id)
    return by, match


def _page(request: Request, by: Principal, match: MentorMatch, token: str, **given: Form) -> HttpResponse:
    forms: dict[str, Form] = {
        "yes_form": YesForm(),
        "met_form": MetForm(initial={"met_date": timezone.localdate()}),
        "end_form": EndForm(),
        "evaluation_form": EvaluationForm(),
    }
    return render(request, "cases/advice/party.html", party_page(by, match, token) | forms | given)


def _acted(
    request: Request, token: str, name: str, form: Form, act: Callable[[Principal, MentorMatch, dict[str, Any]], object],
    thanks: str,
) -> HttpResponse:  # fmt: skip
    """Do one act when its form holds; otherwise show the page again with what was chosen."""
    by, match = _by_link(request, token)
    if form.is_valid():
        try:
            act(by, match, form.cleaned_data)
            messages.success(request, thanks)
            return redirect("mentor_by_link", token)
        except Refused as refusal:
            form.refuse(refusal)
            match = _by_link(request, token)[1]
    return _page(request, by, match, token, **{name: form})


@limited(BY_LINK, BY_ADDRESS)
@require_safe
def party(request: Request, token: str) -> HttpResponse:
    by, match = _by_link(request, token)
    return _page(request, by, match, token)


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def yes(request: Request, token: str) -> HttpResponse:
    return _acted(
        request, token, "yes_form", YesForm(request.POST),
        lambda by, match, said: parties.say_yes(by, match, agrees=said["agrees"], now=timezone.now()),
        _("Tak. Du har sagt ja."),
    )  # fmt: skip


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def no(request: Request, token: str) -> HttpResponse:
    return _acted(
        request, token, "yes_form", Form(request.POST),
        lambda by, match, _said: parties.say_no(by, match, now=timezone.now()),
        _("Tak, fordi du sagde det. Koordinatoren tager over."),
    )  # fmt: skip


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def met(request: Request, token: str) -> HttpResponse:
    return _acted(
        request, token, "met_form", MetForm(request.POST),
        lambda by, match, said: parties.note_meeting(by, match, met_date=said["met_date"], now=timezone.now()),
        _("Datoen er skrevet ned."),
    )  # fmt: skip


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def end(request: Request, token: str) -> HttpResponse:
    return _acted(
        request, token, "end_form", EndForm(request.POST),
        lambda by, match, said: parties.end_match(by, match, ending=said["ending"], now=timezone.now()),
        _("Forløbet er slut."),
    )  # fmt: skip


@limited(BY_LINK, BY_ADDRESS)
@require_POST
def evaluate(request: Request, token: str) -> HttpResponse:
    return _acted(
        request, token, "evaluation_form", EvaluationForm(request.POST),
        lambda by, match, said: parties.evaluate(
            by, match, score=said["score"], text=said["text"], now=timezone.now()
        ),
        _("Tak for din mening."),
    )  # fmt: skip
