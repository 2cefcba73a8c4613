# SPDX-License-Identifier: MPL-2.0
"""Documents that must agree with the code."""

import re
from pathlib import Path

from indgang.web.environment import VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent


def code_names() -> set[str]:
    """Every identifier that the package's own source uses."""
    names: set[str] = set()
    for file in (ROOT / "indgang").rglob("*"):
        if file.suffix in (".py", ".toml") and "vendor" not in file.parts:
            names |= set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", file.read_text("utf-8")))
    return names


def glossary_rows() -> list[list[str]]:
    rows = []
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines():
        if line.startswith("|") and not re.match(r"\|[\s:-]+\|", line):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [row for row in rows if row[0] != "Danish"]


def test_every_code_word_of_the_glossary_stands_in_the_code() -> None:
    known, missing = code_names(), []
    for danish, code, *_meaning in glossary_rows():
        for name in re.findall(r"`([^`]+)`", code):
            parts = re.findall(r"[A-Za-z_][A-Za-z_0-9]*", name)
            missing += [f"{danish}: {name}" for part in parts if part not in known]
    assert missing == []


def test_every_row_of_the_glossary_says_what_it_means() -> None:
    assert [row for row in glossary_rows() if len(row) < 3 or not row[2]] == []


def test_the_models_stand_in_the_glossary() -> None:
    from django.apps import apps

    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    models = [model.__name__ for model in apps.get_models() if model.__module__.startswith("indgang.")]
    assert [name for name in models if f"`{name}" not in text] == []


def test_every_environment_variable_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "reference" / "environment.md").read_text("utf-8")
    rows = {
        cells[1].strip(" `"): (cells[2].strip(" `"), cells[3].strip())
        for line in text.splitlines()
        if line.startswith("| `") and len(cells := line.split("|")) > 4
    }
    assert rows == {name: (variable.default, variable.meaning) for name, variable in VARIABLES.items()}


def test_every_link_between_our_documents_leads_somewhere() -> None:
    broken = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text("utf-8")):
            if not (file.parent / target).exists():
                broken.append(f"{file.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_example_that_a_document_names_is_there() -> None:
    missing = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*")]:
        if file.suffix in (".md", ".yaml", ".toml"):
            named = re.findall(r"docs/examples/[\w/.-]*\w", file.read_text("utf-8"))
            missing += [f"{file.name}: {path}" for path in named if not (ROOT / path).exists()]
    assert missing == []


def test_every_page_for_readers_stands_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    kinds = ("tutorial", "how-to", "explanation", "reference")
    pages = [file for kind in kinds for file in (ROOT / "docs" / kind).glob("*.md")]
    assert [file.name for file in pages if f"{file.parent.name}/{file.name}" not in index] == []


def test_decisions_are_numbered_once() -> None:
    numbers = [file.name[:4] for file in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))
