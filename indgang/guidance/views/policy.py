# SPDX-License-Identifier: MPL-2.0
"""The municipality's own stricter policy: what it closes today, its history, and a change to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.core.law.pack import Pack, load
from indgang.core.text import Refused
from indgang.guidance.actions import policy
from indgang.guidance.basis import told
from indgang.guidance.forms.policy import RestrictionForm
from indgang.guidance.models import PolicyVersion
from indgang.guidance.permissions import check_can_sign
from indgang.guidance.policy_text import in_words
from indgang.kernel.access import may
from indgang.kernel.http import Request, staff
from indgang.kernel.models import Role


@staff()
@require_safe
def own_policy(request: Request) -> HttpResponse:
    """What is closed, in words; `?version=` shows an older one."""
    rows = PolicyVersion.objects.filter(municipality_id=request.principal.municipality_id)
    versions = list(rows.select_related("user").order_by("-number")[:100])
    wanted = request.GET.get("version", "")
    shown = next((each for each in versions if str(each.number) == wanted), versions[0] if versions else None)
    context = {
        "shown": shown,
        "is_newest": bool(versions) and shown == versions[0],
        "lines": _lines(load(), shown) if shown else [],
        "versions": versions,
        "may_change": may(check_can_sign, request.principal),
    }
    return render(request, "guidance/policy.html", context)


@staff(Role.PURCHASING_HEAD)
@require_http_methods(["GET", "POST"])
def restrict(request: Request) -> HttpResponse:
    """One more restriction."""
    form = RestrictionForm(
        request.POST or None,
        municipality_id=request.principal.municipality_id,
        initial={"adopted": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            standing = policy.newest(request.principal.municipality_id)
            name = (
                standing.name
                if standing
                else _("%(name)ss indkøbspolitik") % {"name": request.municipality.name}
            )
            policy.add_restriction(
                request.principal,
                form.restriction(),
                name=name,
                adopted=form.cleaned_data["adopted"],
                now=timezone.now(),
            )
            messages.success(
                request, _("Politikken er ændret. Guiden regner med den fra den dag, du valgte.")
            )
            return redirect("guidance:policy")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "guidance/policy_restrict.html", {"form": form})


@require_POST
@staff(Role.PURCHASING_HEAD)
def lift(request: Request, place: int) -> HttpResponse:
    """Take one restriction out."""
    policy.remove_restriction(request.principal, place, adopted=timezone.localdate(), now=timezone.now())
    messages.success(request, _("Begrænsningen er taget ud."))
    return redirect("guidance:policy")


def _lines(pack: Pack, row: PolicyVersion) -> list[dict[str, object]]:
    words = pack.figures.amounts(pack.published)
    return [
        {
            "when": in_words(each),
            "closes": [f"{told(pack.rule(name).title.filled(words))} ({name})" for name in each["closes"]],
            "documents": [told(pack.documents[key]) for key in each["documents"]],
            "reason": each["reason"],
        }
        for each in row.restrictions
    ]
