# SPDX-License-Identifier: MPL-2.0
from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "indgang.placements"
    label = "placements"
    verbose_name = "Job og forløb"
    default_auto_field = "django.db.models.BigAutoField"
