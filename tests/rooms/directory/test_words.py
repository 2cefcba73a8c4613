# SPDX-License-Identifier: MPL-2.0
"""The room's own data and what it reads out of texts."""

from pathlib import Path

import pytest

from indgang.core.matching import own_language
from indgang.core.text import Refused
from indgang.directory import numbers
from indgang.directory.actions.listings import ListingFacts
from indgang.directory.categories import (
    all_categories,
    categories_of,
    category_of,
    cpv_label,
    find_category,
    is_cpv,
)
from indgang.directory.freshness import Standing
from indgang.directory.history import ACTS
from indgang.directory.models import Organisation
from indgang.directory.models.organisation import slug_of
from indgang.directory.places import (
    all_municipalities,
    municipality_code,
    municipality_name,
    municipality_of_town,
    neighbours_of,
    outlines,
)
from indgang.directory.removals import same_name
from indgang.directory.suggest.facts import Facts, facts_in
from indgang.directory.suggest.parts import parts_of
from indgang.directory.templatetags.directory import season
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[3]


def test_every_category_has_codes_that_exist_and_an_icon_that_is_drawn() -> None:
    sprite = (ROOT / "indgang/web/static/vendor/dkfds/img/all-svg-icons.svg").read_text("utf-8")
    for category in all_categories():
        assert f'id="{category.icon}"' in sprite, category.slug
        for prefix in category.cpv:
            assert any(is_cpv(code) for code in _codes(prefix)), (category.slug, prefix)
    assert len({category.slug for category in all_categories()}) == len(all_categories())


def _codes(prefix: str) -> list[str]:
    from indgang.directory.categories import _labels

    return [code for code in _labels() if code.startswith(prefix)]


@pytest.mark.parametrize(
    ("code", "slug"),
    [("90911300", "rengoering"), ("90620000", "groent"), ("90510000", "genbrug"), ("55120000", "moeder"),
     ("55510000", "mad"), ("79999100", "it"), ("79920000", "pakning"), ("98341130", "ejendom"), ("98310000", "vask"),
     ("50850000", "moebler"), ("09000000", "")],
)  # fmt: skip
def test_the_longest_prefix_decides_the_category(code: str, slug: str) -> None:
    assert category_of(code) == slug


def test_nearly_every_code_that_is_done_or_made_here_has_a_category() -> None:
    from indgang.directory.categories import _labels

    without = [code for code in _labels() if not category_of(code)]
    assert len(without) / len(_labels()) < 0.1


def test_categories_are_found_by_slug_and_unknown_codes_have_no_label() -> None:
    found = find_category("mad")
    assert found is not None
    assert found.label == "Mad, kantine og café"
    assert find_category("intet") is None
    assert cpv_label("00000000") == ""
    assert categories_of(["90911300", "00000000"]) == {"rengoering"}


def test_all_98_municipalities_are_known_by_name_code_town_and_to_the_matching(cast: Cast) -> None:
    assert len(outlines()) == 98
    for code, name in all_municipalities():
        assert municipality_code(name) == municipality_code(str(code)) == code
        assert municipality_code(f"{name} Kommune") == code
        if code not in (997, 998):
            assert municipality_of_town(name) == code, name
            assert own_language().places.municipality(name)
    assert municipality_name(997) == "Åbjerg"
    assert municipality_code("Ingenland") is None
    assert municipality_name(1) == "Kommune 1"


def test_neighbours_come_from_the_map_and_an_invented_municipality_has_none(cast: Cast) -> None:
    assert 766 in neighbours_of(615)
    assert 615 in neighbours_of(766)
    assert neighbours_of(997) == frozenset()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Op til 800 kits om ugen", Facts(capacity_a_week=800, capacity_unit="kits")),
        ("200 kuverter om dagen", Facts(capacity_a_week=1000, capacity_unit="kuverter")),
        ("Vi vil gerne vide det tre uger før", Facts(lead_days=21)),
        ("Varsel: 5 dage", Facts(lead_days=5)),
        ("Mindste opgave er 2.000 kr., højst 50.000 kroner", Facts(smallest_dkk=2000, largest_dkk=50000)),
        ("Vi leverer i hele landet", Facts(everywhere=True)),
        ("Vi kører i Horsens og Hedensted", Facts(areas=(766, 615))),
        ("Fra april til oktober", Facts(season_months=(4, 5, 6, 7, 8, 9, 10))),
        ("november til februar", Facts(season_months=(1, 2, 11, 12))),
        ("Vi rydder sne om vinteren", Facts(season_months=(1, 2, 11, 12))),
        ("Vi bor på Vejen og holder af Odense", Facts()),
        ("", Facts()),
    ],
)
def test_figures_and_places_are_read_out_of_a_text(db: None, text: str, facts: Facts) -> None:
    found = facts_in(text)
    assert (set(found.areas), found.season_months) == (set(facts.areas), facts.season_months)
    assert (found.capacity_a_week, found.capacity_unit, found.lead_days) == (
        facts.capacity_a_week, facts.capacity_unit, facts.lead_days,
    )  # fmt: skip
    assert (found.smallest_dkk, found.largest_dkk, found.everywhere) == (
        facts.smallest_dkk, facts.largest_dkk, facts.everywhere,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Vi pudser vinduer og gør rent. Vi kommer i Åbjerg.", 1),
        ("Havearbejde, cykelreparation og catering", 3),
        ("Ost, pølse og hjemmebagt brød", 1),
        ("Vi pudser vinduer.\nVi reparerer cykler.\nVi sender breve ud.", 3),
        ("Noget, som ingen kender et ord for", 1),
    ],
)
def test_unrelated_things_are_taken_apart_and_kindred_ones_stay_together(text: str, count: int) -> None:
    assert len(parts_of(text, own_language())) == count


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Papir & Pluk S.M.B.A.", "PAPIR & PLUK", True),
        ("Grøn Hånd Fonden", "Grøn Hånd", True),
        ("Aabyhøj Vask", "Åbyhøj Vask", True),
        ("Papir & Pluk", "Papir & Pluk 2", False),
    ],
)
def test_two_spellings_of_one_name_are_the_same(one: str, other: str, same: bool) -> None:
    assert (same_name(one, "Åbjerg") == same_name(other, "ÅBJERG")) is same


def test_addresses_are_made_of_names() -> None:
    assert slug_of("Grøn Hånd & Søn") == "groen-haand-soen"
    assert slug_of("北京") == "virksomhed"
    assert Organisation(pk=7, name="Ærø Øl").path == "/virksomheder/7-aeroe-oel/"


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((4, 5, 6), "april til juni"),
        ((11, 12, 1), "november til januar"),
        ((3,), "marts"),
        ((1, 6), "januar, juni"),
        ((), ""),
    ],
)
def test_a_season_is_said_as_people_say_it(months: tuple[int, ...], words: str) -> None:
    assert season(months) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+45 20304050", "20 30 40 50"), ("20 30 40 50", "20 30 40 50"), ("+46 8 123", "+468123"), ("", "")],
)
def test_telephone_numbers_are_written_one_way(typed: str, kept: str) -> None:
    assert numbers.phone_number(typed) == kept


def test_cvr_numbers_are_read_as_people_type_them() -> None:
    assert numbers.cvr_number("DK-99 20 28 31") == "99202831"
    with pytest.raises(Refused):
        numbers.cvr_number("DK")


def test_every_act_in_the_log_has_words() -> None:
    import re

    written = set()
    for file in (ROOT / "indgang/directory/actions").glob("*.py"):
        written |= set(
            re.findall(
                r'"((?:organisation|listing|place|open_place|contact|status|contact_person|interest|bar)\.[a-z_]+)"',
                file.read_text("utf-8"),
            )
        )
    silent = {"organisation.import", "organisation.remove"}
    by_a_page = {"evidence.read"}
    assert written - silent | by_a_page == set(ACTS)


def test_what_is_not_known_is_empty_and_never_counts() -> None:
    assert ListingFacts("Noget") == ListingFacts(text="Noget", cpv_codes=(), areas=())
    assert Standing().hidden_on is None
