# SPDX-License-Identifier: MPL-2.0
"""What is typed wrongly is refused with one sentence; what is odd but possible is said."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from indgang.core.text import Refused
from indgang.core.value import case_file
from indgang.core.value.case_reader import read_case
from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack
from indgang.core.value.result import Result
from indgang.core.value.run import value
from tests.core.value.conftest import PROGRAMME

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"success": 1.2}, r"mellem 0 og 1: mente du 0,012"),
        ({"success": 30}, r"mente du 0,3\?"),
        ({"success": -0.1}, "mellem 0 og 1"),
        ({"success": math.nan}, "ikke et endeligt tal"),
        ({"wage_year": math.inf}, "ikke et endeligt tal"),
        ({"success": "0,30"}, "Skriv et tal uden anførselstegn"),
        ({"success": True}, "Skriv et tal"),
        ({"base_rate": None}, "hvor mange var kommet i job alligevel"),
        ({"benefit_month": None}, "mangler ydelsen"),
        ({"benefit_month": None, "benefit": "kontanthjelp"}, "findes ikke i pakken"),
        ({"wage_year": None}, "wage_year.* mangler"),
        ({"participants": 0}, "uden deltagere"),
        ({"participants": None}, "participants.* mangler"),
        ({"cost_payer": "KOM.BSEK"}, "Kontoen „KOM.BSEK“ findes ikke"),
        ({"per_job_year": {"KOM.SOCIAL": 1}}, "Kontoen „KOM.SOCIAL“ findes ikke"),
        ({"cost_payer": {"KOM.BESK": 0.5, "KOM.SOC": 0.4}}, "tilsammen give 1"),
        ({"sucess": 0.3}, "Mente du „success“"),
        ({"qwertyuiop": 1}, "Vi kender ikke „qwertyuiop“"),
        ({"weeks": -4}, "mindst 0|mellem 0"),
        ({"weeks": 3.5}, "helt tal"),
        ({"start_week": 10, "end_week": 4, "weeks": None}, "slutter, før den begynder"),
        ({"start_date": "2026-03-01", "year": None, "end_date": "2026-02-01"}, "slutter, før den begynder"),
        ({"start_date": "1. marts"}, "Skriv en dato"),
        ({"start_date": "2026-03-01", "year": 2025}, "Skriv kun den ene"),
        ({"outcome": "fleksjob", "fleksjob": {"pay_month": 0}}, "uden løn"),
        ({"outcome": "fleksjob", "fleksjob": {}}, "pay_month.* mangler"),
        ({"half_life_weeks": 0}, "over 0 uger"),
        ({"half_life_weeks": {"lognormal": [104, -1]}}, "mindst 0|to tal over nul"),
        ({"horizon_years": 0}, "mindst én uge"),
        ({"horizon_years": 1000}, "mellem 0 og 100"),
        ({"discount_rate": 3.5}, r"mente du 0,035\?"),
        ({"evidence": "E"}, "Vælg en af: A, B, C, D"),
        ({"evidence": {"succes": "C"}}, "Mente du „success“"),
        ({"optimism_correction": 0.9}, "Skriv en begrundelse"),
        ({"effect": {"difference": 0.1}}, "enten success eller effect"),
        ({"purchase": {"amount": 0}}, "over 0"),
        ({"purchase": {"amount": 9, "premium": 0.1, "reference_price": 8}}, "ikke begge"),
        ({"net_tax_factor": 0.5}, "mindst 1"),
        ({"groups": []}, "mindst én gruppe"),
        ({"groups": [{"participant": 3}]}, "Mente du „participants“"),
        ({"history": {"with": "work:52", "without": "benfit:52"}, "success": None}, "Mente du „benefit“"),
        ({"history": {"with": "work:52", "without": "benefit:x"}}, "antal uger"),
        ({"model": "spells", "outcome": "fleksjob", "fleksjob": {"pay_month": 8_000}}, "aldrig trappen"),
        (
            {"type": "loentilskud", "loentilskud": {"wage_year": 100, "subsidy_year": 200}},
            "højst så stort som lønnen",
        ),
        ({"curves": {"with": [[10, 0.1], [5, 0.2]], "without": [[0, 0.1]]}}, "stigende uger"),
        ({"per_job_year": [{"account": "KOM.SOC", "price": "faengsel_lukket.day"}]}, "units.* mangler"),
        ({"per_job_year": [{"price": "stu.year", "index": "nettoprisindeks"}]}, "index.nettoprisindeks.2018"),
        ({"per_job_year": [{"price": "skole.year"}]}, "ingen række „service.skole.year“"),
        ({"per_job_year": [{"payer": "hospital", "amount_year": math.nan}]}, "endeligt tal"),
        ({"year": 2031}, "er udløbet"),
        ({"year": 2020}, "gælder først fra"),
        ({"title": "Sag for 010190-1234"}, "CPR-nummer"),
        ({"groups": [{"person": "0101901234"}]}, "CPR-nummer"),
        ({"groups": [{"person": 1101901234}]}, "CPR-nummer"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(pack: Pack, changes: dict[str, Any], sentence: str) -> None:
    raw = {key: value for key, value in {**PROGRAMME, **changes}.items() if value is not None}
    with pytest.raises(Refused, match=sentence):
        value(raw, pack, Options(draws=0))


def test_a_person_number_is_not_repeated(pack: Pack) -> None:
    with pytest.raises(Refused) as refusal:
        read_case({**PROGRAMME, "title": "Sag for 010190-1234"}, pack)
    assert "1234" not in str(refusal.value)


@pytest.mark.parametrize("raw", [None, [], "sag", 7])
def test_a_case_that_is_no_table_is_refused(pack: Pack, raw: object) -> None:
    with pytest.raises(Refused, match="tabel"):
        read_case(raw, pack)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"success": 0.05}, "lavere end basisraten"),
        ({"displacement": None}, "regnes som 0"),
        ({"benefit_month": 1_306_000}, "tastet i øre"),
        ({"wage_year": 30_000_000}, "300.000"),
        ({"cost_per_participant": 4_500_000}, "tastet i øre"),
        ({"wage_year": 900_000}, "mellemskat"),
        ({"per_job_year": [{"price": "stu.year"}]}, "2018-priser"),
        (
            {"per_job_year": [{"account": "KOM.SOC", "amount_year": 900_000, "section_176": True}]},
            "2020-niveau",
        ),
        (
            {"per_job_year": [{"account": "KOM.SOC", "amount_year": 9_000, "cashable": False}]},
            "ikke bliver til penge",
        ),
        ({"participants": 3}, "må ikke vises for alle"),
        ({}, "ikke godkendt"),
    ],
)
def test_what_is_odd_is_counted_but_said(run: Run, changes: dict[str, Any], sentence: str) -> None:
    assert any(sentence in str(warning) for warning in run(**changes).warnings)


def test_success_below_the_base_rate_counts_against_the_programme(run: Run) -> None:
    assert run(success=0.05).purses["public"].amounts.npv < -900_000


def test_two_placements_of_one_person_may_not_overlap(pack: Pack) -> None:
    groups = [
        {"id": "plads 1", "person": "a7", "start_week": 0, "weeks": 26},
        {"id": "plads 2", "person": "a7", "start_week": 20, "weeks": 13},
    ]
    raw = {key: value for key, value in PROGRAMME.items() if key != "participants"}
    with pytest.raises(Refused, match="„plads 1“ og „plads 2“ er samme person og overlapper i uge 20"):
        read_case({**raw, "groups": groups}, pack)
    groups[1]["start_week"] = 26
    read_case({**raw, "groups": groups}, pack)


def test_periods_of_a_history_may_not_overlap(pack: Pack) -> None:
    without = [{"activity": "benefit", "from": 1, "to": 30}, {"activity": "work", "from": 30, "to": 40}]
    with pytest.raises(Refused, match="overlapper i uge 30"):
        read_case({**PROGRAMME, "history": {"with": "work:52", "without": without}}, pack)


def test_dates_become_weeks_of_the_run(pack: Pack) -> None:
    raw = {key: value for key, value in PROGRAMME.items() if key not in ("year", "weeks", "participants")}
    own = {"person": "a", "start_date": "2026-03-02", "end_date": "2026-08-30"}
    case, _ = read_case({**raw, "start_date": "2026-01-05", "groups": [own]}, pack)
    assert (case.groups[0].start_week, case.groups[0].programme_weeks, case.groups[0].participants) == (
        8,
        26,
        1,
    )
    with pytest.raises(Refused, match="før sagen begynder"):
        read_case({**raw, "start_date": "2026-04-06", "groups": [own]}, pack)


def test_a_milder_correction_needs_a_reason_and_a_stricter_one_none(run: Run) -> None:
    full = run().purses["public"].amounts.npv
    strict = run(evidence="C", optimism_correction=0.3).purses["public"].amounts.npv
    standard = run(evidence="C", optimism_correction=True).purses["public"].amounts.npv
    reasoned = run(evidence="C", optimism_correction=0.9, correction_reason="Ny undersøgelse").purses[
        "public"
    ]
    assert strict < standard < reasoned.amounts.npv < full
    assert standard == pytest.approx(run(evidence="C").careful_npv["public"])


def test_a_studys_difference_replaces_success(run: Run) -> None:
    study = run(draws=2_000, success=None, effect={"difference": 0.18, "standard_error": 0.05})
    assert study.purses["public"].amounts.npv == pytest.approx(run().purses["public"].amounts.npv)
    assert study.tornado[0].name in ("success", "half_life", "base_rate")
    assert study.purses["public"].interval is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "er tom"),
        ("{'a': ", "JSON eller YAML"),
        ('{"a": 1, "a": 2}', "står to gange"),
        ("a: 1\na: 2", "står to gange"),
        ("a: [1, 2", "JSON eller YAML"),
        ("a: &x [1]\nb: *x", "henvisninger"),
        ("!!python/object/apply:os.system ['ls']", "JSON eller YAML"),
        ("[" * 100_000, "JSON eller YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        case_file.parse(text, "sagen.yaml")


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(Refused, match="findes ikke"):
        case_file.read_file("ingen-sag.yaml")
