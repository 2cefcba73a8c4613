# SPDX-License-Identifier: MPL-2.0
"""The door of the guide: what somebody wants to do, and where they got to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indgang.directory.search import find
from indgang.guidance.coverage import coverage
from indgang.kernel.http import Request, staff


@staff()
@require_safe
def start(request: Request) -> HttpResponse:
    """Ask in one's own words whether something is covered by an agreement that must be used."""
    text = request.GET.get("tekst", "").strip()[:2_000]
    context: dict[str, object] = {"text": text}
    if text:
        codes = find(text, top=1).cpv
        context["coverage"] = coverage(
            request.principal.municipality_id, codes[0][0] if codes else "", timezone.localdate()
        )
    return render(request, "guidance/start.html", context)
