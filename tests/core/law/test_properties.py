# SPDX-License-Identifier: MPL-2.0
"""What must hold for any facts at all."""

import json
from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indgang.core.law.as_json import as_json
from indgang.core.law.evaluate import evaluate
from indgang.core.law.finding import OPEN
from indgang.core.law.pack import load
from indgang.core.law.policy import read_policy
from indgang.core.law.reading import read_facts
from indgang.core.law.truth import Figure
from tests.core.law.case import DAY, ask, own_scenarios

PACK = load()
LADDERS = (("A", "B", "C", "E", "D"), ("W1", "W2", "W3", "D"))
CODES = ["77310000", "90910000", "55524000", "85312400", "92511000", "39000000", "45210000", "80580000"]

values = st.one_of(
    st.integers(1, 60_000_000),
    st.sampled_from(
        [299_999, 300_000, 499_999, 500_000, 1_611_360, 3_000_000, 5_000_000, 5_595_000, 40_313_840]
    ),
)
flags = st.sampled_from([True, False, "unknown"])
agreements = st.fixed_dictionaries(
    {
        "exclusive": flags,
        "eu_tendered": flags,
        "committed_volume": flags,
        "total_value_dkk": st.just(70_000_000),
    }
)
changes = st.fixed_dictionaries(
    {"sum_dkk": st.integers(0, 9_000_000), "original_value_dkk": values, "new_character": flags}
)
cases = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["goods", "services", "works", "concession_services"]),
        "cpv_main": st.sampled_from([*CODES, "unknown"]),
        "value_dkk": values,
        "kgi": st.sampled_from(["yes", "no", "unknown"]),
        "performed_in_dk": flags,
        "publication_date": st.dates(date(2016, 1, 1), date(2027, 12, 31)).map(date.isoformat),
    },
    optional={
        "duration_months": st.one_of(st.integers(1, 120), st.none(), st.just("unknown")),
        "operating_risk": st.sampled_from(["authority", "unknown"]),
        "existing_agreement": agreements,
        "contract_change": changes,
        "method": st.sampled_from(["direct", "quotes", "advertised", "unknown"]),
        "in_house": st.fixed_dictionaries(
            {"control": flags, "activity_share_pct": st.integers(0, 100), "private_capital": flags}
        ),
        "market": st.fixed_dictionaries({"capacity_short": flags, "need_unmet": flags}),
        "wish": st.sampled_from(["reserve_to_rsv", "require_non_profit", "local_seat_criterion", "unknown"]),
        "part": st.fixed_dictionaries({"value_dkk": st.integers(1, 700_000)}),
    },
)
elsewhere = st.fixed_dictionaries(
    {"kind": st.sampled_from(["grant", "lease_out", "own_operation", "employment"])},
    optional={
        "purpose": st.sampled_from(
            ["commercial_activity", "non_commercial_activity", "general_business_support", "unknown"]
        ),
        "mutual_obligation": flags,
        "rent_evidence": st.sampled_from(["none", "valuation", "unknown"]),
        "activity": st.sampled_from(
            ["restaurant", "task_for_other_authority", "leave_to_start_business", "unknown"]
        ),
        "leave_paid": flags,
        "via_intermediary": flags,
        "value_dkk": values,
    },
)
anything = st.one_of(cases, elsewhere)


def consistent(facts: dict[str, Any]) -> bool:
    part = facts.get("part")
    return part is None or part["value_dkk"] <= facts["value_dkk"]


def rung(regime: str) -> int:
    return next(ladder.index(regime) for ladder in LADDERS if regime in ladder)


@given(cases, values)
def test_raising_the_value_never_opens_a_lighter_regime(facts: dict[str, Any], more: int) -> None:
    assume(facts["kind"] != "concession_services" and consistent(facts))
    low, high = ask(**facts), ask(**{**facts, "value_dkk": facts["value_dkk"] + more})
    assume(low.regime is not None and high.regime is not None)
    assert rung(str(high.regime)) >= rung(str(low.regime))
    closed = {rule for rule in LADDERS[facts["kind"] == "works"] if rule in low.blocked}
    assert not closed & set(high.routes)


@given(cases, st.lists(st.integers(1, 50_000_000), min_size=1, max_size=4))
def test_adding_lots_never_gives_a_lighter_regime(facts: dict[str, Any], lots: list[int]) -> None:
    assume(facts["kind"] != "concession_services" and "part" not in facts)
    without = ask(**facts)
    divided = ask(**facts, lots=[{"value_dkk": lot} for lot in lots])
    assume(without.regime is not None and divided.regime is not None)
    assert rung(str(divided.regime)) >= rung(str(without.regime))


def forgettable(facts: dict[str, Any]) -> list[tuple[str, ...]]:
    """Paths to facts that somebody may not know; `kind` is needed to say anything, a date is always known."""
    paths: list[tuple[str, ...]] = [
        (name,) for name in facts if name not in ("kind", "publication_date", "value_dkk")
    ]
    return paths + [
        (name, inner) for name, value in facts.items() if isinstance(value, dict) for inner in value
    ]


def without(facts: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    if len(path) == 1:
        return {**facts, path[0]: value}
    return {**facts, path[0]: {**facts[path[0]], path[1]: value}}


@settings(max_examples=400)
@given(anything, st.data())
def test_a_fact_that_is_not_known_never_opens_what_a_known_one_closes(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    assume(consistent(facts))
    paths = forgettable(facts)
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    assume(path != ("part", "value_dkk"))
    known = ask(**facts)
    forgotten = ask(**without(facts, path, "unknown"))
    assert set(forgotten.routes) <= set(known.routes), (path, facts)


@settings(max_examples=300)
@given(cases, st.data())
def test_leaving_a_needed_fact_out_is_the_same_as_not_knowing_it(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    assume(consistent(facts))
    names = [
        name
        for name in facts
        if name in PACK.facts and PACK.facts[name].absent == "unknown" and name not in ("kind", "value_dkk")
    ]
    name = data.draw(st.sampled_from(names))
    left_out = {key: value for key, value in facts.items() if key != name}
    assert ask(**left_out).routes == ask(**without(facts, (name,), "unknown")).routes


@given(anything)
def test_every_rule_gives_exactly_one_answer_and_doubt_is_not_open(facts: dict[str, Any]) -> None:
    assume(consistent(facts))
    answer = ask(**facts)
    groups = [
        answer.routes,
        answer.uncertain,
        answer.blocked,
        answer.not_applicable,
        answer.duties,
        answer.conditions,
    ]
    named = [name for group in groups for name in group]
    assert len(named) == len(set(named))
    assert set(named) <= {rule.id for rule in PACK.rules}
    assert all(
        reason.da and reason.en for reason in (*answer.blocked.values(), *answer.not_applicable.values())
    )


@given(anything)
def test_at_a_stop_and_under_a_binding_agreement_nothing_is_open(facts: dict[str, Any]) -> None:
    assume(consistent(facts))
    answer = ask(**facts)
    if answer.stop is not None or "N11" in answer.blocked or "N11" in answer.uncertain:
        assert answer.routes == []
    if answer.stop is not None:
        assert answer.regime is None
        assert any(question.weight == "stop" for question in answer.questions)


@given(anything)
def test_what_is_blocked_is_never_offered_instead(facts: dict[str, Any]) -> None:
    assume(consistent(facts))
    answer = ask(**facts)
    assert not set(answer.alternative) & set(answer.blocked)


@given(anything)
def test_the_same_facts_give_the_same_answer_and_it_can_be_saved(facts: dict[str, Any]) -> None:
    assume(consistent(facts))
    first, second = as_json(ask(**facts)), as_json(ask(**facts))
    assert first == second
    saved = json.loads(json.dumps(first))
    again = as_json(
        evaluate(load(saved["pack"]), read_facts(PACK, saved["facts"]), date.fromisoformat(saved["date"]))
    )
    assert {**saved, "warnings": None} == {**json.loads(json.dumps(again)), "warnings": None}


@given(anything)
def test_documents_are_owed_for_all_that_is_open_uncertain_or_a_duty(facts: dict[str, Any]) -> None:
    assume(consistent(facts))
    answer = ask(**facts)
    for name in (*answer.routes, *answer.uncertain, *answer.duties):
        assert set(PACK.rule(name).documents) <= set(answer.docs)


@given(
    anything,
    st.sampled_from(
        ["always", "V >= 300000", "kgi == yes", "kind == works", "duration_months > 24", "regime == E"]
    ),
    st.lists(
        st.sampled_from([rule.id for rule in PACK.rules if rule.gives in ("regime", "route")]), max_size=5
    ),
)
def test_an_own_policy_only_closes(facts: dict[str, Any], when: str, closes: list[str]) -> None:
    assume(consistent(facts))
    text = f'name = "Vores"\n[[restriction]]\nwhen = "{when}"\ncloses = {json.dumps(closes)}\nreason_da = "Det har vi besluttet."\n'
    policy = read_policy(PACK, text)
    law, own = ask(**facts), ask(policy=policy, **facts)
    assert set(own.routes) <= set(law.routes)
    assert set(law.blocked) <= set(own.blocked)
    assert own.duties == law.duties
    assert set(law.routes) - set(own.routes) <= set(closes)


@given(
    st.dates(date(2016, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["services", "works"]),
    st.floats(-0.02, 0.02),
)
def test_a_derived_figure_leaves_a_purchase_in_doubt_only_within_its_margin(
    day: date, kind: str, off: float
) -> None:
    """Only the light threshold is derived among those that decide a regime."""
    row = PACK.figures.threshold_row(day)
    assert row is not None
    light = row.amounts["light"]
    value = max(1, round(light * (1 + off)))
    answer = ask(
        kind="services",
        cpv_main="55524000",
        value_dkk=value,
        kgi="no",
        publication_date=day.isoformat(),
        duration_months=3,
    )
    near = abs(value - light) * 100 <= light
    assert (str(answer.regime) in answer.uncertain) is (near and "light" in row.derived)
    assert isinstance(answer.court.values["threshold"], Figure) is ("light" in row.derived)


def test_on_every_day_of_the_table_every_situation_has_an_answer() -> None:
    for _, facts, _ in own_scenarios():
        for year in range(2016, 2028):
            answer = ask(**{**facts, "publication_date": f"{year}-06-30"})
            assert answer.stop != "threshold_period"
            assert {finding.status for finding in answer.findings} - {"not_applicable"}


def test_a_day_is_enough_to_move_a_purchase_from_one_period_to_the_next() -> None:
    facts = {"kind": "goods", "cpv_main": "39000000", "value_dkk": 1_620_000, "kgi": "no"}
    read = read_facts(PACK, facts)
    assert evaluate(PACK, read, date(2025, 12, 31)).regime == "B"
    assert evaluate(PACK, read, date(2026, 1, 1)).regime == "D"


def test_a_purchase_without_any_extra_fact_says_what_it_assumed() -> None:
    answer = ask(kind="goods", cpv_main="39000000", value_dkk=90_000, kgi="no")
    assumed = [question.assumption.da for question in answer.questions if question.assumption]
    assert "Vi regner med, at ingen bindende aftale dækker købet." in assumed
    assert "Vi regner med, at købet ikke hører sammen med andre køb." in assumed
    assert answer.court.at.on == DAY
    assert all(finding.status == OPEN for finding in answer.findings if finding.rule.id in answer.routes)
