# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "indgang.procurement"
    label = "procurement"
    verbose_name = "Opgaver og indkøb"
    default_auto_field = "django.db.models.BigAutoField"
