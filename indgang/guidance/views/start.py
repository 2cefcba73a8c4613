# SPDX-License-Identifier: MPL-2.0
"""The door of the guide: what somebody wants to do, and where they got to."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from indgang.core.readings import find_amount_dkk
from indgang.core.text import Refused
from indgang.directory.search import find
from indgang.guidance.actions import cases
from indgang.guidance.aims import AIMS, BUY, aim
from indgang.guidance.coverage import coverage
from indgang.guidance.forms.cases import NameForm, StartForm
from indgang.guidance.queries import visible_to
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited

OPENING = Limit("law-case", per="account", times=120, seconds=3600)


@limited(OPENING)
@staff()
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Ask in one's own words. What an agreement covers is said at once, and no case is made of it."""
    principal, today = request.principal, timezone.localdate()
    text = request.GET.get("tekst", "").strip()[:2_000]
    initial = {"need": text, "value_dkk": request.GET.get("beloeb") or find_amount_dkk(text)}
    form = StartForm(request.POST or None, initial=initial)
    context: dict[str, object] = {"form": form, "aims": AIMS[1:]}
    if request.method == "POST" and form.is_valid():
        need, value = form.cleaned_data["need"], form.cleaned_data["value_dkk"]
        value = value or find_amount_dkk(need)
        known = cases.facts_in(need)
        covered = coverage(principal.municipality_id, known.get("cpv_main", ""), today)
        if covered.is_covered and "anyway" not in request.POST:
            return render(request, "guidance/start.html", context | {"coverage": covered})
        if "anyway" in request.POST:
            known = {name: fact for name, fact in known.items() if name != "cpv_main"}
        try:
            facts = known | ({"value_dkk": value} if value else {})
            row = cases.open_case(principal, BUY, need, facts=facts, now=timezone.now())
            return redirect("guidance:case", row.pk)
        except Refused as refusal:
            form.refuse(refusal, "need")
    elif text:
        codes = find(text, top=1).cpv
        context["coverage"] = coverage(principal.municipality_id, codes[0][0] if codes else "", today)
    mine = visible_to(principal).filter(owner_id=principal.user_id, closed_at=None)
    context["own"] = mine.order_by("-changed_at")[:5]
    return render(request, "guidance/start.html", context)


@limited(OPENING)
@staff()
@require_http_methods(["GET", "POST"])
def begin(request: Request, key: str) -> HttpResponse:
    """Name a case of another kind than buying, and begin."""
    chosen = found(aim(key))
    form = NameForm(request.POST or None)
    form.fields["title"].help_text = chosen.example
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        facts = cases.facts_in(title) if key == "aendr" else {}
        row = cases.open_case(request.principal, chosen, title, facts=facts, now=timezone.now())
        return redirect("guidance:case", row.pk)
    return render(request, "guidance/begin.html", {"form": form, "aim": chosen})
