# SPDX-License-Identifier: MPL-2.0
"""Addresses of cases: the form under /kontakt/, the sender's link, and staff's under /sager/."""

from django.urls import path

from indgang.cases.views import acts, case, confirm, desk, follow, public, rules

urlpatterns = [
    path("kontakt/", public.contact, name="contact"),
    path("kontakt/tak/", public.thanks, name="thanks"),
    path("kontakt/indlejret/", public.embedded, name="embedded_contact"),
    path("kontakt/tal/", public.kept_promises, name="entrance_figures"),
    path("l/henvendelse/<str:token>/", follow.follow, name="follow"),
    path("l/henvendelse/<str:token>/kode/", follow.code, name="follow_code"),
    path("l/henvendelse/<str:token>/laas-op/", follow.unlock, name="follow_unlock"),
    path("l/henvendelse/<str:token>/skriv/", follow.write, name="follow_write"),
    path("l/henvendelse/<str:token>/bedoem/", follow.rate, name="follow_rate"),
    path("l/henvendelse/<str:token>/fil/<int:file_id>/", follow.file, name="follow_file"),
    path("sager/", desk.cases, name="cases"),
    path("sager/ny/", desk.new_case, name="new_case"),
    path("sager/regler/", rules.rules, name="case_rules"),
    path("sager/regler/ny/", rules.rule, name="new_case_rule"),
    path("sager/regler/indgang/", rules.entrance, name="case_entrance"),
    path("sager/regler/<int:rule_id>/", rules.rule, name="case_rule"),
    path("sager/regler/<int:rule_id>/fjern/", rules.remove_rule, name="remove_case_rule"),
    path("sager/overdrag/", rules.to_hand_over, name="to_hand_over"),
    path("sager/<int:case_id>/bekraeft/<int:person_id>/", confirm.confirm, name="case_confirm"),
    path("sager/<int:case_id>/", case.case, name="case"),
    path("sager/<int:case_id>/skriv/", case.write, name="case_write"),
    path("sager/<int:case_id>/laest/", case.read, name="case_read"),
    path("sager/<int:case_id>/fordel/", acts.sort, name="case_sort"),
    path("sager/<int:case_id>/behov/<int:need_id>/", acts.need_done, name="need_done"),
    path("sager/<int:case_id>/behov/<int:need_id>/giv/", acts.need_given, name="need_given"),
    path("sager/<int:case_id>/giv/", acts.hand_over, name="case_hand_over"),
    path("sager/<int:case_id>/afslut/", acts.close, name="case_close"),
    path("sager/<int:case_id>/aabn/", acts.reopen, name="case_reopen"),
    path("sager/<int:case_id>/med/", acts.add_person, name="case_add_person"),
    path("sager/<int:case_id>/ud/<int:person_id>/", acts.remove_person, name="case_remove_person"),
    path("sager/<int:case_id>/fjern/<int:line_id>/", acts.strike, name="case_strike"),
    path("sager/<int:case_id>/fil/<int:file_id>/", case.file, name="case_file"),
]
