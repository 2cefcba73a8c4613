# SPDX-License-Identifier: MPL-2.0
"""Pages for the coordinator and the administrator."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.cases.actions.handover import leaver
from indgang.core.text import Refused
from indgang.kernel import actions, mail
from indgang.kernel.access import Principal
from indgang.kernel.duties import OVERSEERS, late_duties
from indgang.kernel.http import Request, found, staff
from indgang.kernel.log_in import write_log_in_link
from indgang.kernel.models import AuditLine, Duty, FilingItem, Membership, OutgoingMail, Role, Unit
from indgang.web.manage.forms import LetGoForm, MemberForm, SettingsForm, StandInForm, UnitForm
from indgang.web.tenants import forget_hosts

MANAGERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@staff(*MANAGERS)
def overview(request: Request) -> HttpResponse:
    """People, units and what needs a decision."""
    context = {
        "members": Membership.objects.filter(last_date=None)
        .select_related("user", "unit", "stand_in")
        .order_by("user__name"),
        "units": Unit.objects.order_by("kind", "name"),
        "uncertain": OutgoingMail.objects.filter(state__in=("uncertain", "stopped")).order_by("-created_at")[
            :50
        ],
        "waiting": OutgoingMail.objects.filter(state="waiting").count(),
        "unfiled": FilingItem.objects.filter(filed_at=None).aggregate(
            count=Count("pk"), oldest=Min("created_at"), trouble=Max("trouble")
        ),
    }
    return render(request, "manage/overview.html", context)


@staff(*OVERSEERS)
def late(request: Request) -> HttpResponse:
    """What the municipality has promised and not kept in time, the oldest first."""
    duties = late_duties(request.principal, now=timezone.now())
    return render(request, "manage/late.html", {"duties": duties[:200]})


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def municipality_settings(request: Request) -> HttpResponse:
    form = SettingsForm(request.POST or None, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(
            request.principal, request.municipality, now=timezone.now(), **form.cleaned_data
        )
        forget_hosts()
        messages.success(request, _("Gemt."))
        return redirect("manage")
    return render(request, "manage/form.html", {"form": form, "title": _("Kommunens egne tal og løfter")})


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def unit(request: Request, unit_id: int | None = None) -> HttpResponse:
    """Add or change a unit."""
    row = found(Unit.objects.filter(pk=unit_id).first()) if unit_id else None
    names = list(UnitForm.base_fields)
    form = UnitForm(
        request.POST or None, initial={name: getattr(row, name) for name in names} if row else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                actions.change_unit(request.principal, row, now=timezone.now(), **form.cleaned_data)
            else:
                actions.add_unit(request.principal, now=timezone.now(), **form.cleaned_data)
            return redirect("manage")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "manage/form.html", {"form": form, "title": row.name if row else _("Ny enhed")})


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def member(request: Request) -> HttpResponse:
    """Give somebody a post and send a first link."""
    form = MemberForm(request.POST or None, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            added = actions.add_member(
                request.principal, said["email"], said["name"], unit=said["unit"], role=Role(said["role"]),
                first_date=timezone.localdate(), phone=said["phone"], now=now,
            )  # fmt: skip
            write_log_in_link(request.principal, added.user, now=now)
            messages.success(request, _("%(name)s har fået en mail med et link.") % {"name": said["name"]})
            return redirect("manage")
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "manage/form.html", {"form": form, "title": _("Giv en kollega adgang")})


@staff()
@require_http_methods(["GET", "POST"])
def stand_in(request: Request, membership_id: int) -> HttpResponse:
    """Who steps in: one's own, or anybody's for the coordinator."""
    row = found(
        Membership.objects.select_related("user", "stand_in").filter(pk=membership_id, last_date=None).first()
    )
    if row.user_id != request.principal.user_id and not request.principal.holds(*MANAGERS):
        found(None)
    form = StandInForm(
        request.POST or None,
        membership=row,
        initial={"stand_in": row.stand_in_id, "absent_until": row.absent_until},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_stand_in(request.principal, row, now=timezone.now(), **form.cleaned_data)
            return redirect("manage" if request.principal.holds(*MANAGERS) else "desk")
        except Refused as refusal:
            form.refuse(refusal)
    title = _("Hvem træder til for %(name)s?") % {"name": row.user.name}
    return render(request, "manage/form.html", {"form": form, "title": title})


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def let_go(request: Request, membership_id: int) -> HttpResponse:
    """End somebody's post; the account closes when it was the last one."""
    row = found(
        Membership.objects.select_related("user", "stand_in").filter(pk=membership_id, last_date=None).first()
    )
    form = LetGoForm(request.POST or None, initial={"last_date": timezone.localdate()})
    duties = Duty.objects.filter(owner=row.user, done_at=None).order_by("due_at")
    if request.method == "POST" and form.is_valid():
        try:
            count, cases = _let_go(request.principal, row, form.cleaned_data["last_date"])
            messages.success(
                request, _("Adgangen er lukket. %(count)d opgaver er givet videre.") % {"count": count}
            )
            return redirect(
                "to_hand_over" if cases and request.principal.holds(Role.COORDINATOR) else "manage"
            )
        except Refused as refusal:
            form.refuse(refusal)
    title = _("%(name)s stopper") % {"name": row.user.name}
    return render(
        request, "manage/let_go.html", {"form": form, "title": title, "row": row, "duties": duties[:100]}
    )


@transaction.atomic
def _let_go(by: Principal, row: Membership, last_date: date) -> tuple[int, int]:
    """Close the account, and let duties and cases drop to the stand-in: all of it or nothing. Returns both counts."""
    now = timezone.now()
    count = actions.let_go(by, row, last_date=last_date, now=now)
    return count, 0 if row.user.is_active else leaver(by, row.user, now=now)


@staff(*MANAGERS)
@require_POST
def decide_mail(request: Request, mail_id: int) -> HttpResponse:
    """Send an uncertain mail again, or take it as sent."""
    row = found(OutgoingMail.objects.filter(pk=mail_id, state__in=("uncertain", "stopped")).first())
    mail.decide_uncertain(row, send_again="again" in request.POST)
    return redirect("manage")


@staff(*MANAGERS, Role.DATA_PROTECTION)
def log(request: Request) -> HttpResponse:
    """The newest lines of the log."""
    lines = AuditLine.objects.order_by("-number")
    subject = request.GET.get("om", "")
    if subject:
        lines = lines.filter(subject=subject)
    return render(request, "manage/log.html", {"lines": lines[:200], "subject": subject})
