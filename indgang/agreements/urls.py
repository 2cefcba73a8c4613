# SPDX-License-Identifier: MPL-2.0
"""Addresses of agreements."""

from django.urls import path

from indgang.agreements.partnership import draft_views as draft
from indgang.agreements.partnership import keep_views as keep
from indgang.agreements.partnership import link_views as link
from indgang.agreements.partnership import views as partnership
from indgang.agreements.purchase import hours, papers
from indgang.agreements.purchase import views as purchase

app_name = "agreements"
urlpatterns = [
    path("indkoebskatalog/", purchase.shelf, name="catalogue"),
    path("indkoebskatalog/ny/", papers.new, name="new_purchase"),
    path("indkoebskatalog/<int:agreement_id>/", purchase.purchase, name="purchase"),
    path("indkoebskatalog/<int:agreement_id>/bestil/", purchase.order, name="call_off"),
    path("indkoebskatalog/<int:agreement_id>/pris/", purchase.add_price, name="add_price"),
    path("indkoebskatalog/<int:agreement_id>/pris/<int:line_id>/slut/", purchase.end_price, name="end_price"),
    path("indkoebskatalog/<int:agreement_id>/jura/", papers.ask_law, name="ask_law"),
    path("indkoebskatalog/<int:agreement_id>/graense/", purchase.limit_seen, name="limit_seen"),
    path("indkoebskatalog/<int:agreement_id>/underskrift/", papers.sign, name="sign"),
    path("indkoebskatalog/<int:agreement_id>/til-underskrift.pdf", papers.to_sign, name="to_sign"),
    path("indkoebskatalog/<int:agreement_id>/aftale.pdf", papers.signed, name="signed"),
    path("indkoebskatalog/<int:agreement_id>/forlaeng/", papers.prolong, name="prolong"),
    path("indkoebskatalog/<int:agreement_id>/timer/", hours.promised, name="hours"),
    path("indkoebskatalog/<int:agreement_id>/opsig/", papers.end, name="end_purchase"),
    path("indkoebskatalog/<int:agreement_id>/afviklet/", papers.phased_out, name="purchase_phased_out"),
    path("indkoebskatalog/ordre/<int:order_id>/", purchase.placed, name="order"),
    path("indkoebskatalog/ordre/<int:order_id>/leveret/", purchase.delivered, name="delivered"),
    path("indkoebskatalog/ordre/<int:order_id>/betalt/", purchase.paid, name="paid"),
    path("indkoebskatalog/ordre/<int:order_id>/ordre.pdf", papers.order_file, name="order_file"),
    path("l/ordre/<str:token>/", papers.order_by_link, name="order_by_link"),
    path("aftaler/", partnership.partnerships, name="partnerships"),
    path("aftaler/ny/", partnership.start, name="start"),
    path("aftaler/loefter/", partnership.kept_promises, name="kept_promises"),
    path("aftaler/<int:agreement_id>/", partnership.partnership, name="partnership"),
    path("aftaler/<int:agreement_id>/udgave/<int:number>/", partnership.version, name="version"),
    path("aftaler/<int:agreement_id>/udgave/<int:number>/aftale.pdf", partnership.paper, name="paper"),
    path("aftaler/<int:agreement_id>/ny-udgave/", partnership.new_version, name="new_version"),
    path("aftaler/<int:agreement_id>/opsig/", partnership.end, name="end_partnership"),
    path("aftaler/<int:agreement_id>/afviklet/", partnership.phased_out, name="phased_out"),
    path("aftaler/<int:agreement_id>/tekst/<str:key>/", draft.section, name="section"),
    path("aftaler/<int:agreement_id>/loefte/", draft.obligation, name="add_obligation"),
    path("aftaler/<int:agreement_id>/maal/", draft.goal, name="add_goal"),
    path("aftaler/<int:agreement_id>/fjern/<str:kind>/<int:row_id>/", draft.take_out, name="take_out"),
    path("aftaler/<int:agreement_id>/part/", draft.party, name="add_party"),
    path("aftaler/<int:agreement_id>/part/<int:party_id>/tiltraed/", draft.let_join, name="let_join"),
    path("aftaler/<int:agreement_id>/part/<int:party_id>/ud/", keep.party_leaves, name="party_leaves"),
    path("aftaler/<int:agreement_id>/godkend/<str:step>/", draft.approve, name="approve"),
    path("aftaler/<int:agreement_id>/send/", draft.offer, name="offer"),
    path("aftaler/<int:agreement_id>/tilbage/", draft.withdraw, name="withdraw_version"),
    path("aftaler/<int:agreement_id>/foelgegruppe/", draft.seat, name="seat"),
    path("aftaler/<int:agreement_id>/foelgegruppe/<int:member_id>/fjern/", draft.unseat, name="unseat"),
    path("aftaler/<int:agreement_id>/foelgegruppe/indkald/", keep.steering, name="call_steering"),
    path("aftaler/<int:agreement_id>/holdt/<int:fulfilment_id>/", keep.kept, name="kept"),
    path("aftaler/<int:agreement_id>/tal/<int:goal_id>/", keep.reading, name="reading"),
    path("aftaler/<int:agreement_id>/plan/<int:reading_id>/", keep.plan, name="plan"),
    path("aftaler/<int:agreement_id>/stoette/<int:party_id>/", keep.ask, name="ask_support"),
    path("aftaler/<int:agreement_id>/vurdering/<int:request_id>/", keep.opinion, name="opinion"),
    path(
        "aftaler/<int:agreement_id>/vurdering/<int:request_id>/hent/", keep.opinion_file, name="opinion_file"
    ),
    path(
        "aftaler/<int:agreement_id>/dagsorden/<int:request_id>/<int:meeting_id>/", keep.agenda, name="agenda"
    ),
    path("aftaler/<int:agreement_id>/luk/<int:request_id>/", keep.close, name="close_support"),
    path("l/bekraeft/<str:token>/", link.confirm, name="confirm"),
    path("l/tiltraed/<str:token>/", link.accession, name="accession"),
    path("l/tiltraed/<str:token>/kode/", link.code, name="accession_code"),
    path("l/tiltraed/<str:token>/aabn/", link.check, name="accession_check"),
    path("l/tiltraed/<str:token>/ja/", link.sign, name="accede"),
]
