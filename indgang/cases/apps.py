# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "indgang.cases"
    label = "cases"
    verbose_name = "Henvendelser og sager"
    default_auto_field = "django.db.models.BigAutoField"
