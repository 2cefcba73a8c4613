# SPDX-License-Identifier: MPL-2.0
"""Jonas visits a bakery with a phone and no network; the draft waits on the phone and is handed in once."""

import re
from itertools import count

from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, WIDE, Site, Visitor

JONAS = "jonas@aabjerg.example"
# Invented companies; each walk needs its own, since a company has one open visit.
FREE_NUMBERS = count()
NUMBERS = ("99811021", "99811048", "99811056", "99811064", "99811072", "99811080")


def on_the_plan(jonas: Visitor, name: str) -> str:
    """Plan a visit to a company and get its yes; returns the visit's path."""
    page = jonas.go("/opsoegende/besoeg/nyt/").page
    page.get_by_label("Virksomheden søger folk lige nu").check()
    page.get_by_label("Virksomhedens navn").fill(name)
    page.get_by_label("CVR-nummer").fill(NUMBERS[next(FREE_NUMBERS)])
    page.get_by_role("combobox", name="Branche").select_option(label="Bageri og fødevarer")
    page.get_by_label("Hvem taler vi med?").fill("Ida Holm")
    page.get_by_label("Telefon").fill("2040 1102")
    jonas.press("Sæt på planen").sees("Ring og få et ja").press("De har sagt ja")
    page.get_by_label("Hvem har sagt ja?").fill("Ida Holm")
    page.get_by_label("Hvornår kommer I?").fill("2027-05-10T10:00")
    jonas.press("Gem aftalen").sees("Åbn besøget")
    return page.url


def test_a_visit_without_network_is_kept_on_the_phone_and_sent_once(visit: object, site: Site) -> None:
    jonas: Visitor = visit(NARROW)  # type: ignore[operator]
    path = on_the_plan(jonas.log_in(JONAS), "Bageriet Havnen ApS")
    page = jonas.press("Åbn besøget").page
    page.wait_for_url("**/paa-besoeg/")  # the page and its script are here before the network goes
    page.context.set_offline(True)
    page.get_by_label("Pakke og mærke brød til kunder").check()
    page.get_by_label("Hvad er opgaven?").first.fill("Vaske varevognen")
    jonas.sees("Gemt på telefonen kl.")
    jonas.press("Send besøget").sees("Intet net. Besøget er gemt på telefonen")
    jonas.trouble.clear()  # the browser itself notes that there was no network
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.context.set_offline(False)
    jonas.sees("Vælg en vej for hver opgave").sees("Vaske varevognen").sees("Pakke og mærke brød til kunder")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.url.startswith(path)
    assert page.get_by_role("link", name="Vaske varevognen").count() == 1


def test_a_draft_survives_that_the_page_is_closed(visit: object, site: Site) -> None:
    jonas: Visitor = visit(NARROW)  # type: ignore[operator]
    on_the_plan(jonas.log_in(JONAS), "Bageriet Torvet ApS")
    page = jonas.press("Åbn besøget").page
    page.get_by_label("Hvad er opgaven?").first.fill("Pynte vinduet")
    jonas.sees("Gemt på telefonen kl.")
    page.reload()
    jonas.sees("Kladden fra telefonen er hentet frem")
    expect(page.get_by_label("Hvad er opgaven?").first).to_have_value("Pynte vinduet")
    jonas.press("Slet kladden på denne telefon")
    expect(page.get_by_label("Hvad er opgaven?").first).to_have_value("")


def test_health_is_refused_with_everything_still_there(visit: object, site: Site) -> None:
    jonas: Visitor = visit(NARROW)  # type: ignore[operator]
    on_the_plan(jonas.log_in(JONAS), "Bageriet Skoven ApS")
    page = jonas.press("Åbn besøget").page
    page.get_by_label("Hvad er opgaven?").first.fill("Feje butikken")
    page.get_by_label("Note til kolleger").fill("Ejeren siger, at hun har depression")
    jonas.press("Send besøget").sees("Intet er gemt endnu").sees("helbred (depression)")
    page.get_by_label("Note til kolleger").fill("Ejeren vil gerne begynde i det små")
    expect(page.get_by_label("Hvad er opgaven?").first).to_have_value("Feje butikken")
    jonas.press("Send besøget").sees("Vælg en vej for hver opgave").sees("Feje butikken")


def test_without_javascript_it_is_an_ordinary_form(visit: object, site: Site) -> None:
    jonas: Visitor = visit(WIDE, javascript=False)  # type: ignore[operator]
    on_the_plan(jonas.log_in(JONAS), "Bageriet Engen ApS")
    page = jonas.press("Åbn besøget").page
    page.get_by_label("Samle æsker og kasser til udsending").check()
    jonas.press("Send besøget").sees("Samle æsker og kasser til udsending")
    jonas.press("Samle æsker").sees("Fleksjob i virksomheden").sees("En anden virksomhed løser den")


def test_a_task_becomes_a_fleksjob_with_its_sum_and_terms(
    visit: object, size: dict[str, int], site: Site
) -> None:
    jonas: Visitor = visit(size)  # type: ignore[operator]
    on_the_plan(jonas.log_in(JONAS), f"Bageriet Bakken {size['width']} ApS")
    page = jonas.press("Åbn besøget").page
    page.get_by_label("Vaske plader, forme og kasser").check()
    jonas.press("Send besøget").press("Vaske plader, forme og kasser")
    page.get_by_label("Timer om ugen på arbejdspladsen").fill("20")
    page.get_by_label("Arbejdsintensitet, procent").fill("50")
    page.get_by_label("Timeløn med pension, kroner").fill("160")
    page.get_by_label("Overenskomst").fill("Bageroverenskomsten")
    jonas.press("Vælg fleksjob og regn ud").sees("20 timer om ugen med 50 % intensitet er 10 effektive timer")
    page.get_by_label("Hvem har bekræftet løn og vilkår?").fill("Ib Dahl, tillidsrepræsentant")
    jonas.press("Det er bekræftet").sees("Er det begyndt?")
    with page.expect_download() as asked:
        jonas.press("Jobprofil og oplysninger til VITAS")
    assert re.fullmatch(r"jobprofil-\d+\.pdf", asked.value.suggested_filename)
    jonas.press("Ja, det begynder den dag").sees("Efter 3 måneder").sees("Efter 12 måneder")


def test_a_company_says_no_and_is_left_in_peace(visit: object, site: Site) -> None:
    company: Visitor = visit(NARROW)  # type: ignore[operator]
    company.go("/opsoegende/").press("Vi vil ikke have besøg")
    company.page.get_by_label("Virksomhedens navn").fill("Roligt Værksted")
    company.page.get_by_label("CVR-nummer").fill("99811099")
    company.press("Skriv det ned").sees("I får ikke besøg, før I selv beder om det")
    jonas: Visitor = visit(WIDE)  # type: ignore[operator]
    jonas.log_in(JONAS).go("/opsoegende/besoeg/nyt/")
    jonas.page.get_by_label("Virksomheden søger folk lige nu").check()
    jonas.page.get_by_label("Virksomhedens navn").fill("Roligt Værksted")
    jonas.page.get_by_label("CVR-nummer").fill("99811099")
    jonas.page.get_by_label("Hvem taler vi med?").fill("Ole")
    jonas.page.get_by_label("Telefon").fill("2040 1109")
    jonas.press("Sæt på planen").sees("nej til besøg")
