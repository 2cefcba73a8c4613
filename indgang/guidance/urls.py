# SPDX-License-Identifier: MPL-2.0
"""Addresses of the law guide, under /jura/."""

from django.urls import path

from indgang.guidance.views import start

app_name = "guidance"
urlpatterns = [
    path("", start.start, name="start"),
]
