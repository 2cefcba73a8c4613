# SPDX-License-Identifier: MPL-2.0
"""Pages of the de minimis register."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.pack import load
from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.guidance.actions import aid
from indgang.guidance.aid import REGISTER_COVERS_FROM, lines_of, room_on, undertakings
from indgang.guidance.basis import basis_of
from indgang.guidance.forms.aid import AidForm, LookUpForm, RoomForm, TakeOutForm
from indgang.guidance.models import AidEntry
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import files
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff

RULES = ("M04", "M04b", "M01", "M05")
USUAL_RATE = 7.46
"""Kroner for a euro in what is only thought of; what is written down has the rate of its day."""


@staff()
@require_safe
def register(request: Request) -> HttpResponse:
    """Everybody who has had aid, and a search by CVR number."""
    today = timezone.localdate()
    form = LookUpForm(request.GET) if "cvr_number" in request.GET else LookUpForm()
    if form.is_bound and form.is_valid():
        return redirect("guidance:aid", form.cleaned_data["cvr_number"])
    context = {
        "rows": undertakings(request.principal.municipality_id, today),
        "form": form,
        "basis": basis_of(load(), RULES, today),
        "doubtful": today < REGISTER_COVERS_FROM,
    }
    return render(request, "guidance/aid_register.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def undertaking(request: Request, cvr_number: str) -> HttpResponse:
    """One undertaking: what is left on a day, every line, and a form for one more."""
    if not looks_like_cvr(cvr_number):
        raise Http404
    by, lines = request.principal, lines_of(request.principal.municipality_id, cvr_number)
    form = AidForm(
        request.POST or None,
        request.FILES or None,
        giver=request.municipality.name,
        name=_name(cvr_number, lines),
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        upload = said.pop("document")
        try:
            paper = files.receive(upload, by=by, now=timezone.now(), guarded=True) if upload else None
            aid.give_aid(by, cvr_number=cvr_number, document=paper, now=timezone.now(), **said)
            messages.success(request, _("Støtten er skrevet ind og tæller med."))
            return redirect("guidance:aid", cvr_number)
        except Refused as refusal:
            form.refuse(refusal)
    page = _page(request, cvr_number, lines) | {"form": form}
    return render(request, "guidance/aid.html", page, status=422 if form.is_bound else 200)


@staff()
@require_POST
def take_out(request: Request, cvr_number: str, entry_id: int) -> HttpResponse:
    entry, form = _entry(request, cvr_number, entry_id), TakeOutForm(request.POST, prefix=f"l{entry_id}")
    if form.is_valid():
        try:
            aid.take_out_aid(request.principal, entry, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Linjen er taget ud og tæller ikke mere."))
            return redirect("guidance:aid", cvr_number)
        except Refused as refusal:
            form.refuse(refusal)
    lines = lines_of(request.principal.municipality_id, cvr_number)
    page = _page(request, cvr_number, lines, (entry_id, form))
    page["form"] = AidForm(giver=request.municipality.name, name=_name(cvr_number, lines))
    return render(request, "guidance/aid.html", page, status=422)


@staff()
@require_POST
def put_back(request: Request, cvr_number: str, entry_id: int) -> HttpResponse:
    aid.put_back_aid(request.principal, _entry(request, cvr_number, entry_id), now=timezone.now())
    messages.success(request, _("Linjen tæller med igen."))
    return redirect("guidance:aid", cvr_number)


@staff()
@require_safe
def paper(request: Request, cvr_number: str, entry_id: int) -> HttpResponse:
    return files.download(found(_entry(request, cvr_number, entry_id).document))


def looks_like_cvr(text: str) -> bool:
    """Eight digits; whether they are a real number is asked where they are typed."""
    return len(text) == 8 and text.isascii() and text.isdigit()


def _entry(request: Request, cvr_number: str, entry_id: int) -> AidEntry:
    rows = AidEntry.objects.filter(municipality_id=request.principal.municipality_id, cvr_number=cvr_number)
    return found(rows.select_related("document").filter(pk=entry_id).first())  # type: ignore[no-any-return]


def _name(cvr_number: str, lines: list[AidEntry]) -> str:
    """What the undertaking is called: as it was written last, else as the directory knows it."""
    if lines:
        return lines[0].name
    shown = Organisation.objects.filter(cvr_number=cvr_number, merged_into=None).values_list(
        "name", flat=True
    )
    return shown.first() or ""


def _page(
    request: Request, cvr_number: str, lines: list[AidEntry], bound: tuple[int, TakeOutForm] | None = None
) -> dict[str, Any]:
    asked = RoomForm(
        request.GET if request.GET else None, initial={"on": timezone.localdate()}, auto_id="room_%s"
    )
    said = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    on = said.get("on") or timezone.localdate()
    new_euro = round((said.get("new_dkk") or 0) / USUAL_RATE, 2)
    room = None
    try:
        room = room_on(lines, on, new_euro=new_euro, entrusted=said.get("entrusted", False))
    except Refused as refusal:
        asked.refuse(refusal)
    return {
        "cvr_number": cvr_number,
        "name": _name(cvr_number, lines),
        "lines": [
            (line, bound[1] if bound and bound[0] == line.pk else TakeOutForm(prefix=f"l{line.pk}"))
            for line in lines
        ],
        "room": room,
        "on": on,
        "new_euro": new_euro,
        "room_form": asked,
        "basis": basis_of(load(), RULES, on),
        "doubtful": on < REGISTER_COVERS_FROM,
        "may_keep": may(check_can_keep_limits, request.principal),
    }
