# SPDX-License-Identifier: MPL-2.0
"""Local log-in: allauth's password pages under Danish addresses, and our own e-mail link. Nobody signs up alone."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import mail
from indgang.kernel.access import system
from indgang.kernel.http import Request
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, works
from indgang.kernel.log_in import PURPOSE, write_log_in_link
from indgang.kernel.models import User

BY_ADDRESS = Limit("log-in", per="address", times=60, seconds=300)
BY_ACCOUNT = Limit("log-in", per="account", times=10, seconds=300)
BY_LINK = Limit("log-in", per="link", times=20, seconds=300, reading=True)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our outbox, so that it is sent like every other mail and survives a server that is down."""
        message = self.render_mail(template_prefix, email, context)
        request = context.get("request") or self.request
        mail.write(
            system(request.municipality.pk),
            email,
            message.subject,
            message.body,
            now=timezone.now(),
            about="log-in",
        )


@limited(BY_ADDRESS, BY_ACCOUNT)
@require_POST
def send_link(request: Request) -> HttpResponse:
    """Send a link to an account. The answer is the same whether or not the account exists."""
    email = request.POST.get("login", "").strip().lower()
    if "@" not in email:
        raise Refused(gettext_noop("Skriv din e-mailadresse, så sender vi et link."))
    user = User.objects.filter(email=email, is_active=True).first()
    if user is not None:
        write_log_in_link(
            system(request.municipality.pk), user, now=timezone.now(), path=request.POST.get("next", "")
        )
    return render(request, "account/link_sent.html", {"email": email})


@limited(BY_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so a mail scanner may; the button logs in, once."""
    link, now = find_link(token, PURPOSE), timezone.now()
    if link is None:
        raise Http404
    user = User.objects.filter(pk=link.subject_id, is_active=True).first()
    if user is None or not works(link, now=now):
        return render(request, "account/link_dead.html", status=410)
    if request.method != "POST":
        return render(request, "account/link.html", {"account": user})
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    login(request, user, backend="indgang.web.principal.Accounts")
    path = request.GET.get("next", "")
    return redirect(path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "desk")


def nowhere(request: HttpRequest, **parts: str) -> HttpResponse:
    """A page of allauth's that this house does not have."""
    raise Http404


def _limited(view: Any) -> Any:
    return limited(BY_ADDRESS, BY_ACCOUNT)(view)


urlpatterns = [
    path("log-ind/", _limited(allauth_views.login), name="account_login"),
    path("log-ind/link/", send_link, name="send_login_link"),
    path("l/log-ind/<str:token>/", use_link, name="use_login_link"),
    path("log-ud/", allauth_views.logout, name="account_logout"),
    path("konto/lukket/", allauth_views.account_inactive, name="account_inactive"),
    path("konto/adgangskode/", allauth_views.password_change, name="account_change_password"),
    path("konto/glemt/", _limited(allauth_views.password_reset), name="account_reset_password"),
    path("konto/glemt/sendt/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "konto/ny-adgangskode/<uidb36>-<key>/",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/ny-adgangskode/gemt/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/saet-adgangskode/", nowhere, name="account_set_password"),
    path("konto/ny/", nowhere, name="account_signup"),
    path("konto/bekraeft/", nowhere, name="account_email_verification_sent"),
    path("konto/email/", nowhere, name="account_email"),
    path("konto/igen/", nowhere, name="account_reauthenticate"),
]
