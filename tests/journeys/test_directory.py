# SPDX-License-Identifier: MPL-2.0
"""From a telephone call to a public profile, and a profile kept on a phone, in a real browser."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, Site, Visitor


def test_a_call_becomes_a_draft_then_a_public_profile(visit: object, size: dict[str, int]) -> None:
    name = f"Tagterrassen {size['width']}"
    mette: Visitor = visit(size)  # type: ignore[operator]
    mette.log_in("mette@aabjerg.example").go("/virksomheder/ny/")
    mette.press("Skriv en samtale ned")
    page = mette.page
    page.get_by_label("Hvad sælger de?").fill(
        "De dyrker krydderurter på taget, op til 90 bakker om ugen. De reparerer også cykler. To ugers varsel."
    )
    page.get_by_label("Virksomhedens navn").fill(name)
    page.get_by_label("By", exact=True).fill("Åbjerg")
    page.get_by_label("Hvem talte du med?").fill("Ida Lund")
    page.get_by_label("Telefon").fill("20304050")
    mette.press("Gem kladden").sees("fundet 2 ting")
    mette.press("Ja, gem ydelserne").sees("Kladde: kun kommunens medarbejdere ser den")
    mette.press("Spørg virksomheden").sees("Vi har ingen e-mail")
    page.get_by_label("Hvem sagde det?").fill("Ida Lund")
    mette.press("Ja, vis dem").sees("Virksomheden har selv bekræftet")
    visitor: Visitor = visit(size)  # type: ignore[operator]
    visitor.go("/virksomheder/?q=krydderurter").sees(name)


def test_an_enterprise_says_yes_and_corrects_itself_on_a_phone(visit: object, site: Site) -> None:
    ulla: Visitor = visit(NARROW)  # type: ignore[operator]
    link = site.link_to("ulla@havnenshaender.example", "virksomhed")
    ulla.go(link).sees("Må vi vise Havnens Hænder?").press("Ret oplysninger").sees("Det sælger I")
    ulla.page.get_by_role("link", name="Ret om jer").click()
    ulla.page.get_by_label("Hvem er I?").fill("Vi passer på havnen.")
    ulla.press("Gem").sees("Vi passer på havnen.")
    ulla.press("Ja, vis os").sees("Havnens Hænder kan nu findes")
    ulla.press("Se profilen").sees("Vi passer på havnen.")
    ulla.go(link).sees("Passer det stadig?").press("Ja, det passer").sees("Profilen er bekræftet i dag")


def test_search_answers_while_one_types_and_without_javascript(visit: object, size: dict[str, int]) -> None:
    typing: Visitor = visit(size)  # type: ignore[operator]
    typing.go("/virksomheder/")
    typing.page.get_by_label("Hvad leder du efter?").press_sequentially("vindu", delay=60)
    expect(typing.page.get_by_role("heading", level=3).first).to_have_text("Rent Ord ApS")
    expect(typing.page).to_have_url(re.compile(r"\?q=vindu"))
    plain: Visitor = visit(size, javascript=False)  # type: ignore[operator]
    plain.go("/virksomheder/")
    plain.page.get_by_label("Hvad leder du efter?").fill("frokost til 90 børn")
    plain.press("Søg").sees("Køkkenhaven F.M.B.A.")
    plain.page.get_by_label("Leverer i").select_option(label="Nørrelund")
    plain.press("Søg").sees("Køkkenhaven F.M.B.A.")
    plain.go("/virksomheder/kort/").page.get_by_role("cell", name="Horsens").get_by_role("link").click()
    plain.sees("Fjordens Fisk & Frokost")


def test_an_enterprise_that_logs_in_adds_an_open_place(visit: object, size: dict[str, int]) -> None:
    rikke: Visitor = visit(size)  # type: ignore[operator]
    rikke.log_in("rikke@papirpluk.example").go("/virksomheder/min/").press("Ny plads")
    text = f"Stå ved pakkebordet om tirsdagen ({size['width']})"
    rikke.page.get_by_label("Hvad slags plads?").select_option(label="Småjob")
    rikke.page.get_by_label("Hvad laver man?").fill(text)
    rikke.press("Gem").sees(text)
