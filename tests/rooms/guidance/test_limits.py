# SPDX-License-Identifier: MPL-2.0
"""Running purchases: counted once, stopped at the limit with three choices, warned of before they end."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from indgang.core.text import Refused
from indgang.guidance.actions import limits, purchases, small_lots, splitting
from indgang.guidance.limits import check_room, ledger_standing, standing, standings
from indgang.guidance.models import LimitDecision, PurchaseEntry, RunningPurchase, SmallLotEntry, SplitFinding
from indgang.kernel.models import AuditLine, Duty
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of

START, END = date(2027, 1, 1), date(2030, 12, 31)


def laundry(cast: Cast, **facts: object) -> RunningPurchase:
    """Karen watches the laundry, four years, below 500,000."""
    known: dict[str, object] = {
        "title": "Vask af arbejdstøj", "cpv_code": "98310000", "responsible": cast.people["karen"],
        "first_date": START, "last_date": END, "now": NOW,
    }  # fmt: skip
    return limits.open_running(cast.be("karen"), **(known | facts))  # type: ignore[arg-type]


def add(
    cast: Cast, row: RunningPurchase, amount: int, kind: str = "contract", text: str = "Aftale"
) -> PurchaseEntry:
    return limits.add_amount(
        cast.be("karen"), row, kind=kind, text=text, amount_dkk=amount, bought_date=date(2027, 3, 1), now=NOW
    )


def bought(
    cast: Cast, amount: int, unit: str = "Biblioteket", day: date = date(2027, 3, 1), code: str = "98311000",
    source: str = "order:1",
) -> PurchaseEntry:  # fmt: skip
    return purchases.count_purchase(
        cast.house, kind="order", text="Vask", amount_dkk=amount, bought_date=day, unit=cast.units[unit],
        cpv_code=code, source=source, now=NOW,
    )  # fmt: skip


def test_contracts_and_options_count_until_the_limit_of_the_law(cast: Cast) -> None:
    row = laundry(cast)
    assert row.limit_dkk == 500_000
    add(cast, row, 240_000)
    add(cast, row, 120_000, kind="option", text="Et år mere")
    where = standing(row, row.entries.all())
    assert (where.limit.used, where.limit.left, where.tone) == (360_000, 140_000, "good")
    assert standing(row, row.entries.all(), 90_000).tone == "near"


def test_the_limit_may_be_set_lower_but_never_higher_and_four_years_is_the_longest(cast: Cast) -> None:
    assert laundry(cast, limit_dkk=300_000).limit_dkk == 300_000
    with pytest.raises(Refused, match="kan kun sættes lavere"):
        laundry(cast, limit_dkk=500_001)
    with pytest.raises(Refused, match="højst i fire år"):
        laundry(cast, last_date=date(2031, 1, 2))


def test_a_delivered_order_finds_its_running_purchase_and_counts_once(cast: Cast) -> None:
    row = laundry(cast)
    assert bought(cast, 16_400).running == row
    assert bought(cast, 17_000).amount_dkk == 17_000
    assert row.entries.count() == 1
    assert bought(cast, 5_000, code="90910000", source="order:2").running is None
    assert bought(cast, 5_000, day=date(2026, 12, 31), source="order:3").running is None


def test_what_was_bought_before_one_began_to_watch_counts_too(cast: Cast) -> None:
    entry = bought(cast, 40_000)
    row = laundry(cast)
    entry.refresh_from_db()
    assert entry.running == row


def test_a_running_purchase_with_one_enterprise_leaves_others_out(cast: Cast) -> None:
    ours, other = an_enterprise(cast, "Rent Ord"), an_enterprise(cast, "Papir & Pluk")
    row = laundry(cast, organisation=ours)
    for enterprise, source in ((ours, "order:1"), (other, "order:2")):
        purchases.count_purchase(
            cast.house, kind="order", text="Vask", amount_dkk=9_000, bought_date=date(2027, 3, 1),
            organisation=enterprise, cpv_code="98311000", source=source, now=NOW,
        )  # fmt: skip
    assert [entry.organisation for entry in row.entries.all()] == [ours]


def test_an_amount_that_reaches_the_limit_is_stopped_and_nothing_is_written(cast: Cast) -> None:
    row = laundry(cast)
    add(cast, row, 400_000)
    with pytest.raises(Refused, match="når grænsen"):
        add(cast, row, 100_000, kind="change", text="Flere uger")
    assert row.entries.count() == 1
    assert add(cast, row, 99_999, kind="change", text="Flere uger").amount_dkk == 99_999


@pytest.mark.parametrize("choice", ["reject", "tender", "legal"])
def test_each_of_the_three_choices_is_kept(cast: Cast, choice: str) -> None:
    row = laundry(cast)
    add(cast, row, 450_000)
    decision = limits.choose(
        cast.be("karen"),
        row,
        text="Flere uger",
        amount_dkk=80_000,
        choice=choice,
        because="Behovet er vokset",
        now=NOW,
    )
    assert decision.sum_dkk == 530_000
    assert (decision.duty is None) is (choice == "reject")
    line = AuditLine.objects.get(act="limit.choose")
    assert line.facts == {"choice": choice, "amount_dkk": 80_000, "sum_dkk": 530_000}
    assert row.entries.count() == 1


def test_a_change_below_the_limit_is_no_choice(cast: Cast) -> None:
    with pytest.raises(Refused, match="når ikke grænsen"):
        limits.choose(
            cast.be("karen"),
            laundry(cast),
            text="Lidt mere",
            amount_dkk=1_000,
            choice="legal",
            because="Hvorfor ikke",
            now=NOW,
        )


def legal(cast: Cast) -> LimitDecision:
    row = laundry(cast)
    add(cast, row, 450_000)
    return limits.choose(
        cast.be("karen"),
        row,
        text="Flere uger",
        amount_dkk=80_000,
        choice="legal",
        because="Uforudset",
        now=NOW,
    )


def test_a_lawyers_yes_needs_another_person_and_writes_the_change(cast: Cast) -> None:
    decision = legal(cast)
    with pytest.raises(Refused, match="En anden end den"):
        limits.settle_choice(cast.be("karen"), decision, allowed=True, assessment="§ 183, uforudset", now=NOW)
    limits.settle_choice(cast.be("søren"), decision, allowed=True, assessment="§ 183, uforudset", now=NOW)
    assert decision.duty is not None
    assert not decision.duty.is_open
    assert [entry.amount_dkk for entry in decision.running.entries.order_by("pk")] == [450_000, 80_000]
    with pytest.raises(Refused, match="ikke noget at afgøre"):
        limits.settle_choice(cast.be("søren"), decision, allowed=True, assessment="§ 183, uforudset", now=NOW)


def test_a_lawyers_no_writes_nothing(cast: Cast) -> None:
    decision = legal(cast)
    limits.settle_choice(
        cast.be("søren"), decision, allowed=False, assessment="Ingen grund i §§ 179-183", now=NOW
    )
    assert decision.running.entries.count() == 1


def test_the_database_itself_demands_a_second_person(cast: Cast) -> None:
    decision = legal(cast)
    with pytest.raises(IntegrityError):
        LimitDecision.objects.filter(pk=decision.pk).update(
            allowed=True, settled_at=NOW, settled_by=decision.user, assessment="Jeg siger det selv"
        )


def test_a_tendered_contract_is_its_own_limit_and_works_are_read_from_the_code(cast: Cast) -> None:
    assert laundry(cast, original_dkk=2_000_000).limit_dkk == 2_000_000
    works = laundry(cast, cpv_code="45210000")
    assert (works.works, works.limit_dkk) == (True, 300_000)


def test_changes_of_a_tendered_contract_are_held_against_the_margin_too(cast: Cast) -> None:
    row = laundry(cast, original_dkk=2_000_000, limit_dkk=3_000_000)
    add(cast, row, 2_000_000)
    add(cast, row, 150_000, kind="change", text="Flere børn")
    with pytest.raises(Refused, match="når grænsen"):
        add(cast, row, 50_000, kind="change", text="Endnu flere")
    where = standing(row, row.entries.all())
    assert where.margin is not None
    assert round(where.margin.left) == 50_000


def test_the_end_is_warned_of_and_moves_when_it_is_renewed(cast: Cast) -> None:
    row = laundry(cast, last_date=date(2028, 6, 30))
    assert row.duty is not None
    assert row.duty.due_at.date() == date(2028, 3, 30)
    assert row.duty.owner == cast.people["karen"]
    assert row.duty.title == "«Vask af arbejdstøj» udløber 30. juni 2028: forny, udbyd eller stop"
    limits.renew(cast.be("karen"), row, last_date=date(2029, 6, 30), now=NOW)
    row.duty.refresh_from_db()
    assert row.duty.due_at.date() == date(2029, 3, 30)
    with pytest.raises(Refused, match="Fire år er brugt op"):
        limits.renew(cast.be("karen"), row, last_date=date(2032, 1, 1), now=NOW)
    limits.close(cast.be("karen"), row, now=NOW)
    assert not Duty.objects.filter(kind=limits.RENEWAL_DUTY, done_at=None).exists()


def test_an_order_that_takes_it_over_tells_the_one_who_answers_for_it_once(cast: Cast) -> None:
    row = laundry(cast)
    add(cast, row, 480_000)
    bought(cast, 30_000)
    bought(cast, 31_000)
    duty = Duty.objects.get(kind=purchases.LIMIT_DUTY)
    assert (duty.title, duty.owner) == ("Grænsen er nået: Vask af arbejdstøj", cast.people["karen"])


def test_a_purchase_is_refused_beforehand_when_there_is_no_room(cast: Cast) -> None:
    row = laundry(cast)
    add(cast, row, 480_000)
    check_room(cast.home.pk, "98311000", None, 19_999, on=date(2027, 3, 1))
    check_room(cast.home.pk, "90910000", None, 900_000, on=date(2027, 3, 1))
    with pytest.raises(Refused, match=r"der er 20\.000 kr\. tilbage"):
        check_room(cast.home.pk, "98311000", None, 20_000, on=date(2027, 3, 1))


def test_a_mistake_is_taken_out_but_an_order_is_corrected_where_it_lies(cast: Cast) -> None:
    row = laundry(cast)
    wrong, order = add(cast, row, 50_000), bought(cast, 9_000)
    purchases.take_out(cast.be("karen"), wrong, now=NOW)
    assert standing(row, row.entries.all()).limit.used == 9_000
    with pytest.raises(Refused, match="kommer fra en ordre"):
        purchases.take_out(cast.be("karen"), order, now=NOW)


@pytest.mark.parametrize("name", ["carla", "jonas", "dan"])
def test_buyers_and_strangers_do_not_keep_limits(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        limits.open_running(
            cast.be(name), title="Vask", cpv_code="98310000", responsible=cast.people["karen"], first_date=START,
            last_date=END, now=NOW,
        )  # fmt: skip


def spread(cast: Cast, *amounts: int) -> list[PurchaseEntry]:
    units = ["Biblioteket", "Beskæftigelse", "Økonomi og Indkøb"]
    return [
        bought(cast, amount, units[number % 3], date(2027, 1 + number, 5), source=f"order:{number}")
        for number, amount in enumerate(amounts)
    ]


def test_the_same_bought_in_three_units_is_found_with_a_duty_and_ended_by_an_explanation(cast: Cast) -> None:
    spread(cast, 180_000, 190_000, 160_000)
    found = splitting.find_splits(cast.house, now=NOW)
    assert [(one.subject, one.total_dkk) for one in found] == [("98310000", 530_000)]
    assert found[0].duty is not None
    assert found[0].duty.owner == cast.people["søren"]
    assert splitting.find_splits(cast.house, now=NOW) == []
    with pytest.raises(Refused, match="ikke hører sammen"):
        splitting.explain_split(cast.be("søren"), found[0], because="Nej", now=NOW)
    splitting.explain_split(
        cast.be("søren"), found[0], because="Forskellige behov: uniformer, håndklæder og duge", now=NOW
    )
    assert splitting.find_splits(cast.house, now=NOW) == []
    assert not found[0].duty.is_open


def test_an_explained_finding_comes_back_when_another_purchase_joins(cast: Cast) -> None:
    spread(cast, 180_000, 190_000, 160_000)
    first = splitting.find_splits(cast.house, now=NOW)[0]
    splitting.explain_split(cast.be("søren"), first, because="Forskellige behov i de tre huse", now=NOW)
    spread(cast, 180_000, 190_000, 160_000, 90_000)
    assert [one.total_dkk for one in splitting.find_splits(cast.house, now=NOW)] == [620_000]


def test_a_finding_that_no_longer_holds_goes_by_itself(cast: Cast) -> None:
    spread(cast, 180_000, 190_000, 160_000)
    found = splitting.find_splits(cast.house, now=NOW)[0]
    bought(cast, 10_000, "Økonomi og Indkøb", date(2027, 3, 5), source="order:2")
    splitting.find_splits(cast.house, now=NOW)
    found.refresh_from_db()
    assert found.ended_at is not None


def test_one_unit_alone_or_a_watched_purchase_is_no_splitting(cast: Cast) -> None:
    for number, amount in enumerate((260_000, 260_000)):
        bought(cast, amount, day=date(2027, 1 + number, 5), source=f"order:{number}")
    assert splitting.find_splits(cast.house, now=NOW) == []
    PurchaseEntry.objects.all().delete()
    laundry(cast)
    spread(cast, 180_000, 190_000, 160_000)
    assert splitting.find_splits(cast.house, now=NOW) == []


def test_small_lots_are_kept_within_both_limits(cast: Cast) -> None:
    ledger = small_lots.open_ledger(
        cast.be("karen"),
        title="Rengøring",
        whole_dkk=4_000_000,
        works=False,
        published_date=date(2026, 3, 1),
        now=NOW,
    )
    say = {"label": "Klude", "bought_date": date(2027, 3, 1), "now": NOW}
    first = small_lots.add_lot(cast.be("karen"), ledger, value_dkk=500_000, **say)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"plads til højst 300\.000 kr\."):
        small_lots.add_lot(cast.be("karen"), ledger, value_dkk=300_001, **say)  # type: ignore[arg-type]
    small_lots.add_lot(cast.be("karen"), ledger, value_dkk=300_000, **say)  # type: ignore[arg-type]
    small_lots.take_out_lot(cast.be("karen"), first, now=NOW)
    assert ledger_standing(ledger).total == 300_000
    assert SmallLotEntry.objects.count() == 2
    with pytest.raises(Refused, match="for stor"):
        small_lots.add_lot(cast.be("karen"), ledger, value_dkk=596_800, **say)  # type: ignore[arg-type]


def test_the_pages_stop_at_the_limit_and_lose_nothing(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    said = {
        "title": "Vask af arbejdstøj", "cpv_code": "98310000", "first_date": "2027-01-01", "last_date": "2030-12-31",
        "contract_dkk": "450.000", "responsible": cast.people["karen"].pk,
    }  # fmt: skip
    wrong = karen.post("/jura/graenser/ny/", said | {"cpv_code": "99999999"}, status=200)
    assert "findes ikke i CPV-listen" in text_of(wrong)
    page = text_of(karen.follow("/jura/graenser/ny/", said))
    assert "50.000 kr. tilbage" in page
    row = RunningPurchase.objects.get()
    change = {"kind": "change", "text": "Flere uger", "amount_dkk": "80.000", "bought_date": "2027-04-01"}
    stop = karen.post(f"/jura/graenser/{row.pk}/skriv/", change, status=200)
    assert "Her er grænsen" in text_of(stop)
    assert 'value="Flere uger"' in stop.content.decode()
    assert row.entries.count() == 1
    chosen = {"text": "Flere uger", "amount_dkk": "80000", "choice": "legal", "because": ""}
    assert "Flere uger" in karen.post(f"/jura/graenser/{row.pk}/vaelg/", chosen, status=422).content.decode()
    page = text_of(karen.follow(f"/jura/graenser/{row.pk}/vaelg/", chosen | {"because": "Behovet er vokset"}))
    assert "En kollega skriver svaret ind" in page
    decision = LimitDecision.objects.get()
    answer = {
        f"d{decision.pk}-allowed": "yes",
        f"d{decision.pk}-assessment": "§ 183, uforudset og uden skyld",
    }
    page = text_of(browse.log_in("søren").follow(f"/jura/graenser/{row.pk}/vurdering/{decision.pk}/", answer))
    assert "må laves" in page
    assert "Grænsen er nået" in page
    browse.log_in("dan").get(f"/jura/graenser/{row.pk}/", status=404)


def test_the_pages_of_parts_work(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    said = {"title": "Rengøring", "whole_dkk": "4.000.000", "published_date": "2026-03-01"}
    assert "Plads til 596.799 kr." in text_of(karen.follow("/jura/delydelser/", said))
    ledger = karen.follow("/jura/delydelser/", said | {"title": "Mad"})
    assert "Mad" in text_of(ledger)
    number = int(str(ledger.request["PATH_INFO"]).rstrip("/").rpartition("/")[2])
    lot = {"label": "Klude", "value_dkk": "300.000", "bought_date": "2027-03-01"}
    assert "Plads til 500.000 kr." in text_of(karen.follow(f"/jura/delydelser/{number}/", lot))
    too_large = karen.post(f"/jura/delydelser/{number}/", lot | {"value_dkk": "600.000"}, status=422)
    assert "Delen er for stor" in text_of(too_large)
    spread(cast, 180_000, 190_000, 160_000)
    assert "1 nye" in text_of(karen.follow("/jura/opsplitning/se-efter/"))
    finding = SplitFinding.objects.get()
    field = f"f{finding.pk}-because"
    karen.post(f"/jura/opsplitning/{finding.pk}/", {field: "nej"}, status=422)
    page = karen.follow(f"/jura/opsplitning/{finding.pk}/", {field: "Tre forskellige behov i tre huse"})
    assert "Tre forskellige behov" in text_of(page)
    assert "Løbende køb" in text_of(karen.get("/jura/graenser/"))


def test_the_list_costs_the_same_for_one_and_for_many(cast: Cast) -> None:
    add(cast, laundry(cast), 1_000)
    with CaptureQueriesContext(connection) as one:
        standings(cast.home.pk)
    for _number in range(3):
        add(cast, laundry(cast), 1_000)
    with CaptureQueriesContext(connection) as many:
        assert len(standings(cast.home.pk)) == 4
    assert len(many) == len(one) == 2
