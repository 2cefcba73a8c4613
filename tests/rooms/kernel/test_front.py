# SPDX-License-Identifier: MPL-2.0
from tests.pages import Browser, text_of


def test_anyone_may_read_the_front_page_and_gets_no_cookie(browse: Browser) -> None:
    response = browse.get("/")
    assert "Åbjerg Kommune" in text_of(response)
    assert not response.cookies


def test_a_host_without_a_municipality_gets_a_sentence(browse: Browser) -> None:
    browse.client.defaults["HTTP_HOST"] = "other.localhost"
    assert "Her bor ingen kommune" in text_of(browse.get("/", status=404))


def test_the_building_blocks_are_all_well_formed(browse: Browser) -> None:
    assert "Skriv et beløb i hele kroner" in text_of(browse.get("/ui/"))


def test_the_desk_is_for_people_who_are_logged_in(browse: Browser) -> None:
    assert browse.get("/skrivebord/", status=302).headers["Location"] == "/log-ind/?next=/skrivebord/"
    assert "God dag, Mette Lind" in text_of(browse.log_in("mette").get("/skrivebord/"))


def test_a_reader_may_choose_english_and_comes_back_to_the_page(browse: Browser) -> None:
    response = browse.post("/sprog/", {"language": "en", "next": "/ui/"})
    assert response.headers["Location"] == "/ui/"
    assert response.cookies["django_language"].value == "en"


def test_an_english_page_says_that_it_is_english_and_offers_danish(browse: Browser) -> None:
    browse.post("/sprog/", {"language": "en", "next": "/"})
    page = browse.get("/").content.decode()
    assert '<html lang="en">' in page
    assert 'value="da" lang="da">Dansk' in page


def test_the_way_back_never_leads_to_another_site(browse: Browser) -> None:
    response = browse.post("/sprog/", {"language": "en", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
