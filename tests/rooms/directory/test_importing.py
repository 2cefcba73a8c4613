# SPDX-License-Identifier: MPL-2.0
"""Lists as municipalities really have them, read without a database."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from indgang.core.text import Refused
from indgang.directory.importing import Grid, Line, Rejected, Row, guess_columns, read_list, rows_from
from indgang.directory.importing.rows import danish_number

HEADERS = ("Virksomhed", "CVR-nr.", "Postnr.", "By", "Kontaktperson", "Mail", "Tlf.", "Hvad laver de?")
GOOD = (
    "Bilfixerne ApS",
    "99251557",
    "8799",
    "Åbjerg",
    "Jørgen Bæk",
    "joergen@bilfixerne.example",
    "87991122",
    "Bilvask",
)


def here(told: str, town: str) -> int | None:
    return {"": 997, "Horsens": 615}.get(told)


def judged(*lines: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> list[Row | Rejected]:
    grid = Grid(headers, tuple(Line(number, cells) for number, cells in enumerate(lines, start=2)))
    return list(rows_from(grid, guess_columns(headers), municipality=here))


def the_reasons(line: Row | Rejected) -> str:
    assert isinstance(line, Rejected)
    return " ".join(map(str, line.reasons))


def changed(**cells: str) -> tuple[str, ...]:
    keys = ("name", "cvr", "postal", "town", "contact", "mail", "phone", "text")
    return tuple(cells.get(key, value) for key, value in zip(keys, GOOD, strict=True))


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_whatever_it_was_saved_as(encoding: str, sign: str) -> None:
    content = csv_of(
        sign.join(("Navn", "By", "Ydelser")),
        sign.join(("Ærø Øl", "Åbjerg", "Bryggeri på å")),
        encoding=encoding,
    )
    grid = read_list("liste.csv", content)
    assert grid == Grid(("Navn", "By", "Ydelser"), (Line(2, ("Ærø Øl", "Åbjerg", "Bryggeri på å")),))


def test_titles_above_the_headers_and_empty_lines_keep_the_numbers_people_see() -> None:
    content = csv_of(
        "Vores liste 2027;;", ";;", "Navn;By;Ydelser", "A;Åbjerg;Rengøring", ";;", "B;Åbjerg;Flytning"
    )
    grid = read_list("liste.csv", content)
    assert grid.headers == ("Navn", "By", "Ydelser")
    assert [line.number for line in grid.lines] == [4, 6]


def test_a_cell_may_hold_line_breaks_and_separators() -> None:
    grid = read_list("liste.csv", csv_of("Navn;Ydelser", '"Hansen; og søn";"Maler\r\nogså ude"'))
    assert grid.lines[0].cells == ("Hansen; og søn", "Maler også ude")


def workbook(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_merged_cells_count_for_every_line_they_span() -> None:
    content = workbook(
        ("Sociale virksomheder", None, None),
        ("Kommune", "Navn", "Kapacitet pr. uge"),
        ("Horsens", "A", 1250.0),
        (None, "B", "1.250,50"),
        (None, "C", 12.5),
        merged=("A1:C1", "A3:A5"),
    )
    grid = read_list("liste.xlsx", content)
    assert grid.headers == ("Kommune", "Navn", "Kapacitet pr. uge")
    assert [line.cells for line in grid.lines] == [
        ("Horsens", "A", "1250"),
        ("Horsens", "B", "1.250,50"),
        ("Horsens", "C", "12,5"),
    ]


def test_dates_and_ticks_are_read_as_people_read_them() -> None:
    grid = read_list("liste.xlsx", workbook(("Navn", "By", "Fra"), ("A", True, date(2027, 4, 6))))
    assert grid.lines[0].cells == ("A", "ja", "06.04.2027")


def test_a_formula_that_was_never_computed_is_named() -> None:
    with pytest.raises(Refused, match="Felt B2 er en formel"):
        read_list("liste.xlsx", workbook(("Navn", "By"), ("A", "=1+1")))


def test_the_fullest_visible_sheet_is_the_list() -> None:
    book = Workbook()
    book.create_sheet("Tom")
    sheet = book.create_sheet("Listen")
    sheet.append(("Navn", "By"))
    sheet.append(("A", "Åbjerg"))
    file = io.BytesIO()
    book.save(file)
    assert read_list("liste.xlsx", file.getvalue()).headers == ("Navn", "By")


def a_zip(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"  \r\n", "Filen er tom"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammel Excel-fil"),
        (b"PK\x03\x04 not a zip", "i stykker"),
        (a_zip(readme=b"hej"), "en zip-fil og ikke en Excel-fil"),
        (a_zip(xl__bomb=b"0" * 250_000_000), "pakker ud til mere"),
        (a_zip(xl__workbook=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "i stykker"),
        (b"\x00\x01\x02\x03", "hverken Excel eller CSV"),
    ],
    ids=["empty", "old", "broken", "zip", "bomb", "entities", "bytes"],
)
def test_what_is_no_list_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_list("liste.xlsx", content)


def test_too_many_lines_are_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="Del den op"):
        read_list("liste.csv", csv_of("Navn;By", *["A;B"] * 20_001))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (HEADERS, {"name": [0], "cvr_number": [1], "postal_code": [2], "town": [3], "contact_name": [4],
                   "contact_email": [5], "contact_phone": [6], "text": [7]}),
        (("Firmanavn", "Branche", "Ydelser", "E-mail"), {"name": [0], "text": [1, 2], "contact_email": [3]}),
        (("Navn på virksomhed", "Navn på kontaktperson", "By"), {"name": [0], "contact_name": [1], "town": [2]}),
        (("Noget", "Helt", "Andet"), {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_the_words_above_them(
    headers: tuple[str, ...], expected: dict[str, list[int]]
) -> None:
    assert guess_columns(headers) == expected


def test_a_good_line_becomes_a_row() -> None:
    (row,) = judged(GOOD)
    assert isinstance(row, Row)
    assert (row.number, row.name, row.municipality_code) == (2, "Bilfixerne ApS", 997)
    assert (row.contact_phone, row.cvr_number) == ("87 99 11 22", "99251557")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (changed(cvr="99251558"), "99251558 findes ikke: et ciffer er forkert"),
        (changed(name=""), "Navnet mangler"),
        (changed(town=""), "Byen mangler"),
        (changed(contact=""), "Kontaktpersonen mangler"),
        (changed(mail="", phone=""), "Telefon eller e-mail mangler"),
        (changed(text=""), "Der står ikke, hvad virksomheden sælger"),
        (changed(mail="uden snabel"), "ikke rigtig skrevet"),
    ],
)
def test_a_line_that_lacks_something_is_left_out_with_its_reason(line: tuple[str, ...], reason: str) -> None:
    (rejected,) = judged(line)
    assert reason in the_reasons(rejected)


def test_every_reason_is_given_at_once() -> None:
    (rejected,) = judged(("", "1", "", "", "", "", "", ""))
    assert isinstance(rejected, Rejected)
    assert len(rejected.reasons) == 6


def test_a_line_with_a_personal_number_is_refused_and_the_number_is_kept_nowhere() -> None:
    (rejected,) = judged(changed(text="Spørg efter 010190-1234"))
    assert isinstance(rejected, Rejected)
    assert "CPR-nummer" in the_reasons(rejected)
    assert "010190" not in repr((rejected, rejected.cells))
    assert rejected.cells[0] == "Bilfixerne ApS"


def test_a_p_number_is_no_personal_number() -> None:
    (row,) = judged((*GOOD, "1001901234"), headers=(*HEADERS, "P-nummer"))
    assert isinstance(row, Row)
    assert row.p_number == "1001901234"


def test_the_same_enterprise_twice_is_told_with_the_first_ones_line() -> None:
    first, second, third = judged(GOOD, changed(name="Bilfixerne"), changed(cvr="", name="En anden"))
    assert isinstance(first, Row)
    assert "står også på linje 2" in the_reasons(second)
    assert isinstance(third, Row)


def test_a_municipality_nobody_knows_is_told_by_name() -> None:
    row, rejected = judged((*changed(cvr=""), "Horsens"), (*GOOD, "Ingenland"), headers=(*HEADERS, "Kommune"))
    assert isinstance(row, Row)
    assert row.municipality_code == 615
    assert "«Ingenland»" in the_reasons(rejected)


def test_words_for_groups_and_jobs_are_understood() -> None:
    headers = (*HEADERS, "Målgruppe", "Jobtyper", "Mindste ordre")
    (row,) = judged(
        (*GOOD, "Unge, sindslidende og flygtninge", "Fleksjob, praktik, § 103", "1.250,00 kr."),
        headers=headers,
    )
    assert isinstance(row, Row)
    assert set(row.target_groups) == {"young", "mental", "migrants"}
    assert set(row.job_types) == {"flex", "work_placement", "sheltered_103"}
    assert row.smallest_dkk == 1250


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.250", 1250),
        ("1.250,50", 1250.5),
        ("1250", 1250),
        ("12,5", 12.5),
        ("1 250 kr.", 1250),
        ("mange", None),
        ("1.25.0", None),
    ],
)
def test_numbers_are_read_as_danes_write_them(text: str, number: float | None) -> None:
    assert danish_number(text) == number


@given(st.integers(0, 10**9))
def test_every_whole_number_survives_danish_thousands(number: int) -> None:
    assert danish_number(f"{number:,}".replace(",", ".")) == number


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=12))
def test_no_table_of_text_breaks_the_reading(table: list[list[str]]) -> None:
    try:
        grid = read_list("x.csv", "\n".join(";".join(row) for row in table).encode())
    except Refused:
        return
    for line in rows_from(grid, guess_columns(grid.headers), municipality=here):
        assert isinstance(line, Row | Rejected)
