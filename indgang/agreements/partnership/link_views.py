# SPDX-License-Identifier: MPL-2.0
"""What a party does by the link in its mail: confirm an address, get a code, read the exact text, accede."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.agreements.models import Accession, Party
from indgang.agreements.partnership import accede, draft
from indgang.agreements.partnership.forms import AccedeForm, CodeForm
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal, translated
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.kernel.models import SignedLink

BY_LINK = Limit("accession", per="link", times=60, seconds=600, reading=True)
CODES = Limit("accession_code", per="link", times=6, seconds=3600)
TRIES = Limit("accession_try", per="link", times=20, seconds=3600)


def _link(token: str, purpose: str) -> SignedLink:
    link = find_link(token, purpose)
    if link is None:
        raise Http404
    if not works(link, now=timezone.now()):
        raise Refused(gettext_noop("Linket virker ikke mere. Skriv til den aftaleansvarlige i kommunen."))
    return link


def _accession(token: str) -> tuple[Principal, Accession]:
    link = _link(token, accede.ACCEDE)
    rows = Accession.objects.select_related(
        "version__agreement__manager", "version__agreement__municipality", "party"
    )
    return principal_of(link), rows.get(pk=link.subject_id)


@limited(BY_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, token: str) -> HttpResponse:
    """Is this the right address? Looking changes nothing."""
    link = _link(token, draft.CONFIRM)
    party = Party.objects.select_related("agreement").get(pk=link.subject_id)
    if request.method == "POST":
        draft.confirm_address(principal_of(link), party, now=timezone.now())
        return redirect("agreements:confirm", token)
    return render(request, "agreements/confirm.html", {"party": party})


@limited(BY_LINK)
@require_http_methods(["GET", "HEAD"])
def accession(request: Request, token: str) -> HttpResponse:
    """Where the code goes; and with the right code, the text. A forwarded link shows no more than a masked address."""
    by, row = _accession(token)
    return _page(request, by, row, token)


@limited(CODES)
@require_POST
def code(request: Request, token: str) -> HttpResponse:
    by, row = _accession(token)
    accede.send_code(by, row, now=timezone.now())
    messages.success(request, _("Der er en kode på vej til %(email)s.") % {"email": _masked(row.party.email)})
    return redirect("agreements:accession", token)


@limited(TRIES)
@require_POST
def check(request: Request, token: str) -> HttpResponse:
    """The right code opens the text, in this browser and for half an hour."""
    by, row = _accession(token)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            shown = accede.show_code(by, row, form.cleaned_data["code"], now=timezone.now())
            if shown is not None:
                request.session[_key(row)] = shown
                return redirect("agreements:accession", token)
            form.add_error("code", _("Koden passer ikke. Se i den nyeste mail, og prøv igen."))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, by, row, token, status=422, code_form=form)


@limited(TRIES)
@require_POST
def sign(request: Request, token: str) -> HttpResponse:
    """Accede to the text that was read."""
    by, row = _accession(token)
    form = AccedeForm(request.POST)
    if form.is_valid():
        try:
            accede.accede(by, row, shown=_shown(request, row), now=timezone.now(), **form.cleaned_data)
            request.session.pop(_key(row), None)
            return redirect("agreements:accession", token)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, by, row, token, status=422, accede_form=form)


def _page(
    request: Request, by: Principal, row: Accession, token: str, *, status: int = 200, **shown: object
) -> HttpResponse:
    now, why = timezone.now(), ""
    if row.acceded_at is None:
        try:
            accede.check_still_open(by, row)
        except Refused as refusal:
            why = translated(refusal)
    is_open = not why and row.acceded_at is None and accede.opens(row, _shown(request, row), now=now)
    page = {
        "row": row,
        "version": row.version,
        "agreement": row.version.agreement,
        "token": token,
        "masked": _masked(row.party.email),
        "is_open": is_open,
        "has_code": not is_open and accede.has_code(row, now=now),
        "why": why,
        "code_form": CodeForm(),
        "accede_form": AccedeForm(
            initial={"name": row.party.signer_name, "seen_hash": row.version.text_hash}
        ),
    }
    return render(request, "agreements/accession.html", page | shown, status=status)


def _key(row: Accession) -> str:
    return f"accession-{row.pk}"


def _shown(request: Request, row: Accession) -> int:
    """The code that was shown in this browser."""
    return int(request.session.get(_key(row), 0))


def _masked(email: str) -> str:
    box, _at, domain = email.partition("@")
    return f"{box[:1]}…@{domain}"
