# SPDX-License-Identifier: MPL-2.0
"""Pictures of cases, advice, visits, meetings and agreements, as the demo has them: see `tools/screenshots.py`.

Each walk goes where a person would go, from a list to the page that a how-to is about.
"""

from collections.abc import Callable

from playwright.sync_api import Page

LogIn = Callable[[str], Page]
Save = Callable[[Page, str], None]


def walk(base: str, log_in: LogIn, on_phone: LogIn, save: Save) -> None:
    """Take every picture; `log_in` and `on_phone` open a page for an account, on a desk or on a phone."""
    mette = log_in("mette@aabjerg.example")
    _cases(mette, base, save)
    _meeting_right(mette, base, save)
    _advice(mette, base, save)
    _partnership(mette, base, save)
    _meeting(mette, base, save)
    carla = log_in("carla@aabjerg.example")
    _call_off(carla, base, save)
    _visit(on_phone("jonas@aabjerg.example"), base, save)
    rikke = log_in("rikke@papirpluk.example")
    rikke.goto(base + "/jeres/")
    save(rikke, "ours")


def _cases(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/sager/")
    page.locator(".case-row-title").first.click()
    save(page, "answer-a-case")
    page.get_by_role("link", name="Fordel, hvad de har brug for").click()
    save(page, "sort-a-case")
    page.go_back()
    page.get_by_role("link", name="Giv sagen videre").click()
    save(page, "hand-over")


def _meeting_right(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/sager/?q=Grøn Hånd")
    page.locator(".case-row-title").first.click()
    page.locator("a[href*='/ret/']").first.click()
    save(page, "meeting-right")


def _advice(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/raadgivning/ideer/")
    for address in page.locator(".case-row-title").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        if page.locator("form[action*='/mentor/']").count():
            break
    save(page, "choose-a-mentor")


def _partnership(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/aftaler/")
    page.get_by_role("main").get_by_role("link", name="Engholm Kro").first.click()
    save(page, "partnership")


def _meeting(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/moeder/")
    addresses = page.locator("main .list-row h3 a").evaluate_all("links => links.map(link => link.href)")
    for address in addresses:
        page.goto(address)
        if page.get_by_role("button", name="Vælg").count():
            break
    save(page, "choose-a-time")


def _call_off(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/indkoebskatalog/")
    page.locator("main a[href^='/indkoebskatalog/']:not([href$='/ny/'])").first.click()
    save(page, "call-off")


def _visit(page: Page, base: str, save: Save) -> None:
    page.goto(base + "/opsoegende/besoeg/")
    addresses = page.locator(".case-row-title").evaluate_all("links => links.map(link => link.href)")
    for address in addresses:
        page.goto(address + "paa-besoeg/")
        if page.locator("form input[type=checkbox]").count():
            break
    save(page, "visit-walk")
