# SPDX-License-Identifier: MPL-2.0
"""Addresses of the law guide, under /jura/."""

from django.urls import path

from indgang.guidance.keeping_urls import urlpatterns as keeping
from indgang.guidance.views import agreements, assessments, cases, examples, policy, records, start

app_name = "guidance"
urlpatterns = [
    path("", start.start, name="start"),
    path("ny/<slug:key>/", start.begin, name="begin"),
    path("sager/", cases.own_cases, name="cases"),
    path("sag/<int:case_id>/", cases.case, name="case"),
    path("sag/<int:case_id>/svar/<str:fact>/", cases.question, name="question"),
    path("sag/<int:case_id>/om/<slug:key>/", cases.topic, name="topic"),
    path("sag/<int:case_id>/laeg-vaek/", cases.put_away, name="put_away"),
    path("sag/<int:case_id>/notat/", records.draft, name="record_draft"),
    path("sag/<int:case_id>/notat/<int:number>/", records.record, name="record"),
    path("sag/<int:case_id>/notat/<int:number>/notat.pdf", records.record_pdf, name="record_pdf"),
    path("sag/<int:case_id>/fravig/<str:rule_id>/", records.override_ask, name="override_ask"),
    path("sag/<int:case_id>/fravigelse/<int:override_id>/", records.override, name="override"),
    path("svar/<int:answer_id>/", records.saved_answer, name="saved_answer"),
    path("vurderinger/", assessments.assessments_list, name="assessments"),
    path("vurderinger/ny/", assessments.sign, name="assessment_sign"),
    path("vurderinger/<int:assessment_id>/", assessments.assessment, name="assessment"),
    path("eksempler/", examples.all_examples, name="examples"),
    path("eksempler/<slug:slug>/", examples.one_example, name="example"),
    path("politik/", policy.own_policy, name="policy"),
    path("politik/ny/", policy.restrict, name="policy_restrict"),
    path("politik/tag-ud/<int:place>/", policy.lift, name="policy_lift"),
    path("aftaler/", agreements.agreements_list, name="agreements"),
    path("aftaler/laeg-op/", agreements.upload, name="agreements_upload"),
    path("aftaler/liste/<int:list_id>/", agreements.one_list, name="agreement_list"),
    path("aftaler/liste/<int:list_id>/brug/", agreements.read_in, name="agreements_read_in"),
    path("aftaler/liste/<int:list_id>/afviste.csv", agreements.rejected_csv, name="agreements_rejected"),
    *keeping,
]
