# SPDX-License-Identifier: MPL-2.0
"""The library needs reading kits packed: from plain words to a delivered order, with the refusals on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visitor

NEED = "Pak 2.400 læsepakker til sommerbogen. De skal leveres på biblioteket."
RIKKE, ANJA = "rikke@papirpluk.example", "anja@syvaerket.example"


def describe(carla: Visitor, amount: str) -> int:
    carla.go("/opgaver/ny/")
    carla.page.get_by_label("Hvad skal løses?").fill(NEED)
    carla.page.get_by_label("Hvad må det koste").fill(amount)
    carla.press("Find, hvem der kan").sees("De kan løse opgaven")
    return carla.number


def tick(carla: Visitor, name: str) -> None:
    carla.page.get_by_label(f"Spørg {name}").check(force=True)


def send_out(carla: Visitor, task: int) -> None:
    """Both enterprises on the list, a deadline next week, sent."""
    carla.press("Hent hellere forseglede tilbud i konkurrence")
    tick(carla, "Papir & Pluk S.M.B.A.")
    carla.press("Sæt på listen").sees("Klar til at sende ud")
    carla.go(f"/opgaver/{task}/tilfoej/")
    carla.page.get_by_label("Virksomhed", exact=True).select_option(label="Syværket ApS")
    carla.page.get_by_label("Hvorfor skal den med?").fill("Har pakket for os før")
    carla.press("Sæt på listen").sees("Syværket ApS")
    carla.press("Sæt frist, og send ud")
    until = timezone.localtime() + timedelta(days=7)
    carla.page.get_by_label("Tilbud senest").fill(until.strftime("%Y-%m-%dT12:00"))
    carla.page.get_by_label("Højeste pris").fill("36.000")
    carla.press("Send ud til alle").sees("Ingen kan læse et tilbud før fristen")


def log_in_to_bid(visitor: Visitor, site: Site, address: str, answers: int, log_ins: int) -> None:
    """Answer yes from the mail's link, then get a log-in to the address we wrote to."""
    visitor.go(site.link_to(address, "svar", number=answers)).sees("Kan I løse den?")
    visitor.press("Ja, vi er interesserede").sees("Ja er interesse, ikke et tilbud")
    visitor.press("Send mig et link til at byde").sees("Der er en mail på vej")
    visitor.go(site.link_to(address, "log-ind", number=log_ins)).press("Log ind").sees("Skriv tilbud")


def bid(visitor: Visitor, task: int, price: str) -> None:
    visitor.go(f"/opgaver/{task}/byd/")
    visitor.page.get_by_label("Pris i alt uden moms").fill(price)
    visitor.press("Forsegl og send")


def count(site: Site, address: str, purpose: str) -> int:
    return sum(f"/l/{purpose}/" in body for body in site.mails_to(address))


def test_from_plain_words_to_a_delivered_order(visit: object, site: Site, size: dict[str, int]) -> None:
    carla: Visitor = visit(size).log_in("carla@aabjerg.example")  # type: ignore[operator]
    rikke: Visitor = visit(size)  # type: ignore[operator]
    anja: Visitor = visit(size)  # type: ignore[operator]
    outsider: Visitor = visit(size)  # type: ignore[operator]
    seen = {(who, what): count(site, who, what) for who in (RIKKE, ANJA) for what in ("svar", "log-ind")}

    task = describe(carla, "36.000")
    carla.sees("Papir & Pluk").sees("Pakning og samling")
    send_out(carla, task)

    log_in_to_bid(rikke, site, RIKKE, seen[RIKKE, "svar"] + 1, seen[RIKKE, "log-ind"] + 1)
    bid(rikke, task, "36.001")
    rikke.sees("over det højeste beløb")
    bid(rikke, task, "32.400")
    rikke.sees("Tilbuddet er modtaget")
    log_in_to_bid(anja, site, ANJA, seen[ANJA, "svar"] + 1, seen[ANJA, "log-ind"] + 1)
    bid(anja, task, "33.600")
    anja.sees("Tilbuddet er modtaget")

    anja.go(f"/opgaver/{task}/")
    anja.page.get_by_label("Dit spørgsmål").fill("Skal pakkerne mærkes?")
    anja.press("Send spørgsmål").sees("Svaret kommer på siden")
    carla.go(f"/opgaver/{task}/").sees("Skal pakkerne mærkes?")
    carla.page.get_by_label("Svar til alle").fill("Ja, med den vedlagte etiket.")
    carla.press("Send svaret til alle").sees("med den vedlagte etiket")
    rikke.go(f"/opgaver/{task}/").sees("med den vedlagte etiket")
    expect(rikke.page.get_by_role("main")).not_to_contain_text("Syværket")

    for reader in (outsider, carla):
        reader.go(f"/opgaver/{task}/")
        expect(reader.page.get_by_role("main")).not_to_contain_text("32.400")
        expect(reader.page.get_by_role("main")).not_to_contain_text("33.600")

    site.let_the_deadline_pass(task)
    bid(rikke, task, "30.000")
    rikke.sees("Fristen er gået, og tilbuddet er ikke modtaget")

    carla.go(f"/opgaver/{task}/").press("Drej min nøgle").sees("En kollega skal dreje den anden")
    expect(carla.page.get_by_role("main")).not_to_contain_text("32.400")
    karen: Visitor = visit().log_in("karen@aabjerg.example")  # type: ignore[operator]
    karen.go(f"/opgaver/{task}/").press("Drej min nøgle").sees("Alle tilbud er åbnet").sees("32.400,00")

    carla.go(f"/opgaver/{task}/").press("Giv opgaven").sees("Udfyld feltet")
    carla.page.get_by_label("Hvorfor dem?").fill("Laveste pris, og de kan levere til den 10. maj.")
    carla.press("Giv opgaven").sees("Papir & Pluk S.M.B.A. fik opgaven")
    carla.press("Bestil").sees("som PDF")
    rikke.go(f"/opgaver/{task}/").sees("I har fået opgaven")
    anja.go(f"/opgaver/{task}/").sees("Et andet tilbud havde en lavere pris")
    expect(anja.page.get_by_role("main")).not_to_contain_text("32.400")
    anja.page.get_by_text("Bed om at se papirerne").click()
    anja.page.get_by_label("Hvad vil I gerne se?").fill("Vinderens pris og leveringsplan")
    anja.press("Send anmodning").sees("syv arbejdsdage")

    carla.go(f"/opgaver/{task}/")
    carla.page.get_by_label("Ja", exact=True).check(force=True)
    carla.page.get_by_label("5 – rigtig godt").check(force=True)
    carla.press("Gem").sees("Nu tæller købet med").sees("5 af 5")


def test_a_small_purchase_is_answered_from_a_phone(visit: object, site: Site) -> None:
    carla: Visitor = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    phone: Visitor = visit({"width": 390, "height": 844})  # type: ignore[operator]
    answers = count(site, RIKKE, "svar")
    task = describe(carla, "14.500")
    carla.press("Spørg dem om pris").sees("Vælg en til tre")
    carla.go(f"/opgaver/{task}/")
    tick(carla, "Papir & Pluk S.M.B.A.")
    carla.press("Spørg dem om pris").sees("er spurgt")

    phone.go(site.link_to(RIKKE, "svar", number=answers + 1))
    phone.page.get_by_label("Pris i alt uden moms").fill("14.200")
    phone.press("Ja, vi er interesserede").sees("Jeres svar: Ja, vi er interesserede").sees("14.200,00")
    carla.go(f"/opgaver/{task}/").sees("14.200,00").press("Køb hos Papir & Pluk").sees(
        "Købt. Ordren er sendt."
    )
    phone.page.reload()
    phone.sees("I har fået opgaven").sees("Hent ordre")


def test_a_small_purchase_is_answered_by_phone_call(visit: object) -> None:
    carla: Visitor = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    task = describe(carla, "9.000")
    tick(carla, "Papir & Pluk S.M.B.A.")
    carla.press("Spørg dem om pris").press("Skriv telefonsvar").sees("Hvad sagde Papir & Pluk")
    carla.page.get_by_label("Ja, vi er interesserede").check(force=True)
    carla.page.get_by_label("Pris i alt uden moms").fill("8.500")
    carla.press("Gem svaret").sees("Skrevet ned efter telefon").press("Køb hos Papir & Pluk").sees("Købt.")
    assert carla.number == task


def test_everything_works_without_javascript(visit: object) -> None:
    carla: Visitor = visit(javascript=False).log_in("carla@aabjerg.example")  # type: ignore[operator]
    describe(carla, "9.000")
    tick(carla, "Papir & Pluk S.M.B.A.")
    carla.press("Spørg dem om pris").sees("er spurgt")


def test_nobody_is_asked_while_the_questions_of_law_are_open(visit: object) -> None:
    carla: Visitor = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    task = describe(carla, "90.000")
    carla.sees("Først: hvad må I?")
    tick(carla, "Papir & Pluk S.M.B.A.")
    carla.press("Sæt på listen").go(f"/opgaver/{task}/send/")
    until = timezone.localtime() + timedelta(days=7)
    carla.page.get_by_label("Tilbud senest").fill(until.strftime("%Y-%m-%dT12:00"))
    carla.press("Send ud til alle").sees("Svar først på")
    carla.go(f"/opgaver/{task}/jura/")
    carla.page.get_by_label("Køb af samme slags lagt sammen").fill("90.000")
    group = carla.page.get_by_role("group", name="Kan virksomheder fra andre")
    group.get_by_label("Nej").check(force=True)
    carla.press("Gem svarene").sees("Klar til at sende ud")


def test_two_presses_at_the_same_moment_make_one_decision(visit: object, site: Site) -> None:
    carla: Visitor = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    rikke: Visitor = visit().log_in(RIKKE)  # type: ignore[operator]
    task = describe(carla, "30.000")
    send_out(carla, task)
    bid(rikke, task, "29.000")
    site.let_the_deadline_pass(task)
    karen: Visitor = visit().log_in("karen@aabjerg.example")  # type: ignore[operator]
    for visitor in (carla, karen):
        visitor.go(f"/opgaver/{task}/").press("Drej min nøgle")
    forms = []
    for visitor in (carla, karen):
        visitor.go(f"/opgaver/{task}/")
        token = visitor.page.locator("form[action$='/tildel/'] input[name=csrfmiddlewaretoken]").input_value()
        chosen = visitor.page.locator("input[name=bid]").input_value()
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in visitor.page.context.cookies())
        data = {"csrfmiddlewaretoken": token, "bid": chosen, "reason": "Eneste tilbud, og prisen er rimelig."}
        forms.append((cookies, urlencode(data).encode()))
    with ThreadPoolExecutor(2) as presses:
        answers = list(presses.map(lambda form: _press(f"{site.url}opgaver/{task}/tildel/", *form), forms))
    assert sorted(answers) == [302, 422]


def _press(url: str, cookies: str, data: bytes) -> int:
    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        with build_opener(Stay).open(Request(url, data, {"Cookie": cookies, "Referer": url})) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as answer:
        return answer.code
