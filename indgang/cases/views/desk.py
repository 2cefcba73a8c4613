# SPDX-License-Identifier: MPL-2.0
"""Staff's list of cases, and writing down what came by telephone or mail."""

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indgang.cases import attachments
from indgang.cases.actions.receive import Enquiry, receive
from indgang.cases.bundle import listed
from indgang.cases.forms import ByStaffForm, FindForm
from indgang.cases.models import Case
from indgang.cases.queries import Words, find_words, makeshift, visible_to, with_words
from indgang.cases.states import state_of
from indgang.core.text import Refused
from indgang.kernel.http import Request, staff
from indgang.kernel.models import Role

PER_PAGE = 40


@require_safe
@staff()
def cases(request: Request) -> HttpResponse:
    """What somebody may see, what is about to break on top."""
    form = FindForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    is_coordinator = request.principal.holds(Role.COORDINATOR)
    rows = _chosen(request, visible_to(request.principal), said.get("vis") or FindForm.ALL)
    sought = said.get("q", "").strip()
    words = find_words(request.principal, sought) if sought else Words()
    rows = with_words(rows, sought, words) if sought else rows
    page = Paginator(listed(rows), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "page": page,
        "states": [(case, state_of(case)) for case in page],
        "query": _query(request),
        "searched": bool(sought),
        "has_older": words.has_older,
        "is_coordinator": is_coordinator,
        "makeshift": makeshift().count() if is_coordinator else 0,
    }
    return render(request, "cases/list.html", context)


def _chosen(request: Request, rows: QuerySet[Case], which: str) -> QuerySet[Case]:
    rows = rows.filter(merged_into=None)
    if which == FindForm.CLOSED:
        return rows.exclude(closed_at=None).order_by("-closed_at", "-pk")
    rows = rows.filter(closed_at=None)
    if which == FindForm.MINE:
        rows = rows.filter(handler_id=request.principal.user_id)
    if which == FindForm.UNSORTED:
        rows = rows.filter(first_answered_at=None, answer_due_at__isnull=False)
    waiting = F("answer_due_at").asc(nulls_last=True)
    return rows.order_by(F("first_answered_at").desc(nulls_first=True), waiting, "-touched_at", "-pk")


def _query(request: Request) -> str:
    given = request.GET.copy()
    given.pop("side", None)
    return given.urlencode() + "&" if given else ""


@staff()
@require_http_methods(["GET", "POST"])
def new_case(request: Request) -> HttpResponse:
    """Somebody rang, wrote or came by: written down in the words they used."""
    form, by, now = (
        ByStaffForm(request.POST or None, request.FILES or None),
        request.principal,
        timezone.now(),
    )
    if request.method == "POST":
        ready = form.is_valid()
        kept = attachments.gather(by, form, now=now)
        if ready and not form.errors:
            names = [name for name in Enquiry.__dataclass_fields__ if name in form.cleaned_data]
            try:
                case = receive(
                    by, Enquiry(**{name: form.cleaned_data[name] for name in names}), files=kept, now=now
                )
                attachments.let_go(kept)
                return redirect("case", case.pk)
            except Refused as refusal:
                form.refuse(refusal)
    return render(request, "cases/new.html", {"form": form})
