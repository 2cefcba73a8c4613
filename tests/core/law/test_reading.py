# SPDX-License-Identifier: MPL-2.0
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.law.pack import load
from indgang.core.law.reading import read_facts
from indgang.core.law.truth import Unknown
from indgang.core.text import Refused
from tests.core.law.case import ask

PACK = load()
PURCHASE = {"kind": "goods", "cpv_main": "39000000", "value_dkk": 480_000, "kgi": "no"}


def read(**facts: object) -> Mapping[str, object]:
    return read_facts(PACK, {**PURCHASE, **facts}).values


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"value_dkk": -1}, "value_dkk er -1"),
        ({"value_dkk": 0}, "større end nul"),
        ({"value_dkk": True}, "Skriv et beløb i kroner"),
        ({"value_dkk": float("nan")}, "Skriv et beløb i kroner"),
        ({"value_dkk": float("inf")}, "Skriv et beløb i kroner"),
        ({"value_dkk": "mange penge"}, "Skriv et beløb i kroner"),
        ({"value_dkk": "480.00"}, "Skriv et beløb i kroner"),
        ({"value_dkk": [480_000]}, "Skriv et beløb i kroner"),
        ({"value_dkk": 480.0}, "fjern det, fx 480000"),
        ({"duration_months": 0}, "null, når der ikke er en slutdato"),
        ({"duration_months": -12}, "Skriv antallet af måneder"),
        ({"cpv_main": "39000001"}, "findes ikke i CPV-listen"),
        ({"cpv_main": "3900"}, "otte cifre"),
        ({"cpv_main": "39000000-22"}, "otte cifre"),
        ({"publication_date": "5/10-2026"}, "dato som 2026-09-01"),
        ({"publication_date": "2026-02-30"}, "dato som 2026-09-01"),
        ({"kgi": "måske"}, "kgi kan ikke være måske"),
        ({"method": "directly"}, "Den nærmeste er direct"),
        ({"wish": ["reserve_to_rsv", "require_non_profit"]}, "wish kan ikke være"),
        ({"kind": "Goods?"}, "Den nærmeste er goods"),
        ({"kind": None}, "kind mangler"),
        ({"kind": "unknown"}, "kind mangler"),
        ({"performed_in_dk": 3}, "ja eller nej"),
        ({"valeu_dkk": 3}, "Den nærmeste er value_dkk"),
        ({"supplier": {"rsw": True}}, "rsw i supplier. Den nærmeste er rsv"),
        ({"supplier": "RSV"}, "egne oplysninger"),
        ({"supplier": {"share_target_group_pct": 101}}, "mellem 0 og 100"),
        ({"market": {"n_ws30": 1.5}}, "helt antal"),
        ({"employment": {"hours_week": -1}}, "ikke er negativt"),
        ({"lots": {"value_dkk": 1}}, "skal være en liste"),
        ({"lots": [{"cpv_main": "39000000"}]}, "skal have en værdi"),
        ({"lots": [400_000]}, "skal have en værdi"),
        ({"lots": [{"value_dkk": 1000, "price": 2}]}, "Vi kender ikke oplysningen price i lots"),
        ({"threshold": 1}, "regner vi selv ud"),
        ({"art77": True}, "regner vi selv ud"),
        ({"related_value_dkk": 100_000}, "related_value_dkk er mindre end value_dkk"),
        ({"part": {"value_dkk": 500_000}}, "part er mere værd"),
        (
            {"existing_agreement": {"total_value_dkk": 10_000, "delydelser_used_dkk": 20_000}},
            "er større end aftalens",
        ),
        ({"operating_risk": "supplier"}, "operating_risk siger"),
        ({"value_dkk": None, "monthly_dkk": 10_000}, "monthly_dkk bruges kun"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_that_says_what_to_do(
    facts: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused) as refusal:
        read(**facts)
    assert told in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


@pytest.mark.parametrize("raw", [None, 3, "kind: goods", ["kind"]])
def test_facts_are_names_with_values(raw: object) -> None:
    with pytest.raises(Refused, match="navne med værdier"):
        read_facts(PACK, raw)


@pytest.mark.parametrize(
    ("written", "meant"), [(True, "yes"), (False, "no"), ("yes", "yes"), ("nej", "no"), ("Ja", "yes")]
)
def test_cross_border_interest_is_yes_or_no_in_any_spelling(written: object, meant: str) -> None:
    assert read(kgi=written)["kgi"] == meant


@pytest.mark.parametrize("written", [True, "yes", "true", "Ja", "JA"])
def test_a_flag_is_yes_in_any_spelling(written: object) -> None:
    assert read(performed_in_dk=written)["performed_in_dk"] is True


@pytest.mark.parametrize("written", ["480.000", "480000", "480.000,00", 480_000, 480_000.0])
def test_an_amount_may_be_written_the_danish_way(written: object) -> None:
    assert read(value_dkk=written)["value_dkk"] == 480_000


@pytest.mark.parametrize("written", ["03000000", 3000000, "03000000-1", " 03000000 "])
def test_a_code_is_eight_digits_however_it_is_written(written: object) -> None:
    assert read(cpv_main=written)["cpv_main"] == "03000000"


def test_a_check_digit_is_dropped_and_said_to_be_unchecked() -> None:
    warned = [warning.da for warning in ask(**{**PURCHASE, "cpv_main": "39000000-9"}).warnings]
    assert warned == ["Vi har slået de otte cifre i 39000000-9 op. Kontrolcifret er ikke kontrolleret."]


def test_a_parent_of_a_listed_code_opens_nothing_and_no_code_is_proposed() -> None:
    answer = ask(kind="services", cpv_main="80500000", value_dkk=9_000_000, duration_months=24, kgi="no")
    assert "R190" in answer.blocked
    assert "80500000" in answer.blocked["R190"].da
    assert "80511000" not in str(answer.blocked)


def test_a_whole_scenario_is_read_by_its_facts() -> None:
    assert read_facts(PACK, {"id": "x", "in": PURCHASE, "expect": {}}).values == read()


def test_dotted_names_and_nested_ones_mean_the_same() -> None:
    assert read(**{"supplier.rsv": "ja"}) == read(supplier={"rsv": True})


def test_not_known_is_accepted_for_every_fact_but_the_kind() -> None:
    for name in PACK.facts:
        if name != "kind":
            assert isinstance(read(**{name: "unknown"})[name], Unknown)
            ask(**{**PURCHASE, name: "ved ikke"})


def test_an_amount_in_oere_pasted_as_kroner_gets_a_warning() -> None:
    warned = [warning.da for warning in ask(**{**PURCHASE, "value_dkk": 48_000_000}).warnings]
    assert warned == ["48.000.000 kr. er et meget stort beløb. Er det skrevet i øre, er det 480.000 kr."]
    assert ask(**{**PURCHASE, "value_dkk": 4_800_000}).warnings == []


def test_a_share_written_as_a_fraction_gets_a_warning() -> None:
    answer = ask(**PURCHASE, supplier={"share_target_group_pct": 0.35})
    assert any("35 og ikke 0,35" in warning.da for warning in answer.warnings)


def test_a_code_of_another_kind_gets_a_warning() -> None:
    answer = ask(**{**PURCHASE, "cpv_main": "90910000"})
    assert any("hører til tjenesteydelser, men der står varer" in warning.da for warning in answer.warnings)


def test_a_sole_trader_that_is_said_to_be_registered_gets_a_warning() -> None:
    answer = ask(**PURCHASE, supplier={"rsv": True, "legal_person": False})
    assert any("RSV-lovens § 4" in warning.da for warning in answer.warnings)


def test_two_prices_that_differ_give_the_larger_and_a_warning() -> None:
    answer = ask(
        kind="services",
        cpv_main="90910000",
        value_dkk=100_000,
        monthly_dkk=20_000,
        duration_months=12,
        kgi="no",
    )
    assert answer.value_dkk == 240_000
    assert any("Vi regner med den største" in warning.da for warning in answer.warnings)


def test_the_date_may_be_a_date_or_a_text() -> None:
    assert read(publication_date=date(2026, 9, 1)) == read(publication_date="2026-09-01")


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(PACK.facts)), st.text(max_size=12)),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates()),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
            ),
            max_leaves=5,
        ),
        max_size=8,
    )
)
def test_any_facts_at_all_are_answered_or_refused(raw: dict[str, Any]) -> None:
    with suppress(Refused):
        ask(**raw)
