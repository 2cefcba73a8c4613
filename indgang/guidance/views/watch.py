# SPDX-License-Identifier: MPL-2.0
"""The law watch's pages: sources, what has changed, what a lawyer has yet to confirm, and the pack itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.explain import explain, weak_rules
from indgang.core.law.pack import load, names
from indgang.core.text import Refused
from indgang.guidance.actions import confirm, law_changes, sources
from indgang.guidance.basis import basis_of, told
from indgang.guidance.forms.watch import ConfirmForm, GiveForm, HowForm, ReviewForm, SignOffForm, WhyForm
from indgang.guidance.models import PointConfirmation, SignOff, SourceWatch
from indgang.guidance.permissions import check_can_confirm_law, check_can_watch_law
from indgang.guidance.watch import confirmations, open_notices, signed_off, source_rows
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, staff


@staff()
@require_safe
def law_changes_page(request: Request) -> HttpResponse:
    """Everything that is amber."""
    context = {
        "notices": [
            (row, HowForm(prefix=str(row.pk))) for row in open_notices(request.principal.municipality_id)
        ],
        "may_watch": may(check_can_watch_law, request.principal),
        "pack": load(),
    }
    return render(request, "guidance/law_changes.html", context)


@staff()
@require_POST
def handle(request: Request, notice_id: int) -> HttpResponse:
    row = found(open_notices(request.principal.municipality_id).filter(pk=notice_id).first())
    form = HowForm(request.POST, prefix=str(row.pk))
    if form.is_valid():
        try:
            law_changes.handle_notice(
                request.principal, row, how=form.cleaned_data["how"], now=timezone.now()
            )
            messages.success(request, _("Skrevet ned. Det er ikke gult mere."))
            return redirect("guidance:law_changes")
        except Refused as refusal:
            form.refuse(refusal)
    rows = open_notices(request.principal.municipality_id)
    notices = [(each, form if each.pk == row.pk else HowForm(prefix=str(each.pk))) for each in rows]
    context = {"notices": notices, "may_watch": may(check_can_watch_law, request.principal), "pack": load()}
    return render(request, "guidance/law_changes.html", context, status=422)


@staff()
@require_http_methods(["GET", "POST"])
def sources_page(request: Request) -> HttpResponse:
    """Every source with its owner and day; those ticked are read again or given to somebody, all at once."""
    by = request.principal
    review = ReviewForm(request.POST if request.POST.get("do") == "review" else None)
    give = GiveForm(request.POST if request.POST.get("do") == "give" else None, by=by)
    if request.method == "POST":
        ticked = SourceWatch.objects.filter(
            municipality_id=by.municipality_id, key__in=request.POST.getlist("source")
        )
        form = review if review.is_bound else give
        if form.is_valid():
            try:
                said, now = form.cleaned_data, timezone.now()
                if review.is_bound:
                    sources.review_sources(by, list(ticked), now=now, **said)
                else:
                    sources.give_sources(by, list(ticked), now=now, **said)
                messages.success(request, _("Gemt."))
                return redirect("guidance:sources")
            except Refused as refusal:
                form.refuse(refusal)
    rows = source_rows(by.municipality_id)
    mine = [row for row in rows if row.watch and row.watch.owner_id == by.user_id]
    shows_all = "alle" in request.GET or not mine
    context = {
        "shown": rows if shows_all else mine,
        "count": len(rows),
        "shows_all": shows_all,
        "ticked": set(request.POST.getlist("source")),
        "review": review,
        "give": give,
        "may_watch": may(check_can_watch_law, by),
        "is_new": not any(row.watch for row in rows),
        "today": timezone.localdate(),
    }
    return render(request, "guidance/sources.html", context, status=422 if request.method == "POST" else 200)


@staff()
@require_POST
def begin_watch(request: Request) -> HttpResponse:
    """Begin now instead of tonight."""
    count = sources.watch_sources(request.principal, now=timezone.now())
    messages.success(request, _("%(count)d kilder har nu en ansvarlig og en dag.") % {"count": count})
    return redirect("guidance:sources")


@staff()
@require_safe
def unconfirmed(request: Request) -> HttpResponse:
    """What a lawyer has yet to confirm, with the rules that rest on it, and what has been confirmed."""
    pack, today = load(), timezone.localdate()
    confirmed = confirmations(request.principal.municipality_id, pack.points)
    figures = pack.figures.amounts(today)
    points: list[dict[str, Any]] = [
        {
            "point": point,
            "words": told(point.words),
            "rules": [(rule_id, told(pack.rule(rule_id).title.filled(figures))) for rule_id in point.rules],
            "confirmed": confirmed.get(point.id),
        }
        for point in pack.points
    ]
    context = {
        "points": sorted(points, key=lambda row: (row["confirmed"] is not None, row["point"].id)),
        "count": len(points),
        "left": len(points) - len(confirmed),
        "weak": basis_of(pack, [rule.id for rule, _mark in weak_rules(pack)], today),
        "derived": [row for row in pack.figures.thresholds if row.derived and row.valid_to >= today],
        "pack": pack,
        "may_confirm": may(check_can_confirm_law, request.principal),
    }
    return render(request, "guidance/unconfirmed.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def point(request: Request, point_id: str) -> HttpResponse:
    """One point: a lawyer's answer, or the answer taken back."""
    pack, by = load(), request.principal
    row = found(next((each for each in pack.points if each.id == point_id), None))
    standing = confirmations(by.municipality_id, pack.points).get(point_id)
    form = ConfirmForm(request.POST if request.POST.get("do") == "confirm" else None)
    why = WhyForm(request.POST if request.POST.get("do") == "withdraw" else None)
    used = why if request.POST.get("do") == "withdraw" else form
    if request.method == "POST" and used.is_valid():
        try:
            if used is why:
                confirm.withdraw_confirmation(by, found(standing), now=timezone.now(), **why.cleaned_data)
            else:
                confirm.confirm_point(by, point_id, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Gemt."))
            return redirect("guidance:unconfirmed")
        except Refused as refusal:
            used.refuse(refusal)
    history = PointConfirmation.objects.filter(municipality_id=by.municipality_id, point=point_id)
    context = {
        "point": row,
        "words": told(row.words),
        "basis": basis_of(pack, row.rules, timezone.localdate()),
        "standing": standing,
        "history": history.exclude(withdrawn_at=None).order_by("-confirmed_at"),
        "form": form,
        "why": why,
        "may_confirm": may(check_can_confirm_law, by),
    }
    return render(request, "guidance/point.html", context, status=422 if request.method == "POST" else 200)


@staff()
@require_http_methods(["GET", "POST"])
def packs(request: Request) -> HttpResponse:
    """The packs, newest first, and who stands behind them."""
    by, pack = request.principal, load()
    standing = signed_off(by.municipality_id, pack)
    form = SignOffForm(request.POST if request.POST.get("do") == "sign" else None)
    why = WhyForm(request.POST if request.POST.get("do") == "withdraw" else None)
    used = why if request.POST.get("do") == "withdraw" else form
    if request.method == "POST" and used.is_valid():
        try:
            if used is why:
                confirm.withdraw_sign_off(by, found(standing), now=timezone.now(), **why.cleaned_data)
            else:
                confirm.sign_off(by, pack, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Gemt."))
            return redirect("guidance:packs")
        except Refused as refusal:
            used.refuse(refusal)
    rows = {row.sha256: row for row in _sign_offs(by.municipality_id) if row.withdrawn_at is None}
    context = {
        "pack": pack,
        "note": told(pack.note),
        "standing": standing,
        "known": [(name, sha256, rows.get(sha256)) for name, sha256 in reversed(list(names()))],
        "withdrawn": [row for row in _sign_offs(by.municipality_id) if row.withdrawn_at],
        "left": len(pack.points) - len(confirmations(by.municipality_id, pack.points)),
        "form": form,
        "why": why,
        "may_confirm": may(check_can_confirm_law, by),
    }
    return render(request, "guidance/packs.html", context, status=422 if request.method == "POST" else 200)


def _sign_offs(municipality_id: int) -> list[SignOff]:
    return list(
        SignOff.objects.filter(municipality_id=municipality_id).select_related("user").order_by("-signed_at")
    )


@staff()
@require_safe
def rule(request: Request, rule_id: str) -> HttpResponse:
    """One rule in plain words with all that it rests on."""
    pack, today = load(), timezone.localdate()
    try:
        row = pack.rule(rule_id)
    except Refused as refusal:
        raise Http404 from refusal
    language = "en" if get_language() == "en" else "da"
    confirmed = confirmations(request.principal.municipality_id, pack.points)
    context = {
        "rule": row,
        "told": {
            name.removesuffix(f"_{language}"): value
            for name, value in explain(pack, row, today).items()
            if not name.endswith("_en" if language == "da" else "_da")
        },
        "points": [
            (point, told(point.words), confirmed.get(point.id))
            for point in pack.points
            if rule_id in point.rules
        ],
        "pack": pack,
        "signed_off": signed_off(request.principal.municipality_id, pack),
    }
    return render(request, "guidance/rule.html", context)
