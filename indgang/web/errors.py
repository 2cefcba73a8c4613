# SPDX-License-Identifier: MPL-2.0
"""Pages for what went wrong: one sentence on what happened and one on what to do."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indgang.core.text import Refused
from indgang.kernel.access import translated


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return _page(request, 409, _("Det kan ikke lade sig gøre lige nu"), translated(refusal))


def too_many(request: HttpRequest) -> HttpResponse:
    answer = _page(
        request,
        429,
        _("Du har prøvet mange gange"),
        _("Vent et øjeblik, og prøv så igen. Det, du har skrevet, er ikke sendt."),
    )
    answer.headers["Retry-After"] = "60"
    return answer


def key_not_known() -> HttpResponse:
    """In plain text, for it is another system that reads it."""
    answer = HttpResponse(
        _("Nøglen virker ikke. Den er forkert, udløbet eller lukket. Få en ny af kommunens koordinator."),
        content_type="text/plain; charset=utf-8",
        status=401,
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def not_for_this_key() -> HttpResponse:
    return HttpResponse(
        _("Nøglen henter kun de filer, den er lavet til."),
        content_type="text/plain; charset=utf-8",
        status=403,
    )


def no_municipality(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 404, _("Her bor ingen kommune"), _("Adressen hører ikke til en kommune, der bruger Indgang.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("Siden findes ikke"),
        _(
            "Måske er den flyttet, eller også kræver den, at du er logget ind. Gå til forsiden, og find vej derfra."
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("Det har du ikke adgang til"),
        _("Log ind med en anden konto, eller spørg din koordinator."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, _("Det kunne vi ikke læse"), _("Gå tilbage, gør teksten kortere, og prøv igen.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("Siden var for gammel"),
        _("Gå tilbage, genindlæs siden, og send igen. Det, du skrev, står der endnu."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = _page(
            request,
            503,
            _("Vi kan ikke nå vores data"),
            _("Gå tilbage, og prøv igen om lidt. Intet er gemt halvt."),
        )
        answer.headers["Retry-After"] = "30"
        return answer
    return _page(
        request,
        500,
        _("Noget gik galt hos os"),
        _("Gå tilbage, og prøv igen. Intet er gemt halvt. Fejlen er skrevet i loggen."),
    )


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """A page without a single query, so that it can be shown when nothing else can."""
    context = {
        "LANGUAGE_CODE": get_language() or "da",
        "title": title,
        "sentence": sentence,
        "municipality": getattr(request, "municipality", None),
    }
    return HttpResponse(render_to_string("error.html", context), status=status)
