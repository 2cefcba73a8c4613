# SPDX-License-Identifier: MPL-2.0
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.core.text import Refused
from indgang.kernel import files, keys
from indgang.kernel.models import FileContent
from tests.cast import NOW, Cast

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 20


def test_a_file_comes_back_as_it_was_and_lies_encrypted(cast: Cast) -> None:
    kept = files.store("plan.pdf", PDF, by=cast.house, now=NOW)
    assert files.content(kept) == PDF
    assert PDF not in bytes(FileContent.objects.get(file=kept).sealed)
    assert (kept.content_type, kept.size) == ("application/pdf", len(PDF))


def test_a_file_is_downloaded_never_shown(cast: Cast) -> None:
    answer = files.download(files.store("Årsplan «a».pdf", PDF, by=cast.house, now=NOW))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("billede.pdf", PNG, "ikke det, navnet siger"),
        ("virus.exe", b"MZ\x90\x00" + b"\0" * 60, "en type, vi ikke kan tage imod"),
        ("tom.pdf", b"", "er tom"),
        ("blandet.txt", b"tekst\0\1\2", "en type, vi ikke kan tage imod"),
    ],
)
def test_what_is_not_what_it_says_is_refused(cast: Cast, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        files.store(name, content, by=cast.house, now=NOW)


def test_more_than_25_megabytes_is_refused_before_it_is_read(cast: Cast) -> None:
    upload = SimpleUploadedFile("stor.pdf", b"")
    upload.size = 25_000_001
    with pytest.raises(Refused, match="over 25 MB"):
        files.receive(upload, by=cast.house, now=NOW)


def test_a_path_in_the_name_is_dropped(cast: Cast) -> None:
    assert files.store("../../etc/passwd.txt", b"hej", by=cast.house, now=NOW).name == "passwd.txt"


def test_a_text_in_windows_1252_is_text(cast: Cast) -> None:
    assert files.content_type("liste.csv", "navn;by\nRødgrød;Ærø\n".encode("cp1252")) == "text/plain"


def test_each_municipality_has_a_key_of_its_own(cast: Cast) -> None:
    ours, theirs = keys.municipality_box(cast.home.pk), keys.municipality_box(cast.home.pk)
    assert bytes(ours) == bytes(theirs)
    from indgang.kernel.database.tenancy import set_tenant

    set_tenant(cast.next_door.pk)
    assert bytes(keys.municipality_box(cast.next_door.pk)) != bytes(ours)


def test_without_a_master_key_nothing_is_encrypted_with_a_guess(cast: Cast, settings: object) -> None:
    settings.MASTER_KEY = "kort"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="INDGANG_MASTER_KEY"):
        keys.master_box()
