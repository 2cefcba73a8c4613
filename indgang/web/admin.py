# SPDX-License-Identifier: MPL-2.0
"""Django's administration as a window for system owners: everything read-only, bids, keys and links left out."""

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOT_SHOWN = {
    "procurement.Bid",
    "procurement.TaskKey",
    "procurement.Answer",
    "placements.IssuedCode",
    "placements.Placement",
    "kernel.SignedLink",
    "kernel.SignedLinkToken",
    "kernel.OutgoingMail",
    "kernel.IncomingFile",
    "kernel.IncomingMail",
    "kernel.FileContent",
    "kernel.MunicipalityKey",
    "kernel.RateCount",
}


class Window(admin.ModelAdmin):  # type: ignore[type-arg]
    """Looks, never touches."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


admin.site.site_header = admin.site.site_title = _("Indgang: systemets administration")
admin.site.site_url = "/"
for model in apps.get_models():
    if model.__module__.startswith("indgang.") and model._meta.label not in NOT_SHOWN:
        admin.site.register(model, Window)
