# SPDX-License-Identifier: MPL-2.0
"""Totals once a quarter: the list of whom we have asked, one enterprise's form, and the same by link."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.quarter import Quarter, quarter_of
from indgang.core.text import Refused
from indgang.directory.queries import main_contact
from indgang.kernel import files
from indgang.kernel.access import Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works
from indgang.kernel.models import IncomingFile
from indgang.placements.actions import ask as asking
from indgang.placements.actions.answer import answer, replies
from indgang.placements.actions.bring_in import bring_in_totals
from indgang.placements.actions.consent import of
from indgang.placements.actions.count import freeze
from indgang.placements.csv_lists import Bad
from indgang.placements.forms import ListForm, TotalsForm
from indgang.placements.importing import TOTALS_COLUMNS
from indgang.placements.jobs import count_quarter
from indgang.placements.models import QuarterFigures, QuarterReport
from indgang.placements.permissions import REGISTRARS, TOTALS
from indgang.placements.totals import Totals
from indgang.placements.views.consent import told as told_consent

BY_LINK = Limit("totals", per="link", times=60, seconds=300, reading=True)
BY_ADDRESS = Limit("totals", per="address", times=240, seconds=300)


@staff(*REGISTRARS)
def totals(request: Request) -> HttpResponse:
    """One quarter: who has answered, who has not, and the button that closes it."""
    quarter = asked_quarter(request)
    by = request.principal
    reports = (
        QuarterReport.objects.filter(
            municipality_id=by.municipality_id, year=quarter.year, quarter=quarter.number
        )
        .select_related("organisation", "duty__owner")
        .order_by("answered_at", "organisation__sort_key")
    )
    rows = list(reports)
    context = {
        "quarter": quarter,
        "before": quarter.plus(-1),
        "after": quarter.plus(1) if quarter.last_date < timezone.localdate() else None,
        "has_ended": quarter.last_date < timezone.localdate(),
        "waiting": [row for row in rows if row.answered_at is None],
        "answered": [row for row in rows if row.answered_at is not None],
        "unasked": asking.to_ask(by.municipality_id, quarter),
        "figures": QuarterFigures.objects.filter(
            municipality_id=by.municipality_id, year=quarter.year, quarter=quarter.number
        ).first(),
    }
    return render(request, "placements/totals.html", context)


@staff(*REGISTRARS)
@require_POST
def ask(request: Request) -> HttpResponse:
    quarter = asked_quarter(request)
    asked = asking.ask(request.principal, quarter, now=timezone.now())
    messages.success(request, _("%(count)d virksomheder er spurgt.") % {"count": asked})
    return redirect(_address(quarter))


@staff(*REGISTRARS)
@require_POST
def close(request: Request) -> HttpResponse:
    """Count a last time and freeze."""
    quarter = asked_quarter(request)
    freeze(request.principal, quarter, now=timezone.now())
    messages.success(
        request, _("%(quarter)s er lukket. Tallene ændrer sig ikke mere.") % {"quarter": quarter}
    )
    return redirect(_address(quarter))


@logged_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, report_id: int) -> HttpResponse:
    """Staff write down what was said or written; the enterprise itself answers here when logged in."""
    by = request.principal
    rows = QuarterReport.objects.select_related("organisation", "duty", "municipality")
    row: QuarterReport = found(rows.filter(pk=report_id, municipality_id=by.municipality_id).first())
    own = by.speaks_for(row.organisation_id)
    if not own and not by.holds(*REGISTRARS):
        found(None)
    form = TotalsForm(request.POST or None, report=row, known=_known(by, row), own=own)
    if request.method == "POST" and _saved(by, row, form):
        messages.success(request, _("Tallene er gemt. Tak."))
        return redirect("placements:own") if own else redirect(_address(row.when))
    context = _context(row, form) | {
        "contact": main_contact(row.organisation_id),
        "replies": [] if own else replies(row).prefetch_related("files"),
    }
    return render(request, "placements/report.html", context)


@require_safe
@staff(*REGISTRARS)
def reply_file(request: Request, report_id: int, file_id: int) -> HttpResponse:
    """A file that came with a mailed answer."""
    rows = QuarterReport.objects.filter(municipality_id=request.principal.municipality_id, pk=report_id)
    sent = IncomingFile.objects.select_related("file").filter(
        mail__in=replies(found(rows.first())), pk=file_id, file__isnull=False
    )
    kept: IncomingFile = found(sent.first())
    return files.download(found(kept.file))


@limited(BY_LINK, BY_ADDRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponse:
    """The short form behind the link in the mail. Looking changes nothing."""
    link = find_link(token, TOTALS)
    if link is None:
        raise Http404
    rows = QuarterReport.objects.select_related("organisation", "duty", "municipality")
    row = rows.filter(pk=link.subject_id).first()
    if row is None or not works(link, now=timezone.now()):
        return render(request, "placements/link_dead.html", status=410)
    by = principal_of(link, organisations=frozenset({row.organisation_id}))
    set_tenant(by.municipality_id, organisations=by.organisations)
    if request.method == "POST" and "vises" in request.POST:
        told_consent(by, row.organisation_id, request)
        return redirect(request.path)
    form = TotalsForm(request.POST or None, report=row, known=_known(by, row), own=True)
    if request.method == "POST" and _saved(by, row, form):
        return redirect(f"{request.path}?tak=ja")
    more = {"thanks": "tak" in request.GET, "consent": of(by.municipality_id, row.organisation_id)}
    return render(request, "placements/by_link.html", _context(row, form) | more)


@staff(*REGISTRARS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list of totals for one quarter, kept whole or not at all."""
    quarter = asked_quarter(request)
    form = ListForm(request.POST or None, request.FILES or None)
    bad: list[Bad] = []
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["list"].read()
            kept, bad = bring_in_totals(request.principal, content, quarter, now=timezone.now())
            if not bad:
                told = ngettext(
                    "Tal fra %(count)d virksomhed er gemt.", "Tal fra %(count)d virksomheder er gemt.", kept
                )
                messages.success(request, told % {"count": kept})
                return redirect(_address(quarter))
        except Refused as refusal:
            form.refuse(refusal, "list")
    context = {"form": form, "bad": bad, "columns": TOTALS_COLUMNS, "quarter": quarter}
    return render(request, "placements/upload_totals.html", context)


def asked_quarter(request: Request) -> Quarter:
    """The quarter named in the address or the form, e.g. 2027-1; else the one that ended last."""
    told = re.fullmatch(r"(20\d\d)-([1-4])", request.POST.get("kvartal") or request.GET.get("kvartal") or "")
    if told:
        return Quarter(int(told[1]), int(told[2]))
    return quarter_of(timezone.localdate()).plus(-1)


def _address(quarter: Quarter) -> str:
    return f"{reverse('placements:totals')}?kvartal={quarter.year}-{quarter.number}"


def _known(by: Principal, row: QuarterReport) -> Totals:
    known = asking.known_totals(by, row.when, now=timezone.now())
    return known.get(row.organisation_id, Totals())


def _saved(by: Principal, row: QuarterReport, form: TotalsForm) -> bool:
    """Whether the form held and the action took it; a refusal shows in the form."""
    if not form.is_valid():
        return False
    now, said = timezone.now(), form.cleaned_data
    try:
        answer(
            by,
            row,
            form.told(),
            now=now,
            channel=said.get("channel", ""),
            said_by=said.get("said_by", ""),
        )
        count_quarter.defer(municipality_id=by.municipality_id, year=row.year, number=row.quarter)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _context(row: QuarterReport, form: TotalsForm) -> dict[str, object]:
    return {"report": row, "form": form, "quarter": row.when, "organisation": row.organisation}
