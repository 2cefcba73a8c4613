# SPDX-License-Identifier: MPL-2.0
from django.urls import path

from indgang.web.manage import tokens, views

urlpatterns = [
    path("", views.overview, name="manage"),
    path("indstillinger/", views.municipality_settings, name="municipality_settings"),
    path("enhed/", views.unit, name="new_unit"),
    path("enhed/<int:unit_id>/", views.unit, name="unit"),
    path("kollega/", views.member, name="new_member"),
    path("kollega/<int:membership_id>/stedfortraeder/", views.stand_in, name="stand_in"),
    path("kollega/<int:membership_id>/stopper/", views.let_go, name="let_go"),
    path("mail/<int:mail_id>/", views.decide_mail, name="decide_mail"),
    path("frister/", views.late, name="late_duties"),
    path("log/", views.log, name="log"),
    path("noegler/", tokens.tokens, name="tokens"),
    path("noegler/<int:token_id>/luk/", tokens.close, name="close_token"),
]
