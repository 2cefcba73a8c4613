# SPDX-License-Identifier: MPL-2.0
"""Addresses behind the door /job/ that are about placements and totals, and behind the link in the mail."""

from django.urls import path

from indgang.placements.views import consent, dpia, placements, totals

app_name = "placements"
urlpatterns = [
    path("job/pladser/", placements.placements, name="list"),
    path("job/pladser/ny/", placements.new, name="new"),
    path("job/pladser/liste/", placements.upload, name="upload"),
    path("job/pladser/<int:placement_id>/", placements.placement, name="show"),
    path("job/pladser/<int:placement_id>/videre/", placements.run_on, name="run_on"),
    path("job/pladser/<int:placement_id>/slet/", placements.remove, name="remove"),
    path("job/mine/", placements.own, name="own"),
    path("job/mine/<int:organisation_id>/vises/", consent.consent, name="shown"),
    path("job/konsekvensanalyse/", dpia.dpia, name="dpia"),
    path("job/konsekvensanalyse/fil/", dpia.document, name="dpia_document"),
    path("job/konsekvensanalyse/gennemgaaet/", dpia.review, name="review_dpia"),
    path("job/konsekvensanalyse/traek/", dpia.withdraw, name="withdraw_dpia"),
    path("job/tal/", totals.totals, name="totals"),
    path("job/tal/spoerg/", totals.ask, name="ask"),
    path("job/tal/luk/", totals.close, name="close"),
    path("job/tal/liste/", totals.upload, name="upload_totals"),
    path("job/tal/<int:report_id>/", totals.report, name="report"),
    path("job/tal/<int:report_id>/fil/<int:file_id>/", totals.reply_file, name="reply_file"),
    path("l/tal/<str:token>/", totals.by_link, name="by_link"),
]
