# SPDX-License-Identifier: MPL-2.0
"""Guided questions, the page and the draft record, own policy, override, supplier and plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from indgang.core.law.as_json import as_json
from indgang.core.law.explain import unconfirmed, weak_rules
from indgang.core.law.override import can_override, check_can_override, check_override
from indgang.core.law.pack import load
from indgang.core.law.plan import answer_plan, read_plan
from indgang.core.law.policy import read_policy
from indgang.core.law.question import NEEDED, STOP, next_question
from indgang.core.law.record import sections
from indgang.core.text import Refused
from tests.core.law.case import DAY, ask, own_scenarios

PACK = load()
OWN = """
name = "Åbjerg Kommunes indkøbspolitik"
adopted = 2026-06-01
[[restriction]]
when = "kind in [goods, services] and V >= 300000"
closes = ["A"]
documents = ["market_terms"]
reason_da = "Vi køber kun direkte under 300.000 kr. Denne sag er på {V} kr."
reason_en = "We buy directly only below DKK 300,000. This case is DKK {V}."
"""


def guide(answers: Mapping[str, str], first: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Answer what is asked, one question at a time, until nothing asked is in `answers`."""
    facts: dict[str, Any] = dict(first)
    asked: list[str] = []
    for _ in range(30):
        open_now = [question for question in ask(**facts).questions if question.fact not in asked]
        question = next((question for question in open_now if question.fact in answers), None)
        if question is None:
            return asked, facts
        asked.append(question.fact)
        chosen = next((each for each in question.answers if each.value == answers[question.fact]), None)
        facts |= dict(chosen.facts) if chosen else {question.fact: answers[question.fact]}
    raise AssertionError("the guide never ends")


def test_the_guide_asks_in_the_order_of_the_law() -> None:
    answers = {
        "existing_agreement": "none",
        "cpv_main": "90910000",
        "value_dkk": "480000",
        "related_value_dkk": "480000",
        "publication_date": "2026-10-05",
        "kgi": "no",
    }
    asked, facts = guide(answers, {"kind": "services"})
    assert asked == list(answers)
    answer = ask(**facts)
    assert answer.regime == "A"
    assert answer.questions == []


def test_an_agreement_beside_which_one_may_buy_is_asked_about_further() -> None:
    asked, facts = guide(
        {"existing_agreement": "beside", "kgi": "no"}, {"kind": "goods", "value_dkk": 90_000}
    )
    assert asked == ["existing_agreement", "kgi"]
    assert ask(**facts).routes[0] == "A"


def test_a_binding_agreement_ends_the_guide() -> None:
    _, facts = guide({"existing_agreement": "exclusive"}, {"kind": "goods", "value_dkk": 90_000, "kgi": "no"})
    assert ask(**facts).routes == []


def test_a_stop_asks_for_the_fact_with_its_factors() -> None:
    answer = ask(kind="goods", cpv_main="39000000", value_dkk=900_000)
    question = next_question(answer.questions)
    assert question is not None
    assert (question.fact, question.weight) == ("kgi", STOP)
    assert len(question.factors) == 5
    assert question.why == "Uden svar kan vi ikke sige, om købet skal annonceres."
    assert [each.label.da for each in question.answers] == ["Ja", "Nej", "Det ved jeg ikke"]


def test_what_leaves_a_rule_in_doubt_is_asked_and_what_does_not_matter_is_not() -> None:
    weights = {question.fact: question.weight for question in ask(kind="lease_out").questions}
    assert weights["rent_evidence"] == NEEDED
    assert "kgi" not in weights
    over = {question.fact for question in ask(kind="goods", value_dkk=3_000_000).questions}
    assert "kgi" not in over


def test_what_is_assumed_is_said_and_asked() -> None:
    for facts, told in (
        ({"kind": "grant", "purpose": "non_commercial_activity"}, "ikke skal levere noget"),
        ({"kind": "own_operation", "activity": "leave_to_start_business"}, "uden løn"),
    ):
        answer = ask(**facts)
        assert any(told in question.assumption.da for question in answer.questions)
        assert answer.uncertain == []


def test_every_answer_that_is_offered_can_be_read_back() -> None:
    seen = set()
    for _, facts, _ in own_scenarios():
        for question in ask(**facts).questions:
            for offered in question.answers:
                if (question.fact, offered.value) not in seen:
                    seen.add((question.fact, offered.value))
                    flat = {name: value for name, value in facts.items() if name != question.fact}
                    ask(**{**flat, **offered.facts})
    assert ("existing_agreement", "exclusive") in seen


def test_the_page_says_what_one_may_may_not_and_must_and_what_to_write_down() -> None:
    answer = ask(
        kind="services",
        cpv_main="90910000",
        value_dkk=5_000_000,
        duration_months=24,
        kgi="no",
        performed_in_dk=True,
        wish="require_non_profit",
    )
    told = {section.key: section for section in sections(answer)}
    assert list(told)[:4] == ["result", "routes", "blocked", "duties"]
    block = next(line for line in told["blocked"].lines if line.text.da.startswith("N02"))
    assert "I stedet: Reserveret til beskyttede værksteder" in block.details[-1].da
    assert "udbudsloven § 2" in block.basis.da
    assert "kilder læst 24. november 2026" in block.basis.da
    assert any("Klausul om oplæring" in line.text.da for line in told["documents"].lines)


def test_doubt_is_printed_as_a_call_for_a_lawyer() -> None:
    answer = ask(kind="works", cpv_main="45210000", value_dkk=4_000_000)
    uncertain = next(section for section in sections(answer) if section.key == "uncertain")
    assert uncertain.title.da == "Usikkert: få juridisk vurdering"
    assert all("Få juridisk vurdering." in [detail.da for detail in line.details] for line in uncertain.lines)


def test_a_record_begins_with_the_facts_and_is_told_in_both_languages() -> None:
    for _, facts, _ in own_scenarios():
        told = sections(ask(**facts), with_facts=True)
        assert told[0].key == "facts"
        for section in told:
            for line in section.lines:
                assert line.text.da
                assert line.text.en
                assert all(detail.da and detail.en for detail in line.details)


def test_an_own_policy_closes_a_route_that_the_law_leaves_open() -> None:
    policy = read_policy(PACK, OWN)
    below = ask(policy=policy, kind="goods", cpv_main="39000000", value_dkk=299_999, kgi="no")
    above = ask(policy=policy, kind="goods", cpv_main="39000000", value_dkk=300_000, kgi="no")
    assert "A" in below.routes
    assert above.regime == "A"
    assert above.blocked["A"].da == (
        "Jeres egen indkøbspolitik (Åbjerg Kommunes indkøbspolitik): "
        "Vi køber kun direkte under 300.000 kr. Denne sag er på 300.000 kr."
    )
    assert "market_terms" in above.docs
    assert as_json(above)["policy"] == policy.label


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "kan ikke læses"),
        ("x = 1", "mangler et navn"),
        ('name = "x"\n[[restriction]]\nwhen = "always"\nreason_da = "y"\nopens = ["A"]', "feltet opens"),
        ('name = "x"\n[[restriction]]\nwhen = "always"\nreason_da = "y"\ncloses = ["P04"]', "ikke en måde"),
        (
            'name = "x"\n[[restriction]]\nwhen = "always"\nreason_da = "y"\ncloses = ["Q1"]',
            "ingen regel med id Q1",
        ),
        (
            'name = "x"\n[[restriction]]\nwhen = "always"\nreason_da = "y"\ndocuments = ["z"]',
            "dokument kender vi ikke",
        ),
        ('name = "x"\n[[restriction]]\nwhen = "price < 3"\nreason_da = "y"', "Betingelsen i politikken"),
        ('name = "x"\n[[restriction]]\nwhen = "always"', "mangler reason_da"),
    ],
)
def test_a_policy_that_is_not_understood_or_tries_to_open_is_refused(text: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_policy(PACK, text)
    assert told in str(refusal.value)


def test_a_block_of_the_law_is_never_overridden() -> None:
    answer = ask(kind="goods", cpv_main="39000000", value_dkk=3_000_000, wish="require_non_profit")
    for rule_id in ("N02", "A", "B"):
        assert can_override(answer, rule_id) is False
    with pytest.raises(Refused, match="lukket af loven"):
        check_can_override(answer, "N02")


def test_doubt_and_own_policy_may_be_overridden_in_writing_by_two() -> None:
    doubtful = ask(kind="works", cpv_main="45210000", value_dkk=4_000_000)
    assert can_override(doubtful, "R54") is True
    own = ask(policy=read_policy(PACK, OWN), kind="goods", cpv_main="39000000", value_dkk=400_000, kgi="no")
    assert can_override(own, "A") is True
    finding = check_override(own, "A", written_reason="Kun én kan levere.", by="Carla", second_person="Søren")
    assert finding.own_policy is True
    with pytest.raises(Refused, match="Skriv, hvorfor"):
        check_override(own, "A", written_reason=" ", by="Carla", second_person="Søren")
    with pytest.raises(Refused, match="En anden end dig selv"):
        check_override(own, "A", written_reason="Fordi.", by="Carla", second_person="Carla")


def test_what_is_open_missing_or_stopped_is_not_overridden() -> None:
    answer = ask(kind="goods", cpv_main="39000000", value_dkk=90_000, kgi="no")
    assert [can_override(answer, rule_id) for rule_id in ("A", "R54", "P04", "Q9")] == [False] * 4
    assert can_override(ask(kind="goods", value_dkk=90_000), "A") is False


def test_each_test_of_a_supplier_is_told_with_what_is_missing() -> None:
    answer = as_json(
        ask(
            kind="services",
            cpv_main="85312500",
            value_dkk=9_000_000,
            duration_months=24,
            kgi="no",
            supplier={"public_service_mission": True, "profit_reinvested": False},
        )
    )
    tests = answer["supplier_tests"]["R190"]
    assert [test["passed"] for test in tests] == [True, False, None, None]
    assert tests[2]["missing"] == ["supplier.participatory"]
    assert answer["supplier_result"]["R190"] == "not_eligible"


def test_registration_is_no_test() -> None:
    base: dict[str, Any] = {"kind": "goods", "cpv_main": "39000000", "value_dkk": 3_000_000}
    for rsv in (True, False):
        answer = ask(
            **base, supplier={"rsv": rsv, "main_aim_integration": True, "share_target_group_pct": 40}
        )
        assert (answer.supplier_result or {})["R54"] == "eligible"


def test_without_a_supplier_there_is_no_verdict() -> None:
    assert ask(kind="goods", cpv_main="39000000", value_dkk=3_000_000).supplier_result is None


def test_a_plan_is_answered_line_by_line_and_a_bad_line_does_not_stop_it() -> None:
    text = "id;kind;value_dkk;kgi;supplier.rsv\n1;goods;480.000;nej;ja\n\n2;goods;-3;nej;\n3;goods;520000;;\n"
    lines = list(answer_plan(PACK, read_plan(PACK, text.splitlines()), DAY))
    assert [(line.number, line.id) for line in lines] == [(2, "1"), (4, "2"), (5, "3")]
    assert lines[0].answer is not None
    assert lines[0].answer.regime == "A"
    assert "value_dkk er -3" in str(lines[1].refusal)
    assert lines[2].answer is not None
    assert lines[2].answer.stop == "kgi"


def test_a_plan_with_commas_and_dates_of_its_own() -> None:
    text = "kind,value_dkk,kgi,publication_date\ngoods,1620000,no,2025-03-01\ngoods,1620000,no,2026-03-01"
    lines = answer_plan(PACK, read_plan(PACK, text.splitlines()), date(2020, 1, 1))
    assert [line.answer.regime for line in lines if line.answer] == ["B", "D"]


@pytest.mark.parametrize("text", ["", "kind;vaerdi\n", "value_dkk;kgi\n", "kind;;kgi\n"])
def test_a_plan_whose_first_line_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="første linje"):
        read_plan(PACK, text.splitlines())


def test_the_list_of_what_is_unconfirmed_names_who_and_by_when() -> None:
    listed = unconfirmed(PACK)
    assert len(listed["points"]) == 14
    assert all(point["owner"] and point["review_by"] and point["rules"] for point in listed["points"])
    assert {rule.id for rule, _ in weak_rules(PACK)} == {row["id"] for row in listed["weak_rules"]}
    assert {"J02a", "N11", "R177"} <= {row["id"] for row in listed["weak_rules"]}
    assert sum(len(row.derived) for row in PACK.figures.thresholds) == len(listed["derived_figures"]) == 7
