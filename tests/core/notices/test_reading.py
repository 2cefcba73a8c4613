# SPDX-License-Identifier: MPL-2.0
from datetime import UTC, date, datetime
from decimal import Decimal

from indgang.core.notices.notice import Duration, Money, Notice, Period
from indgang.core.notices.reading import IN_PIECES_FROM, read_notice
from tests.core.notices.samples import bent, content, sample


def test_a_call_says_who_buys_what() -> None:
    notice = sample("kantine")
    assert notice.notice_id == "95bb6fad-29f8-5a07-af69-61a8cae8c90a"
    assert (notice.version, notice.subtype, notice.form_type) == (1, "20", "competition")
    assert (notice.notice_type, notice.legal_basis, notice.procedure) == ("cn-social", "32014L0024", "open")
    assert notice.dispatched_at == datetime(2027, 1, 11, 8, 30, tzinfo=UTC)
    assert [buyer.name for buyer in notice.buyers] == ["Birkholm Kommune"]
    assert (notice.buyers[0].cvr_number, notice.buyers[0].town) == ("11111111", "Birkholm")
    assert notice.value == Money(Decimal("4200000.00"), "DKK")
    assert (notice.cpv_main, notice.cpv_additional) == ("55512000", ("55520000",))


def test_danish_words_are_preferred_when_a_notice_has_several_languages() -> None:
    notice = sample("kantine")
    assert notice.title == "Kantinedrift på bibliotek og rådhus"
    assert notice.text.startswith("Udbuddet omfatter drift af to kantiner")
    assert sample("national").language == "DAN"


def test_a_notice_without_danish_words_keeps_the_first_language() -> None:
    notice = read_notice(bent("kantine", 'languageID="DAN"', 'languageID="SWE"'))
    assert notice.title == "Canteen at the library and the town hall"


def test_a_lot_keeps_its_own_deadline_value_and_place() -> None:
    library, town_hall = sample("kantine").lots
    assert (library.reference, library.scheme, library.title) == ("LOT-0001", "Lot", "Kantine på biblioteket")
    assert library.value == Money(Decimal("1800000.00"), "DKK")
    assert library.tenders_until == datetime(2027, 2, 15, 11, 0, tzinfo=UTC)
    assert library.questions_until == datetime(2027, 2, 1, 11, 0, tzinfo=UTC)
    assert (library.places[0].nuts, library.places[0].town, library.places[0].postal_code) == (
        "DK042",
        "Birkholm",
        "8799",
    )
    assert library.period == Period(Duration(24, "MONTH"), None, None)
    assert town_hall.period == Period(None, date(2027, 5, 1), date(2029, 4, 30))


def test_what_matters_to_social_enterprises_is_read_for_each_lot() -> None:
    library, town_hall = sample("kantine").lots
    assert (library.reserved_participation, library.reserved_execution) == (("res-ws",), "no")
    assert (library.social_objectives, library.strategic) == (("opp", "acc-all"), ("soc-obj",))
    assert library.strategic_text.startswith("Kontrakten skal give job")
    assert library.suits_small is True
    assert town_hall.reserved_participation == ("none",)
    assert town_hall.performance_terms.startswith("Leverandøren ansætter")
    assert (town_hall.framework, town_hall.dynamic_system) == ("fa-wo-rc", "none")


def test_a_prior_information_notice_has_parts() -> None:
    notice = sample("forhaandsmeddelelse")
    assert [(part.reference, part.scheme) for part in notice.lots] == [
        ("PAR-0001", "Part"),
        ("PAR-0002", "Part"),
    ]
    assert notice.lots[0].reserved_participation == ("res-ws",)
    assert notice.procedure_id == ""


def test_a_change_notice_names_what_it_changes_and_why() -> None:
    notice = sample("kantine_aendring")
    assert notice.changes == ("95bb6fad-29f8-5a07-af69-61a8cae8c90a-02",)
    assert (notice.change_reason, notice.change_text[:20]) == ("update-add", "Fristen er flyttet, ")


def test_a_published_result_has_its_number_and_its_parties() -> None:
    notice = sample("kantine_resultat")
    assert (notice.publication_number, notice.publication_date) == ("00004711-2027", date(2027, 4, 22))
    assert [result.status for result in notice.results] == ["selec-w", "clos-nw"]
    assert notice.parties[0].tenderers == ("ORG-0003", "ORG-0004")
    assert notice.contracts[0].signed_date == date(2027, 4, 15)


def test_contact_persons_are_not_read_and_a_persons_number_is_forgotten() -> None:
    notice = sample("kantine_resultat")
    person = next(one for one in notice.organisations if one.is_person)
    assert (person.name, person.number, person.cvr_number) == ("Brød & Bud v/ Kim Sand", "", "")
    assert "indkoeb@" not in repr(notice)
    assert "+45" not in repr(notice)


def test_a_value_that_cannot_be_read_is_left_empty_and_named() -> None:
    notice = sample("ukendte_koder")
    assert notice.value is None
    assert notice.lots[0].tenders_until is None
    assert notice.version == 1
    assert [remark.partition(":")[0] for remark in notice.remarks] == [
        "BT-757",
        "BT-27",
        "BT-131(d), BT-131(t)",
        "BT-27",
    ]


def test_a_deadline_without_a_time_is_the_last_minute_of_the_day_in_denmark() -> None:
    text = bent("national", "<cbc:EndTime>10:00:00+01:00</cbc:EndTime>", "")
    summer = text.replace(b"2027-02-01+01:00", b"2027-07-01")
    assert read_notice(text).lots[0].tenders_until == datetime(2027, 2, 1, 22, 59, 59, tzinfo=UTC)
    assert read_notice(summer).lots[0].tenders_until == datetime(2027, 7, 1, 21, 59, 59, tzinfo=UTC)


def test_a_group_of_lots_is_not_a_lot() -> None:
    text = bent(
        "kantine",
        '<cbc:ID schemeName="Lot">LOT-0002</cbc:ID>',
        '<cbc:ID schemeName="LotsGroup">GLO-0001</cbc:ID>',
    )
    assert [lot.reference for lot in read_notice(text).lots] == ["LOT-0001"]


def test_a_large_notice_read_in_pieces_says_the_same() -> None:
    whole = content("kantine_resultat")
    padded = whole.replace(
        b"<cac:ContractingParty>", b"<!--" + b" " * IN_PIECES_FROM + b"--><cac:ContractingParty>", 1
    )
    assert len(padded) > IN_PIECES_FROM
    assert read_notice(padded) == read_notice(whole)


def test_comments_between_a_date_and_its_time_change_nothing() -> None:
    text = bent("kantine", "<cbc:IssueTime>", "<!-- BT-05(b) --><cbc:IssueTime>")
    assert read_notice(text) == sample("kantine")


def test_the_first_of_equal_values_stands() -> None:
    notice = read_notice(
        bent(
            "national",
            "<cbc:CityName>Birkholm</cbc:CityName>",
            "<cbc:CityName>A</cbc:CityName><cbc:CityName>B</cbc:CityName>",
        )
    )
    assert notice.buyers[0].town == "A"


def test_an_empty_element_is_an_empty_value() -> None:
    notice = read_notice(bent("national", ">Ompolstring af stole<", "><"))
    assert (notice.title, notice.lots[0].title) == ("", "")
    assert isinstance(notice, Notice)
