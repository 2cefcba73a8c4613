# SPDX-License-Identifier: MPL-2.0
"""The trade vocabulary itself: nothing dangles, nothing is claimed by all, nothing is lost on the way in."""

from collections import Counter

import pytest

from indgang.core.matching.classification import read_labels
from indgang.core.matching.vocabulary import (
    Vocabulary,
    atoms_of,
    english_atoms_of,
    is_whole,
    read_lexicon,
    read_tables,
    read_vocabulary,
)
from indgang.core.text import Refused

VOCABULARY = read_vocabulary()
TABLES = read_tables()
LABELS = read_labels()
FIELDS = {"da", "en", "words", "hints", "english", "not", "cpv", "broader", "near", "reach", "season", "sold"}


def phrases(table: dict[str, str], field: str) -> list[str]:
    return [phrase.strip() for phrase in table.get(field, "").split(",") if phrase.strip()]


def test_there_are_several_hundred_trades() -> None:
    assert len(VOCABULARY.concepts) > 350


def test_every_trade_has_a_name_in_both_languages_words_and_a_code() -> None:
    for name, table in TABLES.items():
        assert all(table.get(field) for field in ("da", "en", "words", "english", "cpv")), name
        assert set(table) <= FIELDS, name


def test_every_neighbour_and_parent_exists() -> None:
    for concept in VOCABULARY.concepts.values():
        assert set(concept.near) <= set(VOCABULARY.concepts), concept.id
        assert not concept.broader or concept.broader in VOCABULARY.concepts, concept.id
        assert concept.id not in concept.near
        assert all(0 < weight < 1 for weight in concept.near.values()), concept.id


def test_every_code_is_an_official_one() -> None:
    assert LABELS, "make setup places the official codes"
    for concept in VOCABULARY.concepts.values():
        assert set(concept.cpv) <= set(LABELS), concept.id


def test_reach_and_season_are_known_words() -> None:
    assert {concept.reach for concept in VOCABULARY.concepts.values()} <= {"local", "anywhere"}
    assert {concept.season for concept in VOCABULARY.concepts.values()} <= {"", "winter", "summer"}


def test_no_words_are_claimed_by_more_than_three_trades() -> None:
    claims = Counter(frozenset(key.atoms) for key in VOCABULARY.keys if key.kind == "word")
    assert {atoms: count for atoms, count in claims.items() if count > 3} == {}


def test_no_single_hint_is_shared_by_more_than_a_dozen_trades() -> None:
    claims = Counter(key.atoms for key in VOCABULARY.keys if key.kind == "hint" and len(key.atoms) == 1)
    assert {atoms: count for atoms, count in claims.items() if count > 13} == {}


def test_no_phrase_shrinks_to_a_single_word_or_to_nothing() -> None:
    lexicon = VOCABULARY.lexicon
    shrunk = [
        (name, field, phrase)
        for name, table in TABLES.items()
        for field in ("words", "hints", "not")
        for phrase in phrases(table, field)
        if len(atoms_of(phrase, lexicon)) < (1 if is_whole(phrase, lexicon) else 2)
    ]
    shrunk += [
        (name, "english", phrase)
        for name, table in TABLES.items()
        for phrase in phrases(table, "english")
        if len(english_atoms_of(phrase, lexicon)) < (2 if " " in phrase else 1)
    ]
    assert shrunk == []


def test_no_phrase_is_written_twice_in_one_field() -> None:
    for name, table in TABLES.items():
        for field in ("words", "hints", "english", "not"):
            counts = Counter(phrases(table, field))
            assert [phrase for phrase, count in counts.items() if count > 1] == [], (name, field)


def test_every_word_of_a_trade_leads_to_it() -> None:
    """A text that is nothing but a trade's own name is read as that trade or as one of its neighbours."""
    from indgang.core.matching.kinship import Kinship
    from indgang.core.matching.reading import read

    kinship = Kinship(VOCABULARY)
    lost = []
    for concept in VOCABULARY.concepts.values():
        found = list(read(concept.da, VOCABULARY).strengths)[:3]
        if not any(kinship.between(concept.id, other) >= 0.4 for other in found):
            lost.append((concept.da, found))
    assert lost == []


def test_a_municipality_adds_a_trade_and_words_of_its_own() -> None:
    vocabulary = read_vocabulary(
        """
        [kite_making]
        da = "Dragebygning"
        en = "kite making"
        words = "dragebygning, bygge drager"
        near = { wood_workshop = 0.5 }

        [laundry]
        words = "tøjstuen"
        """
    )
    from indgang.core.matching.reading import read

    assert next(iter(read("Vi vil bygge drager med børnene", vocabulary).strengths)) == "kite_making"
    assert next(iter(read("tøjstuen på Bakkegården", vocabulary).strengths)) == "laundry"
    assert next(iter(read("vask af duge", vocabulary).strengths)) == "laundry"
    assert "kite_making" not in read_vocabulary().concepts


@pytest.mark.parametrize(
    ("text", "part_of_sentence"),
    [
        ("[a\n", "kan ikke læses som TOML"),
        ("a = 1\n", "ét fag pr. tabel"),
        ("[ny]\nda = 'Nyt'\n", "mangler feltet en"),
        ("[laundry]\nfarve = 'blå'\n", "ukendt felt: farve"),
        ("[laundry]\nnear = { findes_ikke = 0.5 }\n", "det fag findes ikke"),
    ],
)
def test_a_broken_file_of_the_municipality_is_refused_with_a_sentence(
    text: str, part_of_sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        read_vocabulary(text)
    assert part_of_sentence in str(refusal.value)


def test_a_name_in_mid_sentence_begins_with_a_small_letter_unless_it_is_an_abbreviation() -> None:
    assert VOCABULARY.label("canteen") == "kantinedrift"
    assert VOCABULARY.label("stu").startswith("STU")


def test_a_vocabulary_can_be_built_from_plain_tables() -> None:
    table = {"da": "Test", "en": "test", "words": "dragebygning"}
    vocabulary = Vocabulary({"kite": table}, read_lexicon())
    assert [key.concept for key in vocabulary.keys] == ["kite"]
