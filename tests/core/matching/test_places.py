# SPDX-License-Identifier: MPL-2.0
"""Towns, municipalities, regions, neighbours."""

import pytest

from indgang.core.matching.places import read_places

PLACES = read_places()


def test_there_are_98_municipalities() -> None:
    assert len(PLACES.municipalities) == 98


def test_neighbours_are_neighbours_both_ways() -> None:
    for name, place in PLACES.municipalities.items():
        for other in place.neighbours:
            assert name in PLACES.municipalities[other].neighbours, (name, other)


@pytest.mark.parametrize(
    ("written", "municipality"),
    [
        ("Hobro", "Mariagerfjord"),
        ("8000 Aarhus C", "Aarhus"),
        ("Århus", "Aarhus"),
        ("Nordfyns Kommune", "Nordfyn"),
        ("Høje Taastrup", "Høje-Taastrup"),
        ("Nykøbing F.", "Guldborgsund"),
        ("ebeltoft", "Syddjurs"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_town_belongs_to_its_municipality(written: str, municipality: str) -> None:
    assert PLACES.municipality(written) == municipality


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("telefonpasning for vvs-firma i Hobro", "Mariagerfjord"),
        ("Sommerfest i Odense NØ", "Odense"),
        ("Bjørneklo langs Skjern Å", "Ringkøbing-Skjern"),
        ("Vi skal Give 10 gaver", ""),
        ("Ringe til kunder", ""),
        ("rengøring i vejle", ""),
    ],
)
def test_a_place_is_found_in_running_text(text: str, municipality: str) -> None:
    assert PLACES.found_in(text) == municipality


def test_regions_and_parts_of_the_country_cover_their_municipalities() -> None:
    fyn = PLACES.area(["Fyn"])
    assert fyn is not None
    assert "Odense" in fyn
    assert "Vejle" not in fyn
    everywhere = PLACES.area(["hele landet"])
    assert everywhere is not None
    assert len(everywhere) == 98
    both = PLACES.area(["Aarhus og omegn, Region Nordjylland"])
    assert both is not None
    assert {"Aarhus", "Thisted"} <= both


def test_an_area_that_is_not_understood_is_unknown_and_not_empty() -> None:
    assert PLACES.area(["Mars", ""]) is None
    assert PLACES.area([]) is None
