# SPDX-License-Identifier: MPL-2.0
"""Addresses of meetings."""

from django.urls import path

from indgang.meetings.views import calendars, link, public, record, run

app_name = "meetings"
urlpatterns = [
    path("moeder/", public.meetings, name="meetings"),
    path("moeder/ny/", run.new, name="new"),
    path("moeder/kalender.ics", calendars.public_feed, name="public_feed"),
    path("moeder/min-kalender/", calendars.own_address, name="own_address"),
    path("moeder/<int:meeting_id>/", public.meeting, name="meeting"),
    path("moeder/<int:meeting_id>/moede.ics", calendars.one, name="file"),
    path("moeder/<int:meeting_id>/tilmeld/", public.sign_up, name="sign_up"),
    path("moeder/<int:meeting_id>/tider/", run.times, name="times"),
    path("moeder/<int:meeting_id>/vaelg/", run.choose, name="choose"),
    path("moeder/<int:meeting_id>/inviter/", run.invite, name="invite"),
    path("moeder/<int:meeting_id>/fjern/<int:participant_id>/", run.uninvite, name="uninvite"),
    path("moeder/<int:meeting_id>/ryk/", run.remind, name="remind"),
    path("moeder/<int:meeting_id>/aflys/", run.cancel, name="cancel"),
    path("moeder/<int:meeting_id>/aaben/", run.open_up, name="open"),
    path("moeder/<int:meeting_id>/dagsorden/", record.add_item, name="add_item"),
    path("moeder/<int:meeting_id>/dagsorden/<int:item_id>/fjern/", record.remove_item, name="remove_item"),
    path("moeder/<int:meeting_id>/fremmoede/", record.attendance, name="attendance"),
    path("moeder/<int:meeting_id>/beslutning/", record.resolve, name="resolve"),
    path("moeder/<int:meeting_id>/beslutning/<int:resolution_id>/gjort/", record.carry_out, name="carry_out"),
    path(
        "moeder/<int:meeting_id>/beslutning/<int:resolution_id>/fjern/", record.drop, name="drop_resolution"
    ),
    path("moeder/<int:meeting_id>/referat/", record.minutes, name="minutes"),
    path("moeder/<int:meeting_id>/referat/send/", record.send, name="send_minutes"),
    path("moeder/<int:meeting_id>/referat/hent/", record.download, name="minutes_file"),
    path("l/moede/<str:token>/", link.by_link, name="by_link"),
    path("l/moede/<str:token>/kommer/", link.reply, name="reply"),
    path("l/moede/<str:token>/fra/", link.withdraw, name="withdraw"),
    path("l/moede/<str:token>/referat/", link.minutes, name="minutes_by_link"),
    path("l/moede/<str:token>/moede.ics", link.calendar_file, name="file_by_link"),
    path("l/kalender/<str:token>/moeder.ics", calendars.feed, name="feed"),
]
