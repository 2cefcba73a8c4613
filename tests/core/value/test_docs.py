# SPDX-License-Identifier: MPL-2.0
"""What the documents say of the value account is what the code does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indgang.core.value import schema
from indgang.core.value.case_file import read_file
from indgang.core.value.fields import kroner
from indgang.core.value.manifest import Options
from indgang.core.value.pack import Pack
from indgang.core.value.report import as_json
from indgang.core.value.result import Result
from indgang.core.value.run import value

DOCS = Path(__file__).parents[3] / "docs"
REFERENCE = (DOCS / "reference" / "value-case.md").read_text("utf-8")
METHOD = (DOCS / "explanation" / "value-method.md").read_text("utf-8")
TABLES = [
    name
    for name in dir(schema)
    if isinstance(getattr(schema, name), dict) and name not in ("KINDS", "__builtins__", "__annotations__")
]


@pytest.mark.parametrize("table", TABLES)
def test_every_name_of_a_case_stands_in_the_reference(table: str) -> None:
    for name, key in getattr(schema, table).items():
        assert f"| `{name}` | {key.unit} | {key.meaning} |" in REFERENCE, name


def test_every_key_of_the_result_stands_in_the_reference(run: Callable[..., Result]) -> None:
    for key in as_json(run()):
        assert key == "title" or f"`{key}`" in REFERENCE, key


def test_the_methods_table_is_what_the_command_prints(pack: Pack) -> None:
    raw = read_file(str(DOCS / "examples" / "value" / "20-langtidsmodtagere.yaml"))
    purses = value(raw, pack, Options()).purses
    for name, words in (
        ("job_centre", "Job centre"), ("municipality", "Municipality"), ("region", "Region"), ("state", "State"),
        ("public", "Public purse"), ("citizens", "Citizens"), ("society", "Society"),
    ):  # fmt: skip
        purse = purses[name]
        assert purse.interval is not None
        amounts = (purse.amounts.npv, purse.interval.p5, purse.interval.p95, purse.amounts.gross_npv)
        cells = " | ".join(kroner(amount).replace(".", ",").replace("−", "-") for amount in amounts)
        assert f"| {words} | {cells} |" in METHOD


def test_every_doubt_has_its_line_in_the_method(pack: Pack) -> None:
    section = METHOD.split("## Doubts")[1]
    for doubt in pack.doubts:
        assert f"\n{doubt.rank}. " in section


def test_every_pack_key_begins_as_the_reference_says(pack: Pack) -> None:
    reference = (DOCS / "reference" / "value-pack.md").read_text("utf-8")
    for key in pack.keys():  # noqa: SIM118
        beginning = key.split(".")[0].removesuffix("_level_2024")
        assert f"`{beginning}." in reference, key
