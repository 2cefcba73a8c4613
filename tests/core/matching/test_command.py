# SPDX-License-Identifier: MPL-2.0
"""`indgang match` as somebody types it."""

import io
import json
import sys
from pathlib import Path

import pytest

from indgang.web.command import main

OFFERS = [
    {"id": "v", "name": "Vaskeriet", "municipality": "Aarhus", "offers": "Vask, tørring og foldning af tøj"},
    {
        "id": "g",
        "name": "Grønne Hænder",
        "municipality": "Vejle",
        "offers": "Græsslåning og snerydning",
        "areas": ["Vejle"],
    },
]


@pytest.fixture
def offers(tmp_path: Path) -> str:
    path = tmp_path / "offers.jsonl"
    path.write_text("\n".join(json.dumps(offer, ensure_ascii=False) for offer in OFFERS), "utf-8")
    return str(path)


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))


def test_a_sentence_gets_a_page_that_a_stranger_understands(
    offers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", "Vask af arbejdstøj for 12 børnehaver", "--offers", offers]) == 0
    page = capsys.readouterr().out
    assert "1 af 2 virksomheder" in page
    assert "1. Vaskeriet, Aarhus" in page
    assert "»Vask, tørring og foldning af tøj«" in page
    assert "CPV-koder der passer: 98311000" in page


def test_words_need_no_quotes(offers: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "vask", "af", "duge", "--offers", offers]) == 0
    assert "Vaskeriet" in capsys.readouterr().out


def test_nobody_is_said_in_words_and_as_an_empty_list(
    offers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", "ny tanksprøjte", "--offers", offers]) == 0
    assert "Ingen af de 2 virksomheder" in capsys.readouterr().out
    assert main(["match", "ny tanksprøjte", "--offers", offers, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["matches"] == []


def test_a_file_of_needs_gives_one_object_a_line(
    offers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    needs = tmp_path / "needs.jsonl"
    needs.write_text(
        '{"id": "a", "text": "vask af duge"}\nnej\n{"id": "b", "text": "græs", "place": "Vejle"}\n', "utf-8"
    )
    assert main(["match", str(needs), "--offers", offers, "--top", "1", "--json"]) == 0
    out = capsys.readouterr()
    answers = [json.loads(line) for line in out.out.splitlines()]
    assert [(answer["id"], answer["matches"][0]["id"]) for answer in answers] == [("a", "v"), ("b", "g")]
    assert (
        out.err
        == 'needs.jsonl, linje 2: Linjen er ikke JSON. Skriv ét objekt pr. linje, fx {"id": "1", "text": "..."}.\n'
    )


def test_standard_input_may_be_one_text_or_many_lines(
    offers: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "vask af\nduge\n")
    assert main(["match", "-", "--offers", offers, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["matches"][0]["id"] == "v"
    typed(monkeypatch, '\ufeff{"id": "x", "text": "snerydning"}\n')
    assert main(["match", "-", "--offers", offers, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "x"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["   "], "Teksten er tom"),
        (["følge for 010190-1234 til læge"], "CPR-nummer"),
        (["findes-ikke.jsonl"], "findes ikke"),
    ],
)
def test_a_bad_need_is_refused_with_one_sentence(
    arguments: list[str], sentence: str, offers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", *arguments, "--offers", offers]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert "1234" not in error
    assert "Traceback" not in error


def test_offers_that_are_missing_or_unusable_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", "vask", "--offers", str(tmp_path / "nej.jsonl")]) == 2
    assert "findes ikke" in capsys.readouterr().err
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    assert main(["match", "vask", "--offers", str(empty)]) == 2
    assert "ingen brugbare virksomheder" in capsys.readouterr().err
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"id": "1", "name": "Blåbær"}'.encode("latin-1"))
    assert main(["match", "vask", "--offers", str(latin)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_need_of_two_megabytes_is_answered_and_says_that_it_was_shortened(
    offers: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "vask af duge og tøj. " * 100_000)
    assert main(["match", "-", "--offers", offers]) == 0
    page = capsys.readouterr().out
    assert "Vaskeriet" in page
    assert "kun begyndelsen er læst" in page


def test_top_must_be_a_sensible_number(offers: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["match", "vask", "--offers", offers, "--top", "0"])
    assert ending.value.code == 2
    assert "helt tal fra 1 til 1000" in capsys.readouterr().err


def test_a_judged_folder_is_measured_beside_the_simple_ways(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parent / "data" / "practice"
    assert main(["match", "evaluate", str(folder)]) == 0
    table = capsys.readouterr().out
    for word in ("nDCG@10", "Indgang", "fritekst (BM25)", "bogstavfølger", "branche og område", "n = "):
        assert word in table


def test_a_folder_without_the_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "evaluate", str(tmp_path)]) == 2
    assert "needs.jsonl" in capsys.readouterr().err
    assert main(["match", "evaluate"]) == 2
    assert "mappen" in capsys.readouterr().err
