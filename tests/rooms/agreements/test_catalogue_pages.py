# SPDX-License-Identifier: MPL-2.0
"""The buyers' catalogue: find, order with two clicks, deliver; strangers, refusals, constant cost."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indgang.agreements.models import Agreement
from indgang.guidance.models import HoursClause
from indgang.kernel.links import create_link, mint
from indgang.procurement.models import Order
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.agreements.scene import REASON, a_purchase, an_upload

TODAY = timezone.localdate()


def running(cast: Cast) -> Agreement:
    return a_purchase(cast, first_date=TODAY - timedelta(days=30), last_date=TODAY + timedelta(days=500))


def test_two_clicks_from_the_catalogue_to_an_order(cast: Cast, browse: Browser) -> None:
    agreement, carla = running(cast), browse.log_in("carla")
    page = carla.get("/indkoebskatalog/?q=kage")
    assert "Frokost til møder" in text_of(page)
    assert "Tre stykker smørrebrød 85,00 kr. pr. person" in text_of(page)
    path = f"/indkoebskatalog/{agreement.pk}/"
    assert "Send ordren" in text_of(carla.get(path))
    said = {f"count_{agreement.prices.get().pk}": "12", "unit": cast.units["Biblioteket"].pk}
    page = carla.follow(path + "bestil/", said)
    assert "Når det er leveret" in text_of(page)
    order = Order.objects.get()
    page = carla.follow(f"{order.page}leveret/", {"delivered": "yes", "rating": "5"})
    assert "5 af 5" in text_of(page)
    assert "Betalt" in text_of(carla.follow(f"{order.page}betalt/"))
    assert carla.client.get(f"{order.page}ordre.pdf").content.startswith(b"%PDF")


def test_an_order_over_the_limit_is_refused_with_the_numbers_kept(cast: Cast, browse: Browser) -> None:
    agreement = running(cast)
    field = f"count_{agreement.prices.get().pk}"
    page = browse.log_in("carla").post(
        f"/indkoebskatalog/{agreement.pk}/bestil/", {field: "2000", "unit": cast.units["Biblioteket"].pk, "note": "Uden nødder"}, status=422
    )  # fmt: skip
    assert "tilbage på aftalen" in text_of(page)
    assert 'value="2000"' in page.content.decode()
    assert "Uden nødder" in page.content.decode()
    assert not Order.objects.exists()


def test_a_buyer_orders_for_no_other_unit(cast: Cast, browse: Browser) -> None:
    agreement = running(cast)
    said = {f"count_{agreement.prices.get().pk}": "2", "unit": cast.units["Beskæftigelse"].pk}
    browse.log_in("carla").post(f"/indkoebskatalog/{agreement.pk}/bestil/", said, status=422)
    assert not Order.objects.exists()


def test_a_direct_purchase_goes_from_draft_to_the_catalogue(cast: Cast, browse: Browser) -> None:
    kro, head = an_enterprise(cast, "Kroen"), browse.log_in("søren")
    facts = {
        "organisation": kro.pk, "title": "Møder på kroen", "what": "Lokale og kaffe", "first_date": str(TODAY),
        "last_date": str(TODAY + timedelta(days=700)), "limit_dkk": "40.000", "legal_basis": REASON,
        "unit": cast.units["Økonomi og Indkøb"].pk, "manager": cast.people["søren"].pk,
    }  # fmt: skip
    page = head.follow("/indkoebskatalog/ny/", facts)
    assert "Så mangler underskriften" in text_of(page)
    path = f"/indkoebskatalog/{Agreement.objects.get().pk}/"
    missing = head.post(path + "underskrift/", {"document": an_upload()}, status=200)
    assert "Skriv mindst én pris" in text_of(missing)
    head.post(path + "pris/", {"text": "Halv dag", "per": "person", "price": "195,50"})
    wrong = head.post(path + "underskrift/", {"document": an_upload("aftale.pdf", b"hej")}, status=200)
    assert "ikke det, navnet siger" in text_of(wrong)
    assert head.client.get(path + "til-underskrift.pdf").content.startswith(b"%PDF-1.7")
    assert "195,50" in text_of(head.follow(path + "underskrift/", {"document": an_upload()}))
    assert "Møder på kroen" in text_of(browse.log_in("carla").get("/indkoebskatalog/"))


def test_strangers_neighbours_and_suppliers_see_no_catalogue(cast: Cast, browse: Browser) -> None:
    agreement = running(cast)
    assert browse.client.get("/indkoebskatalog/").status_code == 302
    browse.log_in("dan").get(f"/indkoebskatalog/{agreement.pk}/", status=404)
    browse.get("/l/ordre/findes-ikke/", status=404)


def test_the_supplier_fetches_the_order_by_its_link(cast: Cast, browse: Browser) -> None:
    agreement = running(cast)
    said = {f"count_{agreement.prices.get().pk}": "1", "unit": cast.units["Biblioteket"].pk}
    browse.log_in("carla").post(f"/indkoebskatalog/{agreement.pk}/bestil/", said)
    order = Order.objects.get()
    link = create_link(
        cast.house, "ordre", order.pk, recipient="k@example.dk", now=timezone.now(), lives=timedelta(1)
    )
    assert browse.client.get(f"/l/ordre/{mint(link, now=NOW)}/").content.startswith(b"%PDF")


def test_the_catalogue_costs_the_same_for_one_and_for_many(cast: Cast, browse: Browser) -> None:
    carla = browse.log_in("carla")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            carla.get("/indkoebskatalog/")
        return len(seen)

    running(cast)
    cost()
    one = cost()
    for _ in range(4):
        running(cast)
    assert cost() == one


def test_promised_hours_are_written_down_with_what_the_agreement_knows(cast: Cast, browse: Browser) -> None:
    agreement, head = running(cast), browse.log_in("søren")
    path = f"/indkoebskatalog/{agreement.pk}/"
    said = {"kind": "social", "promised_hours": "480", "reporter_email": "k@example.dk"}
    assert "Frokost til møder" in text_of(head.follow(path + "timer/", said))
    assert "0 af 480 timer er leveret" in text_of(head.get(path))
    browse.log_in("carla").post(path + "timer/", said, status=200)
    assert HoursClause.objects.get().about == f"agreement:{agreement.pk}"
