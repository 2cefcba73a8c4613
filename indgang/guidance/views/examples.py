# SPDX-License-Identifier: MPL-2.0
"""Worked examples: what the law says about made-up cases, and a case of one's own from one of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indgang.guidance import examples
from indgang.guidance.actions import cases
from indgang.guidance.aims import BUY, aim
from indgang.guidance.answer_page import answer_page, fact_lines
from indgang.guidance.guide import guide
from indgang.guidance.watch import signed_off
from indgang.kernel.http import Request, found, staff


@staff()
@require_safe
def all_examples(request: Request) -> HttpResponse:
    return render(request, "guidance/examples.html", {"groups": examples.by_aim()})


@staff()
@require_http_methods(["GET", "POST"])
def one_example(request: Request, slug: str) -> HttpResponse:
    """The answer to one; pressing begins a case of one's own with the same facts."""
    chosen = found(examples.example(slug))
    principal, now = request.principal, timezone.now()
    if request.method == "POST":
        row = cases.open_case(principal, aim(chosen.aim) or BUY, chosen.title, facts=chosen.facts, now=now)
        return redirect("guidance:case", row.pk)
    guided = guide(principal.municipality_id, chosen.facts, cases.day_of(chosen.facts, now))
    context = {
        "example": chosen,
        "guided": guided,
        "page": answer_page(guided),
        "facts": fact_lines(guided),
        "signed_off": signed_off(principal.municipality_id, guided.answer.court.pack),
    }
    return render(request, "guidance/example.html", context)
