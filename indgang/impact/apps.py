# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "indgang.impact"
    label = "impact"
    verbose_name = "Værdi"
    default_auto_field = "django.db.models.BigAutoField"
