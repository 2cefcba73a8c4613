# SPDX-License-Identifier: MPL-2.0
"""The municipality's own words: one page to add, take out and put back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.directory.actions import words
from indgang.directory.forms.words import OwnWordsForm
from indgang.directory.models import OwnWords
from indgang.directory.permissions import TEACHERS
from indgang.directory.search import language
from indgang.kernel.http import Request, found, staff

MOST_SHOWN = 300


@staff(*TEACHERS)
@require_http_methods(["GET", "POST"])
def own_words(request: Request) -> HttpResponse:
    """What the search has been taught here, and a form to teach it more."""
    form = OwnWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = words.add_words(request.principal, now=timezone.now(), **form.cleaned_data)
            said = {"words": row.words, "meaning": _meaning(row)}
            messages.success(request, _("Fra nu af læses »%(words)s« som %(meaning)s.") % said)
            return redirect("directory:own_words")
        except Refused as refusal:
            form.refuse(refusal)
    rows = list(
        OwnWords.objects.select_related("added_by", "removed_by").order_by("-added_at")[: 2 * MOST_SHOWN]
    )
    context = {
        "form": form,
        "active": [(row, _meaning(row)) for row in rows if row.removed_at is None][:MOST_SHOWN],
        "removed": [(row, _meaning(row)) for row in rows if row.removed_at is not None][:MOST_SHOWN],
    }
    return render(request, "directory/staff/own_words.html", context)


@require_POST
@staff(*TEACHERS)
def change(request: Request, words_id: int, act: str) -> HttpResponse:
    """Take words out, or put them back."""
    row = found(OwnWords.objects.filter(pk=words_id).first())
    if act == "ud":
        words.take_out(request.principal, row, now=timezone.now())
        messages.success(
            request, _("»%(words)s« er taget ud. Du kan fortryde nederst på siden.") % {"words": row.words}
        )
    else:
        words.put_back(request.principal, row, now=timezone.now())
        messages.success(request, _("»%(words)s« gælder igen.") % {"words": row.words})
    return redirect("directory:own_words")


def _meaning(row: OwnWords) -> str:
    """The trade in words."""
    vocabulary = language().vocabulary
    known = vocabulary.label(row.trade) if row.trade in vocabulary.concepts else row.trade
    if not row.own_trade:
        return known
    return (
        _("%(name)s (nyt fag, tæt på %(known)s)") % {"name": row.own_trade, "known": known}
        if known
        else _("%(name)s (nyt fag)") % {"name": row.own_trade}
    )
