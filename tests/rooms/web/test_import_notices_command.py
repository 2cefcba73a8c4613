# SPDX-License-Identifier: MPL-2.0
"""`indgang import notices`: what a stranger at the terminal sees."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from indgang.procurement.models import Notice
from indgang.web import command, runtime
from tests.cast import Cast
from tests.core.notices.samples import DATA, content

ROOT = Path(__file__).resolve().parents[3]


def indgang(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "indgang.web.command", *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.fixture
def no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database is ready already."""
    monkeypatch.setattr(runtime, "start", lambda: None)


def test_a_dry_run_needs_no_database_and_tells_each_notice_in_danish(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(content("kantine"))
    (tmp_path / "b.xml").write_bytes(content("kantine_resultat"))
    done = indgang("import", "notices", tmp_path, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    for line in (
        "UDBUD  Kantinedrift på bibliotek og rådhus",
        "  4.200.000 kr. · Østjylland, Vestjylland · Mad, kantine og catering",
        "  - LOT-0001 Kantine på biblioteket: 1.800.000 kr. · tilbud senest 15. februar 2027 kl. 12.00",
        "      ★ Forbeholdt værksteder og integrationsvirksomheder",
        "  = LOT-0001 vundet af Køkkenværkstedet ApS + Fonden Frokosthuset 1.750.000 kr.",
        "Læst: 2 bekendtgørelser. Intet er gemt.",
    ):
        assert line in done.stdout


def test_a_dry_run_as_json_is_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(content("national"))
    (tmp_path / "b.xml").write_bytes(b"hej")
    done = indgang("import", "notices", tmp_path, "--dry-run", "--json")
    (line,) = done.stdout.splitlines()
    notice = json.loads(line)
    assert (notice["file"], notice["subtype"]) == ("a.xml", "E3")
    assert notice["lots"][0]["value"] == ["310000.00", "DKK"]
    assert "b.xml: Filen er ikke gyldig XML (linje 1)." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "notices", "/findes/ikke"], "findes ikke"),
        (["import", "notices", "{empty}"], "ingen .xml-filer"),
        (["import", "notices", "{data}", "--json"], "--json hører sammen med --dry-run"),
        (["import"], "KILDE"),
        (["import", "vejrudsigten"], "vejrudsigten"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = indgang(*(argument.format(empty=tmp_path, data=DATA) for argument in arguments))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_when_no_file_can_be_read_the_exit_code_is_1(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"hej")
    done = indgang("import", "notices", tmp_path, "--dry-run")
    assert done.returncode == 1
    assert "1 fil kunne ikke læses:\n  a.xml: Filen er ikke gyldig XML (linje 1)." in done.stdout


def test_an_import_counts_names_what_is_broken_and_may_be_repeated(
    cast: Cast, no_start: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notices.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("kantine", "kantine_version_2", "ukendte_koder"):
            archive.writestr(f"{name}.xml", content(name))
        archive.writestr("i-stykker.xml", content("national")[:500])
    assert command.main(["import", "notices", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Læst: 3 bekendtgørelser på " in said
    assert "  2 nye, 1 nyere version, 0 ældre versioner, 0 uændrede" in said
    assert "1 fil kunne ikke læses:\n  i-stykker.xml: Filen er ikke gyldig XML" in said
    assert "Koder, vi ikke kender, er beholdt, som de står:\n  form-type: rethink (1)" in said
    assert Notice.objects.count() == 2
    assert command.main(["import", "notices", str(path)]) == 0
    assert "  0 nye, 0 nyere versioner, 0 ældre versioner, 3 uændrede" in capsys.readouterr().out


def test_progress_is_told_for_every_thousand_files(
    cast: Cast, no_start: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1_000):
            archive.writestr(f"{number}.xml", b"<html/>")
        archive.writestr("last.xml", content("national"))
    assert command.main(["import", "notices", str(path)]) == 0
    caught = capsys.readouterr()
    assert caught.err == "Læser: 1.000 af 1.001 filer (99 %)\n"
    assert "1.000 filer kunne ikke læses:" in caught.out


def test_a_strangers_title_cannot_move_the_cursor(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(
        content("national").replace(b">Ompolstring af stole<", ">\x9b2JOndt<".encode())
    )
    done = indgang("import", "notices", tmp_path, "--dry-run")
    assert "\x9b" not in done.stdout
    assert "?2JOndt" in done.stdout


def test_start_up_without_a_database_is_quick_enough_to_import_no_framework(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(content("national"))
    code = (
        "import sys; from indgang.web.command import main;"
        f" main(['import', 'notices', {str(tmp_path)!r}, '--dry-run']); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "False"
