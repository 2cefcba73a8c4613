# SPDX-License-Identifier: MPL-2.0
"""What every page knows: the municipality, who asks, and the menu."""

from django.conf import settings
from django.http import HttpRequest

from indgang.web.menu import menu_for


def house(request: HttpRequest) -> dict[str, object]:
    principal = getattr(request, "principal", None)
    return {
        "municipality": getattr(request, "municipality", None),
        "principal": principal,
        "menu": menu_for(principal, request.path_info) if principal else [],
        "is_demo": settings.DEMO,
    }
