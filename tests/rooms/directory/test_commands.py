# SPDX-License-Identifier: MPL-2.0
"""The command line against a database of its own, as an installation runs it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indgang.kernel.database import roles

ROOT = Path(__file__).resolve().parents[3]
LIST = """Virksomhed;CVR;By;Kontaktperson;Mail;Telefon;Ydelser
Bilfixerne ApS;99251557;Åbjerg;Jørgen Bæk;joergen@bilfixerne.example;;Bilvask og klargøring
Blomsterhjørnet;99354292;Horsens;Åse Lund;;20304050;Buketter og kranse
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def indgang(
    server: Any, worker_id: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    """Runs `indgang …` in a folder that holds the list; the database has one municipality."""
    name, folder = f"test_commands_{worker_id}", tmp_path_factory.mktemp("commands")
    with django_db_blocker.unblock():
        application = server.copy(server.template(), name)
    environment = os.environ | {
        "DATABASE_URL": application,
        "DATABASE_OWNER_URL": server.owner_of(name),
        "INDGANG_FOLDER": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    (folder / "liste.csv").write_bytes(LIST.encode("cp1252"))
    other = LIST.replace("Bilfixerne ApS;99251557", "Vaskehallen;").replace("Blomsterhjørnet", "Kransene")
    (folder / "anden.csv").write_text(other, "utf-8")

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "indgang.web.command", *words]
        return subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, timeout=120
        )

    run.database = application  # type: ignore[attr-defined]
    opened = run(
        "municipality", "Åbjerg Kommune", "--code", "997", "--cvr", "29189641", "--host", "aabjerg.localhost",
        "--email", "mette@aabjerg.example", "--coordinator", "Mette Lind",
    )  # fmt: skip
    assert opened.returncode == 0, opened.stderr
    try:
        yield run
    finally:
        roles.drop_database(server.admin, database=name)


def test_a_list_is_tried_and_then_read_in(indgang: Run) -> None:
    tried = indgang("import", "organisations", "liste.csv", "--dry-run")
    assert tried.stdout.splitlines()[:2] == [
        "Prøve: intet er gemt.",
        "1 nye kladder, 0 stod her allerede, 0 fik det, de manglede.",
    ]
    assert "linje 3: CVR-nummeret 99354292 findes ikke" in tried.stdout
    for added in (1, 0):
        done = indgang("import", "organisations", "liste.csv", "--rejected", "afviste.csv")
        assert done.stdout.startswith(f"{added} nye kladder, {1 - added} stod her allerede")
    assert "De afviste linjer står i afviste.csv" in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["findes-ikke.csv"], "findes-ikke.csv kan ikke læses"),
        (["liste.csv", "--municipality", "1"], "Her er: 997 Åbjerg Kommune"),
        (["liste.csv", "--column", "farve=Navn"], "--column farve=Navn passer ikke"),
        ([], "Der mangler: FIL"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(indgang: Run, words: list[str], sentence: str) -> None:
    done = indgang("import", "organisations", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_guess_is_corrected_with_the_words_of_the_header(indgang: Run) -> None:
    done = indgang("import", "organisations", "liste.csv", "--dry-run", "--column", "text=Virksomhed")
    assert done.returncode == 0


def test_the_index_is_read_anew_and_every_process_is_told(indgang: Run) -> None:
    with psycopg.connect(indgang.database, autocommit=True) as connection:  # type: ignore[attr-defined]
        before = connection.execute(
            "SELECT count(*) FROM directory_indexchange WHERE organisation_id = 0"
        ).fetchone()
        done = indgang("index")
        assert "0 virksomheder læst på" in done.stdout
        after = connection.execute(
            "SELECT count(*) FROM directory_indexchange WHERE organisation_id = 0"
        ).fetchone()
    assert before == (0,)
    assert after == (1,)


def test_matching_asks_the_database_when_no_file_is_given(indgang: Run) -> None:
    indgang("import", "organisations", "anden.csv")
    nobody = indgang("match", "bilvask")
    assert nobody.returncode == 2
    assert "Der er ingen virksomheder i databasen endnu" in nobody.stderr
    with psycopg.connect(indgang.database, autocommit=True) as connection:  # type: ignore[attr-defined]
        connection.execute(
            "SELECT set_config('indgang.municipality', (SELECT id::text FROM kernel_municipality), false)"
        )
        connection.execute("UPDATE directory_organisation SET published_at = now()")
    found = indgang("match", "vask af kommunens biler", "--json")
    assert found.returncode == 0, found.stderr
    assert '"matches": [{"id"' in found.stdout
