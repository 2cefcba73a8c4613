# SPDX-License-Identifier: MPL-2.0
"""Addresses of what is kept beside the guide: sums, limits, and the watch over the law."""

from django.urls import path

from indgang.guidance.views import aid, calculate, hours, limits, parts, watch

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
    path("graenser/", limits.limits_list, name="limits"),
    path("graenser/ny/", limits.new_limit, name="limit_new"),
    path("graenser/<int:number>/", limits.limit, name="limit"),
    path("graenser/<int:number>/skriv/", limits.add, name="limit_add"),
    path("graenser/<int:number>/vaelg/", limits.choose, name="limit_choose"),
    path("graenser/<int:number>/vurdering/<int:decision_id>/", limits.settle, name="limit_settle"),
    path("graenser/<int:number>/forny/", limits.renew, name="limit_renew"),
    path("graenser/<int:number>/afslut/", limits.close, name="limit_close"),
    path("graenser/<int:number>/ud/<int:entry_id>/", limits.take_out, name="limit_take_out"),
    path("delydelser/", parts.ledgers, name="ledgers"),
    path("delydelser/<int:ledger_id>/", parts.ledger, name="ledger"),
    path("delydelser/<int:ledger_id>/ud/<int:lot_id>/", parts.take_out_lot, name="lot_take_out"),
    path("delydelser/<int:ledger_id>/afslut/", parts.close_ledger, name="ledger_close"),
    path("opsplitning/", parts.splits, name="splits"),
    path("opsplitning/se-efter/", parts.look_for_splits, name="look_for_splits"),
    path("opsplitning/<int:finding_id>/", parts.explain_split, name="explain_split"),
    path("stoette/", aid.register, name="aid_register"),
    path("stoette/<str:cvr_number>/", aid.undertaking, name="aid"),
    path("stoette/<str:cvr_number>/<int:entry_id>/bilag/", aid.paper, name="aid_paper"),
    path("stoette/<str:cvr_number>/<int:entry_id>/tag-ud/", aid.take_out, name="aid_take_out"),
    path("stoette/<str:cvr_number>/<int:entry_id>/tael-med/", aid.put_back, name="aid_put_back"),
    path("uden-kode/", parts.uncoded, name="uncoded"),
    path("uden-kode/<int:entry_id>/", parts.give_code, name="give_code"),
    path("timer/", hours.clauses, name="clauses"),
    path("timer/ny/", hours.new_clause, name="clause_new"),
    path("timer/<int:clause_id>/", hours.clause, name="hours"),
    path("timer/<int:clause_id>/link/", hours.send, name="hours_send"),
    path("timer/<int:clause_id>/afslut/", hours.end, name="hours_end"),
    path("klausuler/", hours.models, name="model_clauses"),
    path("klausuler/<slug:clause_id>/", hours.model, name="model_clause"),
]
