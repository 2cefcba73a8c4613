# SPDX-License-Identifier: MPL-2.0
"""The buyer's pages: the list, a new need, the task itself and its first steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.readings import find_amount_dkk, find_date
from indgang.core.text import Refused
from indgang.directory.models import Organisation
from indgang.directory.search import find
from indgang.kernel import files
from indgang.kernel.http import Request, found, staff
from indgang.kernel.limits import Limit, limited
from indgang.procurement.actions import describe, guided, send, steps
from indgang.procurement.bundle import bundled, listed
from indgang.procurement.forms import AddForm, LawForm, NeedForm, PublishForm, WhyForm
from indgang.procurement.law_watch import amber_tasks
from indgang.procurement.lawful import gate
from indgang.procurement.matching import all_matches, whole_result
from indgang.procurement.models import Invitation, TaskNotice
from indgang.procurement.pages import enterprise_page, staff_page
from indgang.procurement.queries import open_competitions, visible_to
from indgang.procurement.states import State, state_of

WRITING = Limit("write-task", per="address", times=120, seconds=3600)


def tasks(request: Request) -> HttpResponse:
    """Staff see their tasks; everyone else what is out."""
    now = timezone.now()
    if not request.principal.works_here:
        return render(
            request, "procurement/open_tasks.html", {"tasks": open_competitions(now)[:100], "now": now}
        )
    rows = listed(visible_to(request.principal)).order_by("-created_at")
    page = Paginator(rows, 40).get_page(request.GET.get("side"))
    states = [(task, state_of(task, now)) for task in page]
    amber = amber_tasks(request.principal.municipality_id)
    return render(request, "procurement/tasks.html", {"page": page, "states": states, "amber": amber})


@limited(WRITING)
@staff()
@require_http_methods(["GET", "POST"])
def new_task(request: Request) -> HttpResponse:
    """Write a need; the next page shows who can meet it."""
    text = request.GET.get("tekst", "")[:20_000]
    today = timezone.localdate()
    start = {"need": text, "value_dkk": find_amount_dkk(text), "delivery_date": find_date(text, today=today)}
    form = NeedForm(request.POST or None, by=request.principal, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            codes = find(said["need"], top=1, municipality_id=request.principal.municipality_id).cpv
            task = describe.describe_task(
                request.principal,
                unit=said["unit"],
                buyer_id=request.principal.user_id or 0,
                need=said["need"],
                value_dkk=said["value_dkk"],
                place=said["place"],
                delivery_date=said["delivery_date"] or find_date(said["need"], today=today),
                cpv_code=codes[0][0] if codes else "",
                now=timezone.now(),
            )
            return redirect("task", task.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/new_task.html", {"form": form})


def task(request: Request, task_id: int) -> HttpResponse:
    """One task, as much of it as the reader may see, the next thing to do on top."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    if request.principal.works_here:
        return render(request, "procurement/task.html", staff_page(request.principal, row, timezone.now()))
    return render(
        request, "procurement/task_enterprise.html", enterprise_page(request.principal, row, timezone.now())
    )


@staff()
@require_POST
def ask(request: Request, task_id: int) -> HttpResponse:
    """Ask the ones ticked in a small purchase."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    now = timezone.now()
    ticked = {int(value) for value in request.POST.getlist("organisation") if value.isdigit()}
    _pick_ticked(request, row, ticked)
    asked = send.ask_small(request.principal, row, now=now)
    messages.success(request, _("%(names)s er spurgt. Svarene kommer her.") % {"names": _names(asked)})
    return redirect("task", task_id)


@staff()
@require_POST
def split(request: Request, task_id: int) -> HttpResponse:
    """Make the several tasks in one need into tasks of their own."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    now = timezone.now()
    needs = [part.text for part in whole_result(row, now=now).parts]
    parts = describe.split_task(request.principal, row, needs, now=now)
    messages.success(request, _("Delt op i %(count)d opgaver. Her er den første.") % {"count": len(parts)})
    return redirect("task", parts[0].pk)


@staff()
@require_POST
def ask_coordinator(request: Request, task_id: int) -> HttpResponse:
    """Let the coordinator look further."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    steps.ask_coordinator(request.principal, row, now=timezone.now())
    messages.success(request, _("Koordinatoren har fået opgaven og vender tilbage."))
    return redirect("task", task_id)


@staff()
@require_POST
def lane(request: Request, task_id: int) -> HttpResponse:
    """Ask for sealed bids instead of asking a few, or back."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    other = {
        TaskNotice.Lane.SMALL: TaskNotice.Lane.COMPETITION,
        TaskNotice.Lane.COMPETITION: TaskNotice.Lane.SMALL,
    }
    describe.choose_lane(request.principal, row, other[TaskNotice.Lane(row.lane)], now=timezone.now())
    return redirect("task", task_id)


@staff()
@require_POST
def pick(request: Request, task_id: int) -> HttpResponse:
    """Put the ticked matches on the list of a competition."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    ticked = {int(value) for value in request.POST.getlist("organisation") if value.isdigit()}
    _pick_ticked(request, row, ticked)
    return redirect("task", task_id)


def _pick_ticked(request: Request, row: TaskNotice, ticked: set[int]) -> None:
    now = timezone.now()
    matches = {match.organisation.pk: match for match in all_matches(row, now=now)}
    for organisation_id in sorted(ticked & set(matches)):
        match = matches[organisation_id]
        describe.pick(
            request.principal,
            row,
            match.organisation,
            score=match.score,
            reasons=[str(reason) for reason in match.reasons],
            now=now,
        )


@staff()
@require_http_methods(["GET", "POST"])
def take_off(request: Request, task_id: int, invitation_id: int) -> HttpResponse:
    """Take one off the list, with a reason."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    invitation = found(
        row.invitations.select_related("organisation", "task").filter(pk=invitation_id).first()
    )
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            describe.take_off(request.principal, invitation, why=form.cleaned_data["why"], now=timezone.now())
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"task": row, "invitation": invitation, "form": form}
    return render(request, "procurement/take_off.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def add(request: Request, task_id: int) -> HttpResponse:
    """Add somebody the list did not name: before sending to the list, after sending as a later invitation."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    now, form = timezone.now(), AddForm(request.POST or None)
    chosen = Organisation.objects.exclude(published_at=None).filter(closed_at=None).order_by("sort_key")
    form.fields["organisation"].widget.choices = [(one.pk, one.name) for one in chosen]
    if request.method == "POST" and form.is_valid():
        organisation = found(chosen.filter(pk=form.cleaned_data["organisation"]).first())
        try:
            _add(request, row, organisation, form.cleaned_data["why"])
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request,
        "procurement/add.html",
        {"task": row, "form": form, "is_out": state_of(row, now) is State.ASKING},
    )


def _add(request: Request, row: TaskNotice, organisation: Organisation, why: str) -> None:
    now = timezone.now()
    if row.published_at is None:
        origin = Invitation.Origin.BUYER
        describe.pick(request.principal, row, organisation, origin=origin, why=why, now=now)
    else:
        send.invite_later(request.principal, row, organisation, why=why, now=now)


@staff()
@require_http_methods(["GET", "POST"])
def law(request: Request, task_id: int) -> HttpResponse:
    """The questions on which the lawful way depends."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    facts = row.law
    names = (
        "kind",
        "value_dkk",
        "related_value_dkk",
        "binding_agreement",
        "agreement_note",
        "cross_border",
        "reasoning",
    )
    known = {name: getattr(facts, name) for name in names} | {"cpv_code": row.cpv_code}
    found_now = gate(facts, on=timezone.localdate())
    form = LawForm(request.POST or None, initial=known)
    form.settle(found_now)
    if request.method == "POST" and form.is_valid():
        try:
            said = {**known, **form.cleaned_data}
            describe.tell_the_law(request.principal, row, now=timezone.now(), **said)
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/law.html", {"task": row, "form": form, "gate": found_now})


@require_POST
@staff()
def law_guide(request: Request, task_id: int) -> HttpResponse:
    """The whole guide about a task, with what the task says filled in."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    case = guided.open_guide(request.principal, row, now=timezone.now())
    return redirect("guidance:case", case.pk)


@staff()
@require_http_methods(["GET", "POST"])
def law_from_guide(request: Request, task_id: int) -> HttpResponse:
    """Back from the guide; pressing takes its answers over."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    if request.method == "POST":
        guided.take_from_guide(request.principal, row, now=timezone.now())
        messages.success(request, _("Svarene fra guiden gælder for opgaven."))
    return redirect("task", task_id)


@staff()
@require_http_methods(["GET", "POST"])
def publish(request: Request, task_id: int) -> HttpResponse:
    """Set the terms and send a competition out."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    form = PublishForm(
        request.POST or None, request.FILES or None, initial={"ceiling_dkk": row.law.value_dkk}
    )
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        upload = said.pop("file")
        try:
            if upload:
                kept = files.receive(upload, by=request.principal, now=now)
                send.attach_file(request.principal, row, kept, now=now)
            asked = send.publish_competition(request.principal, row, now=now, **said)
            messages.success(
                request, _("Sendt ud til %(count)d virksomheder på samme tid.") % {"count": len(asked)}
            )
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    listed = row.invitations.filter(removed_at=None).select_related("organisation")
    return render(request, "procurement/publish.html", {"task": row, "form": form, "listed": listed})


@staff()
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, task_id: int) -> HttpResponse:
    """Take a task back, with a reason that everyone who was asked will read."""
    row = found(bundled(visible_to(request.principal)).filter(pk=task_id).first())
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send.withdraw(request.principal, row, reason=form.cleaned_data["why"], now=timezone.now())
            return redirect("task", task_id)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "procurement/withdraw.html", {"task": row, "form": form})


def _names(asked: list[Invitation]) -> str:
    return ", ".join(invitation.organisation.name for invitation in asked)
