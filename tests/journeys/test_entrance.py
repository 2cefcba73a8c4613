# SPDX-License-Identifier: MPL-2.0
"""One door: from free words to an honest ending, with the refusals on the way."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_every_page import faults

BAGS = "Vi syr stofposer, vil gerne sælge til bibliotekerne og mangler to personer ti timer om ugen."


def write(visitor: Visitor, text: str, email: str, *, company: str = "", number: str = "") -> Visitor:
    """Fill the public form and send it."""
    page = visitor.go("/kontakt/").page
    page.get_by_label("Hvad vil du gerne?").fill(text)
    page.get_by_label("Dit navn").fill("Anja Friis")
    page.get_by_label("E-mail").fill(email)
    if company:
        page.get_by_text("Hvilken virksomhed?").click()
        page.get_by_label("Virksomhed", exact=False).first.fill(company)
        page.get_by_label("CVR-nummer").fill(number)
        page.get_by_label("By").fill("Åbjerg")
    return visitor.press("Send")


def newest(site: Site, email: str, subject: str = "") -> str:
    """The body of the newest mail to somebody that holds some words, once it has come."""
    for _ in range(100):
        bodies = [body for body in site.mails_to(email) if subject in body]
        if bodies:
            return bodies[-1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {email} with {subject}")


def link_in(site: Site, email: str) -> str:
    return site.link_to(email, "henvendelse")


def unlock(visitor: Visitor, site: Site, email: str) -> None:
    """Ask for a code and type it."""
    visitor.press("Send mig en kode").sees("Skriv koden")
    found = re.search(r"Din kode er (\d{6})", newest(site, email, "Din kode er"))
    assert found
    visitor.page.get_by_label("Kode", exact=True).fill(found[1])
    visitor.press("Lås op")


def open_case(mette: Visitor, words: str) -> int:
    mette.go("/sager/").page.get_by_role("link", name=words).first.click()
    found = re.search(r"/sager/(\d+)/", mette.page.url)
    assert found
    return int(found[1])


def test_one_door_from_free_words_to_an_honest_ending(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    email = f"anja{size['width']}@poser.example"
    wide = size["width"] > 1000
    company, cvr = ("Brød for Alle A.M.B.A.", "99515058") if wide else ("Stemmen Tryk & Skilt", "99455853")
    anja: Visitor = visit(size)  # type: ignore[operator]
    mette: Visitor = visit(size).log_in("mette@aabjerg.example")  # type: ignore[operator]
    jonas: Visitor = visit(size).log_in("jonas@aabjerg.example")  # type: ignore[operator]
    stranger: Visitor = visit(size)  # type: ignore[operator]

    write(anja, "Min medarbejder har depression.", email).sees("bestemt persons helbred (depression)")
    expect(anja.page.get_by_label("Hvad vil du gerne?")).to_have_value("Min medarbejder har depression.")
    text = f"{BAGS} ({size['width']})"
    write(anja, text, email, company=company, number=cvr).sees("Du får svar inden 3 arbejdsdage")
    receipt = newest(site, email, "Vi har den")
    assert "Mette Lind er din kontakt" in receipt
    assert "stofposer" not in receipt
    anja.go(link_in(site, email)).sees("Mette Lind").sees("Vi har den")
    expect(anja.page.get_by_role("main")).not_to_contain_text("stofposer")
    assert faults(anja) == []

    number = open_case(mette, "Vi syr stofposer, vil gerne")
    mette.sees("ikke bekræftet").sees("Svar dem")
    assert faults(mette) == []
    mette.press("Bekræft, hvem Anja Friis taler for").sees("Ring til det nummer, der står i CVR")
    assert faults(mette) == []
    mette.page.get_by_label("Hvordan ved vi det?").fill("Ringet op på 8799 7713, nummeret i CVR")
    mette.press("Gem").sees("bekræftet")
    at = re.search(r"/sager/(\d+)/", mette.page.url)
    assert at
    number = int(at[1])
    mette.press("Fordel").sees("Teksten siger")
    assert faults(mette) == []
    mette.press("Fordel").sees("Jonas Bay").sees("Karen Holm")
    mette.page.get_by_label("Tekst", exact=True).fill("Vi ringer på torsdag.")
    mette.press("Gem").sees("Svaret er sendt")
    mette.page.get_by_label("Tekst", exact=True).fill("Priserne virker høje.")
    mette.page.get_by_label("Intern note til kolleger").check(force=True)
    mette.press("Gem").sees("Kun kommunens egne kan læse den")
    jonas.go(f"/sager/{number}/").sees("Priserne virker høje")

    anja.go(link_in(site, email))
    unlock(anja, site, email)
    anja.sees("Vi ringer på torsdag")
    expect(anja.page.get_by_role("main")).not_to_contain_text("Priserne virker høje")
    anja.page.get_by_label("Skriv til os").fill("Fint, vi glæder os.")
    anja.press("Send").sees("Vi har din besked").sees("Fint, vi glæder os")
    assert faults(anja) == []
    stranger.go(link_in(site, email)).sees("Et link kan sendes videre")
    expect(stranger.page.get_by_role("main")).not_to_contain_text("Fint, vi glæder os")

    write(stranger, f"Jeg er chefen. ({size['width']})", f"fup{size['width']}@example.dk", company=company,
          number=cvr).sees("Vi har din henvendelse")  # fmt: skip
    mette.go(f"/sager/{number}/")
    expect(mette.page.get_by_role("main")).not_to_contain_text("Jeg er chefen")
    write(
        anja,
        f"Vi vil gerne leje et lokale. ({size['width']})",
        email,
        company=company,
        number=cvr,
    )
    mette.go(f"/sager/{number}/").sees("leje et lokale").sees("Fint, vi glæder os")

    mette.go(f"/sager/{number}/afslut/").page.get_by_label("Der er ingen hjælp at få").check(force=True)
    mette.press("Gem").sees("Skriv hvorfor")
    mette.page.get_by_label("Hjulpet", exact=True).check(force=True)
    mette.press("Gem").sees("Hjulpet")
    anja.go(link_in(site, email)).sees("Hvordan gik det?")
    anja.page.get_by_label("5 – rigtig godt").check(force=True)
    anja.press("Send svar").sees("Tak.")
    assert faults(anja) == []
    mette.go(f"/sager/{number}/aabn/").page.get_by_label("Hvorfor?").fill("De mangler et svar")
    mette.press("Gem").sees("Åbnet igen: De mangler et svar").sees("Afsluttet: hjulpet")
    mette.go(f"/sager/{number}/afslut/").page.get_by_label("Hjulpet", exact=True).check(force=True)
    mette.press("Gem").sees("Hjulpet")
