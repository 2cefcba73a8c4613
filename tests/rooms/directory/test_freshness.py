# SPDX-License-Identifier: MPL-2.0
"""Current without nagging: asked at 90 days, marked at 120, hidden at 180 and only after two weeks' notice."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.text import Refused
from indgang.directory import search
from indgang.directory.actions import consent, freshness
from indgang.directory.freshness import Freshness, Standing
from indgang.directory.jobs import keep_profiles_current
from indgang.directory.models import Availability, Confirmation, Organisation
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_draft, a_link, a_public_one, by_link

DAY = date(2027, 4, 6)


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Freshness.FRESH),
        (119, Freshness.FRESH),
        (120, Freshness.FADED),
        (179, Freshness.FADED),
        (180, Freshness.HIDDEN),
    ],
)
def test_a_profile_fades_and_is_hidden_on_fixed_days(days: int, expected: Freshness) -> None:
    standing = Standing(confirmed_on=DAY, warned_on=DAY + timedelta(days=166))
    assert standing.freshness(DAY + timedelta(days=days)) is expected


def test_missing_dates_never_count_against_anybody() -> None:
    assert Standing().freshness(DAY) is Freshness.FRESH
    assert Standing().may_be_matched(DAY)


@given(days=st.integers(0, 2000), warned=st.one_of(st.none(), st.integers(-500, 2000)))
def test_nobody_is_hidden_without_two_weeks_notice(days: int, warned: int | None) -> None:
    today = DAY + timedelta(days=days)
    warned_on = None if warned is None else DAY + timedelta(days=warned)
    standing = Standing(confirmed_on=DAY, warned_on=warned_on)
    if standing.freshness(today) is Freshness.HIDDEN:
        assert warned_on is not None
        assert warned_on >= DAY
        assert today >= warned_on + timedelta(days=14)
        assert days >= 180


@given(st.integers(0, 400))
def test_a_holiday_only_delays_and_a_pause_keeps_out_of_matching(days: int) -> None:
    today = DAY + timedelta(days=days)
    resting = Standing(confirmed_on=today, holiday_first=today, holiday_last=today)
    assert resting.may_be_matched(today)
    assert resting.on_holiday(today)
    paused = Standing(confirmed_on=today, paused_until=today)
    assert paused.is_in_sight(today)
    assert not paused.may_be_matched(today)
    assert paused.may_be_matched(today + timedelta(days=1))


@pytest.fixture
def public(cast: Cast) -> Organisation:
    return a_public_one(cast)


def round_on(cast: Cast, days: int) -> dict[str, int]:
    return keep_profiles_current(cast.home.pk, now=after(days))


def test_the_morning_round_asks_once_at_ninety_days_and_announces_once(
    cast: Cast, public: Organisation
) -> None:
    said = {days: round_on(cast, days) for days in (0, 89, 90, 91, 165, 166, 167, 179, 200, 300)}
    assert [days for days, counts in said.items() if counts["asked"]] == [90]
    assert [days for days, counts in said.items() if counts["warned"]] == [166]
    first, second = OutgoingMail.objects.order_by("pk")
    assert "Ét klik er nok" in first.body
    assert "4. august 2027" in first.body
    assert "bliver skjult den 3. oktober 2027" in second.subject
    assert Duty.objects.filter(done_at=None).count() == 1


def test_one_confirmation_makes_it_fresh_and_the_round_starts_over(cast: Cast, public: Organisation) -> None:
    round_on(cast, 90)
    round_on(cast, 166)
    freshness.confirm(by_link(public), public, now=after(170))
    assert round_on(cast, 180) == {"asked": 0, "warned": 0, "forgotten": 0}
    assert Duty.objects.get().outcome == Duty.Outcome.DONE
    assert round_on(cast, 260)["asked"] == 1


@pytest.mark.parametrize(
    "rest",
    [
        {"paused_until": DAY + timedelta(days=100)},
        {"holiday_first": DAY + timedelta(days=80), "holiday_last": DAY + timedelta(days=100)},
    ],
)
def test_nobody_is_asked_on_pause_or_holiday(cast: Cast, public: Organisation, rest: dict[str, date]) -> None:
    Availability.objects.update(**rest)
    assert round_on(cast, 90)["asked"] == 0
    assert round_on(cast, 101)["asked"] == 1


def test_who_has_no_address_is_rung(cast: Cast) -> None:
    a_public_one(cast, contact_email="")
    assert round_on(cast, 90)["asked"] == 1
    assert not OutgoingMail.objects.exists()
    assert Duty.objects.get().title == "Ring til Papir & Pluk S.M.B.A. om deres profil"


def test_never_more_often_than_every_ninety_days(cast: Cast, public: Organisation) -> None:
    freshness.ask_if_current(cast.house, public, now=after(90))
    with pytest.raises(Refused, match="inden for de sidste 90 dage"):
        freshness.ask_if_current(cast.house, public, now=after(179))


def test_the_neighbours_round_leaves_ours_alone(cast: Cast, public: Organisation) -> None:
    assert keep_profiles_current(cast.next_door.pk, now=after(90))["asked"] == 0


def test_a_draft_that_never_answers_is_deleted_and_may_be_written_down_again(cast: Cast) -> None:
    draft = a_draft(cast)
    consent.ask_for_yes(cast.be("mette"), draft, now=NOW)
    assert round_on(cast, 179)["forgotten"] == 0
    assert round_on(cast, 181)["forgotten"] == 1
    assert not Organisation.objects.exists()
    assert a_draft(cast).pk


def test_confirming_takes_one_press_and_looking_takes_none(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    link = a_link(cast, public, now=timezone.now())
    assert "Passer det stadig?" in text_of(browse.get(link))
    assert Confirmation.objects.filter(kind="current").count() == 0
    assert "Profilen er bekræftet i dag" in text_of(browse.follow(f"{link}ret/passer/"))
    assert Confirmation.objects.get(kind="current").channel == "link"


def test_staff_write_down_a_confirmation_with_the_name_of_who_said_it(
    cast: Cast, public: Organisation
) -> None:
    with pytest.raises(Refused, match="bekræftede i telefonen"):
        freshness.confirm(cast.be("mette"), public, now=NOW)
    freshness.confirm(cast.be("mette"), public, said_by="Rikke", now=NOW)
    said = Confirmation.objects.get(kind="current")
    assert (said.channel, said.said_by, said.noted_by) == ("phone", "Rikke", "Mette Lind")


def test_fading_is_marked_and_hiding_takes_it_out_of_search_and_matching(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    today = timezone.now()
    Availability.objects.update(confirmed_at=today - timedelta(days=130))
    assert "Ikke bekræftet for nylig" in text_of(browse.get("/virksomheder/"))
    assert search.find("pakke varer").matches
    Availability.objects.update(
        confirmed_at=today - timedelta(days=190), warned_at=today - timedelta(days=20)
    )
    assert "Papir & Pluk" not in text_of(browse.get("/virksomheder/"))
    assert search.find("pakke varer").matches == ()
    assert "vises ikke i søgningen" in text_of(browse.get(public.path))
    assert "Skjult: ikke bekræftet" in text_of(browse.log_in("mette").get("/virksomheder/"))


def test_a_pause_lasts_at_most_a_year_and_numbers_make_sense(cast: Cast, public: Organisation) -> None:
    def told(**changes: object) -> None:
        usual = {"paused_until": None, "holiday_first": None, "holiday_last": None, "invitations_a_month": 4}
        freshness.set_availability(by_link(public), public, now=NOW, **(usual | changes))  # type: ignore[arg-type]

    with pytest.raises(Refused, match="højst et år"):
        told(paused_until=DAY + timedelta(days=400))
    with pytest.raises(Refused, match="mellem 0 og 30"):
        told(invitations_a_month=31)
    with pytest.raises(Refused, match="Byt om"):
        told(holiday_first=DAY, holiday_last=DAY - timedelta(days=1))
    told(invitations_a_month=0, paused_until=DAY + timedelta(days=30))
    public.availability.refresh_from_db()
    assert public.is_paused(DAY + timedelta(days=30))
    assert not public.is_paused(DAY + timedelta(days=31))
