# SPDX-License-Identifier: MPL-2.0
"""The law guide as people meet it: no question when an agreement covers, and a signed record within two minutes."""

import time
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.journeys.conftest import NARROW, Visitor

A_SHORT_WHILE = 120
"""Seconds from need to signed decision record, with a browser that waits for every page."""


def need(visitor: Visitor, text: str, amount: str) -> Visitor:
    visitor.go("/jura/")
    visitor.page.get_by_label("Hvad skal I bruge?").fill(text)
    visitor.page.get_by_label("Hvad koster det i alt uden moms?").fill(amount)
    return visitor.press("Se, hvad I må")


def answer_what_is_asked(visitor: Visitor, answers: dict[str, str]) -> int:
    """Answer until nothing is asked; returns how many questions there were."""
    for count in range(12):
        if not visitor.page.get_by_text("Hvorfor spørger vi?").is_visible():
            return count
        heading = visitor.page.get_by_role("heading", level=1).inner_text()
        key = next((key for key in answers if key in heading), None)
        assert key is not None, heading
        if visitor.page.get_by_label(answers[key], exact=True).count():
            visitor.page.get_by_label(answers[key], exact=True).check(force=True)
        else:
            visitor.page.get_by_label("Jeres svar").fill(answers[key])
        visitor.press("Videre")
    raise AssertionError("it never stopped asking")


def test_a_decentral_buyer_with_a_covered_category_is_asked_nothing(visit: object) -> None:
    carla: Visitor = visit(NARROW).log_in("carla@aabjerg.example")  # type: ignore[operator]
    need(carla, "Kopipapir og kontorartikler til biblioteket", "18.000")
    carla.sees("Dækket af aftalen med Papirhuset Danmark A/S").sees("Bestil i webshoppen")
    expect(carla.page.get_by_text("Hvorfor spørger vi?")).to_have_count(0)


def test_a_tender_consultant_gets_from_a_need_to_a_signed_record_in_under_two_minutes(visit: object) -> None:
    karen: Visitor = visit().log_in("karen@aabjerg.example")  # type: ignore[operator]
    began = time.monotonic()
    need(karen, "Vinduespudsning på fire børnehaver i to år", "190.000")
    answer_what_is_asked(karen, {"Køber I mere af det samme": "190.000"})
    karen.sees("Det må I").sees("vurderet af Søren Dahl")
    karen.press("Skriv beslutningsnotatet").sees("version 1")
    for box in karen.page.get_by_role("checkbox").all():
        box.check(force=True)
    karen.press("Skriv under, og send til journalen").sees("Underskrevet af Karen Holm")
    assert time.monotonic() - began < A_SHORT_WHILE
    with karen.page.expect_download() as download:
        karen.page.get_by_role("link", name="Hent som PDF").click()
    assert download.value.suggested_filename.startswith("beslutningsnotat-")


def test_the_guide_works_without_javascript_and_is_taken_up_again(visit: object) -> None:
    carla: Visitor = visit(javascript=False).log_in("carla@aabjerg.example")  # type: ignore[operator]
    title = f"Leje af kælderen {datetime.now(UTC):%H%M%S%f}"
    carla.go("/jura/ny/lej-ud/")
    carla.page.get_by_label("Hvad drejer det sig om?").fill(title)
    carla.press("Begynd").sees("Hvordan er markedslejen vist?")
    carla.go("/jura/sager/").sees(title)
    carla.page.get_by_role("link", name=title).click()
    answer_what_is_asked(carla, {"Hvordan er markedslejen vist?": "En uafhængig vurdering"})
    carla.sees("Udlejning til markedsleje")


def test_what_the_law_closes_says_what_to_do_instead(visit: object) -> None:
    carla: Visitor = visit().log_in("carla@aabjerg.example")  # type: ignore[operator]
    carla.go("/jura/eksempler/tilskud-til-butikken/").sees("Det må I ikke").sees("I stedet:")
