# SPDX-License-Identifier: MPL-2.0
"""The page of a category: found by one's own words, and everything a buyer needs on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.law.pack import load
from indgang.directory.categories import all_categories, find_category
from indgang.guidance.category_routes import find_categories, kinds_of, routes_of
from indgang.procurement.actions import award, deliver
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.procurement.test_law_watch import asked


def slugs(text: str) -> list[str]:
    return [hit.category.slug for hit in find_categories(text)]


def test_without_words_every_category_is_shown(cast: Cast) -> None:
    assert slugs("") == [category.slug for category in all_categories()]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("rengør", "rengoering"),
        ("vinduespudsning", "rengoering"),
        ("KANTINE", "mad"),
        ("kaffe", "mad"),
        ("cykel", "reparation"),
    ],
)
def test_a_category_is_found_by_its_name_and_by_what_lies_in_it(cast: Cast, text: str, slug: str) -> None:
    assert slug in slugs(text)


def test_words_that_mean_nothing_find_nothing(cast: Cast) -> None:
    assert slugs("qwxyz") == []


def test_every_category_has_routes_for_each_kind_at_every_amount() -> None:
    for category in all_categories():
        kinds = routes_of(load(), category, NOW.date())
        assert {each.kind for each in kinds} == set(kinds_of(category)) != set(), category.slug
        for kind in kinds:
            assert kind.always, (category.slug, kind.kind)
            assert all(row.regime for row in kind.rows), (category.slug, kind.kind)


def test_a_larger_amount_is_never_lighter_and_the_middle_purchase_stands_first() -> None:
    category = find_category("rengoering")
    assert category is not None
    services = next(
        each
        for each in routes_of(load(), category, NOW.date(), [9_000, 16_400, 80_000])
        if each.kind == "services"
    )
    assert (services.rows[0].amount, services.rows[0].is_own) == (16_400, True)
    order = [row.regime.id for row in services.rows[1:] if row.regime]
    assert order == sorted(order, key="ABCED".index)
    assert "R54" in [way.id for way in services.rows[-1].ways]


def test_the_page_shows_sellers_purchases_routes_and_words(cast: Cast, browse: Browser) -> None:
    order = award.buy_small(cast.be("carla"), asked(cast, 16_400), now=NOW)
    deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
    an_enterprise(cast, "Vaskeriet", "Vask og rulning af arbejdstøj og linned")
    carla = browse.log_in("carla")
    page = text_of(carla.get("/jura/kategori/vask/"))
    assert "Hvad loven giver lov til" in page
    assert "Småkøb under 500.000 kr." in page
    assert "Timer til mennesker på vej i job" in page
    assert "ikke godkendt af en jurist" in page
    public = text_of(browse.get("/jura/kategori/vask/"))
    assert "Købt for nylig" not in public
    assert "Småkøb under 500.000 kr." in public
    browse.get("/jura/kategori/findes-ikke/", status=404)


def test_the_list_works_with_and_without_javascript(cast: Cast, browse: Browser) -> None:
    whole = browse.get("/jura/kategori/?q=vinduespudsning")
    assert "<html" in whole.content.decode()
    assert "Rengøring og vinduer" in text_of(whole)
    part = browse.get("/jura/kategori/?q=vinduespudsning", htmx=True)
    assert "<html" not in part.content.decode()
    assert "Rengøring og vinduer" in part.content.decode()
    assert "Ingen kategori passer" in text_of(browse.get("/jura/kategori/?q=qwxyz"))


def test_the_page_costs_the_same_for_one_purchase_and_for_three(cast: Cast, browse: Browser) -> None:
    carla = browse.log_in("carla")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            carla.get("/jura/kategori/vask/")
        return len(seen)

    for count in range(3):
        order = award.buy_small(cast.be("carla"), asked(cast, 16_400), now=NOW)
        deliver.report_delivery(cast.be("carla"), order, delivered="yes", now=NOW)
        if count == 0:
            carla.get("/jura/kategori/vask/")
            first = cost()
    assert cost() == first
