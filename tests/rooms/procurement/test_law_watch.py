# SPDX-License-Identifier: MPL-2.0
"""What procurement tells the law guide, and what it hears back: amounts that count, limits, changed law."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.pack import add_packs, load, remove_packs
from indgang.core.law.reading import read_facts
from indgang.core.text import Refused
from indgang.guidance.actions import limits
from indgang.guidance.models import LawNotice, PurchaseEntry, SavedAnswer
from indgang.kernel.models import Duty
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, deliver, describe, send
from indgang.procurement.law_watch import about, look_at_tasks
from indgang.procurement.models import Answer, Invitation, Order, TaskNotice
from tests.cast import NOW, Cast
from tests.core.law.later_pack import publish
from tests.factories import a_task, an_enterprise, invitation_of
from tests.pages import Browser, text_of

FACTS: dict[str, object] = {"kind": "services", "value_dkk": 1_550_000, "cpv_main": "90910000", "kgi": "no"}


def asked(cast: Cast, price: int, code: str = "98311000") -> Invitation:
    """Carla asks one enterprise, which says yes to a price."""
    task = a_task(cast)
    TaskNotice.objects.filter(pk=task.pk).update(cpv_code=code)
    task.refresh_from_db()
    enterprise = an_enterprise(cast, "Rent Ord", cvr="99318031") if not _rent_ord() else _rent_ord()
    assert enterprise is not None
    describe.pick(cast.be("carla"), task, enterprise, now=NOW)
    send.ask_small(cast.be("carla"), task, now=NOW)
    invitation = invitation_of(task, enterprise)
    answering.answer(cast.be("mette"), invitation, Answer.Kind.YES, price_oere=price * 100, now=NOW)
    return invitation


def _rent_ord() -> object:
    from indgang.directory.models import Organisation

    return Organisation.objects.filter(name="Rent Ord").first()


def ordered(cast: Cast, price: int) -> Order:
    return award.buy_small(cast.be("carla"), asked(cast, price), now=NOW)


def test_a_delivered_order_is_counted_once_with_what_was_delivered(cast: Cast) -> None:
    order = ordered(cast, 16_400)
    assert not PurchaseEntry.objects.exists()
    deliver.report_delivery(cast.be("carla"), order, delivered="partly", delivered_oere=800_000, now=NOW)
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
    entry = PurchaseEntry.objects.get()
    assert (entry.amount_dkk, entry.cpv_code, entry.source) == (16_400, "98311000", f"order:{order.pk}")
    assert entry.unit == cast.units["Biblioteket"]


def test_what_was_not_delivered_does_not_count(cast: Cast) -> None:
    deliver.report_delivery(cast.be("carla"), ordered(cast, 16_400), delivered="no", now=NOW)
    assert not PurchaseEntry.objects.exists()


def test_an_order_that_would_reach_the_limit_of_a_running_purchase_is_stopped(cast: Cast) -> None:
    row = limits.open_running(
        cast.be("karen"), title="Vask", cpv_code="98310000", responsible=cast.people["karen"],
        first_date=date(2027, 1, 1), last_date=date(2030, 12, 31), now=NOW,
    )  # fmt: skip
    limits.add_amount(
        cast.be("karen"),
        row,
        kind="contract",
        text="Aftale",
        amount_dkk=490_000,
        bought_date=date(2027, 1, 1),
        now=NOW,
    )
    invitation = asked(cast, 16_400)
    with pytest.raises(Refused, match="Købet når grænsen for «Vask»"):
        award.buy_small(cast.be("carla"), invitation, now=NOW)
    assert not Order.objects.exists()
    order = award.buy_small(cast.be("carla"), invitation, price_oere=999_900, now=NOW)
    assert order.amount_oere == 999_900


@pytest.fixture
def lower_threshold(tmp_path: Path) -> Iterator[object]:
    """A later pack whose threshold has gone down, put in when called."""

    def put_in() -> None:
        add_packs(publish(tmp_path, ("figures.toml", "services = 1611360", "services = 1500000")))

    yield put_in
    remove_packs(tmp_path)


def told(cast: Cast, task: TaskNotice) -> SavedAnswer:
    answer = evaluate(load(), read_facts(load(), FACTS), NOW.date())
    return SavedAnswer.objects.create(
        municipality=cast.home, about=about(task.pk), path=f"/opgaver/{task.pk}/", title=task.title, on=NOW.date(),
        facts=FACTS, answer=as_json(answer), rules=list(answer.routes), pack=load().label, saved_at=NOW,
        saved_by=str(cast.be("carla")),
    )  # fmt: skip


def test_an_open_task_turns_amber_on_its_page_the_list_and_the_desk(
    cast: Cast, browse: Browser, lower_threshold: object
) -> None:
    task = a_task(cast)
    told(cast, task)
    assert look_at_tasks(cast.house, now=NOW) == []
    lower_threshold()  # type: ignore[operator]
    assert len(look_at_tasks(cast.house, now=NOW)) == 1
    carla = browse.log_in("carla")
    page = text_of(carla.get(f"/opgaver/{task.pk}/"))
    assert "Loven er ændret, og svaret bliver et andet" in page
    assert "1.611.360 → 1.500.000 kr." in page
    assert "loven er ændret" in text_of(carla.get("/opgaver/"))
    assert "Loven er ændret, svaret bliver et andet" in text_of(carla.get("/skrivebord/"))
    assert Duty.objects.get(kind="guidance.law_changed").owner == cast.people["carla"]


def test_a_task_that_ends_or_gets_a_new_answer_is_amber_no_more(cast: Cast, lower_threshold: object) -> None:
    first, second = a_task(cast), a_task(cast)
    told(cast, first)
    told(cast, second)
    lower_threshold()  # type: ignore[operator]
    look_at_tasks(cast.house, now=NOW)
    send.withdraw(cast.be("carla"), first, reason="Behovet er væk", now=NOW)
    told(cast, second)
    look_at_tasks(cast.house, now=NOW)
    assert sorted(LawNotice.objects.values_list("handled_how", flat=True)) == [
        "Der er lavet et nyt svar", "Opgaven er slut",
    ]  # fmt: skip
