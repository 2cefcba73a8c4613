# SPDX-License-Identifier: MPL-2.0
from datetime import timedelta

import pytest

from indgang.core.text import Refused
from indgang.kernel import actions
from indgang.kernel.duties import STAFF, open_duties, promise
from indgang.kernel.models import Duty, Membership, Role
from tests.cast import NOW, START, Cast
from tests.pages import Browser, text_of


def a_duty(cast: Cast, owner: str) -> Duty:
    return promise(
        cast.house,
        "test",
        "Ring til Syværket",
        path="/",
        due_at=NOW + timedelta(days=3),
        owner=cast.people[owner],
        now=NOW,
    )


def test_a_wrong_digit_in_a_cvr_number_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="12345678 er ikke gyldigt"):
        actions.open_municipality("X", 101, "12345678", hosts=[], now=NOW)


def test_a_leavers_duties_drop_to_the_stand_in_and_the_account_closes(cast: Cast) -> None:
    member = Membership.objects.get(user=cast.people["jonas"])
    duty = a_duty(cast, "jonas")
    with pytest.raises(Refused, match="Vælg en stedfortræder først"):
        actions.let_go(cast.be("mette"), member, last_date=NOW.date(), now=NOW)
    member.stand_in = cast.people["mette"]
    member.save()
    assert actions.let_go(cast.be("mette"), member, last_date=NOW.date(), now=NOW) == 1
    duty.refresh_from_db()
    member.user.refresh_from_db()
    assert (duty.owner, member.user.is_active) == (cast.people["mette"], False)


def test_somebody_who_is_away_is_stood_in_for(cast: Cast) -> None:
    a_duty(cast, "jonas")
    assert list(open_duties(cast.be("mette"), today=NOW.date())) == []
    Membership.objects.filter(user=cast.people["jonas"]).update(
        stand_in=cast.people["mette"], absent_until=NOW.date() + timedelta(days=5)
    )
    assert [duty.title for duty in open_duties(cast.be("mette"), today=NOW.date())] == ["Ring til Syværket"]


def test_the_desk_shows_what_breaks_first_on_top_in_constant_queries(
    cast: Cast, browse: Browser, django_assert_num_queries: object
) -> None:
    desk = browse.log_in("jonas")
    desk.get("/skrivebord/")  # the municipality behind the host name is remembered from here
    for _ in range(3):
        a_duty(cast, "jonas")
        with django_assert_num_queries(7):  # type: ignore[operator]
            page = desk.get("/skrivebord/")
    assert text_of(page).count("Ring til Syværket") == 3


def test_the_same_post_twice_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="allerede den rolle"):
        actions.add_member(
            cast.house, "mette@aabjerg.example", "M", unit=cast.units["Beskæftigelse"], role=Role.COORDINATOR,
            first_date=START, now=NOW,
        )  # fmt: skip


def test_the_staffs_ladder_has_a_step_before_on_and_after_the_day(cast: Cast) -> None:
    duty = a_duty(cast, "jonas")  # due Friday 9 April 2027
    calendar = cast.home.calendar()
    steps = [STAFF.step_at(step, duty.due_at, calendar) for step in range(5)]
    assert [step.date().isoformat() if step else None for step in steps] == [
        "2027-04-08",
        "2027-04-09",
        "2027-04-12",
        "2027-04-16",
        None,
    ]
