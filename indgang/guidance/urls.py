# SPDX-License-Identifier: MPL-2.0
"""Addresses of the law guide, under /jura/."""

from django.urls import path

from indgang.guidance.keeping_urls import urlpatterns as keeping
from indgang.guidance.views import agreements, start

app_name = "guidance"
urlpatterns = [
    path("", start.start, name="start"),
    path("aftaler/", agreements.agreements_list, name="agreements"),
    path("aftaler/laeg-op/", agreements.upload, name="agreements_upload"),
    path("aftaler/liste/<int:list_id>/", agreements.one_list, name="agreement_list"),
    path("aftaler/liste/<int:list_id>/brug/", agreements.read_in, name="agreements_read_in"),
    path("aftaler/liste/<int:list_id>/afviste.csv", agreements.rejected_csv, name="agreements_rejected"),
    *keeping,
]
