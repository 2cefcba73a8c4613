# SPDX-License-Identifier: MPL-2.0
"""Purchasing's contract list: read, looked at, let count, and uploaded again."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.core.text import Refused
from indgang.directory import uploads
from indgang.directory.importing import Rejected, guess_columns, read_list
from indgang.guidance.actions import agreements
from indgang.guidance.contract_list import FIELDS, AgreementRow, rows_from
from indgang.guidance.coverage import State, coverage
from indgang.guidance.models import AgreementList, BindingAgreement
from indgang.kernel.models import StoredFile
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of

HEADERS = "Aftalenr;Kategori;CPV;Leverandør;Fra;Til;Forpligtende;Bestilling"
WINDOWS = "4711;Vinduespudsning;90911300;Rent Ord ApS;01.01.2026;31.12.2028;ja;Ring på 7000 1000"
PAPER = "SKI 50.40;Kontorartikler;30192000, 30197600;Papirhuset A/S;;2027-12-31;frivillig;Via webshoppen"


def lines_of(*lines: str, headers: str = HEADERS) -> list[AgreementRow | Rejected]:
    grid = read_list("aftaler.csv", "\n".join((headers, *lines)).encode(), FIELDS)
    return list(rows_from(grid, guess_columns(grid.headers, FIELDS)))


def reasons(line: str) -> str:
    (row,) = lines_of(line)
    assert isinstance(row, Rejected)
    return " ".join(map(str, row.reasons))


def upload(cast: Cast, *lines: str) -> AgreementList:
    file = SimpleUploadedFile("aftaler.csv", "\n".join((HEADERS, *lines)).encode("cp1252"))
    return agreements.receive(cast.be("søren"), file, now=NOW)


def read(cast: Cast, *lines: str) -> agreements.Outcome:
    return agreements.read_in(cast.be("søren"), upload(cast, *lines), now=NOW)


def test_a_line_is_read_as_people_write_it() -> None:
    windows, paper = lines_of(WINDOWS, PAPER)
    assert isinstance(windows, AgreementRow)
    assert isinstance(paper, AgreementRow)
    assert (windows.cpv_codes, windows.last_date, windows.exclusive) == (
        ("90911300",),
        date(2028, 12, 31),
        True,
    )
    assert (paper.source, paper.cpv_codes, paper.exclusive) == ("ski", ("30192000", "30197600"), False)
    assert paper.last_date == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1;Rengøring;90919999;Firma;;;;", "er ikke en CPV-kode"),
        ("1;Rengøring;;Firma;;;;", "CPV-koden mangler"),
        ("1;;90910000;Firma;;;;", "Kategorien mangler"),
        ("1;Rengøring;90910000;;;;;", "Leverandøren mangler"),
        ("1;Rengøring;90910000;Firma;;32.13.2027;;", "er ikke en dato"),
        ("1;Rengøring;90910000;Firma;01.01.2028;01.01.2027;;", "slutter, før den begynder"),
        ("1;Rengøring;90910000;Firma;;;måske;", "hverken ja eller nej"),
        ("1;Rengøring;90910000;Firma;;;;Ring til 010190-1234", "CPR-nummer"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, said: str) -> None:
    assert said in reasons(line)


def test_a_personal_number_is_not_kept_among_the_rejected() -> None:
    (row,) = lines_of("1;Rengøring;90910000;Firma;;;;Ring til 010190-1234")
    assert not any("010190" in cell for cell in row.cells)


def test_the_same_agreement_twice_counts_once() -> None:
    assert isinstance(lines_of(WINDOWS, WINDOWS)[1], Rejected)


def test_looking_changes_nothing_and_reading_in_makes_it_count(cast: Cast) -> None:
    row = upload(cast, WINDOWS, PAPER)
    assert agreements.look_through(row).counts == {
        "added": 2,
        "changed": 0,
        "known": 0,
        "rejected": 0,
        "gone": 0,
    }
    assert coverage(cast.home.pk, "90911300", NOW.date()).state is State.NO_LIST
    agreements.read_in(cast.be("søren"), row, now=NOW)
    assert coverage(cast.home.pk, "90911300", NOW.date()).state is State.COVERED
    assert coverage(cast.home.pk, "30197643", NOW.date()).state is State.OPTIONAL
    assert not StoredFile.objects.exists()


def test_reading_the_same_list_again_changes_nothing(cast: Cast) -> None:
    read(cast, WINDOWS, PAPER)
    assert read(cast, WINDOWS, PAPER).counts == {
        "added": 0,
        "changed": 0,
        "known": 2,
        "rejected": 0,
        "gone": 0,
    }
    assert BindingAgreement.objects.count() == 2


def test_the_newest_list_is_the_whole_list(cast: Cast) -> None:
    read(cast, WINDOWS, PAPER)
    outcome = read(cast, WINDOWS.replace("31.12.2028", "31.12.2029"))
    assert (outcome.counts["changed"], outcome.counts["gone"]) == (1, 1)
    assert BindingAgreement.objects.get(number="4711").last_date == date(2029, 12, 31)
    assert coverage(cast.home.pk, "30192000", NOW.date()).state is State.NOT_FOUND


def test_a_list_without_one_readable_line_empties_nothing(cast: Cast) -> None:
    read(cast, WINDOWS)
    with pytest.raises(Refused, match="Ingen linje kan læses"):
        read(cast, "1;;;;;;;")
    assert coverage(cast.home.pk, "90911300", NOW.date()).state is State.COVERED


def test_only_purchasing_uploads(cast: Cast, browse: Browser) -> None:
    with pytest.raises(Refused):
        agreements.receive(cast.be("carla"), SimpleUploadedFile("a.csv", b"x;y"), now=NOW)
    browse.log_in("carla").get("/jura/aftaler/laeg-op/", status=404)
    browse.log_in("dan").get(f"/jura/aftaler/liste/{upload(cast, WINDOWS).pk}/", status=404)


def test_a_list_that_nobody_reads_in_is_deleted_after_a_week(cast: Cast) -> None:
    upload(cast, WINDOWS)
    uploads.forget(AgreementList, cast.home.pk, now=NOW + timedelta(days=6))
    assert AgreementList.objects.count() == 1
    uploads.forget(AgreementList, cast.home.pk, now=NOW + timedelta(days=8))
    assert not AgreementList.objects.exists()
    assert not StoredFile.objects.exists()


def test_from_the_upload_page_to_a_list_that_counts(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    content = "\n".join((HEADERS, WINDOWS, "1;Rengøring;90919999;Firma;;;;")).encode()
    answer = karen.post("/jura/aftaler/laeg-op/", {"list": SimpleUploadedFile("aftaler.csv", content)})
    where = answer.headers["Location"]
    preview = text_of(karen.get(where))
    assert "1 nye aftaler" in preview
    assert "er ikke en CPV-kode" in preview
    assert "blev ændret" in text_of(karen.follow(f"{where}brug/"))
    assert "90919999" in karen.get(f"{where}afviste.csv").content.decode("utf-8-sig")
    assert "Rent Ord ApS" in text_of(browse.log_in("carla").get("/jura/aftaler/?q=vindues"))


def test_a_column_that_was_guessed_wrongly_is_corrected(cast: Cast, browse: Browser) -> None:
    karen = browse.log_in("karen")
    content = b"Hvad;Kode;Hvem\nVinduespudsning;90911300;Rent Ord ApS"
    where = karen.post("/jura/aftaler/laeg-op/", {"list": SimpleUploadedFile("a.csv", content)}).headers[
        "Location"
    ]
    assert "Vi mangler en kolonne" in text_of(karen.get(where))
    page = karen.follow(where, {"category": "0", "cpv_codes": "1", "supplier": "2"})
    assert "1 nye aftaler" in text_of(page)


def test_the_list_page_asks_the_database_as_often_for_many_agreements_as_for_one(
    cast: Cast, browse: Browser, django_assert_max_num_queries: object
) -> None:
    read(cast, *(f"{n};Kategori {n};90911300;Firma {n};;;;" for n in range(60)))
    carla = browse.log_in("carla")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        carla.get("/jura/aftaler/")
