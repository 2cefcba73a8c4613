# SPDX-License-Identifier: MPL-2.0
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visitor


def test_somebody_logs_in_with_a_link_from_the_mail(visit: object, site: Site, size: dict[str, int]) -> None:
    visitor: Visitor = visit(size)  # type: ignore[operator]
    visitor.go("/log-ind/")
    before = len(site.links_to("jonas@aabjerg.example", "log-ind"))
    visitor.page.get_by_label("E-mail").fill("jonas@aabjerg.example")
    visitor.press("Send mig et link i stedet").sees("Se i din mail")
    visitor.go(site.link_to("jonas@aabjerg.example", "log-ind", number=before + 1)).sees(
        "Log ind som Jonas Bay"
    )
    visitor.press("Log ind").sees("God dag, Jonas Bay")


def test_a_link_works_once(visit: object, site: Site) -> None:
    visitor: Visitor = visit()  # type: ignore[operator]
    visitor.go("/log-ind/")
    before = len(site.links_to("karen@aabjerg.example", "log-ind"))
    visitor.page.get_by_label("E-mail").fill("karen@aabjerg.example")
    visitor.press("Send mig et link i stedet").sees("Se i din mail")
    link = site.link_to("karen@aabjerg.example", "log-ind", number=before + 1)
    visitor.go(link).press("Log ind").sees("God dag, Karen Holm")
    visitor.go(link).sees("Linket virker ikke mere")


def test_a_wrong_password_gets_a_sentence_and_focus_goes_to_it(visit: object) -> None:
    visitor: Visitor = visit()  # type: ignore[operator]
    visitor.go("/log-ind/")
    visitor.page.get_by_label("E-mail").fill("mette@aabjerg.example")
    visitor.page.get_by_label("Adgangskode").fill("forkert adgangskode")
    visitor.page.get_by_role("button", name="Log ind", exact=True).click()
    expect(visitor.page.get_by_role("alert")).to_be_focused()


def test_the_first_press_of_tab_leads_past_the_menu(visit: object) -> None:
    visitor: Visitor = visit()  # type: ignore[operator]
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#indhold")).to_be_focused()
