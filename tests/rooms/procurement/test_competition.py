# SPDX-License-Identifier: MPL-2.0
"""A competition: all hear at once, bids are sealed, two people open, one is chosen with reasons."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from indgang.core.text import Refused
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Duty, OutgoingMail
from indgang.procurement.actions import award, bids, describe, questions, send
from indgang.procurement.models import Bid, Competition, Decision, TaskKey, TaskNotice
from indgang.procurement.states import State, state_of
from tests.cast import Cast
from tests.factories import (
    a_bid,
    a_competition,
    a_task,
    an_enterprise,
    answered_law,
    as_staff,
    speaker,
    wait_until_closed,
)


def opened(cast: Cast, task: TaskNotice) -> TaskNotice:
    wait_until_closed(task)
    for name in ("carla", "karen"):
        bids.turn_key(cast.be(name), TaskNotice.objects.get(pk=task.pk), now=timezone.now())
    return TaskNotice.objects.get(pk=task.pk)


def test_everyone_on_the_list_hears_at_the_same_moment(cast: Cast) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket"))
    assert len(set(task.invitations.values_list("invited_at", flat=True))) == 1
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {
        "papir@example.dk",
        "syværket@example.dk",
    }


def test_a_bid_cannot_be_read_by_the_municipality_before_it_is_opened(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400, "Vi pakker i tre uger")
    assert list(Bid.objects.all()) == []
    assert list(TaskKey.objects.all()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procurement_bid")
        assert cursor.fetchone() == (0,)


def test_a_bidder_sees_its_own_bid_and_nobody_elses(cast: Cast) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, sy, 33_600)
    speaker(cast, sy)
    assert [bid.organisation_id for bid in Bid.objects.all()] == [sy.pk]


def test_the_sealed_bytes_hold_no_readable_price(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400, "hemmelig metode")
    speaker(cast, papir)
    sealed = bytes(Bid.objects.get().sealed)
    assert b"hemmelig" not in sealed
    assert b"3240000" not in sealed


def test_a_new_bid_replaces_the_old_and_a_withdrawn_one_can_be_placed_again(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, papir, 31_000)
    by = speaker(cast, papir)
    assert Bid.objects.filter(withdrawn_at=None, replaced_at=None).count() == 1
    bids.withdraw_bid(by, task, papir.pk, now=timezone.now())
    assert not Bid.objects.filter(withdrawn_at=None, replaced_at=None).exists()
    with pytest.raises(Refused, match="ikke noget tilbud"):
        bids.withdraw_bid(by, task, papir.pk, now=timezone.now())
    a_bid(cast, task, papir, 30_000)


def test_a_bid_above_the_ceiling_is_refused_with_the_ceiling(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, ceiling_dkk=36_000)
    with pytest.raises(Refused, match=r"36\.000 kr"):
        a_bid(cast, task, papir, 36_001)


def test_the_databases_clock_refuses_a_late_bid_whatever_the_page_thinks(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, seconds=1)
    wait_until_closed(task)
    by = speaker(cast, papir)
    early = Competition.objects.get(task=task).bids_until - timedelta(minutes=5)
    with pytest.raises(Refused, match="Fristen er gået"):
        bids.place_bid(by, task, papir.pk, bids.Offer(3_240_000), now=early)


def test_the_last_second_counts_to_its_end(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, seconds=2)
    by = speaker(cast, papir)
    with connection.cursor() as cursor:  # 0.4 s into the second of the deadline
        cursor.execute(
            "SELECT pg_sleep(greatest(0, extract(epoch FROM %s + interval '0.4 second' - clock_timestamp())))",
            [task.competition.bids_until],
        )
    placed = bids.place_bid(by, task, papir.pk, bids.Offer(3_240_000), now=timezone.now())
    assert placed.received_at > task.competition.bids_until
    as_staff(cast)
    with pytest.raises(Refused, match="når fristen er gået"):
        bids.turn_key(cast.be("carla"), task, now=task.competition.bids_until)


def test_the_database_itself_refuses_a_late_bid_written_past_the_action(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, seconds=1)
    wait_until_closed(task)
    speaker(cast, papir)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Bid.objects.create(
            municipality=cast.home,
            task=task,
            organisation=papir,
            sealed=b"x",
            receipt="x",
            received_at=timezone.now(),
            given_by="x",
        )


def test_the_deadline_can_never_be_moved_forward(cast: Cast) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    with pytest.raises(ProgrammingError, match="moves later only"), transaction.atomic():
        Competition.objects.filter(task=task).update(bids_until=timezone.now())


def test_one_person_cannot_open_alone_not_even_twice(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, seconds=1)
    a_bid(cast, task, papir, 32_400)
    wait_until_closed(task)
    assert bids.turn_key(cast.be("carla"), task, now=timezone.now()) is False
    assert list(Bid.objects.all()) == []
    with pytest.raises(Refused, match="kollega"):
        bids.turn_key(cast.be("carla"), task, now=timezone.now())
    assert bids.turn_key(cast.be("karen"), task, now=timezone.now()) is True
    assert [(bid.price_oere, bid.text) for bid in Bid.objects.all()] == [(3_240_000, "")]


def test_nobody_may_turn_a_key_before_the_deadline(cast: Cast) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    with pytest.raises(Refused, match="når fristen er gået"):
        bids.turn_key(cast.be("carla"), task, now=timezone.now())


def test_the_winner_and_the_others_get_a_reason(cast: Cast) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy, seconds=1.5)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, sy, 33_600)
    task = opened(cast, task)
    winner = Bid.objects.get(organisation=papir)
    decision = award.award(
        cast.be("carla"), winner, reason="Laveste pris, og de kan levere 10. maj.", now=timezone.now()
    )
    assert list(decision.lines.order_by("-won").values_list("organisation__name", "reason")) == [
        ("Papir & Pluk", "Laveste pris, og de kan levere 10. maj."),
        ("Syværket", "Et andet tilbud havde en lavere pris."),
    ]
    order = award.place_order(cast.be("carla"), decision, now=timezone.now())
    assert order.amount_oere == 3_240_000
    assert state_of(TaskNotice.objects.get(pk=task.pk), timezone.now()) is State.ORDERED


def test_a_task_is_awarded_once(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, seconds=1)
    a_bid(cast, task, papir, 32_400)
    opened(cast, task)
    bid = Bid.objects.get()
    award.award(cast.be("carla"), bid, reason="Eneste tilbud, og prisen er rimelig.", now=timezone.now())
    with pytest.raises(Refused, match="kun afgøres én gang"):
        award.award(
            cast.be("karen"),
            Bid.objects.get(),
            reason="Eneste tilbud, og prisen er rimelig.",
            now=timezone.now(),
        )
    assert Decision.objects.count() == 1


def test_equal_prices_need_more_than_the_price_as_a_reason(cast: Cast) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy, seconds=1.5)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, sy, 32_400)
    opened(cast, task)
    bid = Bid.objects.get(organisation=sy)
    with pytest.raises(Refused, match="bød det samme"):
        award.award(cast.be("carla"), bid, reason="Laveste pris.", now=timezone.now())
    reason = "Samme pris. Syværket leverer en uge før og har prøvepakket uden fejl."
    assert award.award(cast.be("carla"), bid, reason=reason, now=timezone.now()).reason == reason


def test_a_competition_without_bids_can_be_withdrawn_with_a_reason(cast: Cast) -> None:
    task = opened(cast, a_competition(cast, an_enterprise(cast, "Papir & Pluk"), seconds=1))
    with pytest.raises(Refused, match="hvorfor"):
        send.withdraw(cast.be("carla"), task, reason=" ", now=timezone.now())
    send.withdraw(cast.be("carla"), task, reason="Ingen bød. Vi deler opgaven op.", now=timezone.now())
    assert not Duty.objects.filter(path=f"/opgaver/{task.pk}/", done_at=None).exists()


def test_a_question_is_answered_for_all_and_the_asker_is_hidden(cast: Cast) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy)
    question = questions.put_question(
        speaker(cast, papir), task, papir.pk, "Skal der klistermærker på?", now=timezone.now()
    )
    as_staff(cast)
    before = OutgoingMail.objects.count()
    questions.answer_question(cast.be("carla"), question, "Nej, de er trykt.", now=timezone.now())
    assert OutgoingMail.objects.count() == before + 2
    with pytest.raises(Refused, match="besvaret"):
        questions.answer_question(cast.be("carla"), question, "Jo.", now=timezone.now())


def test_a_later_invitation_says_why_and_gives_everyone_time(cast: Cast) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir)
    with pytest.raises(Refused, match="hvorfor"):
        send.invite_later(cast.be("carla"), task, sy, why="", now=timezone.now())
    before = task.competition.bids_until
    send.invite_later(cast.be("carla"), task, sy, why="Ringede og spurgte", now=timezone.now())
    competition = Competition.objects.get(task=task)
    assert competition.bids_until > before
    assert "senere" in competition.extended_because
    assert OutgoingMail.objects.filter(subject="Fristen er flyttet").count() == 2


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"binding_agreement": "unknown"}, "dækket af en aftale"),
        ({"binding_agreement": "yes"}, "Bestil på aftalen"),
        ({"cross_border": "unknown"}, "grænseoverskridende"),
        ({"cross_border": "yes"}, "skal annonceres"),
        ({"related_value_dkk": None}, "samme slags"),
        ({"related_value_dkk": 2_000_000}, "CPV-kode"),
        ({"related_value_dkk": 2_000_000, "cpv_code": "79920000"}, "skal annonceres"),
    ],
)
def test_nobody_is_invited_while_the_law_is_unanswered_or_says_no(
    cast: Cast, facts: dict[str, object], sentence: str
) -> None:
    task = a_task(cast, value_dkk=90_000)
    answered_law(cast, task, **facts)
    describe.pick(cast.be("carla"), task, an_enterprise(cast, "Papir & Pluk"), now=timezone.now())
    with pytest.raises(Refused, match=sentence):
        send.publish_competition(
            cast.be("carla"),
            task,
            bids_until=timezone.now() + timedelta(days=7),
            weighs="Pris",
            now=timezone.now(),
        )
    assert TaskNotice.objects.get(pk=task.pk).published_at is None


def test_works_go_to_at_most_three(cast: Cast) -> None:
    task = a_task(cast, value_dkk=400_000, need="Mal legepladsens hegn og byg et nyt skur af træ.")
    answered_law(cast, task, kind="works")
    for name in ("A Byg", "B Byg", "C Byg", "D Byg"):
        describe.pick(cast.be("carla"), task, an_enterprise(cast, name), now=timezone.now())
    with pytest.raises(Refused, match="højst 3"):
        send.publish_competition(
            cast.be("carla"),
            task,
            bids_until=timezone.now() + timedelta(days=7),
            weighs="Pris",
            now=timezone.now(),
        )


def test_related_purchases_smaller_than_the_purchase_are_a_mistake(cast: Cast) -> None:
    task = a_task(cast, value_dkk=90_000)
    with pytest.raises(Refused, match="ikke være mindre"):
        answered_law(cast, task, related_value_dkk=80_000)


def test_the_municipality_next_door_sees_nothing(cast: Cast) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    a_competition(cast, papir)
    set_tenant(cast.next_door.pk)
    tables = (
        "tasknotice",
        "lawfacts",
        "competition",
        "invitation",
        "answer",
        "question",
        "bid",
        "taskkey",
        "order",
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM procurement_{table}")  # noqa: S608
            assert cursor.fetchone() == (0,), table
