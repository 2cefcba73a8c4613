# SPDX-License-Identifier: MPL-2.0
"""What staff decide in a case, each on a page of its own: needs, hand-over, ending, people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.cases.actions import closing, handover, needs, work
from indgang.cases.forms import WhyForm, colleagues
from indgang.cases.models import Case, Entry, Need, Topic
from indgang.cases.pages import sorting
from indgang.cases.queries import lines_for, lines_of, participants_of, visible_to
from indgang.cases.staff_forms import CloseForm, GiveForm, HandOverForm, PersonForm, SortForm
from indgang.cases.views.case import sought
from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.ui.forms import Form

Act = Callable[[dict[str, Any]], object]


def with_form(request: Request, row: Case, form: Form, title: str, act: Act, **more: object) -> HttpResponse:
    """One form, one act, back to the case; a refusal is shown with everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect("case", row.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/form.html", {"case": row, "form": form, "title": title, **more})


@staff()
@require_http_methods(["GET", "POST"])
def sort(request: Request, case_id: int) -> HttpResponse:
    """Confirm what the software read out of the enquiry, and who looks after it."""
    row, by = sought(request, case_id), request.principal
    form = SortForm(request.POST or None, **sorting(row))
    if request.method == "POST" and form.is_valid():
        said, staff_by_id = form.cleaned_data, {user.pk: user for user in colleagues(by.municipality_id)}
        wanted = [
            needs.Wanted(
                topic, staff_by_id[said[f"{topic}_person"]], said[f"{topic}_days"], topic in form.suggested
            )
            for topic in Topic.values
            if said.get(topic)
        ]
        try:
            needs.sort_out(by, row, wanted, now=timezone.now())
            return redirect("case", case_id)
        except Refused as refusal:
            form.refuse(refusal)
    enquiries = lines_for(by, lines_of(row)).filter(kind=Entry.Kind.ENQUIRY)[:3]
    return render(request, "cases/sort.html", {"case": row, "form": form, "enquiries": enquiries})


@staff()
@require_POST
def need_done(request: Request, case_id: int, need_id: int) -> HttpResponse:
    """Met, or fallen away."""
    need = _need(request, case_id, need_id)
    needs.finish_need(request.principal, need, dropped="dropped" in request.POST, now=timezone.now())
    return redirect("case", case_id)


@staff()
@require_http_methods(["GET", "POST"])
def need_given(request: Request, case_id: int, need_id: int) -> HttpResponse:
    """Another colleague looks after it."""
    need, by = _need(request, case_id, need_id), request.principal
    form = GiveForm(request.POST or None, by=by, initial={"person": need.person_id})
    title = _("Hvem tager sig af: %(topic)s?") % {"topic": need.get_topic_display().lower()}
    return with_form(
        request,
        need.case,
        form,
        title,
        lambda said: needs.give_need(by, need, said["person"], now=timezone.now()),
    )


def _need(request: Request, case_id: int, need_id: int) -> Need:
    row = found(visible_to(request.principal).filter(pk=case_id).first())
    rows = row.needs.select_related("case__organisation", "duty", "person")
    need: Need = found(rows.filter(pk=need_id).first())
    return need


@staff()
@require_http_methods(["GET", "POST"])
def hand_over(request: Request, case_id: int) -> HttpResponse:
    """Another contact person, whose name those outside are told at once."""
    row, by = sought(request, case_id), request.principal
    chosen = {"person": row.handler_id, "why": _("Bliver kontaktperson for alvor")} if row.makeshift else None  # type: ignore[attr-defined]
    form = HandOverForm(request.POST or None, by=by, initial=chosen)

    def act(said: dict[str, Any]) -> None:
        handover.hand_over(by, row, said["person"], why=said["why"], now=timezone.now())
        messages.success(request, _("%(name)s er kontaktperson.") % {"name": said["person"].name})

    return with_form(request, row, form, _("Hvem er kontaktperson?"), act)


@staff()
@require_http_methods(["GET", "POST"])
def close(request: Request, case_id: int) -> HttpResponse:
    """An honest ending."""
    row, by = sought(request, case_id), request.principal

    def act(said: dict[str, Any]) -> None:
        ending, reason, paragraph = said["ending"], said["reason"], said["paragraph"]
        closing.close(by, row, ending, reason=reason, paragraph=paragraph, now=timezone.now())

    return with_form(request, row, CloseForm(request.POST or None), _("Afslut sagen"), act)


@staff()
@require_http_methods(["GET", "POST"])
def reopen(request: Request, case_id: int) -> HttpResponse:
    """Open it again; how it ended stays in the timeline."""
    row, by = sought(request, case_id), request.principal
    return with_form(
        request, row, WhyForm(request.POST or None), _("Åbn sagen igen"),
        lambda said: closing.reopen(by, row, why=said["why"], now=timezone.now()),
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def add_person(request: Request, case_id: int) -> HttpResponse:
    """Somebody else from outside takes part."""
    row, by = sought(request, case_id), request.principal
    return with_form(
        request, row, PersonForm(request.POST or None), _("Tag en til med i sagen"),
        lambda said: work.add_participant(by, row, now=timezone.now(), **said),
    )  # fmt: skip


@staff()
@require_POST
def remove_person(request: Request, case_id: int, person_id: int) -> HttpResponse:
    row = sought(request, case_id)
    person = found(participants_of(row).filter(pk=person_id).first())
    work.remove_participant(request.principal, row, person, now=timezone.now())
    return redirect("case", case_id)


@staff()
@require_http_methods(["GET", "POST"])
def strike(request: Request, case_id: int, line_id: int) -> HttpResponse:
    """Empty a text that should not stand here."""
    row, by = sought(request, case_id), request.principal
    line = found(lines_for(by, lines_of(row)).filter(pk=line_id).first())
    return with_form(
        request, row, WhyForm(request.POST or None), _("Fjern teksten for altid"),
        lambda said: work.strike(by, row, line, why=said["why"], now=timezone.now()), line=line,
    )  # fmt: skip
