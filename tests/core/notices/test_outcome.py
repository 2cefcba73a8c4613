# SPDX-License-Identifier: MPL-2.0
from indgang.core.notices.outcome import outcomes
from indgang.core.notices.reading import read_notice
from tests.core.notices.samples import bent, sample


def test_the_winner_is_found_through_contract_tender_and_party() -> None:
    library, town_hall = outcomes(sample("kantine_resultat"))
    assert [winner.name for winner in library.winners] == ["Køkkenværkstedet ApS + Fonden Frokosthuset"]
    assert str(library.winners[0].value.amount if library.winners[0].value else "") == "1750000.00"
    assert [member.cvr_number for member in library.winners[0].organisations] == ["22222222", "33333333"]
    assert [helper.name for helper in library.subcontractors] == ["Brød & Bud v/ Kim Sand"]
    assert library.received == 3
    assert (town_hall.winners, town_hall.not_awarded_reason, town_hall.received) == ((), "all-rej", 1)


def test_without_a_contract_the_tender_ranked_first_has_won() -> None:
    notice = read_notice(
        bent("kantine_resultat", "CON-0001", "CON-9999").replace(b"CON-9999", b"CON-0002", 1)
    )
    assert [winner.name for winner in outcomes(notice)[0].winners] == [
        "Køkkenværkstedet ApS + Fonden Frokosthuset"
    ]


def test_without_contract_and_rank_all_that_the_result_names_have_won() -> None:
    text = bent("kantine_resultat", "<cbc:RankCode>1</cbc:RankCode>", "").replace(
        b"<cbc:RankCode>2</cbc:RankCode>", b""
    )
    text = text.replace(
        b'<cbc:ID schemeName="contract">CON-0001</cbc:ID>',
        b'<cbc:ID schemeName="contract">CON-0002</cbc:ID>',
        1,
    )
    assert len(outcomes(read_notice(text))[0].winners) == 2


def test_a_lot_that_nobody_won_has_no_winner_although_tenders_are_named() -> None:
    assert outcomes(sample("kantine_resultat"))[1].winners == ()


def test_references_that_lead_nowhere_are_passed_over() -> None:
    text = bent("kantine_resultat", "TPA-0001", "TPA-7777").replace(b"TPA-7777", b"TPA-8888", 1)
    assert outcomes(read_notice(text))[0].winners == ()
    text = bent("kantine_resultat", "ORG-0003</cbc:ID>", "ORG-7777</cbc:ID>")
    assert outcomes(read_notice(text))[0].status == "selec-w"


def test_a_call_has_no_outcome() -> None:
    assert outcomes(sample("kantine")) == ()
