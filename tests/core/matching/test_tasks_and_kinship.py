# SPDX-License-Identifier: MPL-2.0
"""From words to tasks, and from one trade to its neighbours."""

from indgang.core.matching import Need, own_language
from indgang.core.matching.kinship import Kinship
from indgang.core.matching.vocabulary import Vocabulary, read_lexicon

LANGUAGE = own_language()


def leads(text: str) -> list[str]:
    return [task.lead for task in LANGUAGE.profile(Need("n", text)).several()]


def test_two_tasks_in_one_need_are_two() -> None:
    assert leads("Bygge 2 cykelskure i træ + male de gamle skraldeskure") in (
        ["outdoor_wood", "painting"],
        ["carpentry", "painting"],
    )
    assert leads("Græsslåning, og derudover regnskab for foreningen") == ["lawn_mowing", "bookkeeping"]


def test_what_is_named_first_weighs_most() -> None:
    tasks = LANGUAGE.profile(Need("n", "Grafisk design, video og korrektur")).tasks
    assert [task.lead for task in tasks][:1] == ["graphic_design"]
    assert tasks[0].weight > tasks[-1].weight


def test_in_a_longer_text_the_sentence_that_names_the_trade_leads() -> None:
    notice = (
        "Kørsel med mad til borgere. Udbringning af kølet mad til hjemmeboende to gange ugentligt. "
        "Chaufføren stiller maden i køleskabet, og der skal føres regnskab og holdes kurser i hygiejne."
    )
    tasks = LANGUAGE.profile(Need("n", notice)).tasks
    assert tasks[0].lead == "meal_transport"
    assert all(task.weight < 0.75 for task in tasks if task.lead in ("bookkeeping", "courses"))


def test_two_words_for_one_task_are_one() -> None:
    assert leads("rengøring og hovedrengøring på skolen") == []
    assert leads("pakning og etikettering af varer") == []


def test_a_place_gives_way_to_the_trade() -> None:
    profile = LANGUAGE.profile(Need("n", "Hotel i Vejle: vask af sengelinned"))
    assert profile.tasks[0].lead in ("laundry", "linen_rental")


def test_a_code_counts_when_the_text_says_nothing() -> None:
    profile = LANGUAGE.profile(Need("n", "se bilag", cpv=("90620000",)))
    assert profile.tasks[0].lead == "snow_clearing"
    assert profile.is_firm


def test_kinship_is_full_with_oneself_and_less_with_all_others() -> None:
    kinship = LANGUAGE.kinship
    for name in LANGUAGE.vocabulary.concepts:
        reached = kinship.of(name)
        assert next(iter(reached)) == name
        assert all(0 < weight < 1 for other, weight in reached.items() if other != name)


def test_kinship_follows_the_written_word_the_other_side_and_the_family() -> None:
    tables = {
        "parent": {"da": "P", "en": "p", "words": "aaa"},
        "child": {"da": "C", "en": "c", "words": "bbb", "broader": "parent"},
        "sibling": {"da": "S", "en": "s", "words": "ccc", "broader": "parent", "near": {"friend": 0.9}},
        "friend": {"da": "F", "en": "f", "words": "ddd"},
        "stranger": {"da": "X", "en": "x", "words": "eee"},
    }
    kinship = Kinship(Vocabulary(tables, read_lexicon()))
    assert kinship.between("sibling", "friend") == 0.9
    assert kinship.between("friend", "sibling") == 0.9 * 0.8
    assert kinship.between("child", "parent") == 0.6
    assert kinship.between("child", "sibling") == 0.4
    assert kinship.between("parent", "friend") > 0  # over the sibling
    assert kinship.between("child", "stranger") == 0
    assert kinship.between("unknown", "stranger") == 0
