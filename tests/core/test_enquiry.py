# SPDX-License-Identifier: MPL-2.0
"""What an enquiry in free words is about, what should not stand in it, and whose it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.enquiry.health import health_words
from indgang.core.enquiry.needs import STEMS, suggest_needs
from indgang.core.enquiry.routing import Rule, best_rule


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "Vi syr stofposer, vil gerne sælge til bibliotekerne og mangler to personer ti timer.",
            ["sell", "hire"],
        ),
        ("Vi vil gerne ansætte tre i fleksjob.", ["hire"]),
        ("Vi leder efter et lejemål på 80 m2 til et værksted.", ["premises"]),
        ("Jeg har en idé og vil starte noget op. Findes der en mentor?", ["start"]),
        ("Findes der et netværk, hvor vi kan finde en underleverandør?", ["partner"]),
        ("Må vi få støtte efter de minimis, og hvad siger loven?", ["law"]),
        ("Vi vil ikke ansætte nogen, men leje et lokale.", ["premises"]),
        ("Vi er aldrig blevet kunder hos nogen.", []),
        ("Vi har ingen medarbejdere.", []),
        ("Goddag, kan nogen ringe til mig?", []),
        ("SÆLGE!", ["sell"]),
        ("", []),
    ],
)
def test_topics_that_a_text_names_and_does_not_deny(text: str, topics: list[str]) -> None:
    assert [suggestion.topic for suggestion in suggest_needs(text)] == topics


def test_a_suggestion_shows_the_words_as_they_were_written() -> None:
    (sell,) = suggest_needs("Vi Sælger kaffe, og vi sælger te.")
    assert sell.words == ("Sælger",)


@given(st.text(max_size=300))
def test_any_text_gets_topics_in_their_order_once_each(text: str) -> None:
    topics = [suggestion.topic for suggestion in suggest_needs(text)]
    assert topics == [topic for topic in STEMS if topic in topics]
    assert all(1 <= len(suggestion.words) <= 3 for suggestion in suggest_needs(text))


@given(st.text(max_size=200), st.text(max_size=200))
def test_more_sentences_take_no_topic_away(first: str, second: str) -> None:
    alone = {suggestion.topic for suggestion in suggest_needs(first)}
    assert alone <= {suggestion.topic for suggestion in suggest_needs(f"{first}. {second}")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Min medarbejder har depression.", ("depression",)),
        ("Ole lider af angst og stresssygemeldt er han også.", ("angst", "stresssygemeldt")),
        ("Hun er sygemeldt. Vi sælger kaffe.", ("sygemeldt",)),
        ("En ung mand med ADHD kunne passe ind hos os.", ("ADHD",)),
        ("Vi har plads til mennesker med autisme.", ()),
        ("De har psykisk sårbare ansatte.", ()),
        ("Kommunen har en politik om handicap.", ()),
        ("Min virksomhed sælger kaffe.", ()),
        ("", ()),
    ],
)
def test_words_of_health_count_when_they_are_about_one_person(text: str, words: tuple[str, ...]) -> None:
    assert health_words(text) == words


@given(st.text(max_size=300))
def test_words_of_health_stand_in_the_text(text: str) -> None:
    assert all(word in text for word in health_words(text))


RULES = (
    Rule(1, "sell"), Rule(2, "sell", from_dkk=100_000), Rule(3, "sell", town="Lunde"),
    Rule(4, "sell", town="Lunde", from_dkk=500_000), Rule(5, ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "town", "amount", "key"),
    [
        ("sell", "Åbjerg", None, 1), ("sell", "Åbjerg", 99_999, 1), ("sell", "Åbjerg", 100_000, 2),
        ("sell", " LUNDE ", 100_000, 3), ("sell", "Lunde", 500_000, 4), ("hire", "Lunde", None, None), ("", "", None, 5),
    ],
)  # fmt: skip
def test_the_rule_that_says_most_wins(topic: str, town: str, amount: int | None, key: int | None) -> None:
    found = best_rule(RULES, topic, town=town, amount_dkk=amount)
    assert (found.key if found else None) == key


@given(st.permutations(RULES), st.sampled_from(["Lunde", "Åbjerg", ""]), st.none() | st.integers(0, 10**6))
def test_the_order_of_the_rules_decides_nothing(rules: list[Rule], town: str, amount: int | None) -> None:
    assert best_rule(rules, "sell", town=town, amount_dkk=amount) == best_rule(
        RULES, "sell", town=town, amount_dkk=amount
    )
