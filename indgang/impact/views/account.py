# SPDX-License-Identifier: MPL-2.0
"""The account of a case: moved with sliders, kept as a run, on paper and as a workbook."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.text import Refused
from indgang.impact import account, departments, valuing
from indgang.impact.actions.value import keep_run, save_case
from indgang.impact.forms import CaseForm, initial_of
from indgang.impact.indicators import latest_quarter, plain_figures
from indgang.impact.models import ValueCase, ValueRun
from indgang.impact.papers import sheet_pdf
from indgang.impact.permissions import ACCOUNTANTS, check_can_account, check_can_see_transfers, opening_of
from indgang.impact.workbook import workbook
from indgang.kernel.access import may, translated
from indgang.kernel.http import Request, found, staff
from indgang.placements.permissions import least_people

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff()
@require_safe
def cases(request: Request) -> HttpResponse:
    """All cases; a single one opens at once."""
    by = request.principal
    rows = ValueCase.objects.filter(municipality_id=by.municipality_id).order_by("-changed_at")
    context = {"cases": rows[:50], "allowed": may(check_can_account, by)}
    return render(request, "impact/cases.html", context)


@staff(*ACCOUNTANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: Request) -> HttpResponse:
    """Write a case; how many take part is filled in from the ledger of quarters."""
    by, today = request.principal, timezone.localdate()
    start = {}
    if request.method == "GET":
        shown = plain_figures(
            by.municipality_id, latest_quarter(by.municipality_id, today=today), exact=False, today=today
        )
        start = {"participants": shown.total.total if shown.total else None}
    form = CaseForm(request.POST or None, initial=start, by=by)
    return _case_form(request, form, None)


@staff(*ACCOUNTANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_case(request: Request, case_id: int) -> HttpResponse:
    case = _case(request, case_id)
    return _case_form(
        request, CaseForm(request.POST or None, initial=initial_of(case.raw), by=request.principal), case
    )


@staff()
@require_safe
def show(request: Request, case_id: int) -> HttpResponse:
    """The account with its sliders. With htmx only the answer is sent again."""
    case = _case(request, case_id)
    by, refusal, shown = request.principal, "", None
    try:
        raw = valuing.moved(case.raw, request.GET.dict())
        answer = valuing.quick(raw, least_people(by.municipality_id))
        shown = account.page(departments.named(answer, departments.in_force(by.municipality_id)))
    except Refused as trouble:
        raw, refusal = case.raw, translated(trouble)
    context: dict[str, object] = {
        "case": case,
        "shown": shown,
        "refusal": refusal,
        "sliders": _sliders(valuing.slider_values(raw), valuing.slider_values(case.raw)),
        "query": request.GET.urlencode(),
        "allowed": may(check_can_account, by),
        "transfers": may(check_can_see_transfers, by, opening_of(by.municipality_id)),
    }
    if request.htmx:
        return render(request, "impact/_answer.html", context)
    context["runs"] = case.runs.defer("result").select_related("by").order_by("-at")[:10]
    return render(request, "impact/account.html", context)


@staff(*ACCOUNTANTS)
@require_POST
def keep(request: Request, case_id: int) -> HttpResponse:
    """Keep a run with the sliders where they are."""
    case, by = _case(request, case_id), request.principal
    raw = valuing.moved(case.raw, request.POST.dict())
    run = keep_run(by, case, raw, least_people=least_people(by.municipality_id), now=timezone.now())
    messages.success(request, _("Kørsel %(run)s er gemt og ændrer sig aldrig.") % {"run": run.run_id})
    return redirect("impact:run", run.pk)


@staff()
@require_safe
def run(request: Request, run_id: int) -> HttpResponse:
    """A kept run, exactly as it was."""
    row, by = _run(request, run_id), request.principal
    context = {
        "run": row,
        "case": row.case,
        "shown": account.page(departments.of_run(row)),
        "transfers": may(check_can_see_transfers, by, opening_of(by.municipality_id)),
    }
    return render(request, "impact/run.html", context)


@staff()
@require_safe
def sheet(request: Request, run_id: int) -> HttpResponse:
    row = _run(request, run_id)
    answer = HttpResponse(sheet_pdf(request.municipality, row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="vaerdi-{row.run_id}.pdf"'
    return answer


@staff()
@require_safe
def spreadsheet(request: Request, run_id: int) -> HttpResponse:
    row = _run(request, run_id)
    answer = HttpResponse(workbook(row), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="vaerdi-{row.run_id}.xlsx"'
    return answer


def _case_form(request: Request, form: CaseForm, case: ValueCase | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            before = case.raw if case else None
            saved = save_case(request.principal, form.raw(before), case, now=timezone.now())
            messages.success(request, _("Sagen er gemt."))
            return redirect("impact:account", saved.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "impact/case.html", {"form": form, "case": case})


def _sliders(now: dict[str, float], start: dict[str, float]) -> list[dict[str, object]]:
    words = {
        "success": (_("I job, når forløbet slutter"), "%"),
        "base_rate": (_("Var kommet i job alligevel"), "%"),
        "half_life": (_("Så længe holder halvdelen af jobbene"), _("uger")),
        "horizon": (_("Så langt ser vi frem"), _("år")),
    }
    return [
        {
            "name": name,
            "label": words[name][0],
            "unit": words[name][1],
            "value": f"{now[name]:g}",
            "start": f"{start[name]:g}",
            "low": f"{low:g}",
            "high": f"{high:g}",
            "moved": now[name] != start[name],
        }
        for name, (_key, low, high, _whole) in valuing.SLIDERS.items()
    ]


def _case(request: Request, case_id: int) -> ValueCase:
    rows = ValueCase.objects.filter(municipality_id=request.principal.municipality_id)
    row: ValueCase = found(rows.filter(pk=case_id).first())
    return row


def _run(request: Request, run_id: int) -> ValueRun:
    rows = ValueRun.objects.filter(municipality_id=request.principal.municipality_id)
    row: ValueRun = found(rows.select_related("case", "by").filter(pk=run_id).first())
    return row
