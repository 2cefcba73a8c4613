# SPDX-License-Identifier: MPL-2.0
"""What the house demands of its own files."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "indgang"


def tracked(*endings: str) -> list[Path]:
    """Files of ours with one of these endings, vendored and generated ones left out."""
    left_out = {"vendor", "node_modules", ".venv", ".var", "migrations", "build"}
    found = []
    for folder in ("indgang", "tests", "tools", "benchmarks"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in endings and not left_out & set(file.relative_to(ROOT).parts):
                found.append(file)
    return found


def test_every_source_file_says_its_licence() -> None:
    silent = []
    for file in tracked(".py", ".css", ".js", ".typ"):
        text = file.read_text("utf-8")
        if text.strip() and "SPDX-License-Identifier: MPL-2.0" not in text[:200]:
            silent.append(str(file.relative_to(ROOT)))
    assert silent == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in tracked(".py", ".js")}
    assert {str(file.relative_to(ROOT)): count for file, count in lengths.items() if count > 400} == {}


def test_no_template_is_longer_than_a_hundred_and_fifty_lines() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in tracked(".html")}
    assert {str(file.relative_to(ROOT)): count for file, count in lengths.items() if count > 150} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = []
    for file in tracked(".py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60:
                long.append(f"{file.relative_to(ROOT)}:{node.name}")
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "services", "managers", "signals", "mixins", "constants", "common", "misc"}
    assert [str(file.relative_to(ROOT)) for file in PACKAGE.rglob("*.py") if file.stem in empty] == []


def test_every_template_is_used() -> None:
    sources = [file.read_text("utf-8") for file in tracked(".py", ".html")]
    by_others = {"account/password_reset.html", "account/logout.html", "account/login.html"}
    unused = []
    for file in tracked(".html"):
        name = str(file.relative_to(file.parents[[p.name for p in file.parents].index("templates")]))
        if name.startswith("account/") or name in by_others:
            continue
        if not any(name in source for source in sources):
            unused.append(name)
    assert unused == []


def test_no_interface_sentence_is_left_unmarked() -> None:
    unmarked = []
    for file in tracked(".html"):
        if file.name == "gallery.html":
            continue
        text = file.read_text("utf-8")
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", " ", text, flags=re.S)
        text = re.sub(r"{% blocktrans(late)?\b.*?{% endblocktrans(late)? %}", " ", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)
        text = re.sub(r"<(script|style|svg|code)\b.*?</\1>|<!DOCTYPE[^>]*>|<[^>]*>", " ", text, flags=re.S)
        words = [word for word in re.findall(r"[A-Za-zÆØÅæøå]{3,}", text) if word not in NAMES]
        if words:
            unmarked.append(f"{file.relative_to(ROOT)}: {' '.join(words[:6])}")
    assert unmarked == []


NAMES = {
    "Indgang",
    "CVR",
    "CPV",
    "JSON",
    "Dansk",
    "English",
    "amp",
    "nbsp",
    "middot",
    "ndash",
    "mdash",
    "laquo",
    "raquo",
    "quot",
}


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    suspicious = re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w+)/")
    found = []
    for file in [
        *tracked(".py", ".html", ".css", ".js", ".toml", ".yaml"),
        *ROOT.glob("*.*"),
        *(ROOT / "docs").rglob("*.md"),
    ]:
        if (
            file.is_file()
            and file.suffix in (".py", ".html", ".md", ".toml", ".yaml", ".yml", ".json", ".css", ".js")
            and file != Path(__file__)
        ):
            found += [
                f"{file.relative_to(ROOT)}: {hit}" for hit in suspicious.findall(file.read_text("utf-8"))
            ]
    assert found == []


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "http" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_at_most_twenty_packages_are_needed_to_run() -> None:
    import tomllib

    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert len(needed) <= 20


@pytest.mark.parametrize("command", [["makemigrations", "--check", "--dry-run"], ["check"]])
def test_django_has_no_remarks(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", *command, "--settings", "indgang.web.settings"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_production_settings_pass_the_deployment_check() -> None:
    import os

    environment = {
        **os.environ, "INDGANG_MODE": "production", "INDGANG_SECRET_KEY": "k" * 25 + "3f9a-Zq" * 6,
        "INDGANG_HOSTS": "indgang.example.dk",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", "--settings", "indgang.web.settings"],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_english_catalogue_is_complete() -> None:
    done = subprocess.run(
        [sys.executable, "tools/catalogue.py", "check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_what_actions_keep_or_send_is_danish_whatever_the_reader_speaks() -> None:
    """Actions take their sentences from `kernel.danish`; a view's language must not reach a mail or a promise."""
    writing = [
        *PACKAGE.glob("*/actions/*.py"),
        *PACKAGE.glob("*/*/actions.py"),
        PACKAGE / "directory" / "letters.py",
    ]
    translating = re.compile(r"^from django\.utils\.translation import .*\b(?:u?n?p?gettext)\b", re.M)
    assert [
        str(file.relative_to(ROOT)) for file in writing if translating.search(file.read_text("utf-8"))
    ] == []
