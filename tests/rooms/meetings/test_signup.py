# SPDX-License-Identifier: MPL-2.0
"""Seats in the order people signed up, and a waiting list that moves by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.text import Refused
from indgang.kernel.access import anonymous
from indgang.meetings.actions import plan, signup
from indgang.meetings.ical import LINE, Entry, calendar, escape, fold, unfold
from indgang.meetings.models import Meeting, Participant
from indgang.meetings.queries import present_names, public_meetings
from tests.cast import NOW, Cast
from tests.rooms.meetings.scene import THURSDAY, by_link, subjects


def an_open_meeting(cast: Cast, seats: int | None) -> Meeting:
    mette = cast.be("mette")
    meeting = plan.call_meeting(
        mette, title="Netværksmøde", organiser=cast.people["mette"], times=[THURSDAY], now=NOW
    )
    signup.open_sign_up(mette, meeting, seats=seats, until=THURSDAY - timedelta(days=1), now=NOW)
    return meeting


def come(cast: Cast, meeting: Meeting, name: str, **facts: object) -> Participant:
    return signup.sign_up(
        anonymous(cast.home.pk),
        meeting,
        name=name,
        email=f"{name.lower()}@example.dk",
        now=NOW,
        **facts,  # type: ignore[arg-type]
    )


def test_the_third_for_two_seats_waits_and_moves_up_when_one_withdraws(cast: Cast) -> None:
    meeting = an_open_meeting(cast, 2)
    ada, _bo, cleo = (come(cast, meeting, name) for name in ("Ada", "Bo", "Cleo"))
    assert [one.waits for one in (ada, cleo)] == [False, True]
    assert subjects("cleo@example.dk") == ["Du står på venteliste: Netværksmøde"]
    signup.withdraw(by_link(ada), ada, now=NOW)
    cleo.refresh_from_db()
    assert cleo.seat_at == NOW
    assert subjects("cleo@example.dk")[-1] == "Du har en plads: Netværksmøde"
    signup.withdraw(by_link(ada), ada, now=NOW)
    assert Participant.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_more_seats_go_to_those_who_wait(cast: Cast) -> None:
    meeting = an_open_meeting(cast, 1)
    for name in ("Ada", "Bo", "Cleo"):
        come(cast, meeting, name)
    signup.open_sign_up(cast.be("mette"), meeting, seats=2, now=NOW)
    assert [one.waits for one in meeting.participants.order_by("pk")] == [False, False, True]


def test_signing_up_twice_gives_the_link_again_and_no_second_seat(cast: Cast) -> None:
    meeting = an_open_meeting(cast, 2)
    come(cast, meeting, "Ada")
    come(cast, meeting, "ADA")
    assert meeting.participants.count() == 1
    assert len(subjects("ada@example.dk")) == 2


def test_names_are_public_only_with_a_yes_and_a_seat(cast: Cast) -> None:
    meeting = an_open_meeting(cast, 2)
    come(cast, meeting, "Ada", shows_name=True)
    come(cast, meeting, "Bo")
    come(cast, meeting, "Cleo", shows_name=True)
    assert present_names(meeting) == ["Ada"]
    assert public_meetings(NOW).get().taken == 2


def test_a_sign_up_after_the_last_moment_is_refused(cast: Cast) -> None:
    meeting = an_open_meeting(cast, None)
    late = THURSDAY - timedelta(hours=2)
    with pytest.raises(Refused, match="Tilmeldingen er lukket"):
        signup.sign_up(anonymous(cast.home.pk), meeting, name="Ada", email="ada@example.dk", now=late)


def test_nobody_signs_up_for_a_meeting_that_is_not_open(cast: Cast) -> None:
    meeting = plan.call_meeting(
        cast.be("mette"), title="Internt", organiser=cast.people["mette"], times=[THURSDAY], now=NOW
    )
    with pytest.raises(Refused, match="Der kan ikke tilmeldes"):
        come(cast, meeting, "Ada")


@given(st.text(max_size=400))
def test_folding_keeps_every_line_short_and_loses_nothing(text: str) -> None:
    line = "SUMMARY:" + escape(text.encode("utf-8", "replace").decode())
    folded = fold(line)
    assert all(len(part.encode()) <= LINE for part in folded.split("\r\n"))
    assert unfold(folded) == line


@given(st.text(max_size=120))
def test_no_text_can_add_a_line_to_the_file(text: str) -> None:
    entry = Entry("1@x", NOW, NOW, text.encode("utf-8", "replace").decode(), "a\r\nEND:VEVENT", sequence=3)
    written = unfold(calendar("Møder", [entry], made_at=NOW))
    assert written.count("\r\nEND:VEVENT\r\n") == 1
    assert "\r\nSEQUENCE:3\r\n" in written
    assert "\n" not in written.replace("\r\n", "")


def test_moments_are_written_in_utc_so_that_summer_time_cannot_shift_them() -> None:
    text = calendar("x", [Entry("1@x", THURSDAY, THURSDAY + timedelta(hours=1), "Møde")], made_at=NOW)
    assert "DTSTART:20270617T130000Z\r\nDTEND:20270617T140000Z" in text
