# SPDX-License-Identifier: MPL-2.0
"""Who can do this? Asked of a small index."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.matching import Changes, Index, Language, Listing, Need, Offer, own_language
from indgang.core.matching.classification import read_labels
from indgang.core.matching.places import read_places
from indgang.core.matching.vocabulary import read_vocabulary

KITCHEN = Offer.of("kitchen", "Køkkenet", "Mad ud af huset til fest, frokostordninger", municipality="Vejle")
LAUNDRY = Offer.of(
    "laundry", "Vaskeriet", "Vask, tørring og foldning af tøj, afhentning og levering", municipality="Aarhus"
)
GREEN = Offer.of("green", "Grønne Hænder", "Græsslåning, hækklipning og snerydning", municipality="Vejle")
PACKING = Offer.of("packing", "Pakkeriet", "Pakning, etikettering og kuvertering", municipality="Horsens")
ALL = (KITCHEN, LAUNDRY, GREEN, PACKING)


def ids(index: Index, text: str, **facts: object) -> list[str]:
    return [match.id for match in index.search(Need("n", text, **facts)).matches]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ALL)


def test_the_one_who_does_it_comes_first(index: Index) -> None:
    assert ids(index, "Vask af arbejdstøj for 12 børnehaver")[0] == "laundry"
    assert ids(index, "frokost til 90 børn")[0] == "kitchen"
    assert ids(index, "hækken skal klippes")[0] == "green"


def test_nobody_is_an_empty_answer(index: Index) -> None:
    answer = index.search(Need("n", "ny tanksprøjte til brandstationen"))
    assert answer.matches == ()
    assert answer.trades


def test_a_text_without_any_meaning_has_nobody(index: Index) -> None:
    assert ids(index, "og det er en") == []
    assert ids(index, "!!! ??? 123") == []


def test_a_trade_that_is_seldom_sold_is_not_answered_with_a_neighbour() -> None:
    accounts = Offer.of("accounts", "Kontoret", "Bogføring, fakturering og lønkørsel for foreninger")
    lawyers = Offer.of("lawyers", "Advokaterne", "Juridisk rådgivning og advokatbistand")
    index = Index((accounts, lawyers))
    assert ids(index, "Revision af årsregnskab for et holdingselskab") == []
    assert ids(index, "bogføring for en forening") == ["accounts"]
    assert ids(index, "advokat til en retssag")[0] == "lawyers"


def test_the_first_reason_points_at_the_listings_own_words(index: Index) -> None:
    first = index.search(Need("n", "Vask af arbejdstøj for 12 børnehaver")).matches[0]
    assert "»Vask, tørring og foldning af tøj" in str(first.reasons[0])
    assert str(first.reasons[0]).startswith("Sælger vask af tøj og linned")


def test_every_proposal_has_one_to_three_reasons(index: Index) -> None:
    for text in ("snerydning", "pakke gaver", "buffet til reception", "grøn pleje og mad til personalet"):
        for match in index.search(Need("n", text)).matches:
            assert 1 <= len(match.reasons) <= 3
            assert all(str(reason) for reason in match.reasons)


def test_a_neighbouring_trade_says_what_is_missing(index: Index) -> None:
    match = next(
        m for m in index.search(Need("n", "samling af gaveæsker og montage")).matches if m.id == "packing"
    )
    assert match.reasons
    near = next(m for m in index.search(Need("n", "kantinedrift på rådhuset")).matches if m.id == "kitchen")
    assert "tæt på kantinedrift" in str(near.reasons[0]) or near.missing is not None


def test_several_tasks_are_answered_one_by_one(index: Index) -> None:
    answer = index.search(Need("n", "Græsslåning på 3 skoler, og så mangler vi buffet til sommerfesten"))
    assert [part.trade for part in answer.parts] == ["græsslåning", "catering og mad til selskaber"]
    assert [part.matches[0].id for part in answer.parts] == ["green", "kitchen"]
    assert answer.parts[0].text == "Græsslåning på 3 skoler"


def test_one_task_has_no_parts(index: Index) -> None:
    assert index.search(Need("n", "Vask af arbejdstøj")).parts == ()


def test_codes_are_suggested_for_the_need(index: Index) -> None:
    codes = index.search(Need("n", "snerydning på 7 institutioner")).cpv
    assert codes[0].code == "90620000"
    assert codes[0].label == "Snerydning"


def test_a_code_alone_finds_the_trade(index: Index) -> None:
    assert ids(index, "se vedlagte bilag", cpv=("98310000",))[0] == "laundry"


def test_a_code_on_the_listing_is_a_reason() -> None:
    coded = Offer("coded", "Firmaet", listings=(Listing("Se vores hjemmeside", cpv=("90620000",)),))
    answer = Index([coded]).search(Need("n", "snerydning"))
    assert [match.id for match in answer.matches] == ["coded"]
    assert "koden" in str(answer.matches[0].reasons[0])


def test_the_place_of_delivery_counts_and_the_seat_never_does() -> None:
    here = Offer("here", "A", "Skagen", (Listing("Rengøring", areas=("Vejle",)),))
    next_door = Offer("next door", "B", "Vejle", (Listing("Rengøring", areas=("Kolding",)),))
    far = Offer("far", "C", "Vejle", (Listing("Rengøring", areas=("Bornholm",)),))
    silent = Offer("silent", "D", "Rønne", (Listing("Rengøring"),))
    matches = (
        Index([far, next_door, silent, here]).search(Need("n", "rengøring af kontor", place="Vejle")).matches
    )
    assert [match.id for match in matches] == ["here", "silent", "next door", "far"]
    assert "Leverer i Vejle" in [str(reason) for reason in matches[0].reasons]
    assert matches[1].missing is None
    assert "spørg, om de også vil til Vejle" in str(matches[2].missing)
    assert "ikke i Vejle" in str(matches[3].missing)


def test_what_is_sent_may_come_from_anywhere() -> None:
    far = Offer("far", "C", "Bornholm", (Listing("Vi rister kaffe", areas=("Bornholm",)),))
    match = Index([far]).search(Need("n", "20 kg kaffe om måneden", place="Skagen")).matches[0]
    assert match.missing is None


def test_size_season_capacity_and_notice_move_the_rank_and_are_said() -> None:
    small = Offer("small", "A", listings=(Listing("Snerydning", largest_job_dkk=50_000),))
    summer = Offer("summer", "B", listings=(Listing("Snerydning", months=frozenset((5, 6, 7))),))
    slow = Offer("slow", "C", listings=(Listing("Snerydning", lead_time_days=60),))
    fit = Offer("fit", "D", listings=(Listing("Snerydning", largest_job_dkk=500_000, lead_time_days=5),))
    need = Need("n", "snerydning", value_dkk=200_000, months=frozenset((12, 1)), days_until_start=14)
    matches = {match.id: match for match in Index([small, summer, slow, fit]).search(need).matches}
    assert next(iter(matches)) == "fit"
    assert "højst 50.000 kr." in str(matches["small"].missing)
    assert "maj-juli" in str(matches["summer"].missing)
    assert "60 dages varsel" in str(matches["slow"].missing)
    assert matches["fit"].missing is None


def test_what_both_sides_leave_open_changes_nothing() -> None:
    plain = Index([KITCHEN]).search(Need("n", "buffet til 60")).matches[0]
    stated = (
        Index([KITCHEN])
        .search(
            Need(
                "n",
                "buffet til 60",
                place="Vejle",
                value_dkk=10_000,
                months=frozenset((5,)),
                per_week=60,
                days_until_start=3,
            )
        )
        .matches[0]
    )
    assert plain == stated


def test_an_offer_is_replaced_and_taken_out_by_its_id() -> None:
    index = Index(ALL)
    index.apply(
        Changes(put=(Offer.of("green", "Grønne Hænder", "Vinduespolering"),), removed=("laundry", "unknown"))
    )
    assert len(index) == 3
    assert ids(index, "vask af arbejdstøj") == []
    assert ids(index, "pudsning af vinduer") == ["green"]
    assert ids(index, "klipning af hæk") == []


def test_the_same_id_twice_in_one_change_counts_once() -> None:
    index = Index([LAUNDRY, Offer.of("laundry", "Vaskeriet", "Snerydning")])
    assert len(index) == 1
    assert ids(index, "snerydning") == ["laundry"]


def test_an_empty_index_answers_nobody() -> None:
    assert Index().search(Need("n", "rengøring")).matches == ()


def test_an_offer_without_text_is_never_proposed() -> None:
    assert ids(Index([Offer("x", "Tom"), Offer.of("y", "Tekst", "")]), "rengøring") == []


def test_no_more_than_asked_for_are_proposed() -> None:
    many = [Offer.of(str(number), f"Firma {number}", "Rengøring og vinduespolering") for number in range(30)]
    answer = Index(many).search(Need("n", "rengøring af kontor"), top=7)
    assert len(answer.matches) == 7


def test_scores_fall_and_lie_between_nothing_and_certainty(index: Index) -> None:
    scores = [match.score for match in index.search(Need("n", "pakning af gaver og buffet")).matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_municipality_brings_its_own_words() -> None:
    vocabulary = read_vocabulary('[laundry]\nwords = "tøjstuen"\n')
    language = Language(vocabulary, read_labels(), read_places())
    assert ids(Index(ALL, language=language), "hvem kan overtage tøjstuen?") == ["laundry"]
    assert ids(Index(ALL), "hvem kan overtage tøjstuen?") == []


def test_searching_while_others_change_the_index_is_safe() -> None:
    index = Index(ALL)
    errors: list[BaseException] = []

    def change() -> None:
        try:
            for number in range(15):
                index.apply(
                    Changes(
                        put=(Offer.of(f"new{number}", "Ny", "Vask af duge"),), removed=(f"new{number - 2}",)
                    )
                )
        except BaseException as error:
            errors.append(error)

    def ask() -> None:
        try:
            for _ in range(40):
                assert "laundry" in ids(index, "vask af håndklæder")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=target) for target in (change, change, ask, ask)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(index) == len(ALL) + 2


TEXTS = [
    "vask af tøj",
    "Rengøring",
    "græs og hæk",
    "café",
    "honning",
    "",
    "og",
    "montage; pakning",
    "ødelagt zwurbel",
]


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(TEXTS)),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(TEXTS)),
    st.sets(st.sampled_from("abcdef")),
)
def test_changing_an_index_is_the_same_as_building_it_anew(
    first: dict[str, str], then: dict[str, str], removed: set[str]
) -> None:
    changed = Index(Offer.of(id, id, text) for id, text in first.items())
    changed.apply(
        Changes(put=tuple(Offer.of(id, id, text) for id, text in then.items()), removed=tuple(removed))
    )
    left = {id: text for id, text in first.items() if id not in removed} | then
    anew = Index(Offer.of(id, id, text) for id, text in left.items())
    for text in ("vask af duge og lagner", "hæk", "café og honning"):
        assert changed.search(Need("n", text)).matches == anew.search(Need("n", text)).matches


def test_the_own_language_is_made_once() -> None:
    assert own_language() is own_language()
