# SPDX-License-Identifier: MPL-2.0
"""Whom a case is about: confirmed by staff, after a call to the number in CVR."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indgang.cases.actions import confirm as confirming
from indgang.cases.models import Case, Participant
from indgang.cases.queries import participants_of, visible_to
from indgang.cases.staff_forms import ConfirmForm
from indgang.cases.views.case import sought
from indgang.core.text import Refused
from indgang.directory import cvr
from indgang.directory.models import Organisation
from indgang.directory.queries import visible_to as organisations_visible_to
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found, staff


@staff()
@require_http_methods(["GET", "POST"])
def confirm(request: Request, case_id: int, person_id: int) -> HttpResponse:
    """Staff have rung and know whom the case is about."""
    row, by = sought(request, case_id), request.principal
    person = found(participants_of(row).filter(pk=person_id).first())
    known = _known(request, row)
    start = {"name": row.claimed_name, "town": row.town, "organisation": str(known[0].pk) if known else ""}
    form = ConfirmForm(request.POST or None, known=known, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            goes_on = _confirmed(by, row, person, form)
            messages.success(request, _("%(name)s er bekræftet.") % {"name": person.name})
            return redirect("case", goes_on.pk)
        except Refused as refusal:
            form.refuse(refusal)
    others = Case.objects.filter(organisation__in=known, closed_at=None).select_related("organisation")
    context = {
        "case": row, "person": person, "form": form, "company": _company(row),
        "others": visible_to(by).filter(pk__in=others).select_related("organisation")[:5],
        "title": _("Hvem taler %(name)s for?") % {"name": person.name},
    }  # fmt: skip
    return render(request, "cases/confirm.html", context)


def _known(request: Request, row: Case) -> list[Organisation]:
    """Enterprises that it could be: the one the case is about, the one with the number, those of that name."""
    if row.organisation is not None:
        return [row.organisation]
    seen = organisations_visible_to(request.principal).filter(closed_at=None)
    likely = Q(pk=None)
    if row.claimed_cvr:
        likely |= Q(cvr_number=row.claimed_cvr)
    if row.claimed_name:
        likely |= Q(name__istartswith=row.claimed_name.split()[0])
    rows = list(seen.filter(likely).order_by("sort_key")[:8])
    return sorted(rows, key=lambda one: one.cvr_number != row.claimed_cvr)


def _company(row: Case) -> cvr.Company | None:
    """What CVR knows of the typed number, when it is connected and answers."""
    if not row.claimed_cvr or not cvr.is_connected():
        return None
    try:
        return cvr.look_up(row.claimed_cvr)
    except Refused:
        return None


def _confirmed(by: Principal, row: Case, person: Participant, form: ConfirmForm) -> Case:
    said, now = form.cleaned_data, timezone.now()
    chosen = said["organisation"]
    if chosen in (form.NEW, form.FOUNDER):
        return confirming.confirm_new(
            by, row, person, name=said["name"], town=said["town"], how=said["how"],
            is_founder=chosen == form.FOUNDER, now=now,
        )  # fmt: skip
    organisation = organisations_visible_to(by).get(pk=int(chosen))
    return confirming.confirm(by, row, person, organisation, how=said["how"], now=now)
