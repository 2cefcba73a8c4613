# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "indgang.agreements"
    label = "agreements"
    verbose_name = "Aftaler"
    default_auto_field = "django.db.models.BigAutoField"
