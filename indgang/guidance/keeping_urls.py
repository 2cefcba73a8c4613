# SPDX-License-Identifier: MPL-2.0
"""Addresses of what is kept beside the guide: sums, and the watch over the law."""

from django.urls import path

from indgang.guidance.views import calculate, watch

urlpatterns = [
    path("beregn/", calculate.calculations, name="calculations"),
    path("beregn/<slug:slug>/", calculate.calculate, name="calculate"),
    path("aendringer/", watch.law_changes_page, name="law_changes"),
    path("aendringer/<int:notice_id>/", watch.handle, name="handle_notice"),
    path("kilder/", watch.sources_page, name="sources"),
    path("kilder/begynd/", watch.begin_watch, name="begin_watch"),
    path("ubekraeftet/", watch.unconfirmed, name="unconfirmed"),
    path("ubekraeftet/<slug:point_id>/", watch.point, name="point"),
    path("regler/", watch.packs, name="packs"),
    path("regel/<slug:rule_id>/", watch.rule, name="rule"),
]
