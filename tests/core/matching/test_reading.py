# SPDX-License-Identifier: MPL-2.0
"""Which trades a text is seen to speak of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.matching.reading import Reading, read
from indgang.core.matching.tokens import LONGEST_TEXT, cut
from indgang.core.matching.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()


def reading(text: str, *, offer: bool = False) -> Reading:
    return read(text, VOCABULARY, offer=offer)


def first_trade(text: str) -> str:
    return next(iter(reading(text).strengths), "")


def strength(text: str, trade: str, *, offer: bool = False) -> float:
    return reading(text, offer=offer).strengths.get(trade, 0.0)


@pytest.mark.parametrize(
    "text",
    ["kantinedrift", "drift af kantinen", "kantinen skal drives", "Vi søger en til at drive vores kantine"],
)
def test_compound_phrase_and_sentence_are_one(text: str) -> None:
    assert first_trade(text) == "canteen"


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("frokost til 90 børn i tre børnehaver", "children_meals"),
        ("sy puder til sofaerne", "sewing"),
        ("Vask af arbejdstøj for 12 børnehaver", "workwear_laundry"),
        ("Bjørneklo langs Skjern Å, maj-august", "invasive_species"),
        ("telefonpasning 8-16 for vvs-firma i Hobro", "phone_answering"),
        ("Hækken skal klippes to gange om året", "hedge_cutting"),
        ("rydning af lejlighed efter dødsfald", "house_clearing"),
        ("We need window cleaning every month", "window_cleaning"),
        ("Looking for someone to digitise old paper contracts", "scanning"),
        ("Repair of 40 company bicycles", "bike_repair"),
        ("Snow must be cleared before 6 am", "snow_clearing"),
        ("vi kan ikke selv klippe hækken mere", "hedge_cutting"),
        ("skraldespandene stinker", "container_cleaning"),
        ("gulvet knirker og skal slibes", "floors"),
    ],
)
def test_buyers_words_lead_to_the_trade(text: str, trade: str) -> None:
    assert first_trade(text) == trade


def test_a_longer_find_silences_what_lies_inside_it() -> None:
    assert strength("indkøb af rengøringsartikler", "cleaning") < 0.4
    assert first_trade("indkøb af rengøringsartikler") == "cleaning_supplies"
    assert strength("vask af biler", "laundry") < strength("vask af biler", "car_wash")


@pytest.mark.parametrize(
    ("apart", "in_one"),
    [
        ("gøre rent på kontoret", "rengøre kontoret"),
        ("kontoret gøres rent", "kontoret rengøres"),
        ("pakke 200 gaver ind", "indpakke 200 gaver"),
        ("computere skilles ad", "computere adskilles"),
        ("vi vil have hængt billeder op", "ophængning af billeder"),
        ("bordene skal tørres af", "aftørring af borde"),
    ],
)
def test_a_verb_and_its_particle_are_one_verb(apart: str, in_one: str) -> None:
    assert first_trade(apart) == first_trade(in_one) != ""


def test_a_preposition_is_no_particle() -> None:
    assert reading("afvask").text.tokens[0].word != reading("vask af duge").text.tokens[0].word
    assert first_trade("samle op til 20 reoler") == first_trade("samle 20 reoler")


def test_without_leaves_out_the_next_thing_and_no_more() -> None:
    assert strength("noget at spise til bestyrelsen uden kød", "eggs_meat") == 0
    assert strength("en fest uden øl med tapas til 40", "catering") > 0
    assert strength("rengøring uden for byen", "cleaning") == strength("rengøring i byen", "cleaning")


def test_a_part_of_a_word_is_not_the_thing() -> None:
    assert strength("kantineborde", "canteen") < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Græsslåning, ikke snerydning",
        "Græsslåning ekskl. snerydning",
        "Græsslåning uden at det omfatter; ikke snerydning",
    ],
)
def test_what_is_negated_is_not_asked_for(text: str) -> None:
    assert strength(text, "snow_clearing") < 0.2
    assert first_trade(text) == "lawn_mowing"


def test_not_only_is_no_negation() -> None:
    assert strength("ikke kun rengøring men også vinduespolering", "cleaning") > 0.5


def test_where_the_work_is_done_weighs_less_than_the_work() -> None:
    assert first_trade("rengøring af kantinen og museet") == "cleaning"
    assert strength("rengøring på museum", "museum") < 0.5


def test_a_purpose_is_not_a_place() -> None:
    assert strength("hænder til at pakke vareprøver", "packing") > 0.8


def test_those_who_ask_are_not_what_is_asked_for() -> None:
    text = "Vi er et malerfirma og vil have vasket arbejdstøj"
    assert strength(text, "painting") < strength(text, "workwear_laundry")
    text = "Lægehus mangler en til at tage telefonen"
    assert first_trade(text) == "phone_answering"


def test_an_aside_is_not_the_task() -> None:
    text = "Grøn drift af parker. Leverandøren skal opfylde krav om praktik og mentorordning."
    assert first_trade(text) == "green_areas"
    assert strength(text, "mentor") < 0.4


def test_words_of_the_contract_do_not_drown_the_task() -> None:
    text = (
        "Udbud: Rengøring af tre daginstitutioner. Kontrakten løber i to år med mulighed for forlængelse. Tilbudsgiver"
        " skal aflevere ESPD. Tildelingskriteriet er bedste forhold mellem pris og kvalitet."
    )
    assert first_trade(text) in ("cleaning", "school_cleaning")


def test_a_number_of_pallets_is_not_about_pallets() -> None:
    assert strength("20 paller blandet kabelskrot", "pallets") < 0.4
    assert strength("reparation af paller", "pallets") > 0.9


def test_a_list_before_a_shared_word_reaches_it() -> None:
    found = reading("Café-, konference- og kantinevirksomhed", offer=True).strengths
    assert {"cafe", "conference", "canteen"} <= set(found)


def test_where_people_are_trained_is_sold_less_firmly() -> None:
    assert strength("Rengøring", "cleaning", offer=True) > strength(
        "småjobs i rengøring", "cleaning", offer=True
    )


def test_english_words_count_only_in_an_english_text() -> None:
    assert strength("We are looking for a laundry for our towels", "laundry") > 0.5
    assert strength("Art og gift skal passe på", "gifts") == 0.0


def test_one_hint_beside_a_named_trade_says_little() -> None:
    assert strength("Honning til børn", "children_activities") < 0.2


def test_misspelled_words_still_count() -> None:
    assert first_trade("rengørring af kontor") in ("cleaning", "office_cleaning")


def test_what_the_askers_have_or_do_themselves_counts_little() -> None:
    assert strength("Syning af 40 puder, stof og gardiner har vi selv", "curtains") < 0.5
    assert strength("Daghjem for ældre. Kørsel af borgere varetages af kommunen", "passenger_transport") < 0.5
    assert strength("Vi kan ikke selv klippe hækken", "hedge_cutting") > 0.8


def test_who_asks_may_stand_before_a_colon() -> None:
    assert strength("Hotel: vi vil gerne have sæbe på værelserne", "hotel") < strength(
        "Hotel til 20", "hotel"
    )


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("bælgurtesalat", "vegetables"),
        ("zebragardiner", "curtains"),
        ("krummelurlampe", "lamps"),
    ],
)
def test_a_compound_that_is_half_known_is_a_kind_of_what_its_last_half_is(text: str, trade: str) -> None:
    assert first_trade(text) == trade


def test_the_evidence_points_at_the_words() -> None:
    found = reading("Vi bygger højbede og klipper hæk")
    tokens = found.text.tokens
    evidence = found.evidence["hedge_cutting"]
    assert [tokens[index].text for index in range(evidence.first, evidence.last + 1)] == ["klipper", "hæk"]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert cut("ca. 30 opkald dgl. til kl. 16 pr. dag", VOCABULARY.lexicon).sentences == 1
    assert cut("Vask. Rengøring!", VOCABULARY.lexicon).sentences == 2


def test_of_a_very_long_text_only_the_beginning_is_read() -> None:
    text = cut("vask af tøj " * 200_000, VOCABULARY.lexicon)
    assert text.shortened
    assert len(text.source) == LONGEST_TEXT


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = reading(text)
    assert all(0 < strength <= 1 for strength in found.strengths.values())
    assert list(found.strengths.values()) == sorted(found.strengths.values(), reverse=True)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(sorted(VOCABULARY.lexicon.light | {"kantine", "vask", "og", "af", ",", ".", "børn"})),
        max_size=25,
    )
)
def test_reading_is_the_same_every_time(words: list[str]) -> None:
    text = " ".join(words)
    assert reading(text) == reading(text)
