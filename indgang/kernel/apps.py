# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "indgang.kernel"
    label = "kernel"
    verbose_name = "Fundament"
    default_auto_field = "django.db.models.BigAutoField"
