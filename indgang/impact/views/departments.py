# SPDX-License-Identifier: MPL-2.0
"""The municipality's own department names for the accounts: changed with a preview, kept in versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indgang.core.text import Refused
from indgang.impact import account
from indgang.impact import departments as own
from indgang.impact.actions.departments import name_departments
from indgang.impact.forms import DepartmentsForm
from indgang.impact.models import DepartmentNames, ValueRun
from indgang.impact.permissions import check_can_name
from indgang.kernel.access import may
from indgang.kernel.http import Request, staff


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: Request) -> HttpResponse:
    """Everybody in the house reads the mapping; finance and those who steer change it, and see it first."""
    by = request.principal
    versions = list(
        DepartmentNames.objects.filter(municipality_id=by.municipality_id)
        .select_related("by")
        .order_by("-version")[:20]
    )
    names = dict(versions[0].names) if versions else {}
    wanted = next((v.names for v in versions if str(v.version) == request.GET.get("udgave")), names)
    form = DepartmentsForm(request.POST or None, names=wanted)
    preview = None
    if request.method == "POST" and form.is_valid():
        told = form.names()
        if request.POST.get("gem"):
            try:
                name_departments(by, told, now=timezone.now())
                messages.success(
                    request, _("Navnene er gemt og bruges fra nu af. Gemte kørsler beholder deres.")
                )
                return redirect("impact:departments")
            except Refused as refusal:
                form.refuse(refusal)
        else:
            preview = _preview(by.municipality_id, names, told)
    context = {
        "form": form,
        "versions": versions,
        "preview": preview,
        "allowed": may(check_can_name, by),
        "rows": [(a, own.labels(names).get(a.code, "")) for a in own.accounts()],
    }
    return render(request, "impact/departments.html", context)


def _preview(municipality_id: int, before: dict[str, str], after: dict[str, str]) -> dict[str, object]:
    """Every account before and after, and the newest run's departments with the new names."""
    old, new = own.labels(before), own.labels(after)
    rows = [(a, old.get(a.code) or a.department, new.get(a.code) or a.department) for a in own.accounts()]
    run = ValueRun.objects.filter(municipality_id=municipality_id).order_by("-at").first()
    table = own.owed(own.named(run.result, after), account.label_key())["before"] if run else []
    return {"rows": [row for row in rows if row[1] != row[2]], "table": table, "run": run}
