# SPDX-License-Identifier: MPL-2.0
"""Addresses behind the doors /job/ (plain figures) and /vaerdi/ (the value account)."""

from django.urls import path

from indgang.impact.views import account, departments, figures, transfers

app_name = "impact"
urlpatterns = [
    path("job/", figures.figures, name="figures"),
    path("job/tal.pdf", figures.figures_paper, name="paper"),
    path("job/maal/", figures.targets, name="targets"),
    path("job/maal/<int:target_id>/fjern/", figures.drop_target, name="drop_target"),
    path("job/udvalg/", figures.committee, name="committee"),
    path("job/udvalg/<int:report_id>/afleveret/", figures.hand_in, name="hand_in"),
    path("job/historier/", figures.stories, name="stories"),
    path("job/historier/<int:story_id>/traek/", figures.withdraw_story, name="withdraw_story"),
    path("job/historier/<int:story_id>/fil/", figures.story_document, name="story_document"),
    path("vaerdi/", account.cases, name="cases"),
    path("vaerdi/ny/", account.new_case, name="new_case"),
    path("vaerdi/<int:case_id>/", account.show, name="account"),
    path("vaerdi/<int:case_id>/ret/", account.change_case, name="change_case"),
    path("vaerdi/<int:case_id>/gem/", account.keep, name="keep"),
    path("vaerdi/koersler/<int:run_id>/", account.run, name="run"),
    path("vaerdi/koersler/<int:run_id>/ark.pdf", account.sheet, name="sheet"),
    path("vaerdi/koersler/<int:run_id>/regnskab.xlsx", account.spreadsheet, name="spreadsheet"),
    path("vaerdi/forvaltninger/", departments.departments, name="departments"),
    path("vaerdi/hvem-betaler-hvem/", transfers.transfers, name="transfers"),
    path("vaerdi/hvem-betaler-hvem/set/", transfers.seen, name="transfers_seen"),
    path("vaerdi/hvem-betaler-hvem/alle/", transfers.widen, name="widen_transfers"),
    path("vaerdi/hvem-betaler-hvem/luk/", transfers.close, name="close_transfers"),
]
