# SPDX-License-Identifier: MPL-2.0
"""Needs and offers as lines of JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.matching import Index
from indgang.core.matching.lines import answer_fields, read_needs, read_offers, written_lines
from indgang.core.matching.values import Need, Offer


def test_a_need_is_read_with_all_its_facts() -> None:
    line = json.dumps(
        {
            "id": 7,
            "text": "snerydning",
            "place": "Vejle",
            "value_dkk": 90000,
            "cpv": "90620000-9",
            "months": [12, 1],
            "per_week": "ca. 1.200 m",
        }
    )
    assert read_needs([line]).values == (
        Need("7", "snerydning", "Vejle", 90000, ("90620000",), frozenset((12, 1)), 1200.0),
    )


def test_an_offer_may_hold_several_unrelated_things() -> None:
    line = json.dumps(
        {
            "id": "a",
            "name": "A",
            "municipality": None,
            "offers": ["Rengøring", "Honning"],
            "rsv": None,
            "capacity_per_week": 12.5,
        }
    )
    (offer,) = read_offers([line]).values
    assert [listing.text for listing in offer.listings] == ["Rengøring", "Honning"]
    assert {listing.capacity_per_week for listing in offer.listings} == {12.5}


def test_broken_lines_are_named_by_number_and_the_good_ones_go_on() -> None:
    lines = [
        '{"id": "1", "text": "vask"}',
        "",
        "nej",
        "[1]",
        '{"text": "uden id"}',
        '{"id": "2", "text": ""}',
        '{"id": "1", "text": "igen"}',
        '{"id": "3", "text": "hæk"}',
    ]
    read = read_needs(lines)
    assert [need.id for need in read.values] == ["1", "3"]
    assert [line.number for line in read.broken] == [3, 4, 5, 6, 7]
    assert "ikke JSON" in str(read.broken[0].reason)
    assert "allerede brugt" in str(read.broken[4].reason)


def test_a_personal_number_is_refused_and_never_repeated() -> None:
    needs = read_needs(['{"id": "1", "text": "følge til læge for 010190-1234"}'])
    offers = read_offers(['{"id": "1", "name": "x", "offers": "ring til 0101901234"}'])
    for read in (needs, offers):
        assert read.values == ()
        assert "CPR-nummer" in str(read.broken[0].reason)
        assert "1234" not in str(read.broken[0].reason)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"cpv": "123"}, "otte cifre"),
        ({"value_dkk": -1}, "ikke er negativt"),
        ({"value_dkk": True}, "skal være et tal"),
        ({"value_dkk": "mange"}, "skal være et tal"),
        ({"months": [13]}, "måneder fra 1 til 12"),
        ({"place": ["Vejle"]}, "skal være tekst"),
    ],
)
def test_a_wrong_field_is_named_in_a_sentence(fields: dict[str, object], sentence: str) -> None:
    read = read_needs([json.dumps({"id": "1", "text": "vask", **fields})])
    assert sentence in str(read.broken[0].reason)


def test_an_answer_becomes_the_agreed_fields() -> None:
    answer = Index([Offer.of("1", "A", "Snerydning")]).search(Need("n", "snerydning"))
    fields = answer_fields(answer)
    assert set(fields) == {"id", "matches", "cpv"}
    assert set(fields["matches"][0]) == {"id", "score", "reasons", "missing"}
    assert fields["matches"][0]["missing"] is None
    assert set(fields["cpv"][0]) == {"code", "label", "score"}
    json.dumps(fields)


def test_all_kinds_of_line_ends_are_understood() -> None:
    assert list(written_lines("a\r\nb\nc\rd")) == ["a", "b", "c", "d"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_lines_are_read_without_trouble(lines: list[str]) -> None:
    read = read_needs(lines)
    assert len(read.values) + len(read.broken) <= len(lines)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    )
)
def test_any_json_value_in_any_field_is_read_or_refused(value: object) -> None:
    for field in ("id", "text", "place", "value_dkk", "cpv", "months", "per_week"):
        read_needs([json.dumps({"id": "1", "text": "vask", field: value})])
    for field in ("name", "offers", "areas", "rsv", "capacity_per_week", "target_groups"):
        read_offers([json.dumps({"id": "1", "name": "x", "offers": "vask", field: value})])


@pytest.mark.parametrize(
    ("said", "meant"), [("ja", True), ("Nej", False), (True, True), (None, None), ("", None)]
)
def test_rsv_is_read_as_spreadsheets_write_it(said: object, meant: bool | None) -> None:
    offers = read_offers([json.dumps({"id": "1", "offers": "vask", "rsv": said})]).values
    assert [offer.rsv for offer in offers] == [meant]


def test_a_word_that_is_neither_yes_nor_no_is_told_with_its_line() -> None:
    broken = read_offers([json.dumps({"id": "1", "offers": "vask", "rsv": "måske"})]).broken
    assert [line.number for line in broken] == [1]
