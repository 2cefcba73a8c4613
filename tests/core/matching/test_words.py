# SPDX-License-Identifier: MPL-2.0
"""Danish words down to the parts that carry meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.matching import own_language
from indgang.core.matching.english import stem
from indgang.core.matching.spelling import is_close, sound_of
from indgang.core.matching.words import Lexicon

LEXICON = own_language().vocabulary.lexicon


def atoms(word: str) -> tuple[str, ...]:
    return LEXICON.read(word).atoms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kantinen", "kantiner"),
        ("rengøres", "rengøring"),
        ("flytte", "flytning"),
        ("børnene", "børn"),
        ("vinduerne", "vindue"),
        ("cyklerne", "cykel"),
        ("busserne", "bus"),
        ("håndværkerne", "håndværker"),
        ("grønsager", "grøntsager"),
        ("café", "cafe"),
        ("repareres", "reparation"),
    ],
)
def test_forms_of_one_word_are_read_alike(one: str, other: str) -> None:
    assert atoms(one) == atoms(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kantinedriften", ("kantine", "drive")),
        ("trappevask", ("trappe", "vaske")),
        ("skolemadsordning", ("skole", "mad", "ordning")),
        ("arbejdstøj", ("arbejde", "tøj")),
        ("fliserens", ("flise", "rense")),
        ("tv-spuling", ("tv", "spule")),
        ("elcykler", ("elcykel",)),
    ],
)
def test_compounds_fall_into_their_parts(word: str, parts: tuple[str, ...]) -> None:
    assert atoms(word) == parts


@pytest.mark.parametrize("word", ["vindue", "billet", "syltetøj", "håndværk", "papirkurv", "børnehave"])
def test_a_word_that_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert len(atoms(word)) == 1


def test_the_head_of_a_compound_skips_parts_that_add_nothing() -> None:
    word = LEXICON.read("rengøringsopgaver")
    assert word.atoms[word.head] == "rengøre"
    word = LEXICON.read("rengøringsvogn")
    assert word.atoms[word.head] == "vogn"


@pytest.mark.parametrize(
    ("misspelled", "meant"),
    [
        ("rengørring", "rengøring"),
        ("kermaik", "keramik"),
        ("vinduespusning", "vinduespudsning"),
        ("bjorneklo", "bjørneklo"),
        ("montagge", "montage"),
        ("cathering", "catering"),
        ("haandvaerk", "håndværk"),
    ],
)
def test_a_misspelled_word_is_read_as_the_word_that_was_meant(misspelled: str, meant: str) -> None:
    assert atoms(misspelled) == atoms(meant)


@pytest.mark.parametrize("word", ["vinderen", "koncepter", "vejle", "kassetter", "svigermor", "opdeles"])
def test_everyday_words_are_not_corrected_into_trades(word: str) -> None:
    assert LEXICON.read(word).kind != "spelled"


def test_small_words_carry_no_trade() -> None:
    assert atoms("og") == atoms("til") == ()


def test_an_unknown_word_keeps_a_stem_of_its_own() -> None:
    word = LEXICON.read("zwurbelerne")
    assert (word.atoms, word.kind) == (("zwurbel",), "guess")


def test_english_words_never_stand_inside_a_danish_compound() -> None:
    lexicon = Lexicon("[words]\nhus\n")
    lexicon.learn_english(["art"])
    assert len(lexicon.read("arthus").atoms) == 1
    lexicon.learn(["kunst"])
    assert lexicon.read("kunsthus").atoms == ("kunst", "hus")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bicycles", "bicycle"),
        ("repaired", "repairs"),
        ("cleaning", "cleaned"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("packing", "packed"),
        ("mowing", "mow"),
    ],
)
def test_forms_of_one_english_word_are_read_alike(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_what_both_languages_have_speaks_for_neither() -> None:
    assert LEXICON.is_english(["firewood"])
    assert LEXICON.is_english(["repair", "of", "40", "company", "bicycles"])
    assert not LEXICON.is_english(["catering"])
    assert not LEXICON.is_english(["teambuilding", "og", "event", "for", "40", "medarbejdere"])
    assert not LEXICON.is_english([])


def test_a_word_list_with_an_unknown_section_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"unknown section \[nonsense\]"):
        Lexicon("[nonsense]\nord\n")


@given(st.text(max_size=80))
def test_any_word_is_read_without_trouble(written: str) -> None:
    word = LEXICON.read(written.lower())
    assert not word.atoms or 0 <= word.head < len(word.atoms)


@given(st.sampled_from(["kantinedrift", "vinduespolering", "montage", "keramik"]), st.data())
def test_one_letter_left_out_is_close(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert is_close(word[:place] + word[place + 1 :], word)


def test_words_that_sound_alike_share_a_key() -> None:
    assert sound_of("hvidvask") == sound_of("vidvask")
    assert sound_of("center") == sound_of("senter")
    assert sound_of("kantine") != sound_of("kabine")
