# SPDX-License-Identifier: MPL-2.0
"""Documents go to the records system's folder, wait when it cannot be written, and somebody can see that they wait."""

import json
from pathlib import Path

from django.test import override_settings

from indgang.kernel import files, filing
from indgang.kernel.models import FilingItem
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of


def a_document(cast: Cast) -> FilingItem:
    kept = files.store("ordre-10001.txt", b"Ordre 10001", by=cast.be("carla"), now=NOW)
    return filing.journalise(cast.be("carla"), "ordre-10001", "Ordre 10001", kept, now=NOW)


def test_a_document_is_dropped_with_its_card_and_once(cast: Cast, tmp_path: Path) -> None:
    item = a_document(cast)
    with override_settings(FILING_FOLDER=str(tmp_path)):
        assert filing.file_waiting(NOW) == 1
        assert filing.file_waiting(NOW) == 0
    item.refresh_from_db()
    folder = tmp_path / item.receipt
    card = json.loads((folder / "kort.json").read_text("utf-8"))
    assert (folder / card["fil"]).read_bytes() == b"Ordre 10001"
    assert (card["sag"], card["titel"]) == ("ordre-10001", "Ordre 10001")


def test_a_folder_that_cannot_be_written_keeps_the_document_and_shows_that_it_waits(
    cast: Cast, browse: Browser, tmp_path: Path
) -> None:
    item = a_document(cast)
    (tmp_path / "optaget").write_text("her ligger en fil, ingen mappe")
    with override_settings(FILING_FOLDER=str(tmp_path / "optaget")):
        assert filing.file_waiting(NOW) == 0
    page = text_of(browse.log_in("mette").get("/kommunen/"))
    assert "1 dokument venter på at blive journaliseret" in page
    assert "Mappen kunne ikke skrives" in page
    with override_settings(FILING_FOLDER=str(tmp_path)):
        assert filing.file_waiting(NOW) == 1
    item.refresh_from_db()
    assert item.trouble == ""
    assert "journaliseret" not in text_of(browse.log_in("mette").get("/kommunen/"))
