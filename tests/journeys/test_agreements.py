# SPDX-License-Identifier: MPL-2.0
"""A partnership from draft to red figures, a purchase from the catalogue, a meeting moved: in a real browser."""

import re
import time
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, Site, Visitor

LISE, METTE = "lise@aabjerg.example", "mette@aabjerg.example"
KRO = "Papir & Pluk S.M.B.A."
RIKKE = "rikke@papirpluk.example"


def day(days: int) -> str:
    return str(date.today() + timedelta(days=days))  # noqa: DTZ011


def newest_code(site: Site, address: str, *, after: int) -> str:
    """The code in the mail that came after so many others with a code."""
    for _ in range(100):
        codes = [code for body in site.mails_to(address) for code in re.findall(r"Koden er (\d{6})", body)]
        if len(codes) > after:
            return codes[-1]
        time.sleep(0.2)
    raise AssertionError(f"no code in the mail to {address}")


def count(site: Site, address: str, pattern: str) -> int:
    return sum(len(re.findall(pattern, body)) for body in site.mails_to(address))


def write_promise(mette: Visitor, party: str, text: str) -> None:
    mette.page.get_by_text("Skriv et løfte").click()
    mette.page.get_by_label("Hvem lover?").select_option(label=party)
    mette.page.get_by_label("Hvad loves?").fill(text)
    mette.page.get_by_label("Hvordan kan man se, at det er holdt?").fill("Referat")
    mette.page.get_by_label("Første gang senest").fill(day(40))
    mette.press("Gem løftet").sees(text)


def accede(visitor: Visitor, site: Site, address: str, links: int, codes: int) -> None:
    visitor.go(site.link_to(address, "tiltraed", number=links)).sees("Få en kode, så åbner teksten")
    visitor.press("Send mig en kode")
    visitor.page.get_by_label("Koden fra mailen").fill("000000")
    visitor.press("Åbn aftalen").sees("Koden passer ikke")
    visitor.page.get_by_label("Koden fra mailen").fill(newest_code(site, address, after=codes))
    visitor.press("Åbn aftalen").sees("Det er den tekst, du tiltræder")
    visitor.page.get_by_label("Din stilling").fill("Leder")
    visitor.press("tiltræder aftalen").sees("må binde")
    visitor.page.get_by_label("Jeg må binde parten").check(force=True)
    visitor.press("tiltræder aftalen").sees("I har tiltrådt aftalen")


def test_a_partnership_from_draft_to_a_red_figure(visit: object, site: Site) -> None:
    mette: Visitor = visit().log_in(METTE)  # type: ignore[operator]
    links = {who: count(site, who, "/l/tiltraed/") for who in (LISE, RIKKE)}
    codes = {who: count(site, who, r"Koden er \d{6}") for who in (LISE, RIKKE)}
    asked = count(site, RIKKE, "/l/bekraeft/")

    mette.go("/aftaler/").press("Ny aftale")
    mette.page.get_by_label("Kommune og virksomhed").check(force=True)
    mette.page.get_by_label("Hvad skal aftalen hedde?").fill("Pladser i pakkeriet")
    mette.page.get_by_label("Virksomheder").select_option(label=KRO)
    mette.page.get_by_label("Hvem tiltræder for kommunen?").select_option(label="Lise Krag")
    mette.page.get_by_label("Gælder til og med").fill(day(700))
    mette.press("Lav kladden").sees("ikke en juridisk standard")
    write_promise(mette, KRO, "Seks pladser: to fleksjob, to i praktik, to beskyttede.")
    write_promise(mette, "Åbjerg Kommune, Beskæftigelse og Erhverv", "To møder om året med indkøb.")
    mette.page.get_by_text("Skriv et mål").click()
    mette.page.get_by_label("Hvad måles?").fill("Egen indtjening")
    mette.page.get_by_label("I hvad?").fill("%")
    mette.page.get_by_label("Mål", exact=True).fill("44")
    mette.press("Gem målet").sees("mindst 44")
    address = mette.page.url.partition("#")[0]

    soeren: Visitor = visit().log_in("soeren@aabjerg.example")  # type: ignore[operator]
    soeren.go(address).press(re.compile("Godkend.*Juridisk")).sees("Søren Dahl")
    lise: Visitor = visit().log_in(LISE)  # type: ignore[operator]
    lise.go(address).press(re.compile("Godkend.*ledelsen")).sees("Lise Krag")
    phone: Visitor = visit(NARROW)  # type: ignore[operator]
    if count(site, RIKKE, "/l/bekraeft/") > asked:
        phone.go(site.link_to(RIKKE, "bekraeft", number=asked + 1)).press("Ja, det er den rigtige").sees(
            "Tak"
        )
    mette.go(address).press("Frys teksten").sees("venter på tiltrædelse")

    accede(phone, site, RIKKE, links[RIKKE] + 1, codes[RIKKE])
    phone.sees("Den gælder, når de andre parter også har tiltrådt")
    forwarded: Visitor = visit()  # type: ignore[operator]
    forwarded.go(site.link_to(LISE, "tiltraed", number=links[LISE] + 1)).sees("l…@aabjerg.example")
    expect(forwarded.page.get_by_role("main")).not_to_contain_text("Seks pladser")
    accede(lise, site, LISE, links[LISE] + 1, codes[LISE])
    lise.sees("Alle parter er med, og aftalen gælder.")

    mette.go(address).sees("Meld holdt")
    mette.page.get_by_text("Skriv et nyt tal").click()
    mette.page.get_by_label("Tal", exact=True).fill("41")
    mette.page.get_by_label("Kilde").fill("Kvartalsregnskab")
    mette.press("Gem tallet").sees("rødt").press("Skriv en plan for det røde tal")
    mette.page.get_by_label("Hvad gør I ved det?").fill("Prøver.")
    mette.press("Gem planen").sees("hvad I gør, hvem der gør det")
    mette.page.get_by_label("Hvad gør I ved det?").fill(
        "Rikke ringer til tre nye kunder; vi ser på tallet om en måned."
    )
    mette.press("Gem planen").sees("Plan:")

    mette.page.get_by_text("beder om noget, aftalen ikke giver").click()
    mette.page.get_by_label("Hvad bedes der om?").fill("Tilskud til at bygge pakkeriet om")
    mette.page.get_by_label("Beløb, kroner").fill("1.000.000")
    mette.press("Skriv ønsket op").sees("Stoppet.")
    mette.press("Lav en ny udgave")
    mette.page.get_by_label("Hvad skal ændres?").fill("Ny tekst om data")
    mette.press("Begynd kladden").sees("Kladde til udgave 2").press("Ret Oplysninger og fortrolighed")
    mette.page.get_by_label("Tekst").fill("Ingen borgers forhold nævnes.")
    mette.press("Gem").press("Læs det hele").sees("Det er nyt i forhold til udgave 1")


def test_two_clicks_from_the_catalogue_to_an_order(visit: object, size: dict[str, int]) -> None:
    carla: Visitor = visit(size).log_in("carla@aabjerg.example")  # type: ignore[operator]
    carla.go("/indkoebskatalog/?q=sandwich").press(re.compile("Bestil.*Mødeforplejning")).sees(
        "Tilbage på aftalen"
    )
    carla.page.get_by_label("Sandwich").fill("90000")
    carla.press("Send ordren").sees("tilbage på aftalen")
    carla.page.get_by_label("Sandwich").fill("10")
    carla.press("Send ordren").sees("Når det er leveret")
    carla.page.get_by_label("Ja", exact=True).check(force=True)
    carla.press("Gem").press("Fakturaen er betalt").sees("Betalt")


def test_a_meeting_that_moves_while_replies_come_in(visit: object, site: Site) -> None:
    jonas: Visitor = visit().log_in("jonas@aabjerg.example")  # type: ignore[operator]
    guest, address = visit(NARROW), "ulla@itsporet.example"  # type: ignore[operator]
    before = count(site, address, "/l/moede/")
    jonas.go("/moeder/ny/")
    jonas.page.get_by_label("Hvad skal I mødes om?").fill("Fleksjob i arkivet")
    jonas.page.get_by_label("Hvem skal med?").fill(f"Ulla Friis, {address}")
    jonas.page.get_by_label("Dag og tid").fill(f"{day(9)}T10:00")
    jonas.press("Send indkaldelsen").sees("Flyt mødet")
    guest.go(site.link_to(address, "moede", number=before + 1)).sees("Jeg kommer")
    jonas.press("Flyt mødet")
    jonas.page.get_by_label("Dag og tid").fill(f"{day(11)}T13:00")
    jonas.press("Send til deltagerne").sees("Intet svar")
    guest.press("Jeg kommer").sees("Mødet er flyttet, siden du åbnede siden")
    guest.press("Jeg kommer").sees("Du har svaret: Jeg kommer.")
    jonas.page.reload()
    jonas.sees("Kommer")
