# SPDX-License-Identifier: MPL-2.0
"""Every address of the house, by the thing in it."""

from django.contrib import admin
from django.urls import include, path

from indgang.web import login, ours, replies, views
from indgang.web.demo_mail import demo_mail

handler400 = "indgang.web.errors.bad_request"
handler403 = "indgang.web.errors.forbidden"
handler404 = "indgang.web.errors.not_found"
handler500 = "indgang.web.errors.server_error"

urlpatterns = [
    path("", views.front, name="front"),
    path("skrivebord/", views.desk, name="desk"),
    path("jeres/", ours.ours, name="ours"),
    path("post/<int:duty_id>/", replies.replies, name="replies"),
    path("post/<int:duty_id>/<int:mail_id>/klaret/", replies.reply_handled, name="reply_handled"),
    path("post/<int:duty_id>/fil/<int:file_id>/", replies.reply_file, name="reply_file"),
    path("sprog/", views.choose_language, name="choose_language"),
    path("oplysninger/", views.privacy, name="privacy"),
    path("ui/", views.gallery, name="gallery"),
    path("was/", views.accessibility_statement, name="was"),
    path("demo/post/", demo_mail, name="demo_mail"),
    path("helbred/", views.health, name="health"),
    path("helbred/klar/", views.ready, name="ready"),
    path("", include(login)),
    path("kommunen/", include("indgang.web.manage.urls")),
    path("", include("indgang.directory.urls")),
    path("", include("indgang.placements.urls")),
    path("", include("indgang.impact.urls")),
    path("", include("indgang.meetings.urls")),
    path("jura/", include("indgang.guidance.urls")),
    path("l/timer/", include("indgang.guidance.link_urls")),
    path("opgaver/udbud/", include("indgang.procurement.notices.urls")),
    path("", include("indgang.procurement.urls")),
    path("", include("indgang.agreements.urls")),
    path("", include("indgang.cases.urls")),
    path("opsoegende/", include("indgang.cases.outreach.urls")),
    path("", include("indgang.cases.advice.urls")),
    path("administration/", admin.site.urls),
]
