# SPDX-License-Identifier: MPL-2.0
"""Pages that belong to no single room."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from indgang.kernel.duties import open_duties


def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html")


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    duties = open_duties(request.principal, today=timezone.localdate())  # type: ignore[attr-defined]
    return render(request, "desk.html", {"duties": duties[:50], "now": timezone.now()})


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html")


def accessibility_statement(request: HttpRequest) -> HttpResponse:
    if not settings.WAS_URL:
        raise Http404
    return redirect(settings.WAS_URL)


def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
