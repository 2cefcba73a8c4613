# SPDX-License-Identifier: MPL-2.0
"""The decision record and its versions, and decisions that need a second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.pack import load
from indgang.core.text import Refused
from indgang.guidance.actions import cases, overrides, records
from indgang.guidance.answer_page import answer_page
from indgang.guidance.basis import told
from indgang.guidance.differences import changes_between
from indgang.guidance.forms.records import BackForm, OverrideForm, RecordForm
from indgang.guidance.guide import guide
from indgang.guidance.models import Override, RecordVersion, SavedAnswer
from indgang.guidance.permissions import check_can_back
from indgang.guidance.views.cases import case_of
from indgang.kernel import files
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff


@require_POST
@staff()
def draft(request: Request, case_id: int) -> HttpResponse:
    """One press."""
    row = records.draft_record(request.principal, case_of(request, case_id), now=timezone.now())
    return redirect("guidance:record", case_id, row.number)


@staff()
@require_http_methods(["GET", "POST"])
def record(request: Request, case_id: int, number: int) -> HttpResponse:
    """One version: edited and signed while it is open, read when it is signed, with what changed since the one before."""
    row = _version(request, case_id, number)
    before = row.case.records.filter(number=number - 1).first()
    context = {
        "case": row.case,
        "row": row,
        "changes": changes_between(before.sections, row.sections) if before else [],
        "versions": row.case.records.select_related("signed_by").order_by("-number"),
    }
    if row.signed_at is not None:
        return render(request, "guidance/record.html", context)
    form = RecordForm(request.POST or None, row=row, routes=_routes(row))
    if request.method == "POST" and form.is_valid():
        try:
            records.edit_record(
                request.principal, row, texts=form.texts(), seen_to=form.seen_to(),
                route=form.cleaned_data["chosen"], now=timezone.now(),
            )  # fmt: skip
            if "sign" in request.POST:
                records.sign_record(request.principal, row, now=timezone.now())
                messages.success(request, _("Underskrevet og sendt til journalen."))
            else:
                messages.success(request, _("Gemt."))
            return redirect("guidance:record", case_id, number)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "guidance/record_edit.html", context | {"form": form}, status=422 if form.is_bound else 200
    )


@require_safe
@staff()
def record_pdf(request: Request, case_id: int, number: int) -> HttpResponse:
    row = _version(request, case_id, number)
    return files.download(found(row.document))


@staff()
@require_http_methods(["GET", "POST"])
def override_ask(request: Request, case_id: int, rule_id: str) -> HttpResponse:
    """Write why, and choose who stands behind it."""
    row = case_of(request, case_id)
    guided = guide(
        row.municipality_id, row.facts, cases.day_of(row.facts, timezone.now()), unit_id=row.unit_id
    )
    page = answer_page(guided)
    line = found(next((each for each in [*page.uncertain, *page.blocked] if each.id == rule_id), None))
    form = OverrideForm(request.POST or None, by=request.principal, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            overrides.ask_override(request.principal, row, rule_id, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Din kollega er spurgt."))
            return redirect("guidance:case", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/override_ask.html", {"case": row, "line": line, "form": form})


@staff()
@require_http_methods(["GET", "POST"])
def override(request: Request, case_id: int, override_id: int) -> HttpResponse:
    """What a colleague is asked to stand behind."""
    case = case_of(request, case_id)
    row: Override = found(case.overrides.select_related("asked_by", "second").filter(pk=override_id).first())
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            backed = "back" in request.POST
            remark = form.cleaned_data["remark"]
            overrides.decide_override(
                request.principal, row, backed=backed, remark=remark, now=timezone.now()
            )
            return redirect("guidance:override", case_id, override_id)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "case": case,
        "row": row,
        "form": form,
        "may_back": may(check_can_back, request.principal, row),
    }
    return render(request, "guidance/override.html", context)


@require_safe
@staff()
def saved_answer(request: Request, answer_id: int) -> HttpResponse:
    """An answer as it was given, whatever has become of the rules since."""
    rows = SavedAnswer.objects.filter(municipality_id=request.principal.municipality_id)
    row: SavedAnswer = found(rows.filter(pk=answer_id).first())
    heads = {
        "open": _("Det måtte I"), "uncertain": _("Usikkert"), "blocked": _("Det måtte I ikke"),
        "duty": _("Det skulle I"), "condition": _("Det skulle I vide"),
    }  # fmt: skip
    lines = [
        (head, [each for each in row.answer["details"] if each["status"] == key])
        for key, head in heads.items()
    ]
    context = {"row": row, "sections": [pair for pair in lines if pair[1]], "facts": _facts_in_words(row)}
    return render(request, "guidance/saved_answer.html", context)


def _facts_in_words(row: SavedAnswer) -> list[tuple[str, str]]:
    specs = load().facts
    lines = []
    for name, value in row.facts.items():
        spec = specs.get(name)
        if spec is not None and not (spec.type == "object" and value is True):
            words = told(spec.label_of(value)) if spec.type == "choice" else str(value)
            lines.append(
                (
                    told(spec.label),
                    {"yes": _("Ja"), "no": _("Nej"), "unknown": _("Det ved jeg ikke")}.get(words, words),
                )
            )
    return lines


def _version(request: Request, case_id: int, number: int) -> RecordVersion:
    case = case_of(request, case_id)
    rows = case.records.select_related("signed_by", "author", "document", "filing", "answer")
    row: RecordVersion = found(rows.filter(number=number).first())
    row.case = case
    return row


def _routes(row: RecordVersion) -> list[tuple[str, str]]:
    guided = guide(
        row.municipality_id,
        row.case.facts,
        cases.day_of(row.case.facts, timezone.now()),
        unit_id=row.case.unit_id,
    )
    pack, values = guided.answer.court.pack, guided.answer.court.values
    ids = dict.fromkeys([row.route, *records.routes(guided, records.backed(row.case, guided))])
    return [(name, f"{told(pack.rule(name).title.filled(values))} ({name})") for name in ids]
