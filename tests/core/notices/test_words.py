# SPDX-License-Identifier: MPL-2.0
"""Codes, places, groups, law and links: what a notice says in words."""

import json
import tomllib
from importlib.resources import files

import pytest

from indgang.core.notices import groups, places
from indgang.core.notices.codes import label, lists, unknown_codes
from indgang.core.notices.content import as_plain, from_plain
from indgang.core.notices.lawful import facts_of_law
from indgang.core.notices.links import official_address, publication_number, replaced_by, safe_address
from indgang.core.notices.notice import Lot, Notice, Organisation, Place
from tests.core.notices.samples import DATA, sample

ALL_SAMPLES = sorted(file.stem for file in DATA.glob("*.xml"))
MUNICIPALITIES = json.loads(
    files("indgang.core").joinpath("data/vendor/municipalities.json").read_text("utf-8")
)


def test_a_known_code_has_words_in_danish_and_english() -> None:
    assert label("reserved-procurement", "res-ws").startswith("Forbeholdt værksteder")
    assert label("contract-nature", "services", "en") == "Services"


def test_an_unknown_code_is_shown_as_it_stands() -> None:
    assert label("social-objective", "kindness") == "kindness"
    assert label("no-such-list", "x") == "x"


def test_every_label_is_there_in_both_languages() -> None:
    for name, codes in lists().items():
        for code, (danish, english) in codes.items():
            assert min(danish.strip(), english.strip()), (name, code)


def test_unknown_codes_are_found_and_nothing_else() -> None:
    assert unknown_codes(sample("kantine_resultat")) == set()
    assert unknown_codes(sample("ukendte_koder")) == {
        ("notice-subtype", "77"),
        ("notice-type", "cn-later"),
        ("form-type", "rethink"),
        ("procurement-procedure-type", "telepathy"),
        ("reserved-procurement", "res-mars"),
        ("reserved-execution", "perhaps"),
        ("social-objective", "kindness"),
    }


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_a_notice_survives_being_kept_as_json(name: str) -> None:
    notice = sample(name)
    assert from_plain(json.loads(json.dumps(as_plain(notice)))) == notice


def test_a_name_in_json_that_we_do_not_know_is_passed_over() -> None:
    assert from_plain({"title": "T", "from_the_future": 1}) == Notice(title="T")


def test_every_municipality_lies_in_exactly_one_province() -> None:
    listed = [code for area in places.provinces().values() for code in area.municipalities]
    assert sorted(listed) == sorted(one["code"] for one in MUNICIPALITIES["municipalities"])
    assert len(listed) == len(set(listed)) == 98
    assert places.province_of(740) == "DK042"
    assert places.province_of(997) == ""


def test_a_region_covers_its_provinces_and_the_country_covers_everything() -> None:
    assert places.within("DK04") == ("DK041", "DK042")
    assert places.within("DK042") == ("DK042",)
    assert places.within("SE224") == ("SE224",)
    assert places.within("DKZZZ") == ("DKZZZ",)
    assert places.codes_of([Place(nuts="DK05"), Place(nuts="DK042"), Place(nuts="DK050")]) == (
        "DK050",
        "DK042",
    )
    assert places.codes_of([Place(nuts="DK042"), Place(region="anyw-cou")]) == ()
    assert places.codes_of([Place(nuts="DK0")]) == places.codes_of([]) == ()


def test_places_have_names() -> None:
    assert (places.name_of("DK042"), places.name_of("DK04"), places.name_of("SE224")) == (
        "Østjylland", "Region Midtjylland", "SE224",
    )  # fmt: skip
    assert places.name_of("DK031", "en") == "Funen"


def test_a_lot_without_a_place_is_where_the_whole_is() -> None:
    notice = Notice(places=(Place(nuts="DK042"),), lots=(Lot(), Lot(places=(Place(nuts="DK050"),))))
    assert places.places_of(notice, notice.lots[0]) == notice.places
    assert [place.nuts for place in places.places_of(notice)] == ["DK042", "DK050"]


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("55512000", "food"),
        ("90910000", "cleaning"),
        ("98310000", "cleaning"),
        ("77310000", "green"),
        ("90511000", "waste"),
        ("50850000", "repair"),
        ("85312500", "care"),
        ("80530000", "work"),
        ("39110000", "furniture"),
        ("45000000", "building"),
        ("60130000", "transport"),
        ("79921000", "print"),
        ("92000000", "culture"),
        ("14000000", "other"),
        ("72000000", "digital"),
    ],
)
def test_a_code_belongs_to_the_group_that_people_would_look_in(code: str, group: str) -> None:
    assert groups.group_of(code) == group


def test_every_code_has_a_group_and_no_first_digits_stand_twice() -> None:
    text = files("indgang.core").joinpath("data/notices/groups.toml").read_text("utf-8")
    prefixes = [prefix for group in tomllib.loads(text).values() for prefix in group["cpv"]]
    assert len(prefixes) == len(set(prefixes))
    assert groups.groups_of(["99999999"]) == ("other",)
    assert groups.groups_of(["99999999", "55512000", "55520000"]) == ("food",)


def test_cpv_codes_have_their_official_words() -> None:
    assert groups.cpv_label("55512000") == "Drift af kantiner"
    assert groups.cpv_label("00000001") == "00000001"


def test_the_facts_of_law_name_lots_paragraph_and_condition() -> None:
    workshops, light, together = facts_of_law(sample("kantine"))
    assert (workshops.source, workshops.lots) == ("udbudslovens § 54", ("LOT-0001",))
    assert "mindst 30 %" in str(workshops.text)
    assert light.source == "udbudslovens §§ 186-190"
    assert "underleverandør" in str(together.title)


def test_a_buyer_abroad_or_another_directive_has_its_own_articles() -> None:
    lot = Lot(reserved_participation=("res-ws",))
    assert facts_of_law(Notice(lots=(lot,)))[0].source == "direktiv 2014/24/EU, art. 20"
    assert (
        facts_of_law(Notice(lots=(lot,), legal_basis="32014L0023"))[0].source
        == "direktiv 2014/23/EU, art. 24"
    )
    assert (
        facts_of_law(Notice(lots=(lot,), legal_basis="32014L0025"))[0].source
        == "direktiv 2014/25/EU, art. 38"
    )


def test_two_steps_a_dynamic_system_and_sheltered_work_are_told() -> None:
    lot = Lot(reserved_execution="yes", dynamic_system="dps-list")
    titles = [str(fact.title) for fact in facts_of_law(Notice(lots=(lot,), procedure="restricted"))]
    assert titles[0] == "Opgaven skal udføres som beskyttet beskæftigelse"
    assert titles[1] == "Først søger man, så byder man"
    assert titles[2].startswith("Dynamisk indkøbssystem")


def test_a_danish_notice_is_read_on_udbud_dk_and_another_on_ted() -> None:
    assert official_address(sample("kantine_version_2")) == (
        "https://udbud.dk/detaljevisning?noticeId=95bb6fad-29f8-5a07-af69-61a8cae8c90a&noticeVersion=02"
    )
    assert official_address(Notice(notice_id="x", publication_number="00123456-2026")) == (
        "https://ted.europa.eu/da/notice/-/detail/123456-2026"
    )
    assert official_address(Notice(notice_id="x")) == ""


def test_a_change_points_at_a_notice_or_a_publication() -> None:
    changes = (
        "95BB6FAD-29f8-5a07-af69-61a8cae8c90a-02",
        "00123456-2026",
        "nonsense",
        "95bb6fad-29f8-5a07-af69-61a8cae8c90a",
    )
    assert replaced_by(Notice(changes=changes)) == ("95bb6fad-29f8-5a07-af69-61a8cae8c90a", "123456-2026")
    assert publication_number("2026") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://udbud.example/a?b=1", "https://udbud.example/a?b=1"),
        ("www.udbud.example/materiale", "https://www.udbud.example/materiale"),
        ("javascript:alert(1)", ""),
        ('https://x.example/" onclick="x', ""),
        ("data:text/html,x", ""),
        ("se bilag", ""),
    ],
)
def test_only_a_web_address_becomes_a_link(text: str, address: str) -> None:
    assert safe_address(text) == address


def test_a_company_number_is_danish_or_none() -> None:
    assert Organisation(number="DK 22 22 22 22", country="DNK").cvr_number == "22222222"
    assert Organisation(number="22222222", country="SWE").cvr_number == ""
    assert Organisation(number="123").cvr_number == ""
