# SPDX-License-Identifier: MPL-2.0
"""The coordinator's pages: rules, the form's frames, and what must be handed over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases.actions import routes
from indgang.cases.models import Entrance, RoutingRule
from indgang.cases.queries import makeshift
from indgang.cases.staff_forms import EntranceForm, RuleForm
from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import Role


@require_safe
@staff(Role.COORDINATOR)
def rules(request: Request) -> HttpResponse:
    rows = RoutingRule.objects.select_related("person", "unit").order_by("topic", "town", "from_dkk")
    row = Entrance.objects.filter(municipality=request.municipality).first()
    origins = "\n".join(row.embed_origins) if row else ""
    context = {
        "rules": rows,
        "form": EntranceForm(initial={"embed_origins": origins}),
        "address": request.build_absolute_uri("/kontakt/indlejret/"),
    }
    return render(request, "cases/rules.html", context)


@staff(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def rule(request: Request, rule_id: int | None = None) -> HttpResponse:
    """One rule."""
    row = found(RoutingRule.objects.filter(pk=rule_id).first()) if rule_id else None
    names = ("topic", "town", "from_dkk", "working_days")
    start = {name: getattr(row, name) for name in names} | {"person": row.person_id} if row else {}
    form = RuleForm(request.POST or None, by=request.principal, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            routes.set_rule(request.principal, rule=row, now=timezone.now(), **form.cleaned_data)
            return redirect("case_rules")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "cases/rule.html", {"form": form, "rule": row})


@staff(Role.COORDINATOR)
@require_POST
def remove_rule(request: Request, rule_id: int) -> HttpResponse:
    row = found(RoutingRule.objects.filter(pk=rule_id).first())
    routes.remove_rule(request.principal, row, now=timezone.now())
    return redirect("case_rules")


@staff(Role.COORDINATOR)
@require_POST
def entrance(request: Request) -> HttpResponse:
    form = EntranceForm(request.POST)
    if form.is_valid():
        routes.set_entrance(request.principal, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Gemt."))
        return redirect("case_rules")
    rows = RoutingRule.objects.select_related("person", "unit").order_by("topic", "town", "from_dkk")
    address = request.build_absolute_uri("/kontakt/indlejret/")
    return render(request, "cases/rules.html", {"rules": rows, "form": form, "address": address})


@require_safe
@staff(Role.COORDINATOR, Role.DIRECTOR)
def to_hand_over(request: Request) -> HttpResponse:
    """Cases that dropped to a stand-in and wait for a contact person for good."""
    rows = makeshift().select_related("case__organisation", "gave", "took").order_by("gave__name", "at", "pk")
    return render(request, "cases/to_hand_over.html", {"rows": rows[:200]})
