# SPDX-License-Identifier: MPL-2.0
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class GuidanceConfig(AppConfig):
    name = "indgang.guidance"
    label = "guidance"
    verbose_name = "Jura"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Know the packs that the installation has put beside the program's own."""
        from indgang.core.law.pack import add_packs

        if settings.LAW_PACKS:
            add_packs(Path(settings.LAW_PACKS))
