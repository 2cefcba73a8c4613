# SPDX-License-Identifier: MPL-2.0
"""Files, folders and zips; among them zips that want to fill the memory or lead astray."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indgang.core.notices.archives import Limits
from indgang.core.notices.documents import count, documents
from indgang.core.notices.reading import Broken, read_notice
from indgang.core.text import Refused
from tests.core.notices.samples import DATA, content

Zipped = Callable[..., Path]


@pytest.fixture
def zipped(tmp_path: Path) -> Zipped:
    def write(name: str = "notices.zip", **files: bytes) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, text in files.items():
                archive.writestr(key.replace("__", "/").replace("_xml", ".xml"), text)
        return tmp_path / name

    return write


def read_all(path: Path, limits: Limits | None = None) -> tuple[list[str], dict[str, str]]:
    """Names of documents that can be loaded, and the reasons of those that cannot."""
    good, broken = [], {}
    for document in documents(path, limits or Limits()):
        try:
            document.load()
            good.append(document.name)
        except Broken as refusal:
            broken[document.name] = str(refusal)
    return good, broken


def test_a_folder_is_read_in_order_of_name_with_its_folders_and_zips(tmp_path: Path, zipped: Zipped) -> None:
    (tmp_path / "2027" / "01").mkdir(parents=True)
    (tmp_path / "2027" / "01" / "b.xml").write_bytes(content("national"))
    (tmp_path / "a.XML").write_bytes(content("national"))
    (tmp_path / "readme.txt").write_text("ikke en bekendtgørelse")
    (tmp_path / "._a.xml").write_bytes(b"macOS")
    zipped("more.zip", c_xml=content("national"))
    assert read_all(tmp_path) == (["2027/01/b.xml", "a.XML", "c.xml"], {})
    assert count(tmp_path) == 3


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.xml").write_bytes(content("national"))
    assert read_all(tmp_path) == (["a.xml"], {})


def test_a_single_file_may_have_any_name(tmp_path: Path) -> None:
    file = tmp_path / "notice"
    file.write_bytes(content("national"))
    assert count(file) == 1
    assert [read_notice(one.load()).subtype for one in documents(file)] == ["E3"]


def test_a_path_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="findes ikke"):
        count(tmp_path / "nowhere")
    with pytest.raises(Refused, match="findes ikke"):
        count(tmp_path / ("x" * 300))


def test_another_kind_of_archive_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "daily.tar.gz").write_bytes(b"\x1f\x8b")
    with pytest.raises(Refused, match="Pak den ud"):
        count(tmp_path / "daily.tar.gz")


def test_a_zip_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notices.zip").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(Refused, match="ikke en zip"):
        count(tmp_path / "notices.zip")


def test_a_broken_zip_in_a_folder_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK")
    (tmp_path / "b.xml").write_bytes(content("national"))
    good, broken = read_all(tmp_path)
    assert good == ["b.xml"]
    assert "ikke en zip" in broken["a.zip"]


def test_only_notices_in_a_zip_are_read_and_a_zip_within_is_left_closed(zipped: Zipped) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.xml", content("national"))
    path = zipped(a_xml=content("national"), folder__b_xml=content("national"), inner_zip=inner.getvalue())
    assert read_all(path) == (["a.xml", "folder/b.xml"], {})
    assert count(path) == 2


def test_a_name_that_leads_out_of_the_zip_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    names = ["../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:\\evil.xml", "a/../../evil.xml"]
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        for name in [*names, "good.xml"]:
            archive.writestr(name, content("national"))
    good, broken = read_all(tmp_path / "n.zip")
    assert good == ["good.xml"]
    assert len(broken) == len(names)
    assert set(broken.values()) == {"Navnet peger ud af arkivet. Filen er ikke læst."}
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["n.zip"]


def test_a_document_that_swells_is_refused_before_it_is_unpacked(zipped: Zipped) -> None:
    path = zipped(bomb_xml=b" " * 15_000_000, good_xml=content("national"))
    assert path.stat().st_size < 30_000
    good, broken = read_all(path)
    assert good == ["good.xml"]
    assert "zip-bombe" in broken["bomb.xml"]


def test_a_document_above_the_limit_is_refused_before_it_is_unpacked(zipped: Zipped) -> None:
    _good, broken = read_all(zipped(huge_xml=b" " * 25_000_000))
    assert "højst 20 MB" in broken["huge.xml"]


def test_a_document_that_lies_about_its_size_is_damaged(tmp_path: Path, zipped: Zipped) -> None:
    raw = bytearray(zipped(a_xml=content("national")).read_bytes())
    place = raw.rindex(b"PK\x01\x02") + 24
    raw[place : place + 4] = (100).to_bytes(4, "little")
    (tmp_path / "lie.zip").write_bytes(raw)
    assert read_all(tmp_path / "lie.zip") == ([], {"a.xml": "Filen er beskadiget i arkivet."})


def test_an_archive_that_holds_too_much_is_read_until_there_and_named(zipped: Zipped) -> None:
    path = zipped(**{f"n{number}_xml": content("national") for number in range(6)})
    good, broken = read_all(path, Limits(documents=4))
    assert (len(good), list(broken)) == (4, ["notices.zip"])
    assert "over 4 filer" in broken["notices.zip"]
    good, broken = read_all(path, Limits(unpacked_bytes=30_000))
    assert len(good) == 3
    assert "udpakket" in broken["notices.zip"]


def test_a_locked_document_is_named(tmp_path: Path, zipped: Zipped) -> None:
    raw = bytearray(zipped(a_xml=content("national")).read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(raw)
    assert read_all(tmp_path / "locked.zip")[1] == {"a.xml": "Filen er låst med adgangskode."}


def test_a_damaged_document_is_named_and_the_next_one_is_read(tmp_path: Path, zipped: Zipped) -> None:
    raw = bytearray(zipped(a_xml=content("national"), b_xml=content("kantine")).read_bytes())
    raw[200:260] = b"\xff" * 60
    (tmp_path / "damaged.zip").write_bytes(raw)
    assert read_all(tmp_path / "damaged.zip") == (["b.xml"], {"a.xml": "Filen er beskadiget i arkivet."})


def test_a_name_from_a_stranger_is_safe_to_print(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        archive.writestr("\x1b[31mred\x07\n.xml", content("national"))
        archive.writestr("x" * 300 + ".xml", content("national"))
    names = read_all(tmp_path / "n.zip")[0]
    assert names[0] == "?[31mred??.xml"
    assert len(names[1]) < 120


MEASURE = """
import sys
from pathlib import Path
from indgang.core.notices.collection import notices_at
lots = sum(len(notice.lots) for _name, notice in notices_at(Path(sys.argv[1])))
print(lots, next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc")
def test_memory_does_not_grow_with_a_zip(tmp_path: Path) -> None:
    """Peak memory of a process of its own, in kB: a zip of 4,000 notices against one of 200."""
    text = (DATA / "kantine_resultat.xml").read_bytes()
    peaks = []
    for number in (200, 4_000):
        with zipfile.ZipFile(tmp_path / f"{number}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for one in range(number):
                archive.writestr(f"{one:06}.xml", text)
        command = [sys.executable, "-c", MEASURE, str(tmp_path / f"{number}.zip")]
        lots, peak = map(
            int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        )
        assert lots == 2 * number
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 6_000, peaks
