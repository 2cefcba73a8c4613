# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "indgang.guidance"
    label = "guidance"
    verbose_name = "Jura"
    default_auto_field = "django.db.models.BigAutoField"
