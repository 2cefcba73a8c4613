# SPDX-License-Identifier: MPL-2.0
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.notices.call import (
    Deadline,
    Gate,
    Kind,
    closes_at,
    cpv_codes,
    deadline_of,
    in_one_sentence,
    is_cancelled,
    is_concession,
    is_light,
    kind_of,
    marks_of,
    text_to_match,
    value_of,
    value_of_lot,
)
from indgang.core.notices.notice import Lot, Money, Notice, Place
from tests.core.notices.samples import sample

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kantine", Kind.CALL),
        ("kantine_aendring", Kind.CALL),
        ("kantine_resultat", Kind.RESULT),
        ("forhaandsmeddelelse", Kind.PLAN),
        ("national", Kind.CALL),
        ("ukendte_koder", Kind.OTHER),
    ],
)
def test_a_notice_is_a_plan_a_call_or_a_result(name: str, kind: Kind) -> None:
    assert kind_of(sample(name)) is kind


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        ("4", Kind.PLAN),
        ("16", Kind.CALL),
        ("24", Kind.CALL),
        ("25", Kind.RESULT),
        ("38", Kind.CHANGE),
        ("E1", Kind.PLAN),
        ("E5", Kind.END),
        ("CEI", Kind.CALL),
        ("T02", Kind.RESULT),
        ("0", Kind.OTHER),
        ("77", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_the_subtype_decides_when_the_form_type_is_missing(subtype: str, kind: Kind) -> None:
    assert kind_of(Notice(subtype=subtype)) is kind


def test_the_first_gate_is_the_deadline() -> None:
    both = Lot(requests_until=NOON, tenders_until=LATER)
    assert deadline_of(both) == Deadline(NOON, Gate.REQUEST)
    assert deadline_of(Lot(interest_until=LATER, requests_until=NOON)) == Deadline(NOON, Gate.REQUEST)
    assert deadline_of(Lot(tenders_until=LATER)) == Deadline(LATER, Gate.TENDER)
    assert deadline_of(Lot()) is None


def test_a_call_is_open_until_its_last_lot_closes() -> None:
    assert closes_at(Notice(lots=(Lot(tenders_until=NOON), Lot(tenders_until=LATER), Lot()))) == LATER
    assert closes_at(Notice(lots=(Lot(),))) is None


def test_marks_say_what_sets_a_lot_apart() -> None:
    library, town_hall = sample("kantine").lots
    assert marks_of(library) == ("res-ws", "social:opp", "social:acc-all")
    assert marks_of(town_hall) == ("social:opp",)
    assert marks_of(Lot(reserved_execution="yes", strategic=("soc-obj",))) == ("execution", "social:other")
    assert marks_of(Lot(reserved_participation=("none",), reserved_execution="no")) == ()


def test_the_light_regime_and_concessions_are_recognised() -> None:
    assert is_light(sample("kantine"))
    assert not is_light(sample("national"))
    assert is_light(Notice(notice_type="can-social"))
    assert is_concession(Notice(legal_basis="32014L0023"))


def test_a_cancelled_call_is_cancelled_and_a_changed_one_is_not() -> None:
    assert is_cancelled(sample("kantine_annulleret"))
    assert not is_cancelled(sample("kantine_aendring"))


def test_a_value_is_stated_or_added_up_only_when_every_lot_has_one() -> None:
    def crowns(amount: int) -> Money:
        return Money(Decimal(amount), "DKK")

    assert value_of(Notice(value=crowns(5), lots=(Lot(value=crowns(9)),))) == crowns(5)
    assert value_of(Notice(lots=(Lot(value=crowns(2)), Lot(framework_maximum=crowns(3))))) == crowns(5)
    assert value_of(Notice(lots=(Lot(value=crowns(2)), Lot()))) is None
    assert value_of(Notice(lots=(Lot(value=crowns(2)), Lot(value=Money(Decimal(1), "EUR"))))) is None
    assert value_of(Notice(value=crowns(5), total_value=crowns(4))) == crowns(4)
    assert value_of_lot(Lot(framework_maximum=crowns(3))) == crowns(3)


def test_codes_are_eight_digits_each_once_the_main_one_first() -> None:
    assert cpv_codes(sample("kantine")) == ("55512000", "55520000", "55521200")
    notice = Notice(
        cpv_main="90910000-9", cpv_additional=("nonsense", "90911300"), lots=(Lot(cpv_main="90910000"),)
    )
    assert cpv_codes(notice) == ("90910000", "90911300")
    assert cpv_codes(notice, Lot()) == ("90910000", "90911300")
    assert cpv_codes(notice, Lot(cpv_main="77310000")) == ("77310000",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Udbuddet omfatter drift af en kantine. Den ligger ved åen.",
            "Udbuddet omfatter drift af en kantine.",
        ),
        (
            "Vask af ca. 1.400 sæt tøj til bl.a. plejehjem. Hentes hver uge.",
            "Vask af ca. 1.400 sæt tøj til bl.a. plejehjem.",
        ),
        (
            "Levering senest kl. 10.45 hver dag til 9 børnehuse! Mere følger.",
            "Levering senest kl. 10.45 hver dag til 9 børnehuse!",
        ),
        (
            "Kontrakten begynder den 1. Maj og varer i to år frem. Derefter kan den forlænges.",
            "Kontrakten begynder den 1. Maj og varer i to år frem.",
        ),
        ("Kort. Og godt.", "Kort. Og godt."),
        ("En linje uden punktum som fortsætter\n\nNæste afsnit", "En linje uden punktum som fortsætter"),
        ("", ""),
    ],
)
def test_a_description_is_said_in_one_sentence(text: str, sentence: str) -> None:
    assert in_one_sentence(text) == sentence


@given(st.text(max_size=2_000))
def test_one_sentence_is_never_long_and_never_has_a_line_break(text: str) -> None:
    sentence = in_one_sentence(text)
    assert len(sentence) <= 223
    assert "\n" not in sentence


def test_a_lot_with_few_words_borrows_those_of_the_whole() -> None:
    notice = sample("kantine")
    assert text_to_match(notice, None).startswith("Kantinedrift på bibliotek og rådhus\nUdbuddet")
    assert text_to_match(notice, notice.lots[0]).startswith("Kantine på biblioteket\nDrift af kantinen")
    assert "Udbuddet omfatter" in text_to_match(notice, notice.lots[0])
    assert text_to_match(Notice(title="Hele"), Lot(title="Del", text="x" * 300)) == "Del\n" + "x" * 300


def test_the_towns_where_a_lot_is_done_are_part_of_what_is_asked_for() -> None:
    lot = Lot(
        title="Del",
        text="x" * 300,
        places=(Place(town="Birkholm"), Place(nuts="DK042"), Place(town="Birkholm")),
    )
    assert text_to_match(Notice(), lot).endswith("\nUdføres i Birkholm.")
