# SPDX-License-Identifier: MPL-2.0
"""From an award or a direct purchase to an agreement, and orders that never pass its limit."""

from datetime import date, timedelta

import pytest

from indgang.agreements import lifetime
from indgang.agreements.models import Agreement, CallOff
from indgang.agreements.purchase import actions
from indgang.agreements.queries import catalogue, spent_oere
from indgang.core.text import Refused
from indgang.kernel.models import Duty, FilingItem, OutgoingMail
from indgang.procurement.actions import answer, award, deliver, describe, send
from indgang.procurement.models import Answer, Decision, Order
from tests.cast import NOW, Cast
from tests.factories import a_task, an_enterprise
from tests.rooms.agreements.scene import a_pdf, a_purchase, terms


def order(cast: Cast, agreement: Agreement, count: int) -> Order:
    line = agreement.prices.get()
    return actions.call_off(
        cast.be("carla"),
        agreement,
        {line.pk: count},
        unit=cast.units["Biblioteket"],
        now=NOW + timedelta(days=1),
    )


def an_award(cast: Cast, kroner: int = 30_000) -> Decision:
    papir, carla = an_enterprise(cast, "Papir & Pluk"), cast.be("carla")
    task = a_task(cast)
    describe.pick(carla, task, papir, now=NOW)
    invitation = send.ask_small(carla, task, now=NOW)[0]
    answer.answer(cast.be("mette"), invitation, Answer.Kind.YES, price_oere=kroner * 100, now=NOW)
    award.buy_small(carla, invitation, now=NOW)
    return Decision.objects.select_related("task__law", "task__unit", "organisation").get()


def test_a_signed_agreement_stands_in_the_catalogue_and_warns_twice_before_it_ends(cast: Cast) -> None:
    agreement = a_purchase(cast)
    assert list(catalogue(cast.be("carla"), today=date(2027, 4, 7), words="smørrebrød køkkenhaven")) == [
        agreement
    ]
    warnings = Duty.objects.filter(kind="agreements.renewal").order_by("due_at")
    assert [str(one.due_at.date()) for one in warnings] == ["2028-09-30", "2028-12-31"]
    assert FilingItem.objects.filter(case_key=f"aftale-{agreement.pk}").count() == 1


def test_an_unsigned_one_can_be_neither_found_nor_bought_on(cast: Cast) -> None:
    agreement = a_purchase(cast, signed=False)
    assert not catalogue(cast.be("carla"), today=date(2027, 4, 7))
    with pytest.raises(Refused, match="ikke underskrevet endnu"):
        order(cast, agreement, 1)


def test_an_order_carries_the_units_ean_and_is_delivered_rated_and_paid_like_any_other(cast: Cast) -> None:
    agreement = a_purchase(cast)
    placed = order(cast, agreement, 40)
    assert (placed.amount_oere, placed.unit, placed.page) == (
        3_400_00, cast.units["Biblioteket"], f"/indkoebskatalog/ordre/{placed.pk}/",
    )  # fmt: skip
    assert OutgoingMail.objects.get(about=f"order:{placed.pk}").recipient == "køkkenhaven@example.dk"
    deliver.report_delivery(
        cast.be("carla"), placed, delivered="partly", delivered_oere=2_000_00, rating=4, now=NOW
    )
    placed.refresh_from_db()
    assert spent_oere(agreement) == 2_000_00
    deliver.mark_paid(cast.be("carla"), placed, now=NOW)
    assert not Duty.objects.filter(path=placed.page, done_at=None).exists()


def test_the_limit_holds_and_is_warned_of_once_at_four_fifths(cast: Cast) -> None:
    agreement = a_purchase(cast)
    order(cast, agreement, 900)
    order(cast, agreement, 100)
    assert Duty.objects.get(kind="agreements.limit").title.startswith("Frokost til møder er 85 % brugt")
    order(cast, agreement, 100)
    with pytest.raises(Refused, match=r"Der er 6\.500,00\skr\. tilbage på aftalen"):
        order(cast, agreement, 100)
    assert Duty.objects.filter(kind="agreements.limit").count() == 1
    assert CallOff.objects.count() == 3


def test_an_agreement_that_has_run_out_or_been_ended_sells_nothing(cast: Cast) -> None:
    agreement = a_purchase(cast)
    lifetime.end(
        cast.be("søren"), agreement, because="Køkkenet lukker", last_date=NOW.date(),
        phase_out_date=date(2027, 5, 1), now=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="gælder ikke i dag"):
        order(cast, agreement, 1)
    assert [one.kind for one in Duty.objects.filter(done_at=None)] == ["agreements.phase_out"]
    with pytest.raises(Refused, match="opsagt"):
        lifetime.prolong(
            cast.be("søren"), agreement, last_date=date(2030, 1, 1), document=a_pdf(cast), now=NOW
        )


def test_a_prolonged_agreement_is_warned_of_anew(cast: Cast) -> None:
    agreement = a_purchase(cast)
    lifetime.prolong(cast.be("søren"), agreement, last_date=date(2030, 3, 31), document=a_pdf(cast), now=NOW)
    open_ones = Duty.objects.filter(kind="agreements.renewal", done_at=None).order_by("due_at")
    assert [one.due_at.year for one in open_ones] == [2029, 2029]


def test_an_award_becomes_an_agreement_once_and_for_no_more_than_was_sent_out(cast: Cast) -> None:
    decision = an_award(cast)
    facts = {
        "unit": decision.task.unit,
        "organisation": decision.organisation,
        "manager": cast.people["carla"],
    }
    with pytest.raises(Refused, match="Mere skal ud på ny"):
        actions.open_purchase(
            cast.be("carla"), terms(limit_oere=36_001_00), decision=decision, now=NOW, **facts
        )  # type: ignore[arg-type]
    agreement = actions.open_purchase(
        cast.be("carla"),
        terms(limit_oere=36_000_00, legal_basis=""),
        decision=decision,
        now=NOW,
        **facts,  # type: ignore[arg-type]
    )
    assert agreement.terms.legal_basis.startswith(f"Tildelt efter opgave {decision.task_id}")
    with pytest.raises(Refused, match="allerede blevet til en aftale"):
        actions.open_purchase(cast.be("carla"), terms(limit_oere=1_00), decision=decision, now=NOW, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "changes", "sentence"),
    [
        ("carla", {"legal_basis": "Fordi"}, "hvorfor I må købe direkte"),
        ("carla", {"limit_oere": 50_000_00}, "laves af indkøbschefen"),
        ("søren", {"last_date": date(2027, 3, 1)}, "Slutdatoen ligger før begyndelsen"),
    ],
)
def test_a_direct_agreement_says_why_and_stays_small(
    cast: Cast, who: str, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.open_purchase(
            cast.be(who), terms(**changes), unit=cast.units["Biblioteket"], organisation=an_enterprise(cast, "Kro"),
            manager=cast.people["carla"], now=NOW,
        )  # fmt: skip


def test_a_buyer_with_an_interest_in_the_supplier_orders_nothing(cast: Cast) -> None:
    from indgang.directory.actions.relations import state_interest

    agreement = a_purchase(cast)
    state_interest(
        cast.be("carla"), agreement.terms.organisation, user=cast.people["carla"], kind="family",
        first_date=date(2026, 1, 1), source="", now=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="Du har en interesse"):
        order(cast, agreement, 1)
    assert not Order.objects.exists()


def test_a_price_that_ends_keeps_what_was_ordered_on_it(cast: Cast) -> None:
    agreement = a_purchase(cast)
    placed, line = order(cast, agreement, 10), agreement.prices.get()
    actions.end_price(cast.be("søren"), line, now=NOW)
    actions.add_price(
        cast.be("søren"), agreement, text="Fire stykker", per="person", price_oere=99_00, now=NOW
    )
    assert placed.call_off.lines.get().price.price_oere == 85_00  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="hvor mange"):
        actions.call_off(cast.be("carla"), agreement, {line.pk: 5}, unit=cast.units["Biblioteket"], now=NOW)
