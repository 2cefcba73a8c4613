# SPDX-License-Identifier: MPL-2.0
"""Keys for the municipality's other systems: see them, make one, close one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.text import Refused
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import AccessToken, Export
from indgang.kernel.tokens import create_token, revoke_token
from indgang.web.manage.forms import TokenForm
from indgang.web.manage.views import MANAGERS


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    """The keys that there are; the one just made is shown here, once."""
    addresses = _addresses()
    form = TokenForm(request.POST or None, today=timezone.localdate())
    secret, made = "", None
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = create_token(request.principal, now=timezone.localtime(), **form.cleaned_data)
            form = TokenForm(today=timezone.localdate())
        except Refused as refusal:
            form.refuse(refusal)
    rows = AccessToken.objects.filter(municipality_id=request.principal.municipality_id)
    rows = rows.select_related("owner").order_by("revoked_at", "-created_at")
    context = {
        "rows": [(row, [Export(name).label for name in row.reads]) for row in rows[:100]],
        "form": form,
        "secret": secret,
        "made": made,
        "addresses": [
            (Export(name).label, request.build_absolute_uri(path)) for name, path in addresses.items()
        ],
        "fetch": request.build_absolute_uri(addresses[made.reads[0]]) if made else "",
        "now": timezone.now(),
    }
    answer = render(request, "manage/tokens.html", context)
    if secret:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@staff(*MANAGERS)
@require_POST
def close(request: Request, token_id: int) -> HttpResponse:
    rows = AccessToken.objects.filter(municipality_id=request.principal.municipality_id)
    row: AccessToken = found(rows.filter(pk=token_id).first())
    revoke_token(request.principal, row, now=timezone.now())
    messages.success(request, _("Nøglen er lukket."))
    return redirect("tokens")


def _addresses() -> dict[str, str]:
    """Where each file is fetched: {name of the export: path}."""
    found_at: dict[str, str] = {}

    def look(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                look(pattern.url_patterns, path)
            elif name := getattr(pattern.callback, "export", None):
                found_at[name] = path

    look(get_resolver().url_patterns, "/")
    return found_at
