# SPDX-License-Identifier: MPL-2.0
"""`indgang value` as a stranger meets it: exit code, sentences, files."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indgang.web.command import main

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "value"
CASE = str(EXAMPLES / "20-langtidsmodtagere.yaml")
OVERLAY = str(EXAMPLES / "aabjerg.toml")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command; gives exit code, output and what went to the error stream."""

    def indgang(*words: str) -> tuple[int, str, str]:
        code = main(["value", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return indgang


def test_a_case_as_json_holds_gross_beside_net_and_range(call: Any) -> None:
    code, out, _ = call(CASE, "--draws", "1000", "--json")
    found = json.loads(out)
    assert code == 0
    for figure in (*found["accounts"].values(), *found["perspectives"].values()):
        assert figure["npv_dkk"] is not None
        assert figure["gross_npv_dkk"] is not None
        assert figure["interval"]["p5_dkk"] <= figure["interval"]["p95_dkk"]
        assert figure["evidence"] in "ABCD"
        assert figure["confidence"] in "HML"
        assert figure["question"]
        assert found["manifest"]["pack_sha256"].startswith(figure["pack_sha256"])
    assert found["statements"]["added_together"] is False
    assert found["reconciliation"]["ledger_oere"] < 1
    assert found["reconciliation"]["draws_oere"] < 1


def test_a_figure_on_an_unconfirmed_number_is_marked(call: Any) -> None:
    found = json.loads(call(CASE, "--draws", "0", "--json")[1])
    assert found["accounts"]["KOM.BESK"]["confidence"] == "L"
    assert "benefit.kontanthjaelp_forhoejet.month" in found["accounts"]["KOM.BESK"]["unconfirmed"]
    assert "per_job_year.REG" in found["accounts"]["REG"]["unconfirmed"]
    assert found["accounts"]["VIRKSOMHED"]["confidence"] == "H"


def test_every_doubt_of_the_pack_is_printed(call: Any) -> None:
    out = call(CASE, "--draws", "0")[1]
    for rank in range(1, 9):
        assert f"{rank}. " in out
    assert "DET ANTAGER VI" in out
    assert "hviler på et tal, der ikke er bekræftet" in out


def test_the_page_puts_gross_beside_net_and_says_who_should_pay(call: Any) -> None:
    out = " ".join(call(CASE, "--draws", "1000")[1].split())
    assert "netto fra til plus? brutto tjent hjem" in out
    assert "Jobcentret alene −151.698?" in out
    assert "ikke på 60 mdr." in out
    assert "Kommunekassen (skat og udligning) → Jobcenter og beskæftigelse: 94.031 kr." in out
    assert "Det vender fortegnet" in out
    assert max(map(len, call(CASE, "--draws", "1000")[1].splitlines())) <= 170


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
def test_every_example_runs(call: Any, example: str) -> None:
    assert call(str(EXAMPLES / example), "--draws", "200", "--overlay", OVERLAY)[0] == 0
    code, out, _ = call(str(EXAMPLES / example), "--draws", "200", "--overlay", OVERLAY, "--json")
    assert code == 0
    assert json.loads(out)["manifest"]["run_id"]


def test_the_staircase_of_a_first_year(call: Any) -> None:
    code, out, _ = call(
        "staircase", "--benefit-month", "13060", "--weeks", "52", "--from-week", "0", "--json"
    )
    found = json.loads(out)
    assert code == 0
    assert (found["gross_dkk"], found["municipality_dkk"], found["state_dkk"]) == (
        156_720,
        97_045.85,
        59_674.15,
    )
    late = json.loads(
        call("staircase", "--benefit-month", "13060", "--weeks", "52", "--from-week", "52", "--json")[1]
    )
    assert late["municipality_dkk"] == 125_376


def test_the_staircase_as_a_page_warns_of_the_rule_of_thumb(call: Any) -> None:
    out = call("staircase", "--benefit-month", "13060", "--weeks", "52")[1]
    assert "61,92 %" in out
    assert "28.330 kr. for meget" in out


def test_where_a_history_ends_on_the_staircase(call: Any, tmp_path: Path) -> None:
    found = json.loads(call("reset", "benefit:30,self:52,benefit:1", "--json")[1])
    assert (found["counted_weeks"], found["state_percent"], found["restarts_in_weeks"]) == (1, 80, [83])
    path = tmp_path / "historie.json"
    path.write_text(json.dumps({"history": [{"activity": "benefit", "from": 1, "to": 60}]}), "utf-8")
    assert json.loads(call("reset", str(path), "--json")[1])["next_benefit_week"]["counted_week"] == 61
    assert "trappen begyndte forfra i uge 83" in call("reset", "benefit:30,self:52,benefit:1")[1].casefold()


def test_packs_are_listed_shown_compared_and_bridged(call: Any) -> None:
    assert "dk@2026.1.0" in call("packs")[1]
    assert len(json.loads(call("packs", "--json")[1])[0]["sha256"]) == 64
    assert "tax.municipal_share = 0,25049" in call("packs", "show", "dk")[1]
    assert "0,25049 → 0,256" in call("packs", "diff", "dk", OVERLAY)[1]
    rows = json.loads(call("packs", "bridge", "dk", OVERLAY, "--case", CASE, "--json")[1])
    assert all(row["residual"] == 0 for row in rows)
    assert next(row for row in rows if row["purse"] == "KOM.OKON")["from_pack"] > 2_000


def test_a_stored_result_is_never_overwritten_and_can_be_checked(call: Any, tmp_path: Path) -> None:
    stored = str(tmp_path / "resultat.json")
    assert call(CASE, "--draws", "500", "--save", stored)[0] == 0
    first = Path(stored).read_bytes()
    assert call(CASE, "--draws", "500", "--save", stored)[0] == 0
    code, _, err = call(CASE, "--draws", "501", "--save", stored)
    assert code == 2
    assert "ændres aldrig" in err
    assert Path(stored).read_bytes() == first
    code, out, _ = call("check", stored)
    assert (code, out.startswith("Identisk")) == (0, True)


def test_a_tampered_result_is_found_out(call: Any, tmp_path: Path) -> None:
    stored = tmp_path / "resultat.json"
    call(CASE, "--draws", "0", "--save", str(stored))
    found = json.loads(stored.read_text("utf-8"))
    found["accounts"]["KOM.BESK"]["npv_dkk"] += 1_000
    stored.write_text(json.dumps(found), "utf-8")
    code, out, _ = call("check", str(stored))
    assert code == 1
    assert "accounts.KOM.BESK.npv_dkk" in out


def test_a_result_on_own_rows_is_checked_with_them(call: Any, tmp_path: Path) -> None:
    stored = str(tmp_path / "resultat.json")
    call(CASE, "--draws", "0", "--overlay", OVERLAY, "--save", stored)
    assert call("check", stored)[0] == 2
    assert call("check", stored, "--overlay", OVERLAY)[0] == 0


def test_the_ledger_is_written_for_a_spreadsheet_and_sums_to_zero(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "posteringer.csv"
    assert call(CASE, "--draws", "0", "--ledger", str(path), "--overlay", OVERLAY)[0] == 0
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len({row["run"] for row in rows}) == 1
    assert {"Jobcenter Åbjerg", "Socialforvaltningen"} <= {row["payer_department"] for row in rows}
    balance: dict[str, int] = {}
    for row in rows:
        assert row["payer"] != row["receiver"]
        amount = int(row["amount_oere"]) * (1 if row["path"] == "T" else -1)
        balance[row["receiver"]] = balance.get(row["receiver"], 0) + amount
        balance[row["payer"]] = balance.get(row["payer"], 0) - amount
    assert sum(balance.values()) == 0
    found = json.loads(call(CASE, "--draws", "0", "--json")[1])["accounts"]
    assert abs(balance["STAT.BM"] / 100 - found["STAT.BM"]["undiscounted_dkk"]) < 0.02
    lines = tmp_path / "posteringer.jsonl"
    call(CASE, "--draws", "0", "--ledger", str(lines))
    assert len(lines.read_text("utf-8").splitlines()) == len(rows)


def test_the_public_page_is_rounded_and_refuses_few(call: Any, tmp_path: Path) -> None:
    out = call(CASE, "--draws", "1000", "--public")[1]
    assert "Omkring 20 deltagere" in out
    assert "433.000" in out
    code, _, err = call(str(EXAMPLES / "en-person-i-job.yaml"), "--public")
    assert code == 2
    assert "kun 1 personer" in err
    assert call(CASE, "--public", "--people", "25")[0] == 2
    assert call(CASE, "--public", "--people", "3")[0] == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ingen.yaml"], "findes ikke"),
        (["staircase", "--weeks", "52"], "enten --benefit-month eller --benefit-week"),
        (["staircase", "--benefit-month", "13060"], "--weeks"),
        (["staircase", "--benefit-month", "kr", "--weeks", "52"], "Skriv et tal"),
        (["staircase", "--benefit-month", "nan", "--weeks", "52"], "endeligt tal"),
        (["staircase", "--benefit-month", "-5", "--weeks", "52"], "mellem 0"),
        (["staircase", "--benefit-month", "13060", "--weeks", "5.5"], "helt tal"),
        (
            ["staircase", "--benefit-month", "13060", "--weeks", "52", "--date", "2015-01-01"],
            "refusionstrappen",
        ),
        (["staircase", "--benefit-month", "13060", "--weeks", "52", "--date", "i går"], "Skriv en dato"),
        (
            ["staircase", "--benefit-month", "13060", "--weeks", "52", "--draws", "5"],
            "--draws bruges ikke her",
        ),
        (["reset"], "Skriv én historie"),
        (["reset", "benfit:3"], "Mente du|findes ikke"),
        (["packs", "diff", "dk"], "packs diff GAMMEL NY"),
        (["packs", "diff", "dk", "xx"], "ingen pakke „xx“"),
        (["packs", "bridge", "dk", "dk"], "kræver --case"),
        (["check", CASE], "ikke et gemt resultat"),
        ([CASE, CASE], "én sag ad gangen"),
        ([CASE, "--pack", "xx"], "ingen pakke"),
        ([CASE, "--overlay", "ingen.toml"], "kan ikke læses"),
        ([CASE, "--draws", "7"], "mindst 100"),
        ([CASE, "--draws", "mange"], "Skriv et tal"),
        ([CASE, "--draws", "1e9"], "mellem 0 og 1.000.000"),
        ([CASE, "--seed", "-1"], "mellem 0"),
        ([CASE, "--weeks", "3"], "--weeks bruges ikke her"),
        ([CASE, "--draws", "0", "--ledger", "fil.txt"], ".csv eller .jsonl"),
        ([CASE, "--draws", "0", "--save", "/ingen/mappe/r.json"], "kan ikke skrives"),
    ],
)
def test_wrong_words_are_answered_with_a_sentence_and_exit_code_two(
    call: Any, words: list[str], sentence: str
) -> None:
    import re

    code, _, err = call(*words)
    assert code == 2
    assert re.search(sentence, err), err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_the_command_starts_without_django() -> None:
    code = "import sys; import indgang.web.commands.value; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_thread_counts_change_nothing_that_is_printed(tmp_path: Path) -> None:
    """The totals agree to 1e-12 whatever the number of threads; rounded to øre they are the same."""
    code = (
        "import sys, json; from indgang.core.value import pack_files, case_file, case_reader, compiled, draws, totals\n"
        f"case, figures = case_reader.read_case(case_file.read_file({CASE!r}), pack_files.load())\n"
        "ready = compiled.compiled(case, figures)\n"
        "found = totals.totals(ready, draws.draw(ready, case.method, 3000, 1))\n"
        "print(json.dumps(found.net.tolist()))"
    )
    printed = []
    for threads in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"OPENBLAS_NUM_THREADS": threads, "PATH": ""},
            capture_output=True,
            check=True,
        )
        printed.append(json.loads(done.stdout))
    one, two = printed
    for row, other in zip(one, two, strict=True):
        size = max(map(abs, row)) or 1.0
        assert max(abs(a - b) for a, b in zip(row, other, strict=True)) <= 1e-12 * size
