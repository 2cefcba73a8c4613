# SPDX-License-Identifier: MPL-2.0
"""Addresses of advice and mentors."""

from django.urls import path

from indgang.cases.advice.views import parties, staff

urlpatterns = [
    path("raadgivning/", staff.advice, name="advice"),
    path("raadgivning/ideer/", staff.list_ideas, name="ideas"),
    path("raadgivning/mentorer/", staff.list_mentors, name="mentors"),
    path("raadgivning/mentorer/ny/", staff.new_mentor, name="new_mentor"),
    path("raadgivning/mentorer/<int:mentor_id>/", staff.mentor, name="mentor"),
    path("raadgivning/mentorer/<int:mentor_id>/stop/", staff.mentor_stops, name="mentor_stops"),
    path("raadgivning/<int:case_id>/", staff.idea, name="idea"),
    path("raadgivning/<int:case_id>/gennemgang/", staff.screening, name="idea_screening"),
    path("raadgivning/<int:case_id>/videre/", staff.point_on, name="idea_point_on"),
    path("raadgivning/<int:case_id>/her/", staff.local, name="idea_local"),
    path("raadgivning/<int:case_id>/mentor/<int:mentor_id>/", staff.propose, name="propose_mentor"),
    path("l/mentor/<str:token>/", parties.party, name="mentor_by_link"),
    path("l/mentor/<str:token>/ja/", parties.yes, name="mentor_yes"),
    path("l/mentor/<str:token>/nej/", parties.no, name="mentor_no"),
    path("l/mentor/<str:token>/moede/", parties.met, name="mentor_met"),
    path("l/mentor/<str:token>/slut/", parties.end, name="mentor_end"),
    path("l/mentor/<str:token>/mening/", parties.evaluate, name="mentor_evaluate"),
]
