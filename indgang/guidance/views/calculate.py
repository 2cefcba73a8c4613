# SPDX-License-Identifier: MPL-2.0
"""The sums as pages. Nothing is kept: the numbers stand in the address, so that a sum can be sent to a colleague."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from indgang.core.law.pack import load
from indgang.core.text import Refused
from indgang.guidance.basis import basis_of
from indgang.guidance.calculations import PURCHASE, SUPPORT, Calculation, find_calculation
from indgang.guidance.calculations.calculation import DayForm, Worked
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited

SUMS = Limit("law-sums", per="address", times=600, seconds=300, reading=True)


@require_safe
def calculations(request: Request) -> HttpResponse:
    return render(request, "guidance/calculations.html", {"purchase": PURCHASE, "support": SUPPORT})


@limited(SUMS)
@require_safe
def calculate(request: Request, slug: str) -> HttpResponse:
    """One sum: the form, and under it the answer line by line when the form was sent."""
    calculation = found(find_calculation(slug))
    form = (
        calculation.form(request.GET) if request.GET else calculation.form(initial=calculation.form.start())
    )
    worked = _work(calculation, form) if request.GET and form.is_valid() else None
    on = form.cleaned_data["on"] if worked else timezone.localdate()
    context = {
        "calculation": calculation,
        "form": form,
        "worked": worked,
        "on": on,
        "basis": basis_of(load(), calculation.rules, on),
        "example": example_of(calculation),
        "others": [each for each in (*PURCHASE, *SUPPORT) if each.slug != slug],
    }
    return render(request, "guidance/calculate.html", context)


def _work(calculation: Calculation, form: DayForm) -> Worked | None:
    try:
        return calculation.work(load().figures, form.cleaned_data["on"], form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return None


def example_of(calculation: Calculation) -> str:
    """The address of the sum filled in with its example."""
    today = timezone.localdate().isoformat()
    filled = {"on": today} | {
        name: value.replace("{on}", today) for name, value in calculation.example.items()
    }
    return f"{reverse('guidance:calculate', args=[calculation.slug])}?{urlencode(filled)}"
