# SPDX-License-Identifier: MPL-2.0
"""What happens around every request: identity, limits, tenant, language, principal, refusals."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from indgang.core.text import Refused
from indgang.kernel.access import anonymous
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.limits import Limit, count
from indgang.kernel.tokens import note_use, token_behind
from indgang.web import errors
from indgang.web.principal import principal_of_token, principal_of_user
from indgang.web.tenants import municipality_at

Answer = Callable[[HttpRequest], HttpResponse]
LOG_IN = "log-in"
WITHOUT_TENANT = ("/helbred/", "/static/", "/.well-known/")


class RequestIdentity:
    """A number for the log, and the address of the one who asks, behind trusted proxies only."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(8)  # type: ignore[attr-defined]
        request.address = _address(request)  # type: ignore[attr-defined]
        response = self.answer(request)
        response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        return response


def _address(request: HttpRequest) -> str:
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


class RateLimits:
    """Counts tries at the views that declare limits, before the request's transaction begins."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return self.answer(request)
        for limit in getattr(found.func, "limits", ()):
            if (request.method == "POST" or limit.reading) and not self._counted(
                request, limit, found.kwargs
            ):
                return errors.too_many(request)
        return self.answer(request)

    @staticmethod
    def _counted(request: HttpRequest, limit: Limit, parts: dict[str, object]) -> bool:
        whom = {
            "address": getattr(request, "address", ""),
            "link": str(parts.get("token", "")),
            "account": _account(request, limit),
        }[limit.per]
        return not whom or count(limit, whom.lower(), now=timezone.now())


def _account(request: HttpRequest, limit: Limit) -> str:
    """The account that is tried at the log-in, the session everywhere else: nobody slips past by sending another name."""
    tried = request.POST.get("login", "") if limit.name == LOG_IN else ""
    return tried or request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


class Tenant:
    """One transaction per request, bound to the municipality that the host name belongs to."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = None  # type: ignore[attr-defined]
        if request.path_info.startswith(WITHOUT_TENANT):
            return self.answer(request)
        municipality = municipality_at(request.get_host())
        if municipality is None:
            return errors.no_municipality(request)
        request.municipality = municipality  # type: ignore[attr-defined]
        request.principal = anonymous(municipality.pk)  # type: ignore[attr-defined]
        with transaction.atomic():
            set_tenant(municipality.pk)
            response = self.answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class Language:
    """Danish, unless the reader has chosen English; never guessed from the browser."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WhoAsks:
    """Puts the principal on the request and tells the database whom it speaks for.

    Another system shows a key in the header `Authorization: Bearer …`; it gets the files the key was made for.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        municipality = getattr(request, "municipality", None)
        if municipality is not None:
            secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
            token = token_behind(secret, now=timezone.now()) if secret else None
            if secret and token is None:
                return errors.key_not_known()
            request.token = token  # type: ignore[attr-defined]
            principal = principal_of_token(token) if token else principal_of_user(request.user, municipality)
            request.principal = principal  # type: ignore[attr-defined]
            if principal.organisations:
                set_tenant(municipality.pk, organisations=principal.organisations)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """A key opens nothing but its own files."""
        token = getattr(request, "token", None)
        if token is None:
            return None
        if request.method not in ("GET", "HEAD") or getattr(view, "export", None) not in token.reads:
            return errors.not_for_this_key()
        note_use(token, today=timezone.localdate())
        return None


class Refusals:
    """A refusal that no view has shown becomes a page with its sentence."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        return None
