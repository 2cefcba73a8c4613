# SPDX-License-Identifier: MPL-2.0
"""Addresses of the law guide, under /jura/."""

from django.urls import path

from indgang.guidance.views import calculate, start

app_name = "guidance"
urlpatterns = [
    path("", start.start, name="start"),
    path("beregn/", calculate.calculations, name="calculations"),
    path("beregn/<slug:slug>/", calculate.calculate, name="calculate"),
]
