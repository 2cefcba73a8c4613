# SPDX-License-Identifier: MPL-2.0
"""Staff's pages: day one, drafts, what the software read out of a text, answers by telephone, merging."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from indgang.core.text import Refused
from indgang.directory import cvr
from indgang.directory.actions import consent, drafts, freshness, merge
from indgang.directory.children import children, with_children
from indgang.directory.forms.staff import CallForm, MergeForm, PhonedForm
from indgang.directory.letters import source_sentence
from indgang.directory.models import Availability, Contact, ImportRun, Listing, Organisation, Place
from indgang.directory.permissions import (
    KEEPERS,
    check_can_ask,
    check_can_confirm,
    check_can_publish,
    check_can_remove,
)
from indgang.directory.queries import drafts_of, main_contact, organisations_of, visible_to
from indgang.kernel.access import may
from indgang.kernel.http import Request, found, logged_in, staff
from indgang.kernel.limits import Limit, limited

LOOK_UPS = Limit("cvr-look-up", per="account", times=60, seconds=300)
DRAFTS_PER_PAGE = 50


@require_safe
@staff(*KEEPERS)
def begin(request: Request) -> HttpResponse:
    """Day one, and every day after: a list, or a telephone call."""
    mine = request.principal.municipality_id
    context = {
        "drafts": drafts_of(mine).count(),
        "published": Organisation.objects.filter(kept_by_id=mine, published_at__isnull=False).count(),
        "runs": ImportRun.objects.filter(municipality_id=mine).order_by("-created_at")[:5],
    }
    return render(request, "directory/staff/begin.html", context)


@limited(LOOK_UPS)
@staff(*KEEPERS)
def call(request: Request) -> HttpResponse:
    """Five sentences from a call become a draft. 'Slå op' fills in what CVR knows and keeps what was typed."""
    given, trouble = request.POST or None, ""
    if given is not None and "look_up" in given:
        company, trouble = _look_up(given.get("cvr_number", ""))
        form = CallForm(initial=given.dict() | (_from_cvr(company) if company else {}))
        return _call_page(request, form, company, trouble)
    form = CallForm(given, initial={"municipality_code": request.municipality.code})
    if given is not None and form.is_valid():
        try:
            organisation = drafts.add_draft(
                request.principal,
                form.new_organisation(),
                source=Organisation.Source.PHONE,
                has_asked_to_return=form.cleaned_data["has_asked_to_return"],
                now=timezone.now(),
            )
            return redirect("directory:suggestions", organisation.pk)
        except Refused as refusal:
            form.refuse(refusal)
    return _call_page(request, form, None, "")


def _call_page(request: Request, form: CallForm, company: cvr.Company | None, trouble: str) -> HttpResponse:
    context = {"form": form, "has_cvr": cvr.is_connected(), "company": company, "trouble": trouble}
    return render(request, "directory/staff/call.html", context)


def _look_up(number: str) -> tuple[cvr.Company | None, str]:
    try:
        company = cvr.look_up(number)
    except Refused as refusal:
        return None, str(refusal)
    return company, "" if company else _(
        "CVR kender ikke nummeret. Tjek det, eller skriv oplysningerne selv."
    )


def _from_cvr(company: cvr.Company) -> dict[str, object]:
    told: dict[str, object] = {
        "name": company.name,
        "street": company.street,
        "postal_code": company.postal_code,
        "town": company.town,
        "municipality_code": company.municipality_code,
        "legal_form": company.legal_form,
        "website": company.website,
        "contact_phone": company.phone,
        "contact_email": company.email,
        "advertising_protected": company.is_protected,
    }
    return {name: value for name, value in told.items() if value}


@require_safe
@staff(*KEEPERS)
def draft_list(request: Request) -> HttpResponse:
    """Enterprises that have not said yes, with what is to be done next."""
    rows = with_children(drafts_of(request.principal.municipality_id), Availability, Place, Contact, Listing)
    page = Paginator(rows, DRAFTS_PER_PAGE).get_page(request.GET.get("side"))
    seen = [
        {
            "organisation": row,
            "availability": next(iter(children(row, Availability)), None),
            "place": next(iter(children(row, Place)), None),
            "contact": next((c for c in children(row, Contact) if c.is_main), None),
            "unchecked": any(listing.checked_at is None for listing in children(row, Listing)),
        }
        for row in page
    ]
    return render(
        request, "directory/staff/drafts.html", {"page": page, "rows": seen, "count": page.paginator.count}
    )


@require_POST
@staff(*KEEPERS)
def ask_many(request: Request) -> HttpResponse:
    """Send the first mail to all that are ticked; those without an address or with protection become calls."""
    numbers = [int(number) for number in request.POST.getlist("virksomhed") if number.isdecimal()][
        :DRAFTS_PER_PAGE
    ]
    written = calls = skipped = 0
    for organisation in drafts_of(request.principal.municipality_id).filter(pk__in=numbers):
        try:
            by_mail = consent.ask_for_yes(request.principal, organisation, now=timezone.now())
            written, calls = written + by_mail, calls + (not by_mail)
        except Refused:
            skipped += 1
    told = [ngettext("%(n)d mail er skrevet.", "%(n)d mails er skrevet.", written) % {"n": written}]
    if calls:
        told.append(ngettext("%(n)d skal ringes op.", "%(n)d skal ringes op.", calls) % {"n": calls})
    if skipped:
        told.append(_("%(n)d er spurgt for nylig og sprunget over.") % {"n": skipped})
    messages.success(request, " ".join(told))
    return redirect("directory:drafts")


@staff(*KEEPERS)
def answer_for(request: Request, organisation_id: int) -> HttpResponse:
    """What the enterprise says on the telephone, or a first mail to it."""
    organisation = _kept_here(request, organisation_id)
    form = PhonedForm(request.POST if "said_by" in request.POST else None)
    if request.method == "POST" and (form.is_valid() or "ask" in request.POST):
        try:
            _note(request, organisation, form)
            return redirect(organisation.path)
        except Refused as refusal:
            messages.error(request, str(refusal))
    by = request.principal
    context = {
        "organisation": organisation,
        "form": form,
        "contact": main_contact(organisation.pk),
        "source": source_sentence(organisation, _),
        "may_ask": may(check_can_ask, by, organisation),
        "may_publish": may(check_can_publish, by, organisation),
        "may_confirm": may(check_can_confirm, by, organisation),
        "may_remove": may(check_can_remove, by, organisation),
    }
    return render(request, "directory/staff/answer_for.html", context)


def _note(request: Request, organisation: Organisation, form: PhonedForm) -> None:
    by, now = request.principal, timezone.now()
    if "ask" in request.POST:
        written = consent.ask_for_yes(by, organisation, now=now)
        messages.success(
            request,
            _("Mailen er skrevet.")
            if written
            else _("Vi skriver ikke uopfordret. Du har fået en opgave om at ringe."),
        )
    elif organisation.is_draft:
        consent.note_phoned_yes(by, organisation, said_by=form.cleaned_data["said_by"], now=now)
        messages.success(request, _("%(name)s er nu offentlig.") % {"name": organisation.name})
    else:
        freshness.confirm(by, organisation, said_by=form.cleaned_data["said_by"], now=now)
        messages.success(request, _("Profilen er bekræftet i dag."))


@staff(*KEEPERS)
def merge_with(request: Request, organisation_id: int) -> HttpResponse:
    organisation = _kept_here(request, organisation_id)
    form = MergeForm(request.POST or None, into=organisation)
    if request.method == "POST" and form.is_valid():
        gone = form.cleaned_data["other"]
        try:
            merge.merge(request.principal, organisation, gone, now=timezone.now())
            messages.success(request, _("%(name)s er lagt ind under denne.") % {"name": gone.name})
            return redirect(organisation.path)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"organisation": organisation, "form": form, "title": _("Læg sammen med en anden")}
    return render(request, "directory/staff/form.html", context)


@require_safe
@logged_in
def mine(request: Request) -> HttpResponse:
    """Straight to the profile, for those who speak for one enterprise; a choice for those who speak for more."""
    rows = visible_to(request.principal).filter(pk__in=organisations_of(request.principal.user_id or 0))
    organisations = list(rows.order_by("sort_key"))
    if len(organisations) == 1:
        return redirect(f"/virksomheder/{organisations[0].pk}/ret/")
    return render(request, "directory/mine.html", {"organisations": organisations})


def _kept_here(request: Request, organisation_id: int) -> Organisation:
    rows = visible_to(request.principal).filter(kept_by_id=request.principal.municipality_id)
    organisation: Organisation = found(rows.select_related("kept_by").filter(pk=organisation_id).first())
    return organisation
