# SPDX-License-Identifier: MPL-2.0
"""The small lane: text, price, date; ask one to three; buy. Two minutes, one automatic line of reasons."""

import pytest

from indgang.core.text import Refused
from indgang.kernel.models import Duty, FilingItem, OutgoingMail
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, deliver, describe, send
from indgang.procurement.models import Answer, Invitation, Order, TaskNotice
from indgang.procurement.queries import bought_oere
from indgang.procurement.states import State, state_of
from tests.cast import NOW, Cast
from tests.factories import a_task, an_enterprise, invitation_of


def asked(cast: Cast, *names: str) -> tuple[TaskNotice, list[Invitation]]:
    task = a_task(cast)
    for name in names:
        describe.pick(cast.be("carla"), task, an_enterprise(cast, name), now=NOW)
    return task, send.ask_small(cast.be("carla"), task, now=NOW)


def test_a_need_below_the_limit_takes_the_small_lane_and_asks_no_question_of_law(cast: Cast) -> None:
    task = a_task(cast, value_dkk=49_999)
    assert task.lane == TaskNotice.Lane.SMALL
    assert a_task(cast, value_dkk=50_000).lane == TaskNotice.Lane.COMPETITION


def test_the_headline_is_the_first_sentence(cast: Cast) -> None:
    assert a_task(cast).title == "Pak 2.400 læsepakker til sommerbogen"


@pytest.mark.parametrize(
    ("need", "sentence"),
    [("kort", "hel sætning"), ("x" * 20_001, "for lang"), ("   \n ", "hel sætning")],
)
def test_a_need_that_says_too_little_or_too_much_is_refused(cast: Cast, need: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        describe.describe_task(
            cast.be("carla"), unit=cast.units["Biblioteket"], buyer_id=1, need=need, value_dkk=100, now=NOW
        )


def test_asking_makes_a_promise_and_a_mail_without_price_or_case_text(cast: Cast) -> None:
    task, invitations = asked(cast, "Papir & Pluk")
    (mail,) = OutgoingMail.objects.all()
    assert mail.recipient == "papir@example.dk"
    assert "læsepakker" not in mail.body + mail.subject
    assert "36" not in mail.body + mail.subject
    duty = invitations[0].duty
    assert duty is not None
    assert (duty.is_open, duty.awaits_others, duty.owner) == (True, True, cast.people["carla"])
    assert "Småkøb på 36.000 kr." in TaskNotice.objects.get(pk=task.pk).law.reasoning


def test_more_than_three_are_not_asked(cast: Cast) -> None:
    with pytest.raises(Refused, match="en til tre"):
        asked(cast, "A S", "B S", "C S", "D S")


def test_a_refused_asking_leaves_nothing_behind(cast: Cast) -> None:
    task = a_task(cast)
    with pytest.raises(Refused):
        send.ask_small(cast.be("carla"), task, now=NOW)
    assert TaskNotice.objects.get(pk=task.pk).published_at is None
    assert not OutgoingMail.objects.exists()


def test_an_answer_settles_the_promise_and_the_last_one_stands(cast: Cast) -> None:
    _task, (invitation,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), invitation, Answer.Kind.NOT_NOW, because="busy", now=NOW)
    answering.answer(cast.be("mette"), invitation, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    assert invitation.answers.count() == 2
    standing = answering.standing_answer(invitation)
    assert standing is not None
    assert (standing.kind, standing.price_oere, standing.on_behalf) == ("yes", 3_240_000, True)
    assert not Duty.objects.get(pk=invitation.duty_id).is_open


def test_no_says_why(cast: Cast) -> None:
    _task, (invitation,) = asked(cast, "Papir & Pluk")
    with pytest.raises(Refused, match="hvorfor"):
        answering.answer(cast.be("mette"), invitation, Answer.Kind.NOT_NOW, now=NOW)


def test_buying_is_one_press_decision_order_and_document(cast: Cast) -> None:
    task, (one, other) = asked(cast, "Papir & Pluk", "Syværket")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    answering.answer(cast.be("mette"), other, Answer.Kind.YES, price_oere=3_360_000, now=NOW)
    order = award.buy_small(cast.be("carla"), one, now=NOW)
    assert (order.number, order.amount_oere, order.organisation.name) == (10_001, 3_240_000, "Papir & Pluk")
    assert order.document is not None
    assert order.document.content_type == "application/pdf"
    decision = TaskNotice.objects.get(pk=task.pk).decision
    assert decision.reason == "Laveste pris blandt dem, der svarede."
    assert sorted(decision.lines.values_list("organisation__name", "won")) == [
        ("Papir & Pluk", True),
        ("Syværket", False),
    ]


def test_buying_twice_is_refused(cast: Cast) -> None:
    _task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=100_000, now=NOW)
    award.buy_small(cast.be("carla"), one, now=NOW)
    with pytest.raises(Refused, match="allerede købt"):
        award.buy_small(cast.be("carla"), one, now=NOW)
    assert Order.objects.count() == 1


def test_buying_without_a_price_asks_for_it(cast: Cast) -> None:
    _task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, now=NOW)
    with pytest.raises(Refused, match="den pris, I har aftalt"):
        award.buy_small(cast.be("carla"), one, now=NOW)


def test_a_price_above_the_limit_is_no_small_purchase(cast: Cast) -> None:
    _task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=5_000_000, now=NOW)
    with pytest.raises(Refused, match="over grænsen"):
        award.buy_small(cast.be("carla"), one, now=NOW)


def test_only_what_is_delivered_counts_as_bought(cast: Cast) -> None:
    task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    order = award.buy_small(cast.be("carla"), one, now=NOW)
    assert bought_oere(Order.objects.all()) == 0
    deliver.report_delivery(cast.be("carla"), order, delivered="partly", delivered_oere=1_000_000, now=NOW)
    assert bought_oere(Order.objects.all()) == 1_000_000
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", rating=5, now=NOW)
    assert bought_oere(Order.objects.all()) == 3_240_000
    assert state_of(TaskNotice.objects.get(pk=task.pk), NOW) is State.DELIVERED
    assert FilingItem.objects.filter(case_key="ordre-10001").exists()
    award_note = FilingItem.objects.get(case_key=f"opgave-{task.pk}")
    assert award_note.document.content_type == "application/pdf"


def test_an_unpaid_order_lands_with_the_coordinator(cast: Cast) -> None:
    _task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=3_240_000, now=NOW)
    order = award.buy_small(cast.be("carla"), one, now=NOW)
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
    duty = Duty.objects.get(kind="procurement.payment")
    assert (duty.owner, duty.due_at.date().isoformat()) == (cast.people["mette"], "2027-05-06")
    order.refresh_from_db()
    deliver.mark_paid(cast.be("carla"), order, now=NOW)
    assert not Duty.objects.get(pk=duty.pk).is_open


def test_a_buyer_with_an_interest_may_neither_ask_nor_buy(cast: Cast) -> None:
    from indgang.directory.models import Interest

    task, (one,) = asked(cast, "Papir & Pluk")
    answering.answer(cast.be("mette"), one, Answer.Kind.YES, price_oere=100_000, now=NOW)
    Interest.objects.create(
        municipality=cast.home,
        user=cast.people["carla"],
        organisation=one.organisation,
        kind="family",
        first_date=NOW.date(),
        source="Carla selv",
    )
    with pytest.raises(Refused, match="interesse"):
        award.buy_small(cast.be("carla"), one, now=NOW)
    assert (
        award.buy_small(cast.be("søren"), invitation_of(task, one.organisation), now=NOW).amount_oere
        == 100_000
    )
