# SPDX-License-Identifier: MPL-2.0
"""Addresses of cases: the form under /kontakt/, the sender's link, and staff's under /sager/."""

from django.urls import URLPattern, path

from indgang.cases.views import acts, case, claim_link, claims, confirm, desk, follow, public, rules


def own_pages(base: str, name: str) -> list[URLPattern]:
    """The pages of one's own case, under the link's address and under that of who is logged in."""
    return [
        path(base, follow.follow, name=name),
        path(f"{base}skriv/", follow.write, name=f"{name}_write"),
        path(f"{base}bedoem/", follow.rate, name=f"{name}_rate"),
        path(f"{base}fil/<int:file_id>/", follow.file, name=f"{name}_file"),
        path(f"{base}ret/", claim_link.ask, name=f"{name}_ask_meeting"),
        path(f"{base}ret/<int:claim_id>/", claim_link.claim, name=f"{name}_claim"),
        path(f"{base}ret/<int:claim_id>/hoering/", claim_link.hearing, name=f"{name}_hearing"),
        path(f"{base}ret/<int:claim_id>/tilbage/", claim_link.withdraw, name=f"{name}_withdraw"),
    ]


urlpatterns = [
    path("kontakt/", public.contact, name="contact"),
    path("kontakt/tak/", public.thanks, name="thanks"),
    path("kontakt/indlejret/", public.embedded, name="embedded_contact"),
    path("kontakt/tal/", public.kept_promises, name="entrance_figures"),
    path("kontakt/moede-med-indkoeb/", claim_link.public_page, name="meeting_right"),
    *own_pages("l/henvendelse/<str:token>/", "follow"),
    path("l/henvendelse/<str:token>/kode/", follow.code, name="follow_code"),
    path("l/henvendelse/<str:token>/laas-op/", follow.unlock, name="follow_unlock"),
    *own_pages("jeres/henvendelser/<int:case_id>/", "own_case"),
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
    path("sager/<int:case_id>/ret/", claims.make, name="make_claim"),
    path("sager/<int:case_id>/ret/<int:claim_id>/", claims.claim, name="claim"),
    path("sager/<int:case_id>/ret/<int:claim_id>/vis/", claims.tell, name="claim_tell"),
    path("sager/<int:case_id>/ret/<int:claim_id>/bedoem/", claims.judge, name="claim_judge"),
    path("sager/<int:case_id>/ret/<int:claim_id>/hoering/", claims.hearing, name="claim_hearing"),
    path("sager/<int:case_id>/ret/<int:claim_id>/svar/", claims.hearing_answer, name="claim_hearing_answer"),
    path("sager/<int:case_id>/ret/<int:claim_id>/ja/", claims.grant, name="claim_grant"),
    path("sager/<int:case_id>/ret/<int:claim_id>/nej/", claims.refuse, name="claim_refuse"),
    path("sager/<int:case_id>/ret/<int:claim_id>/tilbage/", claims.withdraw, name="claim_withdraw"),
    path("sager/<int:case_id>/ret/<int:claim_id>/book/", claims.book, name="claim_book"),
    path("sager/<int:case_id>/ret/<int:claim_id>/holdt/", claims.hold, name="claim_hold"),
    path("sager/<int:case_id>/ret/<int:claim_id>/aflyst/", claims.call_off, name="claim_call_off"),
]
