# SPDX-License-Identifier: MPL-2.0
"""The sums as pages: every one works with its example, shows its arithmetic, and keeps what was typed."""

from urllib.parse import urlencode

import pytest

from indgang.core.law.pack import load
from indgang.guidance.calculations import CALCULATIONS, Calculation
from indgang.guidance.views.calculate import example_of
from tests.pages import Browser, text_of


@pytest.mark.parametrize("calculation", CALCULATIONS, ids=lambda each: each.slug)
def test_every_sum_works_with_its_own_example_and_names_its_paragraph(
    browse: Browser, calculation: Calculation
) -> None:
    page = browse.get(example_of(calculation))
    assert 'class="sum"' in page.content.decode(), text_of(page)
    pack = load()
    statutes = [pack.rule(rule_id).statute for rule_id in calculation.rules]
    assert any(statute in text_of(page) for statute in statutes)
    assert "kilder læst" in text_of(page) or "ingen kilde læst" in text_of(page)


@pytest.mark.parametrize("calculation", CALCULATIONS, ids=lambda each: each.slug)
def test_every_sum_begins_empty_and_tells_what_is_missing(browse: Browser, calculation: Calculation) -> None:
    first = browse.get(f"/jura/beregn/{calculation.slug}/")
    assert 'class="sum"' not in first.content.decode()
    assert "Vis et eksempel" in text_of(first)
    wrong = browse.get(f"/jura/beregn/{calculation.slug}/?on=i+gaar")
    assert 'class="sum"' not in wrong.content.decode()
    assert "error" in wrong.content.decode()


def asked(browse: Browser, slug: str, **said: str) -> str:
    return text_of(browse.get(f"/jura/beregn/{slug}/?{urlencode({'on': '2026-10-05'} | said)}"))


def test_a_contract_counts_its_months_and_options(browse: Browser) -> None:
    text = asked(browse, "kontraktvaerdi", monthly="12.000", months="36", options="Et år mere; 144.000")
    assert "Kontrakten er 576.000 kr. værd" in text
    assert "12.000 kr. om måneden × 36 måneder = 432.000 kr." in text


def test_a_running_purchase_says_when_the_limit_is_reached(browse: Browser) -> None:
    text = asked(browse, "loebende-koeb", limit="500.000", bought="Aftale; 400.000", change="100.000")
    assert "Grænsen bliver nået: 500.000 kr." in text
    text = asked(browse, "loebende-koeb", limit="500.000", bought="Aftale; 400.000", change="99.999")
    assert "Der er 1 kr. tilbage" in text


def test_three_schools_together_are_a_question(browse: Browser) -> None:
    bought = "A; 2026-02-01; 180.000\nB; 2026-05-10; 190.000\nC; 2026-09-01; 160.000"
    text = asked(browse, "opsplitning", limit="500.000", months="12", purchases=bought)
    assert "tilsammen 530.000 kr." in text
    assert "når ikke grænsen" in asked(browse, "opsplitning", limit="500.000", months="2", purchases=bought)


def test_the_two_ways_to_count_thirty_per_cent_may_disagree(browse: Browser) -> None:
    text = asked(
        browse, "30-procent", counted="2026-10-01", heads="24", target_heads="9",
        full_time="15,5", target_full_time="4,2",
    )  # fmt: skip
    assert "37,50 %" in text
    assert "Få en juridisk vurdering" in text


def test_a_line_that_cannot_be_read_is_named_and_kept(browse: Browser) -> None:
    address = "/jura/beregn/delydelser/?" + urlencode(
        {"on": "2026-10-05", "whole": "4.000.000", "lots": "2026-03-01; Vask; 300.000\nhvad som helst"}
    )
    page = browse.get(address)
    assert "Linje 2 skal have 3 dele med semikolon imellem" in text_of(page)
    assert "hvad som helst" in page.content.decode()


def test_what_looks_like_a_cpr_number_in_a_line_is_refused(browse: Browser) -> None:
    text = asked(browse, "loebende-koeb", limit="500.000", bought="010190-1234; 40.000")
    assert "ligner et CPR-nummer" in text


def test_a_year_without_figures_is_refused_in_the_form(browse: Browser) -> None:
    text = text_of(browse.get("/jura/beregn/fleksloentilskud/?on=2035-05-01&pay=9.000&full_pay=31.000"))
    assert "Vi mangler tallene for fleksløntilskud i 2035" in text


def test_a_sum_that_does_not_exist_is_not_found(browse: Browser) -> None:
    browse.get("/jura/beregn/findes-ikke/", status=404)
    assert "Beregn" in text_of(browse.get("/jura/beregn/"))
