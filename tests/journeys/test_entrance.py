# SPDX-License-Identifier: MPL-2.0
"""One door, and the right to a meeting: what a sender, a coordinator and purchasing do, with the refusals on the way."""

import re
import time
from datetime import timedelta

from django.utils import timezone
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


def test_a_leaver_is_followed_by_the_stand_in_and_the_enterprise_is_told(visit: object, site: Site) -> None:
    mette: Visitor = visit().log_in("mette@aabjerg.example")  # type: ignore[operator]
    anja: Visitor = visit()  # type: ignore[operator]
    email = "nina@lampevaerket.example"
    write(anja, "Vi laver lamper og vil sælge dem.", email).sees("Vi har din henvendelse")
    number = open_case(mette, "Vi laver lamper")
    mette.go("/kommunen/kollega/")
    mette.page.get_by_label("Navn").fill("Nye Nille")
    mette.page.get_by_label("E-mail").fill("nille@aabjerg.example")
    mette.page.get_by_label("Enhed").select_option(label="Beskæftigelse og Erhverv")
    mette.page.get_by_label("Rolle").select_option(label="Jobkonsulent")
    mette.press("Gem").sees("Nye Nille")
    mette.go(f"/sager/{number}/giv/").page.get_by_label("Ny kontaktperson").select_option(label="Nye Nille")
    mette.page.get_by_label("Hvorfor?").fill("Kender lamper")
    mette.press("Gem").sees("Nye Nille er kontaktperson")
    assert "Nye Nille er din kontakt hos os fra nu af" in newest(site, email, "Nye Nille er din kontakt")
    mette.go("/kommunen/").page.get_by_role("row", name="Nye Nille").get_by_role(
        "link", name="Stopper"
    ).click()
    mette.press("Luk adgangen").sees("Vælg en stedfortræder først")
    mette.press("Vælg stedfortræder")
    mette.page.get_by_label("Stedfortræder").select_option(label="Karen Holm")
    mette.press("Gem")
    mette.go("/kommunen/").page.get_by_role("row", name="Nye Nille").get_by_role(
        "link", name="Stopper"
    ).click()
    mette.press("Luk adgangen").sees("Nye Nille er stoppet, Karen Holm er trådt til")
    assert faults(mette) == []
    assert "Karen Holm er din kontakt hos os fra nu af" in newest(site, email, "Karen Holm er din kontakt")
    mette.go(f"/sager/{number}/").sees("Vælg en kontaktperson for alvor")


def confirmed(mette: Visitor, words: str) -> int:
    open_case(mette, words)
    mette.press("Bekræft, hvem Anja Friis taler for")
    mette.page.get_by_label("Hvordan ved vi det?").fill("Ringet op på nummeret i CVR")
    mette.press("Gem").sees("bekræftet")
    found = re.search(r"/sager/(\d+)/", mette.page.url)
    assert found
    return int(found[1])


def test_the_right_to_a_meeting_and_the_no_that_explains_itself(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    mette: Visitor = visit(size).log_in("mette@aabjerg.example")  # type: ignore[operator]
    head: Visitor = visit(size).log_in("soeren@aabjerg.example")  # type: ignore[operator]
    sender: Visitor = visit(size)  # type: ignore[operator]
    wide = size["width"] > 1000
    company, cvr = ("Rent Ord ApS", "99318031") if wide else ("Køkkenhaven F.M.B.A.", "99108177")
    email = f"moede{size['width']}@example.dk"
    sender.go("/kontakt/moede-med-indkoeb/").sees("inden 30 dage")
    assert faults(sender) == []
    write(sender, f"Vi vil gerne møde indkøb {size['width']}.", email, company=company, number=cvr)
    number = confirmed(mette, f"Vi vil gerne møde indkøb {size['width']}")
    mette.press("De beder om mødet").sees("Har de ret til mødet?")
    claim = re.search(r"/ret/(\d+)/", mette.page.url)
    assert claim
    path = f"/sager/{number}/ret/{claim[1]}/"
    if mette.page.get_by_text("Registreret socialøkonomisk virksomhed (RSV)").count() == 0:
        mette.press("Ja til mødet")
        mette.press("Gem").sees("mangler et ja til")
        mette.go(f"{path}bedoem/")
        for group in mette.page.get_by_role("group").all():
            group.get_by_label("Opfyldt", exact=True).check(force=True)
        for box in mette.page.get_by_label("Hvad bygger I det på?").all():
            box.fill("Set i vedtægterne")
        assert faults(mette) == []
        mette.press("Gem").sees("opfyldt")
    mette.go(path).press("Ja til mødet")
    mette.page.get_by_label("Begrundelse").fill("Betingelserne er opfyldt.")
    mette.page.get_by_label("Gælder til og med").fill(
        (timezone.localdate() + timedelta(days=300)).isoformat()
    )
    mette.press("Gem").sees("Book mødet")
    assert faults(mette) == []
    assert "udstilling" in newest(site, email, "giver ingen fordel")
    head.go(path).press("Book mødet")
    late = timezone.localtime() + timedelta(days=40)
    head.page.get_by_label("Tid", exact=True).fill(late.strftime("%Y-%m-%dT10:00"))
    head.press("Gem").sees("Kommunen har lovet et møde senest")
    soon = timezone.localtime() + timedelta(days=9)
    head.page.get_by_label("Tid", exact=True).fill(soon.strftime("%Y-%m-%dT10:00"))
    head.press("Gem").sees("Mødet er aftalt")
    assert faults(head) == []
    head.press("Mødet er holdt")
    head.page.get_by_label("Note fra mødet").fill("De kan rengøring.")
    head.page.get_by_label("Hvad fortalte I").fill("Vi køber vask i maj.")
    head.press("Gem").sees("Mødet er ikke holdt endnu")
    sender.go("/kontakt/moede-med-indkoeb/").sees(company)


def test_a_sole_trader_is_heard_and_gets_a_reason_and_keeps_every_task(visit: object, site: Site) -> None:
    mette: Visitor = visit().log_in("mette@aabjerg.example")  # type: ignore[operator]
    kim: Visitor = visit()  # type: ignore[operator]
    mette.go("/sager/?q=Cykelværkstedet").page.get_by_role(
        "link", name="Vi vil gerne bruge vores ret"
    ).first.click()
    mette.page.get_by_role("link", name="Bedt om").click()
    mette.sees("ikke en juridisk person").sees("I høring")
    assert faults(mette) == []
    mette.go(mette.page.url + "nej/").page.get_by_label("Begrundelse").fill("Ikke en juridisk person.")
    mette.press("Gem").sees("Høringen løber til")
    kim.go(link_in(site, "kim@vestergadecykler.example"))
    unlock(kim, site, "kim@vestergadecykler.example")
    kim.press("Se, hvor langt det er").sees("Før vi afgør det")
    assert faults(kim) == []
    kim.page.get_by_label("Tekst").fill("Jeg vil stiftes som ApS næste år.")
    kim.press("Send svar").sees("Vi har jeres svar")
    mette.go(mette.page.url.replace("nej/", "")).sees("Høringen er slut").press("Nej til mødet")
    mette.page.get_by_label("Begrundelse").fill("Ikke opfyldt: ikke en juridisk person.")
    mette.press("Gem").sees("§ 4, stk. 2")
    kim.page.reload()
    kim.sees("I har ikke ret til mødet").sees("ikke en juridisk person").press("Opgaver lige nu").sees(
        "Opgaver"
    )
