# SPDX-License-Identifier: MPL-2.0
"""Addresses of published notices."""

from django.urls import path

from indgang.procurement.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("<int:notice_id>/", views.notice, name="notice"),
    path("<int:notice_id>/vis/", views.forward_to_another, name="forward_to_another"),
    path("<int:notice_id>/vis/<int:organisation_id>/", views.forward_notice, name="forward_notice"),
]
