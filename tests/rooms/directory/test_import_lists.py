# SPDX-License-Identifier: MPL-2.0
"""From a list to drafts: looked at first, read in once, and again without changing anything."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.directory import uploads
from indgang.directory.actions import consent, lists
from indgang.directory.actions.imports import Outcome, import_organisations
from indgang.directory.importing import guess_columns, read_list, rows_from
from indgang.directory.models import ImportRun, Listing, Organisation
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import FileContent, StoredFile
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_draft, a_public_one, by_link

HEAD = "Virksomhed;CVR;By;Kontaktperson;Mail;Telefon;Ydelser"
LINES = (
    "Bilfixerne ApS;99251557;Åbjerg;Jørgen Bæk;joergen@bilfixerne.example;;Bilvask og klargøring",
    "Blomsterhjørnet;99354291;Horsens;Åse Lund;;20304050;Buketter og kranse",
)


def a_list(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode("cp1252")


def imported(cast: Cast, *lines: str, dry_run: bool = False, by: str = "mette") -> Outcome:
    grid = read_list("liste.csv", a_list(*lines))
    rows = rows_from(grid, guess_columns(grid.headers), municipality=lists.finder(997))
    return import_organisations(cast.be(by), rows, source_note="liste.csv", now=NOW, dry_run=dry_run)


def test_new_lines_become_drafts_with_their_source(cast: Cast) -> None:
    assert imported(cast, *LINES).counts == {"added": 2, "known": 0, "completed": 0, "rejected": 0}
    draft = Organisation.objects.get(cvr_number="99251557")
    assert (draft.is_draft, draft.source, draft.source_note, draft.kept_by) == (
        True,
        "import",
        "liste.csv",
        cast.home,
    )
    assert draft.contacts.get().is_main
    assert draft.availability.invitations_a_month == 4
    assert Organisation.objects.get(name="Blomsterhjørnet").places.get().municipality_code == 615


def test_a_dry_run_says_the_same_and_writes_nothing(cast: Cast) -> None:
    assert imported(cast, *LINES, dry_run=True).counts["added"] == 2
    assert not Organisation.objects.exists()


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    imported(cast, *LINES)
    before = list(Organisation.objects.order_by("pk").values())
    assert imported(cast, *LINES).counts == {"added": 0, "known": 2, "completed": 0, "rejected": 0}
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert Listing.objects.count() == 2


def test_a_draft_of_our_own_gets_what_it_lacks_and_keeps_every_word(cast: Cast) -> None:
    a_draft(cast, name="Bilfixerne", cvr_number="", text="Vi vasker biler i hånden")
    outcome = imported(cast, LINES[0])
    assert outcome.counts == {"added": 0, "known": 0, "completed": 1, "rejected": 0}
    kept = Organisation.objects.get()
    assert (kept.name, kept.cvr_number, kept.listings.get().text) == (
        "Bilfixerne",
        "99251557",
        "Vi vasker biler i hånden",
    )


def test_a_public_profile_is_never_touched(cast: Cast) -> None:
    public = a_public_one(cast, name="Bilfixerne", cvr_number="")
    assert imported(cast, LINES[0]).counts["known"] == 1
    public.refresh_from_db()
    assert public.cvr_number is None


def test_two_of_one_name_with_different_numbers_are_two_enterprises(cast: Cast) -> None:
    a_draft(cast, name="Bilfixerne", cvr_number="99202831")
    assert imported(cast, LINES[0]).counts["added"] == 1


def test_who_asked_to_go_does_not_come_back_with_a_list(cast: Cast) -> None:
    gone = a_draft(cast, name="Bilfixerne", cvr_number="99251557")
    consent.remove(by_link(gone), gone, now=NOW)
    outcome = imported(cast, *LINES)
    assert outcome.counts == {"added": 1, "known": 0, "completed": 0, "rejected": 1}
    assert str(outcome.rejected[0].reasons[0]) == "Virksomheden har bedt om ikke at stå her."


def test_a_number_in_a_draft_next_door_is_left_out_and_the_others_come_in(cast: Cast) -> None:
    set_tenant(cast.next_door.pk)
    a_draft(cast, by="dan", cvr_number="99251557", name="Hos naboen")
    set_tenant(cast.home.pk)
    for dry_run in (True, False):
        outcome = imported(cast, *LINES, dry_run=dry_run)
        assert outcome.counts == {"added": 1, "known": 0, "completed": 0, "rejected": 1}
        assert "en anden kommune" in str(outcome.rejected[0].reasons[0])


def test_five_thousand_lines_take_a_bounded_number_of_queries(cast: Cast) -> None:
    lines = [
        f"Virksomhed {n};;Åbjerg;Kontakt {n};k{n}@example.dk;;Rengøring og flytning" for n in range(5_000)
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert imported(cast, *lines).counts["added"] == 5_000
    assert len(queries) < 150


def upload(browse: Browser, content: bytes, name: str = "liste.csv") -> str:
    file = SimpleUploadedFile(name, content)
    return browse.post("/virksomheder/ny/liste/", {"list": file}).headers["Location"]  # type: ignore[dict-item]


def test_a_list_is_looked_at_before_anything_is_saved(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    path = upload(mette, a_list(*LINES, "Uden noget;;;;;;"))
    page = text_of(mette.get(path))
    for told in ("Ja, lav 2 kladder", "Bilvask og klargøring", "Linje 4", "Kontaktpersonen mangler"):
        assert told in page
    assert not Organisation.objects.exists()
    done = text_of(mette.follow(f"{path}indlaes/"))
    assert "2 nye kladder" in done
    assert Organisation.objects.count() == 2
    assert not StoredFile.objects.exists()
    assert not FileContent.objects.exists()


def test_rejected_lines_are_fetched_corrected_and_uploaded_again(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    path = upload(mette, a_list(LINES[0], "=Formel A/S;;Åbjerg;Per;;;Flytning"))
    mette.post(f"{path}indlaes/")
    answer = mette.get(f"{path}afviste.csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[1] == "3;Telefon eller e-mail mangler.;'=Formel A/S;;Åbjerg;Per;;;Flytning"
    corrected = text.replace("Per;;;", "Per;per@formel.example;;").encode("utf-8-sig")
    again = upload(mette, corrected)
    assert "Ja, lav 1 kladde" in text_of(mette.get(again))


def test_the_user_corrects_the_guessed_columns(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    content = "A;B;C;D;E\nBilfixerne;Åbjerg;Jørgen;j@b.example;Bilvask".encode()
    path = upload(mette, content)
    assert "Vælg en kolonne til: Navn, By" in text_of(mette.get(path))
    columns = {"name": "0", "town": "1", "contact_name": "2", "contact_email": "3", "text": "4"}
    assert "Ja, lav 1 kladde" in text_of(mette.follow(path, columns))
    assert "Vælg en kolonne til: By" in text_of(mette.post(path, columns | {"town": ""}, status=200))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "billede.png",
            b"\x89PNG\r\n\x1a\n" + b"0" * 50,
            "Det er ikke en liste",
        ),
        ("liste.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "type, vi ikke kan tage imod"),
        ("liste.csv", b"", "tom"),
    ],
)
def test_what_is_no_list_is_refused_on_the_page(
    browse: Browser, name: str, content: bytes, sentence: str
) -> None:
    import re

    mette = browse.log_in("mette")
    answer = mette.post("/virksomheder/ny/liste/", {"list": SimpleUploadedFile(name, content)}, status=200)  # type: ignore[dict-item]
    assert re.search(sentence, text_of(answer)), text_of(answer)
    assert not ImportRun.objects.exists()


def test_lists_are_for_those_who_keep_profiles_in_their_own_municipality(cast: Cast, browse: Browser) -> None:
    path = upload(browse.log_in("mette"), a_list(*LINES))
    browse.log_in("carla").get(path, status=404)
    browse.log_in("dan").get(path, status=404)
    browse.log_in("dan").get(f"{path}afviste.csv", status=404)
    browse.get(path, status=302)


def test_a_list_that_nobody_reads_in_is_forgotten_with_its_file(cast: Cast, browse: Browser) -> None:
    upload(browse.log_in("mette"), a_list(*LINES))
    ImportRun.objects.update(created_at=NOW)
    assert uploads.forget(ImportRun, cast.home.pk, now=NOW + uploads.FORGOTTEN_AFTER) == 0
    from datetime import timedelta

    assert uploads.forget(ImportRun, cast.home.pk, now=NOW + uploads.FORGOTTEN_AFTER + timedelta(days=1)) == 1
    assert not StoredFile.objects.exists()


def test_the_page_of_day_one_leads_both_ways(cast: Cast, browse: Browser) -> None:
    page = text_of(browse.log_in("mette").get("/virksomheder/ny/"))
    assert "Kataloget er tomt. Skal vi begynde?" in page
    assert "Læg en liste op" in page
    assert "Skriv en samtale ned" in page
    browse.log_in("carla").get("/virksomheder/ny/", status=404)


def test_a_file_with_a_personal_number_leaves_no_trace_of_it(
    cast: Cast, browse: Browser, tmp_path: Path
) -> None:
    mette = browse.log_in("mette")
    path = upload(mette, a_list("Med person;;Åbjerg;Bo;bo@x.example;;Spørg efter 010190-1234"))
    assert "010190" not in text_of(mette.get(path))
    mette.post(f"{path}indlaes/")
    assert "010190" not in str(ImportRun.objects.get().rejected)
    assert "010190" not in mette.get(f"{path}afviste.csv").content.decode()
