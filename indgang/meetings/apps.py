# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "indgang.meetings"
    label = "meetings"
    verbose_name = "Møder"
    default_auto_field = "django.db.models.BigAutoField"
