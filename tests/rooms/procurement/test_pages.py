# SPDX-License-Identifier: MPL-2.0
"""The buyer's pages: find it, use it, undo it, and a sentence when it is refused."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indgang.procurement.actions import bids
from indgang.procurement.models import Answer, Invitation, Order, TaskNotice
from tests.cast import Cast
from tests.factories import (
    a_bid,
    a_competition,
    an_enterprise,
    as_staff,
    invitation_of,
    speaker,
    wait_until_closed,
)
from tests.pages import Browser, text_of

NEED = {
    "need": "Pak 2.400 læsepakker til sommerbogen.",
    "value_dkk": "36.000",
    "place": "",
    "delivery_date": "",
}


def test_two_minutes_from_a_need_to_a_question(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    carla = browse.log_in("carla")
    page = carla.follow("/opgaver/ny/", NEED | {"unit": cast.units["Biblioteket"].pk})
    assert "Papir & Pluk" in text_of(page)
    task = TaskNotice.objects.get()
    page = carla.follow(f"/opgaver/{task.pk}/spoerg/", {"organisation": papir.pk})
    assert "Papir & Pluk er spurgt" in text_of(page)
    assert "Har ikke svaret endnu" in text_of(page)


def test_nothing_typed_is_lost_when_it_is_refused(cast: Cast, browse: Browser) -> None:
    page = browse.log_in("carla").post(
        "/opgaver/ny/", NEED | {"value_dkk": "en del", "unit": cast.units["Biblioteket"].pk}, status=200
    )
    assert "Skriv et beløb i hele kroner" in text_of(page)
    assert "Pak 2.400 læsepakker" in page.content.decode()
    assert not TaskNotice.objects.exists()


def test_a_buyer_cannot_buy_for_another_unit(cast: Cast, browse: Browser) -> None:
    browse.log_in("carla").post("/opgaver/ny/", NEED | {"unit": cast.units["Beskæftigelse"].pk}, status=200)
    assert not TaskNotice.objects.exists()


def test_two_megabytes_of_text_are_refused_without_a_trace(cast: Cast, browse: Browser) -> None:
    page = browse.log_in("carla").post(
        "/opgaver/ny/", NEED | {"need": "ord " * 500_000, "unit": cast.units["Biblioteket"].pk}, status=200
    )
    assert "for lang" in text_of(page)
    browse.log_in("carla").post("/opgaver/ny/", NEED | {"need": "ord " * 700_000, "unit": 1}, status=400)


def test_a_personal_number_in_a_need_is_refused(cast: Cast, browse: Browser) -> None:
    said = NEED | {"need": "Kør Ole, 010190-1234, til møde hver uge.", "unit": cast.units["Biblioteket"].pk}
    assert "ligner et CPR-nummer" in text_of(browse.log_in("carla").post("/opgaver/ny/", said, status=200))


def test_a_stranger_gets_404_and_a_colleague_from_another_unit_too(cast: Cast, browse: Browser) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    TaskNotice.objects.filter(pk=task.pk).update(lane="small")
    browse.get(f"/opgaver/{task.pk}/", status=404)
    browse.log_in("jonas").get(f"/opgaver/{task.pk}/", status=404)
    browse.log_in("dan").get(f"/opgaver/{task.pk}/", status=404)
    browse.log_in("mette").get(f"/opgaver/{task.pk}/")


def test_anyone_sees_a_competition_and_learns_how_to_bid(cast: Cast, browse: Browser) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    assert task.title in text_of(browse.get("/opgaver/"))
    page = text_of(browse.get(f"/opgaver/{task.pk}/"))
    assert "Log ind som virksomhed" in page
    assert "Papir" not in page


def test_a_competition_walks_from_questions_of_law_to_bids(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    carla = browse.log_in("carla")
    carla.post("/opgaver/ny/", NEED | {"value_dkk": "90.000", "unit": cast.units["Biblioteket"].pk})
    task = TaskNotice.objects.get()
    path = f"/opgaver/{task.pk}/"
    assert "Først: hvad må I?" in text_of(carla.get(path))
    law = {"kind": "services", "value_dkk": "90.000", "related_value_dkk": "90.000", "binding_agreement": "no",
           "cross_border": "no", "cpv_code": "79920000-9"}  # fmt: skip
    carla.post(path + "jura/", law)
    page = text_of(carla.follow(path + "vaelg/", {"organisation": papir.pk}))
    assert "Klar til at sende ud" in page
    until = timezone.localtime() + timedelta(days=5)
    terms = {
        "bids_until": until.strftime("%Y-%m-%dT12:00"),
        "weighs": "Laveste pris",
        "ceiling_dkk": "90.000",
    }
    page = text_of(carla.follow(path + "send/", terms))
    assert "Sendt ud til 1 virksomheder" in page
    assert "Ingen kan læse et tilbud før fristen" in page


def test_a_deadline_in_the_past_is_refused_with_what_was_typed(cast: Cast, browse: Browser) -> None:
    task = a_competition(cast, an_enterprise(cast, "Papir & Pluk"))
    TaskNotice.objects.filter(pk=task.pk).update(published_at=None)
    page = browse.log_in("carla").post(
        f"/opgaver/{task.pk}/send/", {"bids_until": "2020-01-01T12:00", "weighs": "Kvalitet"}, status=200
    )
    assert "mindst en time frem" in text_of(page)
    assert "Kvalitet" in page.content.decode()


def test_a_bid_is_written_replaced_and_withdrawn_by_its_bidder(cast: Cast, browse: Browser) -> None:
    papir = an_enterprise(cast, "Papir & Pluk")
    task = a_competition(cast, papir, ceiling_dkk=36_000)
    speaker(cast, papir)
    as_staff(cast)
    cast.people["rikke"] = papir.contacts.get().user  # type: ignore[assignment]
    rikke, path = browse.log_in("rikke"), f"/opgaver/{task.pk}/"
    page = rikke.follow(path + "byd/", {"price": "32.400", "text": "Vi pakker i tre uger"})
    assert "Tilbuddet er modtaget" in text_of(page)
    assert "Erstat med et nyt" in text_of(rikke.get(path))
    page = rikke.post(path + "byd/", {"price": "40.000"}, status=200)
    assert "36.000 kr" in text_of(page)
    assert "trukket tilbage" in text_of(rikke.follow(path + "byd/tilbage/"))


def test_one_who_was_not_asked_may_ask_to_join_and_the_buyer_hears(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir)
    speaker(cast, sy)
    as_staff(cast)
    cast.people["anja"] = sy.contacts.get().user  # type: ignore[assignment]
    anja = browse.log_in("anja")
    assert "Bed om at være med" in text_of(anja.get(f"/opgaver/{task.pk}/"))
    anja.post(f"/opgaver/{task.pk}/med/")
    assert "I har bedt om at være med" in text_of(anja.get(f"/opgaver/{task.pk}/"))
    assert "En virksomhed vil være med" in text_of(browse.log_in("carla").get("/skrivebord/"))


def test_opening_choosing_ordering_and_delivery_on_the_pages(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy, seconds=2)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, sy, 33_600)
    wait_until_closed(task)
    carla, karen, path = browse.log_in("carla"), browse.log_in("karen"), f"/opgaver/{task.pk}/"
    assert "Din nøgle er drejet" in text_of(carla.follow(path + "aabn/"))
    assert "En kollega skal dreje den anden" in text_of(carla.get(path))
    assert "32.400,00" not in text_of(carla.get(path))
    assert "Alle tilbud er åbnet" in text_of(karen.follow(path + "aabn/"))
    page = carla.get(path)
    assert "32.400,00" in text_of(page)
    bid = invitation_of(task, papir).task.bids.get(organisation=papir)
    page = carla.post(path + "tildel/", {"bid": bid.pk, "reason": "kort"}, status=422)
    assert "Skriv begrundelsen" in text_of(page)
    page = carla.follow(path + "tildel/", {"bid": bid.pk, "reason": "Laveste pris, og de leverer til tiden."})
    assert "Papir & Pluk fik opgaven" in text_of(page)
    assert "Ordre 10001 som PDF" in text_of(carla.follow(path + "bestil/"))
    order = Order.objects.get()
    download = carla.get(path + f"fil/{order.document_id}/")
    assert download.content.startswith(b"%PDF")
    page = carla.follow(path + "leveret/", {"delivered": "yes", "rating": "5"})
    assert "Nu tæller købet med" in text_of(page)
    assert "5 af 5" in text_of(page)


def test_the_loser_reads_the_reason_and_asks_to_see_the_papers(cast: Cast, browse: Browser) -> None:
    papir, sy = an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket")
    task = a_competition(cast, papir, sy, seconds=2)
    a_bid(cast, task, papir, 32_400)
    a_bid(cast, task, sy, 33_600)
    wait_until_closed(task)
    for name in ("carla", "karen"):
        bids.turn_key(cast.be(name), TaskNotice.objects.get(pk=task.pk), now=timezone.now())
    carla, path = browse.log_in("carla"), f"/opgaver/{task.pk}/"
    winner = task.bids.get(organisation=papir)
    carla.post(path + "tildel/", {"bid": winner.pk, "reason": "Laveste pris, og de leverer til tiden."})
    cast.people["anja"] = sy.contacts.get().user  # type: ignore[assignment]
    anja = browse.log_in("anja")
    page = text_of(anja.get(path))
    assert "Et andet tilbud havde en lavere pris." in page
    assert "32.400" not in page
    anja.post(path + "aktindsigt/", {"text": "Vi vil gerne se vinderens tilbud."})
    asked = task.access_requests.get()
    page = carla.post(
        path + f"aktindsigt/{asked.pk}/",
        {"outcome": "given", "reason": "Der er ret til aktindsigt."},
        status=200,
    )
    assert "Hør først" in text_of(page)
    carla.post(path + f"aktindsigt/{asked.pk}/", {"hear": "1"})
    partly = {"outcome": "partly", "reason": "Pris vises, metode er fortrolig."}
    page = carla.post(path + f"aktindsigt/{asked.pk}/", partly, status=200)
    assert "Læg en kopi ved" in text_of(page)
    copy = SimpleUploadedFile("tilbud-daekket.txt", b"Pris: 32.400. Metode: daekket")
    carla.post(path + f"aktindsigt/{asked.pk}/", partly | {"paper": copy})
    assert "metode er fortrolig" in text_of(anja.get(path))
    asked.refresh_from_db()
    assert anja.get(path + f"fil/{asked.paper_id}/").content == b"Pris: 32.400. Metode: daekket"
    cast.people["rikke"] = papir.contacts.get().user  # type: ignore[assignment]
    browse.log_in("rikke").get(path + f"fil/{asked.paper_id}/", status=404)


def test_the_list_costs_the_same_for_one_and_for_three(
    cast: Cast, browse: Browser, django_assert_num_queries: object
) -> None:
    carla = browse.log_in("carla")
    carla.get("/opgaver/")
    for number in range(3):
        a_competition(cast, an_enterprise(cast, f"Nr {number}"))
        with django_assert_num_queries(9):  # type: ignore[operator]
            carla.get("/opgaver/")


def test_the_task_page_costs_the_same_for_one_and_for_three_answers(
    cast: Cast, browse: Browser, django_assert_num_queries: object
) -> None:
    enterprises = [an_enterprise(cast, f"Nr {number}") for number in range(3)]
    task = a_competition(cast, *enterprises)
    carla = browse.log_in("carla")
    carla.get(f"/opgaver/{task.pk}/")
    for enterprise in enterprises:
        invitation: Invitation = invitation_of(task, enterprise)
        Answer.objects.create(
            municipality=cast.home, invitation=invitation, kind="yes", at=timezone.now(), given_by="test"
        )
        with django_assert_num_queries(11):  # type: ignore[operator]
            carla.get(f"/opgaver/{task.pk}/")
