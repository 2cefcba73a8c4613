# SPDX-License-Identifier: MPL-2.0
"""Keeping the agreement: promises, figures, plans, requests outside it, meetings of the steering group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.agreements.models import Agreement, Fulfilment, GoalReading, SupportRequest
from indgang.agreements.partnership import keep, support
from indgang.agreements.partnership.forms import (
    KeptForm,
    LeaveForm,
    OpinionForm,
    PlanForm,
    ReadingForm,
    SteeringMeetingForm,
    SupportForm,
)
from indgang.agreements.partnership.leave import leave
from indgang.agreements.partnership.views import a_form, show, visible
from indgang.agreements.permissions import check_can_manage
from indgang.core.text import Refused
from indgang.kernel import files
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.meetings.queries import meetings_of


@logged_in
@require_http_methods(["GET", "POST"])
def kept(request: Request, agreement_id: int, fulfilment_id: int) -> HttpResponse:
    """Say that a promise was kept, with what shows it."""
    agreement = visible(request, agreement_id)
    rows = Fulfilment.objects.select_related("obligation", "party", "duty").filter(agreement=agreement)
    row = found(rows.filter(pk=fulfilment_id).first())
    row.agreement = agreement
    keep.check_can_fulfil(request.principal, row)
    form = KeptForm(request.POST or None, request.FILES or None, initial={"done_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            document = (
                files.receive(said["document"], by=request.principal, now=now, guarded=True)
                if said["document"]
                else None
            )
            keep.fulfil(
                request.principal,
                row,
                evidence=said["evidence"],
                done_date=said["done_date"],
                document=document,
                now=now,
            )
            messages.success(request, _("Godt. Løftet er holdt."))
            return _back(agreement, "loefter")
        except Refused as refusal:
            form.refuse(refusal)
    lead = f"{row.party.name}: {row.obligation.text}"
    return a_form(request, agreement, form, _("Løftet er holdt"), _("Gem"), lead)


@logged_in
@require_POST
def reading(request: Request, agreement_id: int, goal_id: int) -> HttpResponse:
    """A figure for a goal of the version that holds."""
    agreement, form = visible(request, agreement_id), ReadingForm(request.POST)
    version = found(agreement.versions.filter(accepted_at__isnull=False).order_by("-number").first())
    goal = found(version.goals.filter(pk=goal_id).first())
    if form.is_valid():
        try:
            row = keep.read_goal(request.principal, agreement, goal, now=timezone.now(), **form.cleaned_data)
            if row.duty_id is not None:
                messages.warning(
                    request, _("Tallet er rødt. Skriv inden ti arbejdsdage, hvad I gør ved det.")
                )
            return _back(agreement, "maal")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, reading_form=form, reading_goal=goal.pk)


@staff()
@require_http_methods(["GET", "POST"])
def plan(request: Request, agreement_id: int, reading_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    rows = GoalReading.objects.select_related("goal", "duty").filter(agreement=agreement)
    row = found(rows.filter(pk=reading_id).first())
    row.agreement = agreement
    form = PlanForm(request.POST or None, initial={"text": row.plan})
    if request.method == "POST" and form.is_valid():
        try:
            keep.write_plan(request.principal, row, form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("Planen er gemt."))
            return _back(agreement, "maal")
        except Refused as refusal:
            form.refuse(refusal)
    return a_form(request, agreement, form, _("Plan for et rødt tal"), _("Gem planen"), row.goal.title)


@logged_in
@require_POST
def ask(request: Request, agreement_id: int, party_id: int) -> HttpResponse:
    """Ask for something the agreement does not give."""
    agreement, form = visible(request, agreement_id), SupportForm(request.POST)
    party = found(agreement.parties.filter(pk=party_id, left_at=None).first())
    if form.is_valid():
        try:
            support.ask(request.principal, agreement, party, now=timezone.now(), **form.cleaned_data)
            messages.warning(
                request,
                _("Aftalen giver ikke støtte. Ønsket venter, til en jurist har vurderet det skriftligt."),
            )
            return _back(agreement, "stoette")
        except Refused as refusal:
            form.refuse(refusal)
    return show(request, agreement, status=422, support_form=form)


@staff()
@require_http_methods(["GET", "POST"])
def opinion(request: Request, agreement_id: int, request_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    row = _request(agreement, request_id)
    form = OpinionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            document = files.receive(said["document"], by=request.principal, now=now, guarded=True)
            support.attach_opinion(request.principal, row, text=said["text"], document=document, now=now)
            messages.success(
                request, _("Vurderingen er lagt ved og i journalen. Nu kan ønsket komme på en dagsorden.")
            )
            return _back(agreement, "stoette")
        except Refused as refusal:
            form.refuse(refusal)
    return a_form(request, agreement, form, _("Læg juristens vurdering ved"), _("Gem vurderingen"), row.text)


@staff()
@require_safe
def opinion_file(request: Request, agreement_id: int, request_id: int) -> HttpResponse:
    row = _request(visible(request, agreement_id), request_id)
    return files.download(found(row.opinion_document))


@staff()
@require_POST
def agenda(request: Request, agreement_id: int, request_id: int, meeting_id: int) -> HttpResponse:
    """Put a request on one of the steering group's meetings; refused without an opinion."""
    agreement = visible(request, agreement_id)
    meeting = found(meetings_of(keep.OWNER_KIND, agreement.pk).filter(pk=meeting_id).first())
    support.put_on_agenda(request.principal, _request(agreement, request_id), meeting, now=timezone.now())
    return redirect("meetings:meeting", meeting.pk)


@logged_in
@require_POST
def close(request: Request, agreement_id: int, request_id: int) -> HttpResponse:
    agreement = visible(request, agreement_id)
    support.close(request.principal, _request(agreement, request_id), now=timezone.now())
    return _back(agreement, "stoette")


@staff()
@require_http_methods(["GET", "POST"])
def steering(request: Request, agreement_id: int) -> HttpResponse:
    """Call the steering group."""
    agreement = visible(request, agreement_id)
    check_can_manage(request.principal, agreement)
    form = SteeringMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = keep.call_steering_group(
                request.principal,
                agreement,
                times=form.times,
                place=form.cleaned_data["place"],
                now=timezone.now(),
            )
            return redirect("meetings:meeting", meeting.pk)
        except Refused as refusal:
            form.refuse(refusal)
    lead = _("Én tid står med det samme. Skriv flere, så siger medlemmerne, hvad der passer.")
    return a_form(request, agreement, form, _("Indkald følgegruppen"), _("Send indkaldelsen"), lead)


def _request(agreement: Agreement, request_id: int) -> SupportRequest:
    rows = agreement.support_requests.select_related("party", "duty", "opinion_document")
    row: SupportRequest = found(rows.filter(pk=request_id).first())
    row.agreement = agreement
    return row


@staff()
@require_http_methods(["GET", "POST"])
def party_leaves(request: Request, agreement_id: int, party_id: int) -> HttpResponse:
    """One party goes out, the others go on."""
    agreement = visible(request, agreement_id)
    party = found(agreement.parties.filter(pk=party_id, left_at=None).first())
    party.agreement = agreement
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leave(request.principal, party, now=timezone.now(), **form.cleaned_data)
            messages.success(
                request, _("%(name)s er gået ud. De andre har fået besked.") % {"name": party.name}
            )
            return _back(agreement, "parter")
        except Refused as refusal:
            form.refuse(refusal)
    title = _("%(name)s går ud") % {"name": party.name}
    return a_form(request, agreement, form, title, _("Tag parten af aftalen"))


def _back(agreement: Agreement, where: str) -> HttpResponse:
    answer = redirect("agreements:partnership", agreement.pk)
    answer.headers["Location"] += f"#{where}"
    return answer
