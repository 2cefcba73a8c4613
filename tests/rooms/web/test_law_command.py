# SPDX-License-Identifier: MPL-2.0
"""`indgang law` and `indgang fleksjob` as they are typed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indgang.core.law.pack import load
from indgang.web.command import main

FACTS = 'kind: services\ncpv_main: "77310000"\nvalue_dkk: 480000\nduration_months: 48\nkgi: no\npublication_date: 2026-10-05\n'
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, "utf-8")
    return path


def answer(capsys: Captured, *arguments: object) -> dict[str, Any]:
    assert main(["law", *map(str, arguments), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: Captured, *arguments: object) -> str:
    assert main([*map(str, arguments)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    return printed.err


def test_a_yaml_file_with_a_bare_no_is_answered(facts: Path, capsys: Captured) -> None:
    document = answer(capsys, facts)
    assert document["regime"] == "A"
    assert document["routes"][0] == "A"
    assert document["pack"] == load().label


def test_a_json_file_gives_the_same(facts: Path, tmp_path: Path, capsys: Captured) -> None:
    other = tmp_path / "facts.json"
    same = {
        "kind": "services",
        "cpv_main": "77310000",
        "value_dkk": 480000,
        "duration_months": 48,
        "kgi": False,
        "publication_date": "2026-10-05",
    }
    other.write_text(json.dumps(same), "utf-8")
    assert answer(capsys, other) == answer(capsys, facts)


def test_the_issue_keys_are_all_there(facts: Path, capsys: Captured) -> None:
    keys = "regime value_dkk routes uncertain blocked not_applicable duties alternative docs warnings stop eforms supplier_result pack"
    assert set(keys.split()) <= set(answer(capsys, facts))


def test_a_code_with_a_leading_zero_is_no_octal_number(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("kind: goods\ncpv_main: 03000000\nvalue_dkk: 90000\nkgi: no\n", "utf-8")
    assert answer(capsys, path)["facts"]["cpv_main"] == "03000000"


def test_the_date_on_the_line_wins_and_the_answer_says_so(facts: Path, capsys: Captured) -> None:
    document = answer(capsys, facts, "--date", "2021-05-05")
    assert document["date"] == "2021-05-05"
    assert document["threshold_dkk"] == 1_595_391
    assert any("i stedet for 5. oktober 2026" in warning for warning in document["warnings"])


def test_without_a_date_today_is_used_and_said(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("kind: goods\ncpv_main: 39000000\nvalue_dkk: 90000\nkgi: no\n", "utf-8")
    document = answer(capsys, path)
    assumed = [question["assumption"] for question in document["questions"]]
    assert any(sentence and "Der er ingen dato i oplysningerne" in sentence for sentence in assumed)


def test_the_page_is_for_a_buyer(facts: Path, capsys: Captured) -> None:
    assert main(["law", str(facts)]) == 0
    page = capsys.readouterr().out
    for told in ("DET MÅ I", "DET MÅ I IKKE", "DET SKAL I", "SKRIV NED OG GEM", "DET HAR VI REGNET MED"):
        assert told in page
    assert page.rstrip().endswith("Det her er ikke juridisk rådgivning.")


def test_a_stop_is_an_answer_and_says_what_is_missing(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("kind: goods\ncpv_main: 39000000\nvalue_dkk: 900000\n", "utf-8")
    assert main(["law", str(path)]) == 0
    page = capsys.readouterr().out
    assert "Klar grænseoverskridende interesse" in page
    assert "Hvor arbejdet skal udføres" in page


def test_one_rule_is_explained(capsys: Captured) -> None:
    assert main(["law", "explain", "R54"]) == 0
    assert "udbudsloven § 54" in capsys.readouterr().out
    told = answer(capsys, "explain", "R54")
    assert (told["id"], told["confidence"], told["title_en"][:8]) == ("R54", "H", "Reserved")


def test_a_saved_answer_is_checked_against_its_pack(facts: Path, tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "svar.json"
    document = answer(capsys, facts)
    saved.write_text(json.dumps(document), "utf-8")
    assert main(["law", "check", str(saved)]) == 0
    assert "Svaret er uændret" in capsys.readouterr().out
    saved.write_text(json.dumps({**document, "routes": ["A", "R54"]}), "utf-8")
    assert "anderledes i: routes" in refused(capsys, "law", "check", saved)
    saved.write_text(json.dumps({**document, "pack": "2026-11-24@sha256:00"}), "utf-8")
    assert "andet fingeraftryk" in refused(capsys, "law", "check", saved)


def test_what_is_unconfirmed_and_the_packs_are_listed(capsys: Captured) -> None:
    assert main(["law", "unconfirmed"]) == 0
    assert "U14" in capsys.readouterr().out
    assert len(answer(capsys, "unconfirmed")["points"]) == 14
    assert main(["law", "packs"]) == 0
    assert load().sha256 in capsys.readouterr().out


def test_a_plan_is_answered(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("id;kind;value_dkk;kgi\n1;goods;480000;nej\n2;goods;x;nej\n", "utf-8")
    assert main(["law", "plan", str(path)]) == 0
    assert "kan ikke læses: 1" in capsys.readouterr().out


def test_an_own_policy_is_used(facts: Path, tmp_path: Path, capsys: Captured) -> None:
    policy = tmp_path / "politik.toml"
    policy.write_text(
        'name = "Vores"\n[[restriction]]\nwhen = "V >= 300000"\ncloses = ["A"]\nreason_da = "Kun under 300.000 kr."\n',
        "utf-8",
    )
    document = answer(capsys, facts, "--policy", policy)
    assert "Vores" in document["blocked"]["A"]
    assert document["policy"].startswith("Vores@sha256:")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "kind: services\ncpv_main: 90910000\nkgi: no\n", "value_dkk mangler"),
        ("a.yaml", "kind: services\nvalue_dkk: -1\n", "value_dkk er -1"),
        ("a.yaml", "kind: services\nvaluedkk: 1\n", "Den nærmeste er value_dkk"),
        ("a.yaml", "kind: services\nvalue_dkk: 520.000\nkgi: no\n", "fjern det, fx 480000"),
        ("a.yaml", "kind: [services\n", "ikke YAML"),
        ("a.yaml", "", "navne med værdier"),
        ("a.json", "{", "ikke JSON: fejl i linje 1"),
        ("a.json", "[]", "navne med værdier"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    name: str, text: str, told: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert told in refused(capsys, "law", path)


def test_other_bad_lines_are_refused_in_one_sentence(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    assert "findes ikke" in refused(capsys, "law", tmp_path / "nothing.yaml")
    assert "kan ikke læses" in refused(capsys, "law", tmp_path)
    assert "UTF-8" in refused(capsys, "law", tmp_path / "x.yaml")
    assert "Skriv en fil" in refused(capsys, "law")
    assert "ingen regel med id R99" in refused(capsys, "law", "explain", "R99")
    assert "Vi kender ikke pakken" in refused(capsys, "law", "explain", "R54", "--pack", "1900")
    assert "dato som" in refused(capsys, "law", "explain", "R54", "--date", "i går")
    assert "ikke et gemt svar" in refused(capsys, "law", "check", _written(tmp_path / "s.json", "{}"))


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_subsidy_of_a_month_is_worked_out(capsys: Captured) -> None:
    line = ["fleksjob", "--year", "2024", "--pay", "9000", "--other-pay", "2000", "--full-pay", "32000"]
    assert main([*line, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["subsidy_dkk"], document["uncapped_dkk"]) == (16652.0, 16652.0)
    assert (document["total_gross_dkk"], document["zero_point_dkk"]) == (25652.0, 43696)
    assert main(line) == 0
    assert "16.652 kr." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("year", "pay", "told"),
    [
        ("2015", "9000", "Vi mangler tallene"),
        ("i år", "9000", "fire cifre"),
        ("2024", "x", "beløb i kroner"),
        ("2024", "-5", "nul eller mere"),
    ],
)
def test_a_bad_month_is_refused(year: str, pay: str, told: str, capsys: Captured) -> None:
    assert told in refused(capsys, "fleksjob", "--year", year, f"--pay={pay}", "--full-pay", "32000")


def test_the_law_starts_without_the_web_framework(facts: Path) -> None:
    code = f"import sys; from indgang.web.command import main; main(['law', {str(facts)!r}, '--json']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
