# SPDX-License-Identifier: MPL-2.0
"""Orders as finance fetches them: one line each, whatever road they came, and each unit's own for those who buy."""

import csv
import io
from datetime import timedelta

from indgang.kernel.sheets import csv_of
from indgang.procurement.actions import deliver
from indgang.procurement.models import Order
from tests.cast import NOW, Cast
from tests.pages import Browser
from tests.rooms.agreements.scene import a_purchase
from tests.rooms.agreements.test_purchase import an_award, order

PATH = "/opgaver/ordrer/csv/"


def lines(browse: Browser, who: str, *, status: int = 200) -> list[dict[str, str]]:
    text = browse.log_in(who).get(PATH, status=status).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_orders_of_both_roads_stand_with_code_crowns_and_what_came(cast: Cast, browse: Browser) -> None:
    agreement = a_purchase(cast, cpv_code="55520000")
    placed = order(cast, agreement, 7)
    an_award(cast)
    deliver.report_delivery(
        cast.be("carla"),
        placed,
        delivered=Order.Delivered.PARTLY,
        delivered_oere=500_50,
        rating=4,
        now=NOW + timedelta(days=9),
    )
    first, second = lines(browse, "karen")
    assert (first["hvad"], first["cpv"], first["cvr"]) == (
        placed.text,
        "55520000",
        placed.organisation.cvr_number or "",
    )
    assert (first["bestilt_for_kr"], first["leveret"], first["leveret_for_kr"]) == (
        "595,00",
        "Delvis",
        "500,50",
    )
    assert (first["side"], first["bedoemmelse"]) == (placed.page, "4")
    assert (second["bestilt_for_kr"], second["leveret"], second["leveret_for_kr"]) == ("30000,00", "", "")
    assert second["side"].startswith("/opgaver/")


def test_a_buyer_sees_the_orders_of_her_own_unit_and_strangers_none(cast: Cast, browse: Browser) -> None:
    order(cast, a_purchase(cast), 7)
    assert len(lines(browse, "carla")) == 1
    assert lines(browse, "jonas") == []
    assert lines(browse, "dan") == []
    browse.get(PATH, status=302)


def test_a_cell_that_looks_like_a_formula_is_made_harmless_and_numbers_are_left_alone() -> None:
    assert csv_of(["=a"], [["=1+1", -5, None, "æ;ø"]]) == '\ufeff=a\r\n\'=1+1;-5;;"æ;ø"\r\n'
