# SPDX-License-Identifier: MPL-2.0
"""Promises are remembered for people: who hears, when, and how often."""

from datetime import datetime, timedelta

from indgang.kernel.duties import OWN_CLOCK, STAFF, Ladder, at, promise, settle
from indgang.kernel.models import AuditLine, Duty, Membership, OutgoingMail, Role
from indgang.kernel.reminders import remind
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of

DUE = at(datetime(2027, 4, 15).date())  # noqa: DTZ001 — a Thursday, only its date is used


def a_promise(cast: Cast, owner: str | None = "jonas", ladder: Ladder = STAFF) -> Duty:
    who = cast.people[owner] if owner else None
    return promise(
        cast.house, "test", "Ring til Syværket", path="/x/", due_at=DUE, owner=who, now=NOW, ladder=ladder
    )


def letters_of(cast: Cast, day: int, hour: int = 9) -> list[tuple[str, str]]:
    """(recipient, subject) of what one run writes on a day in April."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    now = at(DUE.date()).replace(day=day, hour=hour)
    remind(cast.house, now=now)
    new = OutgoingMail.objects.exclude(pk__in=before).order_by("recipient")
    return [(mail.recipient, mail.subject) for mail in new]


def test_the_owner_hears_the_day_before_and_on_the_day_and_the_coordinator_the_day_after(cast: Cast) -> None:
    a_promise(cast)
    one = "1 frist venter på dig"
    assert letters_of(cast, 13) == []
    assert letters_of(cast, 14) == [("jonas@aabjerg.example", one)]
    assert letters_of(cast, 14, 15) == []
    assert letters_of(cast, 15) == [("jonas@aabjerg.example", one)]
    assert letters_of(cast, 16) == [
        ("jonas@aabjerg.example", one),
        ("mette@aabjerg.example", "1 frist er overskredet"),
    ]
    assert letters_of(cast, 17) == []


def test_a_director_hears_after_five_working_days(cast: Cast) -> None:
    Membership.objects.filter(user=cast.people["karen"]).update(role=Role.DIRECTOR)
    a_promise(cast)
    assert [who for who, _ in letters_of(cast, 22)] == [
        "jonas@aabjerg.example",
        "karen@aabjerg.example",
        "mette@aabjerg.example",
    ]


def test_many_promises_make_one_mail(cast: Cast) -> None:
    for _ in range(3):
        a_promise(cast)
    assert letters_of(cast, 15) == [("jonas@aabjerg.example", "3 frister venter på dig")]


def test_the_stand_in_hears_while_the_owner_is_away(cast: Cast) -> None:
    a_promise(cast)
    Membership.objects.filter(user=cast.people["jonas"]).update(
        stand_in=cast.people["karen"], absent_until=DUE.date()
    )
    assert [who for who, _ in letters_of(cast, 15)] == ["karen@aabjerg.example"]


def test_what_nobody_answers_for_goes_to_the_coordinator(cast: Cast) -> None:
    a_promise(cast, owner=None)
    assert [who for who, _ in letters_of(cast, 14)] == ["mette@aabjerg.example"]


def test_a_kept_promise_and_one_on_another_clock_are_left_alone(cast: Cast) -> None:
    settle(a_promise(cast), now=NOW)
    a_promise(cast, ladder=OWN_CLOCK)
    assert letters_of(cast, 16) == []


def test_a_room_may_have_a_ladder_of_its_own(cast: Cast) -> None:
    a_promise(cast, ladder=Ladder((-3,)))
    assert len(letters_of(cast, 12)) == 1
    assert letters_of(cast, 16) == []


def test_the_mail_does_not_say_what_the_case_is_about_and_the_run_is_logged(cast: Cast) -> None:
    duty = a_promise(cast)
    letters_of(cast, 15)
    assert "Syværket" not in "".join(OutgoingMail.objects.values_list("body", flat=True))
    line = AuditLine.objects.get(act="duties.reminded")
    assert line.facts["duties"] == [duty.pk]


def test_the_coordinator_sees_what_is_late_and_a_buyer_does_not(cast: Cast, browse: Browser) -> None:
    duty = a_promise(cast)
    Duty.objects.filter(pk=duty.pk).update(due_at=NOW - timedelta(days=400))
    assert "Ring til Syværket" in text_of(browse.log_in("mette").get("/kommunen/frister/"))
    browse.log_in("carla").get("/kommunen/frister/", status=404)
