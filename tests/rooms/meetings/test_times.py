# SPDX-License-Identifier: MPL-2.0
"""Finding a time without an account, moving it, and replies that belong to the time they were given for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from indgang.core.text import Refused
from indgang.kernel.models import AuditLine, Duty
from indgang.meetings.actions import plan, times
from indgang.meetings.actions.plan import Invitee, Owner
from indgang.meetings.models import Meeting, Participant
from indgang.meetings.queries import meetings_of, visible_to
from indgang.meetings.states import State, state_of
from tests.cast import NOW, Cast
from tests.rooms.meetings.scene import (
    ANJA,
    BO,
    FRIDAY,
    THURSDAY,
    a_meeting,
    by_link,
    participant,
    subjects,
)


def test_one_time_stands_at_once_and_everyone_is_told(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    assert state_of(meeting, NOW) is State.PLANNED
    assert subjects(ANJA) == ["Følgegruppen, torsdag 17. juni 2027 kl. 15.00"]
    assert meeting.duty is not None
    assert (meeting.duty.kind, meeting.duty.owner) == ("meetings.minutes", cast.people["mette"])


def test_several_times_are_voted_on_by_link_and_one_is_chosen(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY, FRIDAY)
    anja, (first, second) = participant(meeting, ANJA), meeting.proposals.order_by("starts_at")
    times.vote(by_link(anja), anja, {first.pk: "no", second.pk: "yes"}, seen_round=1, now=NOW)
    times.choose_time(cast.be("mette"), meeting, FRIDAY, seen_round=1, now=NOW)
    meeting.refresh_from_db()
    anja.refresh_from_db()
    assert meeting.starts_at == FRIDAY
    assert (anja.coming, anja.reply_round) == (True, meeting.round)
    assert participant(meeting, BO).coming is None
    assert list(Duty.objects.order_by("pk").values_list("kind", "outcome")) == [
        ("meetings.choose", "done"),
        ("meetings.minutes", ""),
    ]


def test_a_reply_to_a_time_that_has_moved_twice_is_refused_and_counts_for_nothing(cast: Cast) -> None:
    meeting, mette = a_meeting(cast, THURSDAY), cast.be("mette")
    anja, bo = participant(meeting, ANJA), participant(meeting, BO)
    times.reply(by_link(anja), anja, coming=True, seen_round=1, now=NOW)
    times.propose_times(mette, meeting, [FRIDAY], now=NOW)
    with pytest.raises(Refused, match="Mødet er flyttet, siden du åbnede siden"):
        times.reply(by_link(bo), bo, coming=True, seen_round=1, now=NOW)
    times.propose_times(mette, meeting, [THURSDAY, FRIDAY + timedelta(days=7)], now=NOW)
    with pytest.raises(Refused, match="Mødet er flyttet"):
        times.reply(by_link(bo), bo, coming=False, seen_round=2, now=NOW)
    meeting.refresh_from_db()
    assert (meeting.round, meeting.starts_at) == (3, None)
    assert [one.reply_round for one in meeting.participants.order_by("pk")] == [1, None]
    assert times.remind(mette, meeting, now=NOW) == 2


def test_a_moved_meeting_says_so_and_keeps_one_open_duty(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    times.propose_times(cast.be("mette"), meeting, [FRIDAY], now=NOW)
    assert subjects(BO)[-1].startswith("Flyttet: Følgegruppen, fredag 18. juni")
    open_one = Duty.objects.get(done_at=None)
    assert open_one.due_at.date() == datetime(2027, 6, 25, tzinfo=NOW.tzinfo).date()


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (NOW - timedelta(minutes=1), "er gået. Vælg en tid, der kommer"),
        (NOW + timedelta(days=1200), "mere end tre år ude i fremtiden"),
    ],
)
def test_times_that_cannot_be_meant_are_refused(cast: Cast, moment: datetime, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        a_meeting(cast, moment)
    assert not Meeting.objects.exists()


def test_a_vote_on_a_time_of_another_meeting_is_refused(cast: Cast) -> None:
    meeting, other = a_meeting(cast, THURSDAY, FRIDAY), a_meeting(cast, THURSDAY, FRIDAY)
    anja = participant(meeting, ANJA)
    with pytest.raises(Refused, match="mindst én af tiderne"):
        times.vote(by_link(anja), anja, {other.proposals.all()[0].pk: "yes"}, seen_round=1, now=NOW)


def test_a_link_answers_for_nobody_else(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    with pytest.raises(Refused, match="Kun den, der har indkaldt"):
        times.reply(
            by_link(participant(meeting, ANJA)), participant(meeting, BO), coming=True, seen_round=1, now=NOW
        )


def test_a_cancelled_meeting_tells_why_and_leaves_no_duty(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    with pytest.raises(Refused, match="hvorfor"):
        plan.cancel(cast.be("mette"), meeting, because=" ", now=NOW)
    plan.cancel(cast.be("mette"), meeting, because="Borgmesteren er syg.", now=NOW)
    assert subjects(ANJA)[-1] == "Aflyst: Følgegruppen"
    assert not Duty.objects.filter(done_at=None).exists()
    with pytest.raises(Refused, match="Mødet er aflyst"):
        times.propose_times(cast.be("mette"), meeting, [FRIDAY], now=NOW)


def test_somebody_invited_twice_is_there_once(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    added = plan.invite(
        cast.be("mette"), meeting, [Invitee("Anja igen", ANJA.upper()), Invitee("Carla", "carla@aabjerg.example")], now=NOW
    )  # fmt: skip
    assert [one.name for one in added] == ["Carla"]
    assert added[0].user_id == cast.people["carla"].pk


def test_rooms_above_find_their_meetings_and_confidential_ones_are_the_participants_own(cast: Cast) -> None:
    owned = a_meeting(cast, THURSDAY, owner=Owner("agreement", 7, "/aftaler/7/"))
    secret = plan.call_meeting(
        cast.be("jonas"), title="Mentor og Ali", organiser=cast.people["jonas"], times=[FRIDAY],
        invitees=[Invitee("Carla", "carla@aabjerg.example")], confidential=True, now=NOW,
    )  # fmt: skip
    assert list(meetings_of("agreement", 7)) == [owned]
    assert set(visible_to(cast.be("mette"))) == {owned}
    assert set(visible_to(cast.be("jonas"))) == {secret}
    assert set(visible_to(cast.be("carla"))) == {secret}
    assert set(visible_to(cast.be("karen"))) == set()
    with pytest.raises(Refused):
        plan.cancel(cast.be("mette"), secret, because="Fordi", now=NOW)


def test_an_hour_is_an_hour_in_the_night_when_clocks_are_moved(cast: Cast) -> None:
    before = datetime(2027, 10, 31, 1, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
    meeting = a_meeting(cast, before, length_minutes=120)
    ends = meeting.ends_at
    assert ends is not None
    assert ends.astimezone(ZoneInfo("Europe/Copenhagen")).strftime("%H:%M") == "02:30"
    assert ends - before.astimezone(NOW.tzinfo) == timedelta(minutes=120)


def test_every_act_leaves_one_line_in_the_log(cast: Cast) -> None:
    meeting = a_meeting(cast, THURSDAY)
    times.propose_times(cast.be("mette"), meeting, [FRIDAY], now=NOW)
    acts = AuditLine.objects.filter(subject=f"meeting:{meeting.pk}").values_list("act", flat=True)
    assert list(acts) == ["meeting.call", "meeting.propose"]


def test_the_page_of_a_meeting_costs_the_same_with_three_and_with_thirty(cast: Cast) -> None:
    from indgang.meetings.pages import run_page

    meeting = a_meeting(cast, THURSDAY, FRIDAY)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            run_page(
                cast.be("mette"),
                Meeting.objects.select_related("organiser", "municipality").get(pk=meeting.pk),
                NOW,
            )
        return len(seen)

    few = cost()
    Participant.objects.bulk_create(
        Participant(
            municipality_id=cast.home.pk, meeting=meeting, name=f"P{n}", email=f"p{n}@x.dk", added_at=NOW
        )
        for n in range(27)
    )
    assert cost() == few


def test_mails_tell_the_time_in_danish_whatever_the_organiser_reads(cast: Cast) -> None:
    with translation.override("en"):
        a_meeting(cast, THURSDAY)
    assert subjects(ANJA) == ["Følgegruppen, torsdag 17. juni 2027 kl. 15.00"]
