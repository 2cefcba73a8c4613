# SPDX-License-Identifier: MPL-2.0
"""The table of fields against the EU's own, and against the EU's sample notices, where these are at hand."""

import csv
import re
import runpy
from dataclasses import fields as dataclass_fields
from pathlib import Path

import pytest

from indgang.core.notices.call import Kind, kind_of, marks_of
from indgang.core.notices.codes import lists, unknown_codes
from indgang.core.notices.fields import ALL, LOT, NOTICE
from indgang.core.notices.outcome import outcomes
from indgang.core.notices.paths import Field, compiled
from indgang.core.notices.reading import read_notice
from indgang.core.notices.values import code
from tests.core.notices.samples import official

ROOT = Path(__file__).resolve().parents[3]


def test_every_attribute_has_a_field_and_every_field_an_attribute() -> None:
    for name, kind, table in ALL:
        attributes = {field.name for field in dataclass_fields(kind)} - {"remarks"}
        assert attributes == {field.name for field in table}, name


def test_every_code_list_that_a_field_names_has_labels() -> None:
    named = {field.codelist for _name, _kind, table in ALL for field in table if isinstance(field, Field)}
    assert named - {""} <= set(lists())


def test_a_path_that_is_none_is_refused_when_the_table_is_read() -> None:
    with pytest.raises(ValueError, match="is not a path"):
        compiled([Field("X", "x", "cbc:ID[", code)])


def _bare(path: str) -> str:
    """A path without its conditions."""
    while "[" in path:
        path = re.sub(r"\[[^\[\]]*\]|\{[^}]*\}", "", path)
    return path


TABLES = (
    ("/*/", "-notice", NOTICE),
    ("/*/", "-Procedure", NOTICE),
    ("/*/cac:ProcurementProjectLot/", "-Lot", LOT),
)


def test_our_paths_and_lists_are_those_of_the_sdk() -> None:
    with official("eforms_fields.csv").open(encoding="utf-8") as file:
        theirs = {row["field_id"]: row["xpath"] for row in csv.DictReader(file)}
    compared = 0
    for prefix, suffix, table in TABLES:
        for field in table:
            for number in getattr(field, "number", "").split(", "):
                path = theirs.get(number + suffix)
                if path is not None:
                    ours = _bare(re.sub(r"\{[^}]*\}", "", prefix + field.path))
                    assert _bare(path) == ours or _bare(path).startswith(f"{ours}/"), number
                    for listed in re.findall(r"\[@listName='([^']+)'\]$", field.path):
                        assert f"'{listed}'" in path or "@listName" not in path, number
                    compared += 1
    assert compared > 30


SAMPLES = {
    "cn-social_25": (Kind.CALL, "21", [("execution", "social:opp", "social:acc-all")], 0),
    "cn_24_maximal": (
        Kind.CALL,
        "16",
        [("res-pub-ser", "execution", "social:acc-all"), ("execution", "social:acc-all")],
        0,
    ),
    "cn_24_minimal": (Kind.CALL, "16", [()], 0),
    "pin-cfc-social_23": (Kind.CALL, "14", [("res-pub-ser",)], 0),
    "pin-cfc-social_24": (Kind.CALL, "12", [("res-ws",)], 0),
    "pin-rtl_81": (Kind.PLAN, "9", [("res-ws", "execution")], 0),
    "can-social_24": (Kind.RESULT, "33", [(), (), ()], 1),
    "can_24_maximal": (Kind.RESULT, "29", [("social:acc-all",), ("social:acc-all",)], 2),
    "can_24_minimal": (Kind.RESULT, "29", [()], 1),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_eus_sample_notices_are_read(name: str) -> None:
    notice = read_notice(official("eforms_samples", f"{name}.xml").read_bytes())
    kind, subtype, marks, winners = SAMPLES[name]
    assert (kind_of(notice), notice.subtype) == (kind, subtype)
    assert [marks_of(lot) for lot in notice.lots] == marks
    assert sum(len(outcome.winners) for outcome in outcomes(notice)) == winners
    assert notice.remarks == ()
    assert {name for name, _code in unknown_codes(notice)} <= {"language"}
    assert notice.buyers[0].name
    assert notice.title
    assert len(notice.cpv_main) == 8


def test_the_reference_page_is_made_from_the_table() -> None:
    page = runpy.run_path(str(ROOT / "tools" / "notice_fields_page.py"))
    assert page["PAGE"].read_text("utf-8") == page["page"](), "run: python tools/notice_fields_page.py"
