# SPDX-License-Identifier: MPL-2.0
"""An agreement keeps what the law said of it, turns amber when that changes, and its orders are added up."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from indgang.agreements import lifetime
from indgang.agreements.models import Agreement
from indgang.agreements.purchase import actions
from indgang.agreements.purchase.law import about, answer_of, ask_again, look_at_agreements
from indgang.core.law.pack import add_packs, remove_packs
from indgang.core.text import Refused
from indgang.guidance.actions import limits, splitting
from indgang.guidance.models import LawNotice, PurchaseEntry, RunningPurchase, SavedAnswer
from indgang.kernel.models import Duty
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import award, deliver, describe, send
from indgang.procurement.models import Answer, Decision, Order, TaskNotice
from tests.cast import NOW, Cast
from tests.core.law.later_pack import publish
from tests.factories import a_task, an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.agreements.scene import a_purchase, terms

CATERING = "55520000"
TODAY = timezone.localdate()
RUNS = {"first_date": TODAY - timedelta(days=30), "last_date": TODAY + timedelta(days=500)}


@pytest.fixture
def lower_floor(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A later pack in which fewer purchases are small, put in when called."""

    def put_in() -> None:
        add_packs(publish(tmp_path, ("figures.toml", "amount = 500000", "amount = 90000")))

    yield put_in
    remove_packs(tmp_path)


def lunches(cast: Cast, **changes: object) -> Agreement:
    """At most 100,000 kroner of lunches, which the law calls a small purchase."""
    said: dict[str, object] = {"cpv_code": CATERING, "cross_border": "no"}
    return a_purchase(cast, **(said | changes))


def order(
    cast: Cast, agreement: Agreement, count: int, *, who: str = "carla", unit: str = "Biblioteket"
) -> Order:
    return actions.call_off(
        cast.be(who),
        agreement,
        {agreement.prices.get().pk: count},
        unit=cast.units[unit],
        now=NOW + timedelta(days=1),
    )


def laundry(cast: Cast, **changes: object) -> RunningPurchase:
    said: dict[str, object] = {
        "title": "Mad til møder", "cpv_code": CATERING, "responsible": cast.people["karen"],
        "first_date": date(2027, 1, 1), "last_date": date(2030, 12, 31), "now": NOW,
    }  # fmt: skip
    return limits.open_running(cast.be("karen"), **(said | changes))  # type: ignore[arg-type]


def test_a_direct_purchase_keeps_what_the_law_said_on_the_day_it_was_made(cast: Cast) -> None:
    answer = answer_of(lunches(cast))
    assert answer is not None
    assert (answer.answer["regime"], answer.on, answer.facts["value_dkk"]) == ("A", NOW.date(), 100_000)
    assert answer.facts["duration_months"] == 24


def test_the_code_is_read_out_of_the_words_when_it_can_hardly_be_wrong(cast: Cast) -> None:
    agreement = a_purchase(
        cast, title="Vinduespudsning", what="Vinduespudsning af rådhuset", cross_border="no"
    )
    assert agreement.terms.cpv_code == "90911300"
    assert answer_of(agreement) is not None


def test_an_agreement_out_of_an_award_inherits_the_tasks_answer(cast: Cast) -> None:
    papir, carla, task = an_enterprise(cast, "Papir & Pluk"), cast.be("carla"), a_task(cast)
    describe.pick(carla, task, papir, now=NOW)
    invitation = send.ask_small(carla, task, now=NOW)[0]
    answering.answer(cast.be("mette"), invitation, Answer.Kind.YES, price_oere=30_000_00, now=NOW)
    award.buy_small(carla, invitation, now=NOW)
    decision = Decision.objects.select_related("task__law", "task__unit", "organisation").get()
    agreement = actions.open_purchase(
        carla, terms(limit_oere=30_000_00), decision=decision, unit=task.unit, organisation=papir,
        manager=cast.people["carla"], now=NOW,
    )  # fmt: skip
    given = SavedAnswer.objects.filter(about=f"task:{task.pk}").latest("pk")
    mine = answer_of(agreement)
    assert mine is not None
    assert (mine.facts, mine.pack, mine.on) == (given.facts, given.pack, given.on)


def test_a_new_pack_turns_it_amber_on_its_page_the_catalogue_and_the_managers_desk(
    cast: Cast, browse: Browser, lower_floor: Callable[[], None]
) -> None:
    agreement = lunches(cast, **RUNS)
    assert look_at_agreements(cast.house, now=NOW) == []
    lower_floor()
    assert len(look_at_agreements(cast.house, now=NOW)) == 1
    assert look_at_agreements(cast.house, now=NOW) == []
    head = browse.log_in("søren")
    page = text_of(head.get(f"/indkoebskatalog/{agreement.pk}/"))
    assert "Loven er ændret, og svaret bliver et andet" in page
    assert "500.000 → 90.000" in page
    assert "loven er ændret" in text_of(head.get("/indkoebskatalog/"))
    assert "Loven er ændret, svaret bliver et andet" in text_of(head.get("/skrivebord/"))
    assert Duty.objects.get(kind="guidance.law_changed").owner == cast.people["søren"]


def test_the_manager_says_what_was_done_about_it(
    cast: Cast, browse: Browser, lower_floor: Callable[[], None]
) -> None:
    agreement = lunches(cast, **RUNS)
    lower_floor()
    notice = look_at_agreements(cast.house, now=NOW)[0]
    head = browse.log_in("søren")
    head.follow(f"/jura/aendringer/{notice.pk}/", {f"{notice.pk}-how": "Aftalen holder"})
    notice.refresh_from_db()
    assert (notice.handled_by, notice.handled_how) == (cast.people["søren"], "Aftalen holder")
    assert "Loven er ændret" not in text_of(head.get(f"/indkoebskatalog/{agreement.pk}/"))
    assert look_at_agreements(cast.house, now=NOW) == []


def test_the_law_is_asked_again_by_name_and_the_new_answer_stands(
    cast: Cast, browse: Browser, lower_floor: Callable[[], None]
) -> None:
    agreement = lunches(cast, **RUNS)
    lower_floor()
    look_at_agreements(cast.house, now=NOW)
    page = text_of(
        browse.log_in("søren").follow(f"/indkoebskatalog/{agreement.pk}/jura/", {"cross_border": "no"})
    )
    assert "Køb på markedsvilkår" in page
    assert "Loven er ændret" not in page
    assert LawNotice.objects.get().handled_by == cast.people["søren"]
    assert SavedAnswer.objects.filter(about=about(agreement.pk)).count() == 2
    assert Duty.objects.get(kind="guidance.law_changed").done_at is not None


def test_only_those_who_look_after_it_ask_again(cast: Cast, browse: Browser) -> None:
    agreement = lunches(cast, **RUNS)
    assert "Spørg loven igen" not in text_of(browse.log_in("carla").get(f"/indkoebskatalog/{agreement.pk}/"))
    with pytest.raises(Refused, match="Kun den aftaleansvarlige"):
        ask_again(cast.be("carla"), agreement, now=NOW)


def test_an_agreement_that_says_nothing_of_its_kind_is_asked_about_it(cast: Cast, browse: Browser) -> None:
    agreement = a_purchase(cast, title="Diverse", what="Lidt af hvert", **RUNS)
    assert answer_of(agreement) is None
    head = browse.log_in("søren")
    path = f"/indkoebskatalog/{agreement.pk}/"
    assert "Loven er ikke spurgt om aftalen" in text_of(head.get(path))
    assert "Skriv CPV-koden" in text_of(head.post(path + "jura/", {}, status=422))
    wrong = head.post(path + "jura/", {"cpv_code": "12345678"}, status=422)
    assert 'value="12345678"' in wrong.content.decode()
    assert "Småkøb under 500.000 kr." in text_of(
        head.follow(path + "jura/", {"cpv_code": CATERING, "cross_border": "no"})
    )


def test_a_draft_grows_old_and_a_signed_agreement_does_not(cast: Cast) -> None:
    draft, signed = lunches(cast, signed=False, title="Kladde"), lunches(cast)
    later = NOW.replace(year=2028, month=1, day=3)
    found = look_at_agreements(cast.house, now=later)
    assert [one.about for one in found] == [about(draft.pk)]
    assert signed.in_force_at is not None


def test_an_agreement_that_ends_is_amber_no_more(cast: Cast, lower_floor: Callable[[], None]) -> None:
    agreement = lunches(cast)
    lower_floor()
    look_at_agreements(cast.house, now=NOW)
    lifetime.end(cast.be("søren"), agreement, because="Køkkenet lukker", last_date=NOW.date(), now=NOW)
    look_at_agreements(cast.house, now=NOW)
    assert LawNotice.objects.get().handled_how == "Aftalen er slut"


def test_an_order_on_an_agreement_counts_against_the_limit_of_its_kind_from_the_day_it_is_placed(
    cast: Cast, browse: Browser
) -> None:
    row, agreement = laundry(cast), lunches(cast)
    placed = order(cast, agreement, 400)
    entry = PurchaseEntry.objects.get()
    assert (entry.amount_dkk, entry.cpv_code, entry.running, entry.path) == (
        34_000,
        CATERING,
        row,
        placed.page,
    )
    page = browse.log_in("karen").get(f"/jura/graenser/{row.pk}/")
    assert f'href="{placed.page}"' in page.content.decode()
    deliver.report_delivery(cast.be("carla"), placed, delivered="partly", delivered_oere=20_000_00, now=NOW)
    entry.refresh_from_db()
    assert entry.amount_dkk == 20_000
    deliver.report_delivery(cast.be("carla"), placed, delivered="no", now=NOW)
    entry.refresh_from_db()
    assert entry.amount_dkk == 0


def test_an_order_that_would_reach_the_limit_of_its_kind_is_stopped(cast: Cast) -> None:
    laundry(cast, limit_dkk=50_000)
    agreement = lunches(cast)
    order(cast, agreement, 400)
    with pytest.raises(Refused, match="Købet når grænsen for «Mad til møder»"):
        order(cast, agreement, 400)
    assert Order.objects.count() == 1


def test_orders_of_several_units_are_seen_as_one_possible_split(cast: Cast) -> None:
    agreement = lunches(cast, limit_oere=900_000_00)
    order(cast, agreement, 3000)
    order(cast, agreement, 3000, who="søren", unit="Økonomi og Indkøb")
    found = splitting.find_splits(cast.house, now=NOW + timedelta(days=2))
    assert [(one.subject, one.total_dkk) for one in found] == [("55520000", 510_000)]


def test_what_was_advertised_as_a_whole_is_not_added_up_again(cast: Cast) -> None:
    laundry(cast)
    agreement, task = lunches(cast), a_task(cast)
    TaskNotice.objects.filter(pk=task.pk).update(lane=TaskNotice.Lane.COMPETITION)
    decision = Decision.objects.create(
        municipality=cast.home, task=task, organisation=agreement.terms.organisation, price_oere=100_000_00,
        reason="Bedst", decided_by=cast.people["carla"], decided_at=NOW,
    )  # fmt: skip
    agreement.terms.decision = decision
    agreement.terms.save()
    order(cast, Agreement.objects.get(), 400)
    assert not PurchaseEntry.objects.exists()


def test_a_purchase_without_a_code_is_given_one_by_hand_and_then_counts(cast: Cast, browse: Browser) -> None:
    row = laundry(cast)
    entry = PurchaseEntry.objects.create(
        municipality=cast.home, kind="order", text="Diverse", amount_dkk=9_000, bought_date=date(2027, 5, 1),
        source="order:0", entered_at=NOW,
    )  # fmt: skip
    karen = browse.log_in("karen")
    assert "Ét køb mangler en kode" in text_of(karen.get("/jura/graenser/"))
    path = f"/jura/uden-kode/{entry.pk}/"
    assert "findes ikke i CPV-listen" in text_of(
        karen.post(path, {f"e{entry.pk}-cpv_code": "99999999"}, status=422)
    )
    page = text_of(karen.follow(path, {f"e{entry.pk}-cpv_code": CATERING}))
    assert "Nu tæller det med i «Mad til møder»" in page
    entry.refresh_from_db()
    assert entry.running == row
