# SPDX-License-Identifier: MPL-2.0
"""The form for everybody, on our own page and inside other people's."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from indgang.cases import attachments
from indgang.cases.actions.receive import Enquiry, receive
from indgang.cases.figures import figures
from indgang.cases.forms import EnquiryForm
from indgang.cases.models import Case, Entrance
from indgang.core.text import Refused
from indgang.kernel.access import Principal, anonymous
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited

SENDING = Limit("enquiry", per="address", times=30, seconds=3600)


@limited(SENDING)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request) -> HttpResponse:
    """Anybody writes in free words, also before there is a company."""
    form, case = _sent(request, request.principal)
    if case is not None:
        return _thanks(request, case)
    return render(request, "cases/contact.html", {"form": form, "base": "base.html"})


@limited(SENDING)
@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def embedded(request: Request) -> HttpResponse:
    """The same form inside a page of the municipality's own site. It acts for nobody who is logged in, so that it
    needs no cookie, which browsers keep from frames."""
    form, case = _sent(request, anonymous(request.municipality.pk))
    base = {"base": "cases/embedded.html", "is_embedded": True}
    if case is not None:
        answer = render(request, "cases/thanks.html", base | _told(case))
    else:
        answer = render(request, "cases/contact.html", base | {"form": form})
    row = Entrance.objects.filter(municipality=request.municipality).first()
    ancestors = [*row.embed_origins] if row and row.embed_origins else ["'none'"]
    answer._csp_replace = {"frame-ancestors": ancestors}  # type: ignore[attr-defined]
    return answer


def _sent(request: Request, by: Principal) -> tuple[EnquiryForm, Case | None]:
    start = {"text": request.GET.get("tekst", "")[:20_000]}
    if by.user_id is not None and not by.works_here:
        start["name"] = by.name
    form = EnquiryForm(request.POST or None, request.FILES or None, initial=start)
    if request.method != "POST":
        return form, None
    now, ready = timezone.now(), form.is_valid()
    kept = attachments.gather(by, form, now=now)
    if not ready or form.errors:
        return form, None
    said = {
        name: form.cleaned_data[name] for name in Enquiry.__dataclass_fields__ if name in form.cleaned_data
    }
    try:
        case = receive(by, Enquiry(**said), files=kept, now=now)
        attachments.let_go(kept)
    except Refused as refusal:
        form.refuse(refusal)
        return form, None
    return form, case


def _thanks(request: Request, case: Case) -> HttpResponse:
    request.session["thanked"] = _told(case)
    return redirect("thanks")


def _told(case: Case) -> dict[str, object]:
    """What the page after sending may say. The contact's name comes in the mail, where only the sender reads it."""
    mailed = case.participants.exclude(email="").exists()
    return {"mailed": mailed, "contact": "" if mailed else case.handler.name}


@require_safe
def thanks(request: Request) -> HttpResponse:
    told = request.session.get("thanked") or {"mailed": True, "contact": ""}
    return render(request, "cases/thanks.html", {"base": "base.html", **told})


@require_safe
def kept_promises(request: Request) -> HttpResponse:
    """The published figures of the last twelve months."""
    counted = figures(request.municipality.pk, now=timezone.now())
    endings = [(Case.Ending(value).label, count) for value, count in counted.endings]
    return render(request, "cases/figures.html", {"figures": counted, "endings": endings})
