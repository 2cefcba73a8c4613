# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "indgang.directory"
    label = "directory"
    verbose_name = "Virksomheder"
    default_auto_field = "django.db.models.BigAutoField"
