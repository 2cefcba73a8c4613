# SPDX-License-Identifier: MPL-2.0
"""Addresses of visits, under /opsoegende/."""

from django.urls import path, re_path

from indgang.cases.outreach.views import public, tasks, visits

urlpatterns = [
    path("", public.about, name="outreach"),
    path("bed-om-besoeg/", public.ask, name="ask_for_visit"),
    path("nej-tak/", public.say_no, name="object_to_visits"),
    path("kriterier/", public.criteria_history, name="visit_criteria"),
    path("kriterier/ret/", public.edit_criteria, name="edit_visit_criteria"),
    path("besoeg/", visits.visits, name="visits"),
    path("besoeg/nyt/", visits.plan_one, name="plan_visit"),
    path("besoeg/csv/", visits.as_csv, name="visits_csv"),
    path("besoeg/nej/", visits.said_no, name="said_no_list"),
    path("besoeg/nej/<int:objection_id>/", visits.lift, name="lift_objection"),
    path("besoeg/<int:case_id>/", visits.visit, name="visit"),
    path("besoeg/<int:case_id>/aftal/", visits.agree, name="visit_agree"),
    path("besoeg/<int:case_id>/paa-besoeg/", visits.walk, name="visit_walk"),
    path("besoeg/<int:case_id>/opgavekort/", visits.task_map, name="visit_task_map"),
    path("opgave/<int:task_id>/", tasks.task, name="visit_task"),
    path("opgave/<int:task_id>/fleksjob/", tasks.in_house, name="visit_task_in_house"),
    path("opgave/<int:task_id>/vilkaar/", tasks.terms, name="visit_task_terms"),
    path("opgave/<int:task_id>/ud/", tasks.outsource, name="visit_task_outsource"),
    path("opgave/<int:task_id>/find/", tasks.find_somebody, name="visit_task_find"),
    path("opgave/<int:task_id>/ingen/", tasks.neither, name="visit_task_neither"),
    path("opgave/<int:task_id>/begyndt/", tasks.begin, name="visit_task_begin"),
    path("opgave/<int:task_id>/opfoelgning/<int:months>/", tasks.follow_up, name="visit_follow_up"),
    re_path(r"^opgave/(?P<task_id>\d+)/(?P<kind>jobprofil|aftale)/$", tasks.document, name="visit_document"),
]
