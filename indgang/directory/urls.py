# SPDX-License-Identifier: MPL-2.0
"""Addresses behind the door /virksomheder/, and behind the link that an enterprise gets in a mail."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from indgang.directory.views import answer, edit, edit_parts, lists, public, staff, suggestions, ties, words

app_name = "directory"

own: list[URLPattern | URLResolver] = [
    path("", edit.overview, name="overview"),
    path("om/", edit.about),
    path("ydelser/ny/", edit_parts.listing),
    path("ydelser/<int:listing_id>/", edit_parts.listing),
    path("ydelser/<int:listing_id>/fjern/", edit_parts.listing_gone),
    path("steder/ny/", edit_parts.place),
    path("steder/<int:place_id>/", edit_parts.place),
    path("steder/<int:place_id>/fjern/", edit_parts.place_gone),
    path("pladser/ny/", edit_parts.open_place),
    path("pladser/<int:open_place_id>/", edit_parts.open_place),
    path("pladser/<int:open_place_id>/fjern/", edit_parts.open_place_gone),
    path("personer/ny/", edit.person),
    path("personer/<int:contact_id>/", edit.person),
    path("personer/<int:contact_id>/stoppet/", edit.person_gone),
    path("personer/<int:contact_id>/log-ind/", edit.person_log_in),
    path("hvornaar/", edit.availability),
    path("luk/", edit.close),
    path("aabn/", edit.reopen),
    path("passer/", answer.still_right),
    path("erklaer/", answer.declare),
    path("erklaer/fortryd/", answer.undeclare),
]
by_enterprise: list[URLPattern | URLResolver] = [
    path("ret/", include(own)),
    path("ja/", answer.yes),
    path("tak/", answer.thanks),
    path("log-ind/", answer.get_log_in),
    path("fjern/", answer.remove),
]
by_staff: list[URLPattern | URLResolver] = [
    path("svar/", staff.answer_for, name="answer_for"),
    path("forslag/", suggestions.suggestions, name="suggestions"),
    path("saml/", staff.merge_with, name="merge"),
    path("dokumentation/", ties.evidence, name="evidence"),
    path("betingelser/", ties.equivalence, name="equivalence"),
    path("status/<int:fact_id>/ophoert/", ties.end_status, name="end_status"),
    path("status/<int:fact_id>/dokument/", ties.document, name="document"),
    path("kontaktperson/", ties.contact_person, name="contact_person"),
    path("interesse/", ties.interest, name="interest"),
    path("spaerring/", ties.bar, name="bar"),
    path("spaerring/<int:bar_id>/ophaev/", ties.lift_bar, name="lift_bar"),
]
urlpatterns = [
    path("virksomheder/", public.search, name="search"),
    path("virksomheder/kort/", public.map_page, name="map"),
    path("virksomheder/kort.svg", public.map_image, name="map_image"),
    path("virksomheder/data/", public.data_page, name="data"),
    path("virksomheder/data.csv", public.data_csv, name="data_csv"),
    path("virksomheder/data.json", public.data_json, name="data_json"),
    path("virksomheder/min/", staff.mine, name="mine"),
    path("virksomheder/ny/", staff.begin, name="begin"),
    path("virksomheder/ny/samtale/", staff.call, name="call"),
    path("virksomheder/ny/liste/", lists.upload, name="upload"),
    path("virksomheder/lister/<int:run_id>/", lists.one_list, name="list"),
    path("virksomheder/lister/<int:run_id>/indlaes/", lists.read_in, name="read_in"),
    path("virksomheder/lister/<int:run_id>/afviste.csv", lists.rejected_csv, name="rejected"),
    path("virksomheder/kladder/", staff.draft_list, name="drafts"),
    path("virksomheder/kladder/spoerg/", staff.ask_many, name="ask_many"),
    path("virksomheder/ord/", words.own_words, name="own_words"),
    re_path(
        r"^virksomheder/ord/(?P<words_id>\d+)/(?P<act>ud|tilbage)/$", words.change, name="change_own_words"
    ),
    path("virksomheder/interesser/", ties.my_interests, name="my_interests"),
    path("virksomheder/interesser/<int:interest_id>/slut/", ties.end_interest, name="end_interest"),
    path("virksomheder/<int:organisation_id>/", public.profile, name="profile_by_number"),
    path("virksomheder/<int:organisation_id>-<slug:slug>/", public.profile, name="profile"),
    path("virksomheder/<int:organisation_id>/", include(by_enterprise)),
    path("virksomheder/<int:organisation_id>/", include(by_staff)),
    path("l/virksomhed/<str:token>/", answer.invitation, name="invitation"),
    path("l/virksomhed/<str:token>/", include(by_enterprise)),
]
