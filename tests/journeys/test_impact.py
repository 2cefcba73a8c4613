# SPDX-License-Identifier: MPL-2.0
"""From a mail with a link to a closed quarter, a paper for the committee, and an account one can move."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, Site, Visitor


def test_an_enterprise_answers_on_a_phone_and_the_coordinator_closes_and_hands_in(
    visit: object, site: Site
) -> None:
    reader: Visitor = visit(NARROW)  # type: ignore[operator]
    reader.go(site.link_to("rikke@papirpluk.example", "tal")).sees("Jeres pladser i")
    reader.page.get_by_label("Fleksjob", exact=True).fill("4")
    reader.press("Send tallene").sees("Tak. Tallene er gemt.")
    mette: Visitor = visit()  # type: ignore[operator]
    mette.log_in("mette@aabjerg.example").go("/job/").sees("Beskæftigelsesudvalget").sees("pladser i alt")
    mette.press("Luk kvartalet").sees("Indlæs tal fra en liste").press("Luk kvartalet").sees("Lukket")
    mette.go("/job/").press("Meld afleveret").sees("Afleveret til Beskæftigelsesudvalget")
    stranger: Visitor = visit(NARROW)  # type: ignore[operator]
    stranger.go("/job/").sees("Antal er rundet til nærmeste 5")
    assert stranger.page.get_by_role("link", name="Værdiregnskab").count() == 0


def test_finn_moves_a_slider_keeps_the_run_and_sees_who_pays_whom_first(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    finn: Visitor = visit(size)  # type: ignore[operator]
    finn.log_in("finn@aabjerg.example").go("/vaerdi/").press("20 langtidsmodtagere").sees("432.598")
    slider = finn.page.get_by_label("I job, når forløbet slutter")
    slider.focus()
    slider.press("ArrowRight")
    expect(finn.page.locator("#svar")).not_to_contain_text("432.598")
    expect(finn.page).to_have_url(re.compile("success=31"))
    finn.press("Gem kørslen").sees("Den ændrer sig aldrig")
    mette: Visitor = visit(size)  # type: ignore[operator]
    mette.log_in("mette@aabjerg.example").go("/vaerdi/hvem-betaler-hvem/")
    if mette.page.get_by_role("button", name="Vis den for de to").count():
        mette.page.get_by_label("Økonomi").select_option(label="Finn Bruun")
        mette.page.get_by_label("Formand for den interne gruppe").select_option(label="Lise Krag")
        mette.press("Vis den for de to")
    mette.sees("vises først for Finn Bruun")
    finn.go("/vaerdi/hvem-betaler-hvem/").sees("Beskæftigelse og Erhverv").sees("Økonomi og Indkøb")


def test_the_account_can_be_moved_without_javascript(visit: object) -> None:
    finn: Visitor = visit(javascript=False)  # type: ignore[operator]
    finn.log_in("finn@aabjerg.example").go("/vaerdi/").press("20 langtidsmodtagere")
    finn.page.get_by_label("Så langt ser vi frem").press("ArrowLeft")
    finn.press("Regn igen").sees("I sagen: 5 år")
    assert "horizon=4" in finn.page.url


def test_jonas_registers_a_placement_with_a_code(visit: object, size: dict[str, int]) -> None:
    jonas: Visitor = visit(size)  # type: ignore[operator]
    jonas.log_in("jonas@aabjerg.example").go("/job/pladser/").press("Registrér en plads")
    jonas.page.get_by_label("Hvilken virksomhed?").select_option(index=1)
    jonas.page.get_by_label("Fleksjob").check()
    jonas.page.get_by_label("Timer om ugen").fill("12,5")
    jonas.page.get_by_text("Skal personen kunne følges?").click()
    jonas.page.get_by_label("Udsted en ny kode").check()
    jonas.press("Registrér pladsen").sees("Personens kode")
