# SPDX-License-Identifier: MPL-2.0
"""Worked examples in the guide: our own, and the golden scenarios of the legal basis when it lies beside the project."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from indgang.core.law.finding import NOT_APPLICABLE
from indgang.guidance.actions import cases
from indgang.guidance.aims import AIMS, BUY
from indgang.guidance.examples import Example, all_examples
from indgang.guidance.guide import guide
from indgang.guidance.models import LawCase
from tests.cast import NOW, Cast
from tests.core.law.case import own_scenarios, read_outside
from tests.core.law.test_scenarios import golden
from tests.pages import Browser, text_of

GOLDEN_DEFAULTS = {"publication_date": "2026-09-01", "kgi": "no", "performed_in_dk": "yes"}


def flat(facts: Mapping[str, Any], parent: str = "") -> Iterator[tuple[str, Any]]:
    """Facts by dotted name, as a case keeps them."""
    for name, value in facts.items():
        if isinstance(value, Mapping) and name != "part":
            yield from flat(value, f"{parent}{name}.")
        else:
            yield f"{parent}{name}", str(value) if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: example.slug)
def test_each_example_shows_the_rule_it_is_there_for(cast: Cast, example: Example) -> None:
    assert example.aim in {aim.key for aim in AIMS}
    guided = guide(cast.home.pk, example.facts, NOW.date())
    said = {each.rule.id: each.status for each in guided.answer.findings}
    assert guided.answer.stop is None
    assert said[example.says] != NOT_APPLICABLE
    if example.says[0] not in "NM":
        assert said[example.says] in ("open", "duty", "condition"), said[example.says]


def test_every_aim_has_an_example() -> None:
    assert {example.aim for example in all_examples()} == {aim.key for aim in AIMS}


def test_an_example_is_read_and_a_case_begins_from_it(cast: Cast, browse: Browser) -> None:
    carla = browse.log_in("carla")
    page = text_of(carla.get("/jura/eksempler/"))
    assert "Caféen på biblioteket forpagtes ud" in page
    page = text_of(carla.get("/jura/eksempler/cafe-paa-biblioteket/"))
    assert "Koncession" in page
    assert not LawCase.objects.exists()
    carla.follow("/jura/eksempler/cafe-paa-biblioteket/")
    assert LawCase.objects.get().facts["operating_risk"] == "supplier"
    carla.get("/jura/eksempler/findes-ikke/", status=404)


def shown(cast: Cast, browse: Browser, facts: Mapping[str, Any]) -> tuple[str, Any]:
    row = cases.open_case(cast.be("carla"), BUY, "Et eksempel fra loven", facts=dict(flat(facts)), now=NOW)
    response = browse.log_in("carla").get(f"/jura/sag/{row.pk}/?svar=1")
    return text_of(response), response.context["page"]


def ids(lines: Any) -> set[str]:
    return {line.id for line in lines}


SHOWN = [*own_scenarios()[::6], *read_outside()["scenarios"][::7]]


@pytest.mark.parametrize(("name", "facts", "expect"), SHOWN, ids=[row[0] for row in SHOWN])
def test_our_own_scenarios_read_the_same_in_the_web_guide(
    cast: Cast, browse: Browser, name: str, facts: dict[str, Any], expect: dict[str, Any]
) -> None:
    _text, page = shown(cast, browse, facts)
    assert set(expect.get("routes", ())) <= ids(page.routes)
    assert set(expect.get("uncertain", ())) <= ids(page.uncertain)
    assert set(expect.get("blocked", ())) <= ids(page.blocked)
    assert set(expect.get("duties", ())) <= ids(page.duties)


@pytest.mark.skipif(
    not golden(), reason="the legal basis (../shared/domain/law.md) does not lie beside the project"
)
@pytest.mark.parametrize("scenario", golden(), ids=[scenario["id"] for scenario in golden()])
def test_golden_scenarios_are_shown_in_the_web_guide(
    cast: Cast, browse: Browser, scenario: dict[str, Any]
) -> None:
    text, page = shown(cast, browse, GOLDEN_DEFAULTS | scenario["in"])
    expect = scenario["expect"]
    assert set(expect.get("routes", ())) <= ids(page.routes)
    assert set(expect.get("uncertain", ())) <= ids(page.uncertain)
    assert set(expect.get("blocked", ())) <= ids(page.blocked)
    assert set(expect.get("duties", ())) <= ids(page.duties)
    assert all(rule in text for rule in expect.get("routes", ()))
