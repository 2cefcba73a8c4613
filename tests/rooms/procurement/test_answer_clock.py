# SPDX-License-Identifier: MPL-2.0
"""The clock at work: reminders, calls, the next who fit, and a person when nobody is left."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.directory.models import Availability
from indgang.kernel.models import Duty, OutgoingMail
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import clock, describe, send
from indgang.procurement.models import Answer, Invitation, TaskNotice
from indgang.procurement.queries import phone_list
from tests.cast import Cast
from tests.factories import a_task, an_enterprise
from tests.pages import Browser, text_of

TUESDAY = datetime(2027, 4, 6, 8, 0, tzinfo=UTC)  # ten o'clock in Denmark


@pytest.fixture
def out(cast: Cast) -> TaskNotice:
    """A small purchase that one of two who fit has been asked about on Tuesday morning."""
    task = a_task(cast, now=TUESDAY)
    first = an_enterprise(cast, "Papir & Pluk")
    an_enterprise(cast, "Pakkeriet Nord")
    describe.pick(cast.be("carla"), task, first, now=TUESDAY)
    send.ask_small(cast.be("carla"), task, now=TUESDAY)
    return TaskNotice.objects.get(pk=task.pk)


def look(cast: Cast, moment: datetime) -> int:
    return clock.look(cast.house, now=moment)


def day(number: int, hour: int = 9) -> datetime:
    """A Danish working hour, so many days after Tuesday."""
    return TUESDAY.replace(hour=hour) + timedelta(days=number)


def test_the_next_who_fits_is_asked_and_told_nothing_of_the_others(cast: Cast, out: TaskNotice) -> None:
    assert look(cast, day(0)) == 1
    later = out.invitations.get(origin=Invitation.Origin.LADDER)
    assert later.organisation.name == "Pakkeriet Nord"
    assert "for få havde svaret" in later.why.lower()


def test_nothing_happens_at_night_at_weekends_or_on_holidays(cast: Cast, out: TaskNotice) -> None:
    assert look(cast, day(0, hour=20)) == 0
    assert look(cast, day(4)) == 0  # Saturday
    cast.home.closed_periods = [["2027-04-06", "2027-04-09"]]
    cast.home.save()
    assert look(cast, day(1)) == 0


def test_a_silent_one_is_reminded_then_put_on_the_phone_list(cast: Cast, out: TaskNotice) -> None:
    for number in (0, 1, 2, 3):
        look(cast, day(number))
    papir = out.invitations.get(organisation__name="Papir & Pluk")
    assert papir.contacts_made == 2
    assert OutgoingMail.objects.filter(recipient="papir@example.dk").count() == 2
    assert papir in phone_list()
    assert Duty.objects.get(kind="procurement.phone").owner == cast.people["mette"]


def test_two_answers_stop_the_clock(cast: Cast, out: TaskNotice) -> None:
    look(cast, day(0))
    for invitation in out.invitations.select_related("task", "organisation", "duty"):
        answering.answer(cast.be("mette"), invitation, Answer.Kind.NOT_NOW, because="busy", now=day(0))
    assert [look(cast, day(number)) for number in (1, 2, 3)] == [0, 0, 0]


def test_nobody_outside_the_matches_is_ever_asked(cast: Cast, out: TaskNotice) -> None:
    an_enterprise(cast, "Vinduespudseren", "Polering af vinduer")
    for number in (0, 1, 2, 3, 6, 7):
        look(cast, day(number))
    asked = set(out.invitations.values_list("organisation__name", flat=True))
    assert asked == {"Papir & Pluk", "Pakkeriet Nord"}


def test_when_all_have_been_asked_in_vain_the_coordinator_takes_over(cast: Cast, out: TaskNotice) -> None:
    for number in (0, 1, 2, 3, 6):
        look(cast, day(number))
    for invitation in phone_list():
        answering.called(cast.be("mette"), invitation, reached=True, now=day(6))
    look(cast, day(7))
    look(cast, day(7, hour=10))
    assert Duty.objects.filter(kind="procurement.nobody_left").count() == 1


@pytest.mark.parametrize(
    "rest",
    [
        {"paused_until": day(30).date()},
        {"holiday_first": day(0).date(), "holiday_last": day(9).date()},
        {"invitations_a_month": 0},
    ],
)
def test_one_who_rests_is_not_asked(cast: Cast, out: TaskNotice, rest: dict[str, object]) -> None:
    Availability.objects.filter(organisation__name="Pakkeriet Nord").update(**rest)
    look(cast, day(0))
    assert out.invitations.count() == 1


def test_an_enterprise_that_never_wants_such_tasks_is_left_alone(cast: Cast, out: TaskNotice) -> None:
    TaskNotice.objects.update(cpv_code="79920000")
    look(cast, day(0))
    nord = out.invitations.select_related("task", "organisation", "duty").get(
        organisation__name="Pakkeriet Nord"
    )
    nord.task.refresh_from_db()
    answering.answer(cast.be("mette"), nord, Answer.Kind.NEVER, now=day(0))
    second = a_task(cast, now=day(1))
    TaskNotice.objects.filter(pk=second.pk).update(cpv_code="79921000")
    second.refresh_from_db()
    from indgang.procurement.matching import all_matches

    resting = {match.organisation.name: match.resting for match in all_matches(second, now=day(1))}
    assert str(resting["Pakkeriet Nord"]) == "Vil ikke spørges om den slags opgaver"
    assert resting["Papir & Pluk"] is None


def test_the_coordinator_sees_the_number_to_ring_and_writes_the_answer_down(
    cast: Cast, browse: Browser, out: TaskNotice
) -> None:
    for number in (0, 1, 2, 3):
        look(cast, day(number))
    mette = browse.log_in("mette")
    page = text_of(mette.get("/opgaver/ring/"))
    assert "Papir & Pluk" in page
    assert "2030 4050" in page
    papir = out.invitations.get(organisation__name="Papir & Pluk")
    mette.post(
        f"/opgaver/{out.pk}/svar/{papir.pk}/?fra=ring", {"kind": "yes", "price": "30.000", "back": "ring"}
    )
    assert papir.answers.get().on_behalf
    assert papir not in phone_list()


def test_a_buyer_does_not_see_the_coordinators_list(cast: Cast, browse: Browser) -> None:
    browse.log_in("carla").get("/opgaver/ring/", status=404)
    browse.get("/opgaver/ring/", status=302)
