# SPDX-License-Identifier: MPL-2.0
"""Addresses that a mail leads to."""

from django.urls import path

from indgang.guidance.views import hours

urlpatterns = [path("<str:token>/", hours.by_link, name="hours_by_link")]
