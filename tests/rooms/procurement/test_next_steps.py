# SPDX-License-Identifier: MPL-2.0
"""What the buyer must do next stands on the desk; what did not come is waited for; parts keep the whole value."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indgang.core.text import Refused
from indgang.kernel.models import Duty, FilingItem, OutgoingMail
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, clock, deliver, describe, send
from indgang.procurement.models import Answer, Competition, Invitation, Order, TaskNotice
from indgang.procurement.states import State, state_of
from tests.cast import NOW, Cast
from tests.factories import a_bid, a_competition, a_task, an_enterprise, answered_law
from tests.pages import Browser, text_of

CHOOSE, ORDER = "procurement.choose", "procurement.order"


@pytest.fixture
def one(cast: Cast) -> Invitation:
    """The only one asked in a small purchase."""
    task = a_task(cast)
    describe.pick(cast.be("carla"), task, an_enterprise(cast, "Papir & Pluk"), now=NOW)
    return send.ask_small(cast.be("carla"), task, now=NOW)[0]


def an_order(cast: Cast, one: Invitation) -> Order:
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    return award.buy_small(cast.be("carla"), one, now=NOW)


def open_kinds(cast: Cast, name: str) -> list[str]:
    mine = Duty.objects.filter(owner=cast.people[name], done_at=None, awaits_others=False)
    return list(mine.order_by("pk").values_list("kind", flat=True))


def test_a_yes_in_a_small_purchase_is_something_to_choose_from(cast: Cast, one: Invitation) -> None:
    assert open_kinds(cast, "carla") == []
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_200_000, now=NOW)
    assert open_kinds(cast, "carla") == [CHOOSE]
    answering.answer(cast.be("mette"), one, Answer.Kind.NOT_NOW, because="busy", now=NOW)
    assert open_kinds(cast, "carla") == []


def test_buying_ends_the_choice_and_begins_the_wait_for_delivery(cast: Cast, one: Invitation) -> None:
    an_order(cast, one)
    assert Duty.objects.get(kind=CHOOSE).outcome == Duty.Outcome.DONE
    assert open_kinds(cast, "carla") == ["procurement.delivery"]


def test_an_order_is_filed_when_it_is_placed(cast: Cast, one: Invitation) -> None:
    order = an_order(cast, one)
    deliver.report_delivery(cast.be("carla"), order, delivered="partly", delivered_oere=100, now=NOW)
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
    assert FilingItem.objects.filter(case_key=f"ordre-{order.number}").count() == 1
    assert Duty.objects.filter(kind="procurement.payment").count() == 1


def test_what_did_not_come_is_still_waited_for(cast: Cast, one: Invitation, browse: Browser) -> None:
    order = an_order(cast, one)
    carla, path = browse.log_in("carla"), f"/opgaver/{one.task_id}/"
    page = text_of(carla.follow(path + "leveret/", {"delivered": "no", "note": "De kom ikke"}))
    assert "Meldt ikke leveret" in page
    assert "De kom ikke" in page
    assert state_of(TaskNotice.objects.get(pk=one.task_id), NOW) is State.ORDERED
    assert open_kinds(cast, "carla") == ["procurement.delivery"]
    with pytest.raises(Refused, match="om ordren er leveret"):
        deliver.mark_paid(cast.be("carla"), Order.objects.get(pk=order.pk), now=NOW)
    page = text_of(carla.follow(path + "leveret/", {"delivered": "partly", "amount": "10.000"}))
    assert "Er resten kommet?" in page
    page = text_of(carla.follow(path + "leveret/", {"delivered": "yes", "rating": "4"}))
    assert "4 af 5" in page
    assert "Er resten kommet?" not in page
    assert open_kinds(cast, "carla") == []


def test_another_unit_cannot_mark_an_order_as_paid(cast: Cast, one: Invitation) -> None:
    order = an_order(cast, one)
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
    with pytest.raises(Refused, match="anden enhed"):
        deliver.mark_paid(cast.be("jonas"), Order.objects.get(pk=order.pk), now=NOW)


def test_one_who_is_asked_by_the_clock_gets_time_and_so_do_all(cast: Cast) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"), seconds=7200)
    an_enterprise(cast, "Pakkeriet Nord")
    now = timezone.now()
    assert clock.look_at(cast.house, task, now=now) == 1
    later = task.invitations.select_related("organisation").get(origin=Invitation.Origin.LADDER)
    assert later.organisation.name == "Pakkeriet Nord"
    assert Competition.objects.get(task=task).bids_until > now + timedelta(days=1)
    assert OutgoingMail.objects.filter(subject="Fristen er flyttet").count() == 2


def test_one_who_is_asked_later_reads_why(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir)
    send.invite_later(cast.be("carla"), task, sy, why="Ringede og spurgte", now=timezone.now())
    from tests.factories import as_staff, speaker

    for key, enterprise in (("rikke", papir), ("anja", sy)):
        speaker(cast, enterprise)
        as_staff(cast)
        cast.people[key] = enterprise.contacts.get().user  # type: ignore[assignment]
    path = f"/opgaver/{task.pk}/"
    assert "I spørges nu, fordi: Ringede og spurgte" in text_of(browse.log_in("anja").get(path))
    assert "I spørges nu" not in text_of(browse.log_in("rikke").get(path))


def parts_of(cast: Cast, value_dkk: int) -> list[TaskNotice]:
    need = "Pak 2.400 læsepakker. Vask desuden vinduer på biblioteket hver måned."
    task = a_task(cast, value_dkk=value_dkk, need=need)
    return describe.split_task(cast.be("carla"), task, need.split(". "), now=NOW)


def test_parts_of_a_purchase_above_the_limit_are_no_small_purchases(cast: Cast) -> None:
    parts = parts_of(cast, 90_000)
    assert [part.law.value_dkk for part in parts] == [45_000, 45_000]
    assert {part.lane for part in parts} == {TaskNotice.Lane.COMPETITION}
    part = TaskNotice.objects.get(pk=parts[0].pk)
    with pytest.raises(Refused, match="over grænsen"):
        describe.choose_lane(cast.be("carla"), part, TaskNotice.Lane.SMALL, now=NOW)
    with pytest.raises(Refused, match="del af en større"):
        answered_law(cast, part, related_value_dkk=45_000)
    answered_law(cast, part, related_value_dkk=90_000)
    assert TaskNotice.objects.get(pk=part.pk).lane == TaskNotice.Lane.COMPETITION


def test_parts_of_a_purchase_below_the_limit_stay_small(cast: Cast) -> None:
    parts = parts_of(cast, 40_000)
    assert {part.lane for part in parts} == {TaskNotice.Lane.SMALL}
    assert {part.law.related_value_dkk for part in parts} == {40_000}


def test_a_chosen_competition_stays_one_when_the_law_is_answered(cast: Cast) -> None:
    task = a_task(cast, value_dkk=20_000)
    describe.choose_lane(cast.be("carla"), task, TaskNotice.Lane.COMPETITION, now=NOW)
    answered_law(cast, task)
    assert TaskNotice.objects.get(pk=task.pk).lane == TaskNotice.Lane.COMPETITION


def test_a_buyer_who_reads_english_still_writes_danish(cast: Cast, browse: Browser) -> None:
    task = a_task(cast)
    papir = an_enterprise(cast, "Papir & Pluk")
    carla = browse.log_in("carla")
    carla.client.cookies["django_language"] = "en"
    carla.post(f"/opgaver/{task.pk}/spoerg/", {"organisation": papir.pk})
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Kan I løse en opgave for Åbjerg Kommune?"
    assert "Hej Leder af Papir & Pluk" in mail.body
    assert Duty.objects.get(awaits_others=True).title.startswith("Svar fra Papir & Pluk")


def test_who_bids_is_not_reminded_to_answer(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, papir, 31_000)
    assert [given.kind for given in Answer.objects.all()] == [Answer.Kind.YES]
    assert not Duty.objects.filter(awaits_others=True, done_at=None).exists()


def test_when_nobody_fits_the_coordinator_is_asked_to_look_further(cast: Cast, browse: Browser) -> None:
    task = a_task(cast, need="Reparation af et kirkeorgel fra 1890 med piber af tin.")
    carla, path = browse.log_in("carla"), f"/opgaver/{task.pk}/"
    assert "Ingen i kataloget passer" in text_of(carla.get(path))
    assert "Koordinatoren leder videre" in text_of(carla.follow(path + "hjaelp/"))
    assert "Find nogen til: Reparation af et kirkeorgel" in text_of(
        browse.log_in("mette").get("/skrivebord/")
    )
    assert "i gang med at lede" in text_of(carla.post(path + "hjaelp/", status=409))
    describe.pick(cast.be("mette"), task, an_enterprise(cast, "Papir & Pluk"), now=NOW)
    send.ask_small(cast.be("carla"), task, now=NOW)
    assert Duty.objects.get(kind="procurement.help").outcome == Duty.Outcome.DONE
