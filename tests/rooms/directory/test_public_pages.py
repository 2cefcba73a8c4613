# SPDX-License-Identifier: MPL-2.0
"""What everybody sees: quick, small, without cookies, and never more of a person than the person wants."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indgang.directory.actions import listings, people, relations
from indgang.directory.models import Organisation
from indgang.directory.places import map_frame, outlines
from tests.cast import Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_draft, a_public_one, by_link

MOST_QUERIES = 8
MOST_BYTES = 60_000


def some(cast: Cast, count: int) -> list[Organisation]:
    now = timezone.now()
    made = []
    for n in range(count):
        one = a_public_one(
            cast, name=f"Virksomhed {n}", cvr_number="", text=f"Pakning af varer nummer {n}", now=now
        )
        facts = listings.ListingFacts(
            "Kuvertering", cpv_codes=("79920000",), areas=(615, 997), capacity_a_week=300
        )
        listings.save_listing(by_link(one), one, facts, now=now)
        made.append(one)
    return made


@pytest.mark.parametrize("path", ["/virksomheder/", "/virksomheder/?q=pakning", "/virksomheder/kort/", "/virksomheder/data/",
                                  "/virksomheder/kort.svg", "/virksomheder/data.csv", "/virksomheder/data.json"])  # fmt: skip
def test_public_pages_set_no_cookie(cast: Cast, browse: Browser, path: str) -> None:
    some(cast, 1)
    assert not browse.get(path).cookies


def queries_for(browser: Browser, path: str) -> tuple[int, int]:
    browser.get(path)
    with CaptureQueriesContext(connection) as seen:
        response = browser.client.get(path)
    statements = [query["sql"] for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]
    return len(statements), len(response.content)


@pytest.mark.parametrize("who", ["", "mette", "carla"])
@pytest.mark.parametrize("query", ["", "?q=pakning", "?sted=615&slags=pakning"])
def test_a_search_costs_a_constant_number_of_queries(
    cast: Cast, browse: Browser, who: str, query: str
) -> None:
    visitor = browse.log_in(who) if who else browse
    some(cast, 1)
    few, _size = queries_for(visitor, f"/virksomheder/{query}")
    Organisation.objects.all().delete()
    some(cast, 3)
    more, size = queries_for(visitor, f"/virksomheder/{query}")
    assert few == more <= MOST_QUERIES
    assert size < MOST_BYTES


@pytest.mark.parametrize("who", ["", "mette", "carla"])
def test_a_profile_costs_a_constant_number_of_queries_however_much_hangs_on_it(
    cast: Cast, browse: Browser, who: str
) -> None:
    visitor, now = browse.log_in(who) if who else browse, timezone.now()
    (one,) = some(cast, 1)
    relations.assign_contact_person(cast.be("mette"), one, cast.people["jonas"], now=now)
    few, _size = queries_for(visitor, one.path)
    for n in range(3):
        listings.save_listing(by_link(one), one, listings.ListingFacts(f"Noget {n}"), now=now)
        people.save_contact(by_link(one), one, name=f"Person {n}", phone="20304050", is_shown=True, now=now)
        relations.state_interest(
            cast.be("mette"),
            one,
            user=cast.people["jonas"],
            kind="board",
            first_date=now.date(),
            source="x",
            now=now,
        )
    more, size = queries_for(visitor, one.path)
    assert few == more <= MOST_QUERIES
    assert size < MOST_BYTES


def test_a_full_page_of_long_results_stays_small(cast: Cast, browse: Browser) -> None:
    long_text = "Vi pakker, mærker, samler og sender " * 60
    for one in some(cast, 25):
        for n in range(3):
            facts = listings.ListingFacts(f"{n} {long_text}", cpv_codes=("79920000",), everywhere=True)
            listings.save_listing(by_link(one), one, facts, now=timezone.now())
    response = browse.get("/virksomheder/?q=pakning")
    assert len(response.content) < MOST_BYTES
    assert "Side 1 af 2" in text_of(response)
    assert "Side 2 af 2" in text_of(browse.get("/virksomheder/?side=2"))


def test_search_as_you_type_gets_only_the_results(cast: Cast, browse: Browser) -> None:
    some(cast, 1)
    fragment = browse.get("/virksomheder/?q=virks", htmx=True).content.decode()
    assert fragment.lstrip().startswith('<section id="fundet"')
    assert "<html" not in fragment
    whole = browse.get("/virksomheder/?q=virks").content.decode()
    assert 'hx-target="#fundet"' in whole
    assert 'action="/virksomheder/" method="get"' in whole


def test_an_odd_address_never_breaks_the_page(cast: Cast, browse: Browser) -> None:
    some(cast, 1)
    for query in (
        "?sted=abc",
        "?sted=-1",
        "?sted=99999999",
        "?slags=findes-ikke",
        "?side=x",
        "?side=999",
        "?q=%00",
        "?job=1&gruppe=2",
    ):
        browse.get(f"/virksomheder/{query}")


def test_nobody_found_says_what_to_do(cast: Cast, browse: Browser) -> None:
    assert "Prøv færre ord" in text_of(browse.get("/virksomheder/?q=xyzzy"))
    assert "Beskriv opgaven" in text_of(browse.log_in("carla").get("/virksomheder/?q=xyzzy"))


def test_a_profile_has_one_address(cast: Cast, browse: Browser) -> None:
    (one,) = some(cast, 1)
    for path in (f"/virksomheder/{one.pk}/", f"/virksomheder/{one.pk}-gammelt-navn/"):
        assert browse.get(path, status=301).headers["Location"] == one.path
    browse.get("/virksomheder/999999-ingen/", status=404)


def test_a_draft_has_no_public_page(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    browse.get(draft.path, status=404)
    browse.log_in("dan").get(draft.path, status=404)
    assert "Kladde: kun kommunens medarbejdere ser den" in text_of(browse.log_in("carla").get(draft.path))


def test_a_sole_traders_street_is_not_shown(cast: Cast, browse: Browser) -> None:
    one = a_public_one(cast, legal_form="Enkeltmandsvirksomhed", street="Hjemmevej 7", now=timezone.now())
    assert "Hjemmevej" not in text_of(browse.get(one.path))
    assert "Hjemmevej" in text_of(browse.log_in("carla").get(one.path))


def test_open_files_hold_no_persons(cast: Cast, browse: Browser) -> None:
    now = timezone.now()
    company = a_public_one(cast, street="Industrivej 14", now=now)
    people.save_contact(
        by_link(company), company, company.contacts.get(), name="Rikke Thorup", email="rikke@papirpluk.example",
        is_shown=True, now=now,
    )  # fmt: skip
    a_public_one(cast, name="Kims Cykler", cvr_number="99562749", legal_form="Enkeltmandsvirksomhed", now=now)
    a_public_one(cast, name="Ali Demir", cvr_number="", kind="founder", now=now)
    a_draft(cast, name="Kladden", cvr_number="")
    for path in ("/virksomheder/data.csv", "/virksomheder/data.json"):
        text = browse.get(path).content.decode("utf-8-sig")
        assert "Papir & Pluk" in text
        for absent in ("Rikke", "papirpluk.example", "87 99", "Kims", "Ali Demir", "Kladden", "Industrivej"):
            assert absent not in text, (path, absent)


def test_open_files_are_read_by_machines(cast: Cast, browse: Browser) -> None:
    some(cast, 2)
    answer = browse.get("/virksomheder/data.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["navn"] for row in rows] == ["Virksomhed 0", "Virksomhed 1"]
    assert rows[0]["cpv"] == "79920000"
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    data = json.loads(browse.get("/virksomheder/data.json").content)
    assert data["virksomheder"][0]["leverer_i_kommunekoder"] == [615, 997]
    assert data["virksomheder"][0]["bekraeftet"] == timezone.localdate().isoformat()


def test_a_name_that_a_spreadsheet_would_compute_is_made_harmless(cast: Cast, browse: Browser) -> None:
    a_public_one(cast, name="=HYPERLINK(1)", now=timezone.now())
    assert "'=HYPERLINK(1)" in browse.get("/virksomheder/data.csv").content.decode("utf-8-sig")


def test_the_map_has_all_municipalities_with_names_and_numbers_and_a_table_beside_it(
    cast: Cast, browse: Browser
) -> None:
    some(cast, 2)
    a_public_one(
        cast, name="I Horsens", cvr_number="", town="Horsens", municipality_code=615, now=timezone.now()
    )
    response = browse.get("/virksomheder/kort/")
    html, text = response.content.decode(), text_of(response)
    assert html.count("<path fill=") == 98
    assert "<title>Horsens: 1</title>" in html
    assert "<title>Åbjerg: 2</title>" in html
    assert "Åbjerg 2 Horsens 1" in text
    assert 'href="/virksomheder/?sted=615"' in html
    assert response.headers["Cache-Control"] == "public, max-age=900"
    assert "public" not in browse.log_in("mette").get("/virksomheder/kort/").headers.get("Cache-Control", "")


def test_the_picture_of_the_map_is_an_image_of_its_own(cast: Cast, browse: Browser) -> None:
    some(cast, 1)
    response = browse.get("/virksomheder/kort.svg")
    svg = response.content.decode()
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert svg.startswith("<svg ")
    assert svg.count("<path ") == len(outlines()) == 98
    assert f'viewBox="0 0 {map_frame()[0]} {map_frame()[1]}"' in svg
    assert not re.search(r"style=|<script|href=", svg)


def test_the_open_data_page_explains_what_is_left_out(browse: Browser) -> None:
    assert "Ingen personer" in text_of(browse.get("/virksomheder/data/"))


def test_staff_write_a_call_down_and_confirm_what_the_software_understood(
    cast: Cast, browse: Browser
) -> None:
    mette = browse.log_in("mette")
    typed = {
        "text": "De vasker biler, op til 40 biler om ugen. De slår også græs i hele landet. Mindste opgave er 800 kr.",
        "name": "Bilfixerne", "town": "Åbjerg", "municipality_code": "997", "contact_name": "Jørgen",
        "contact_phone": "20304050", "kind": "social",
    }  # fmt: skip
    path = mette.post("/virksomheder/ny/samtale/", typed).headers["Location"]
    page = mette.get(path)
    assert "fundet 2 ting" in text_of(page)
    assert 'value="40"' in page.content.decode()
    draft = Organisation.objects.get(name="Bilfixerne")
    given = {"y0-keep": "on", "y0-text": "Bilvask", "y0-cpv_codes": ["50112300"], "y0-capacity_a_week": "40",
             "y1-keep": "on", "y1-text": "Græsslåning"}  # fmt: skip
    mette.post(path, given)
    kept = draft.listings.order_by("pk")
    assert [(row.text, row.cpv_codes, row.capacity_a_week) for row in kept] == [
        ("Bilvask", ["50112300"], 40),
        ("Græsslåning", [], None),
    ]
    assert all(row.checked_at for row in kept)
    assert all(row.everywhere for row in kept)
    assert mette.get(path, status=302).headers["Location"] == draft.path
    browse.log_in("dan").get(path, status=404)


def test_at_least_one_suggestion_is_kept(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    mette, path = browse.log_in("mette"), f"/virksomheder/{draft.pk}/forslag/"
    assert "Behold mindst én ydelse" in text_of(mette.post(path, {}, status=200))
    wrong = mette.post(path, {"y0-keep": "on", "y0-text": "Ring 010190-1234"}, status=200)
    assert "ligner et CPR-nummer" in text_of(wrong)
    assert draft.listings.get().checked_at is None
