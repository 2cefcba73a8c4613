# SPDX-License-Identifier: MPL-2.0
"""Pages that belong to no single room."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from indgang.kernel.access import Permission
from indgang.kernel.duties import open_duties
from indgang.kernel.http import Request, logged_in
from indgang.kernel.ui.forms import DayField, Form, KronerField
from indgang.procurement.desk import awaited_of
from indgang.web.menu import shortcuts_for

YEAR = 365 * 24 * 3600
SOON = timedelta(days=30)
"""What is due later than this waits folded up at the foot of the desk."""


def front(request: Request) -> HttpResponse:
    return render(request, "front.html")


@logged_in
def desk(request: Request) -> HttpResponse:
    """What to do next: one's own promises first, then what one waits for; for an enterprise what waits for it."""
    by = request.principal
    now = timezone.now()
    duties = list(open_duties(by, today=timezone.localdate())[:80])
    own = [duty for duty in duties if not duty.awaits_others]
    soon = [duty for duty in own if duty.due_at <= now + SOON]
    context = {
        "mine": soon or own[:1],
        "later": own[len(soon or own[:1]) :],
        "waiting": [duty for duty in duties if duty.awaits_others],
        "awaited": awaited_of(by, now=now),
        "shortcuts": shortcuts_for(by),
    }
    return render(request, "desk.html", context)


def privacy(request: Request) -> HttpResponse:
    return render(request, "privacy.html")


def accessibility_statement(request: Request) -> HttpResponse:
    """The statement lies in the state's own tool; until the municipality has made one, we say what we test."""
    if settings.WAS_URL:
        return redirect(settings.WAS_URL)
    return render(request, "accessibility.html")


@csrf_exempt
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Remember Danish or English. Changes nothing but a cookie, so it needs no token on public pages."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = redirect(back)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.POST["language"],
            max_age=YEAR,
            samesite="Lax",
            secure=settings.HTTPS,
            httponly=True,
        )
    return answer


def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


class _Example(Form):
    text = forms.CharField(
        label=_("Hvad skal løses?"), widget=forms.Textarea, help_text=_("Skriv, som du taler.")
    )
    place = forms.CharField(label=_("Hvor?"), required=False)
    amount = KronerField(label=_("Højst, kroner"), required=False)
    day = DayField(label=_("Hvornår?"))
    kind = forms.ChoiceField(
        label=_("Slags"), choices=[("a", _("Én gang")), ("b", _("Fast"))], widget=forms.RadioSelect
    )
    group = forms.ChoiceField(label=_("Valg"), choices=[("a", "A"), ("b", "B")])
    agree = forms.BooleanField(label=_("Jeg har læst det"))


def gallery(request: Request) -> HttpResponse:
    """Every building block in every state; the accessibility tests read this page."""
    steps = [
        {"label": _("Skrevet"), "state": "done", "note": ""},
        {"label": _("Spurgt"), "state": "now", "note": _("to har svaret")},
        {"label": _("Købt"), "state": "ahead", "note": ""},
    ]
    context = {
        "form": _Example({"text": "", "amount": "mange"}),
        "steps": steps,
        "facts": [(_("Beløb"), "36.000 kr."), (_("Frist"), _("i morgen"))],
        "allowed": Permission(True),
        "refused": Permission(False, str(_("Fristen er ikke gået endnu."))),
    }
    return render(request, "gallery.html", context)
