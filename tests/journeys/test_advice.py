# SPDX-License-Identifier: MPL-2.0
"""A founder with an idea about office furniture gets advice and a mentor; both say yes, meet and say how it was."""

import re
import time
from datetime import date

from tests.journeys.conftest import NARROW, Site, Visitor

METTE = "mette@aabjerg.example"


def asked_mentor(site: Site, *, number: int) -> str:
    """The link in the mail that asks Grethe, once so many such mails have come."""
    for _ in range(300):
        links = asked_so_far(site)
        if len(links) >= number:
            return links[-1]
        time.sleep(0.2)
    raise AssertionError("Grethe was not asked")


def asked_so_far(site: Site) -> list[str]:
    bodies = [body for body in site.mails_to("grethe@mentor.example") if "svar ja eller nej her" in body]
    return [link for body in bodies for link in re.findall(r"http://[^/]+(/l/mentor/\S+)", body)]


def ask(founder: Visitor, name: str, email: str) -> None:
    page = founder.go("/raadgivning/").sees("Virksomhedsguiden").page
    page.get_by_label("Hvad er din idé?").fill(
        f"Jeg vil reparere kontormøbler, siger {name}, og ansætte andre."
    )
    page.get_by_label("Pris og økonomi").check()
    page.get_by_label("Dit navn").fill(name)
    page.get_by_label("E-mail").fill(email)
    founder.press("Send").sees("Mette Lind ringer eller skriver senest")


def lead_to_a_mentor(mette: Visitor, name: str) -> None:
    """From the talk to a mentor who is asked."""
    mette.log_in(METTE).go("/raadgivning/ideer/").press(f"siger {name}").sees("Tal idéen igennem")
    mette.press("Gå den igennem")
    for group in mette.page.get_by_role("group").all():
        yes = group.get_by_label("Ja", exact=True)
        if yes.count():
            yes.check()
    mette.press("Se, hvor den står").sees("Vis videre til det, der findes")
    mette.press("Jeg har vist dem videre").sees("Hvorfor gives hjælpen også her?")
    mette.page.get_by_label("Hvorfor gives hjælpen også her?").fill("Idéen handler om kommunens egne møbler")
    mette.press("Gem").sees("Kan hjælpe med pris og økonomi")
    mette.press("Spørg Grethe Holst").sees("Mentoren skal svare")


def test_both_say_yes_meet_and_evaluate_while_mette_sees_days_alone(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    name, email = f"Ali {size['width']}", f"ali{size['width']}@ny.example"
    founder: Visitor = visit(NARROW)  # type: ignore[operator]
    ask(founder, name, email)
    mette: Visitor = visit(size)  # type: ignore[operator]
    before = len(asked_so_far(site))
    lead_to_a_mentor(mette, name)
    mentor: Visitor = visit(NARROW)  # type: ignore[operator]
    mentor.go(asked_mentor(site, number=before + 1)).sees("Aftalen")
    mentor.press("Ja, det vil jeg").sees("Sæt kryds ved aftalen")
    mentor.page.get_by_label("Jeg er enig i aftalen").check()
    mentor.press("Ja, det vil jeg").sees("Du har sagt ja")
    founder.go(site.link_to(email, "mentor")).sees("Grethe Holst vil være din mentor")
    founder.page.get_by_label("Jeg er enig i aftalen").check()
    founder.press("Ja, det vil jeg").sees("I er i gang")
    founder.page.get_by_label("Hvornår mødtes I?").fill("2099-01-01")
    founder.press("Vi har mødtes").sees("ude i fremtiden")
    founder.page.get_by_label("Hvornår mødtes I?").fill(date.today().isoformat())  # noqa: DTZ011
    founder.press("Vi har mødtes").sees("Datoen er skrevet ned")
    mette.page.reload()
    mette.sees("Hvad de taler om, er deres")
    founder.page.get_by_text("Afslut forløbet").click()
    founder.page.get_by_label("Målet er nået").check()
    founder.press("Vi er færdige").sees("Hvor godt gik det?")
    founder.page.get_by_label("5 – rigtig godt").check()
    founder.press("Send").sees("Tak for din mening")
    mette.page.reload()
    mette.sees("Iværksætter: 5/5")


def test_a_mentor_who_cannot_after_all_leaves_the_founder_with_an_honest_page(
    visit: object, site: Site
) -> None:
    founder: Visitor = visit(NARROW)  # type: ignore[operator]
    ask(founder, "Bo fra Skoven", "bo@ny.example")
    mette: Visitor = visit()  # type: ignore[operator]
    before = len(asked_so_far(site))
    lead_to_a_mentor(mette, "Bo fra Skoven")
    mentor: Visitor = visit(NARROW)  # type: ignore[operator]
    mentor.go(asked_mentor(site, number=before + 1))
    mentor.page.get_by_label("Jeg er enig i aftalen").check()
    mentor.press("Ja, det vil jeg").sees("Du har sagt ja")
    founder.go(site.link_to("bo@ny.example", "mentor")).sees("Grethe Holst vil være din mentor")
    mentor.press("Jeg kan ikke alligevel").sees("Det blev ikke til noget")
    founder.page.get_by_label("Jeg er enig i aftalen").check()
    founder.press("Ja, det vil jeg").sees("trukket sig i mellemtiden")
    mette.page.reload()
    mette.sees("Vælg en mentor")
