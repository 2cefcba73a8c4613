# SPDX-License-Identifier: MPL-2.0
"""Files that want to do harm, and files that are merely broken."""

import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.notices.notice import Notice
from indgang.core.notices.reading import IN_PIECES_FROM, LARGEST_FILE, Broken, read_notice
from tests.core.notices.samples import bent, content

SECRET = "a-secret-that-must-not-leak"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def with_document_type(definition: str, use: str, *, before: str = "") -> bytes:
    declared = f"{before}<!DOCTYPE ContractNotice [{definition}]><ContractNotice xmlns="
    text = bent("national", "<ContractNotice xmlns=", declared).decode()
    return text.replace(">Ompolstring af stole<", f">{use}<").encode()


def test_an_external_entity_is_refused_and_its_file_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    text = with_document_type(f'<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">', "&x;")
    with pytest.raises(Broken, match="DOCTYPE") as refusal:
        read_notice(text)
    assert SECRET not in str(refusal.value)


def test_billion_laughs_are_refused_without_being_told() -> None:
    text = with_document_type(f'<!ENTITY l0 "ha">{LAUGHS}', "&l11;")
    tracemalloc.start()
    with pytest.raises(Broken, match="DOCTYPE"):
        read_notice(text)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("size", [3_000, IN_PIECES_FROM])
def test_a_document_type_behind_a_long_comment_is_refused_too(size: int) -> None:
    text = with_document_type(f'<!ENTITY l0 "ha">{LAUGHS}', "&l11;", before=f"<!--{' ' * size}-->")
    with pytest.raises(Broken):
        read_notice(text)


def test_an_entity_in_an_attribute_is_refused_too() -> None:
    declared = f'<!--{" " * 3000}--><!DOCTYPE c [<!ENTITY l0 "ha">{LAUGHS}]><ContractNotice a="&l11;" xmlns='
    with pytest.raises(Broken):
        read_notice(bent("national", "<ContractNotice xmlns=", declared))


def test_an_external_document_type_is_refused_without_a_connection() -> None:
    text = bent(
        "national",
        "<ContractNotice xmlns=",
        '<!DOCTYPE c SYSTEM "http://127.0.0.1:9/x.dtd"><ContractNotice xmlns=',
    )
    with pytest.raises(Broken, match="DOCTYPE"):
        read_notice(text)


def test_an_entity_that_nobody_defined_is_not_xml() -> None:
    with pytest.raises(Broken, match="ikke gyldig XML"):
        read_notice(bent("national", ">Ompolstring af stole<", ">&x;<"))


def test_an_inclusion_is_only_an_element_that_we_do_not_know(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    include = (
        f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" parse="text" href="{tmp_path}/secret.txt"/>'
    )
    notice = read_notice(bent("national", "<cac:ContractingParty>", f"{include}<cac:ContractingParty>"))
    assert SECRET not in repr(notice)


def test_another_encoding_cannot_hide_a_document_type() -> None:
    for encoding in ("utf-16", "utf-16-be", "utf-32"):
        with pytest.raises(Broken, match="UTF-8"):
            read_notice(
                content("national")
                .decode()
                .replace('encoding="UTF-8"', f'encoding="{encoding}"')
                .encode(encoding)
            )
    text = with_document_type(f'<!ENTITY l0 "ha">{LAUGHS}', "&l11;").decode()
    with pytest.raises(Broken):
        read_notice(text.replace('encoding="UTF-8"', 'encoding="UTF-7"').encode("utf-7"))


def test_elements_a_thousand_deep_are_refused() -> None:
    deep = "<cac:X>" * 1_000 + "</cac:X>" * 1_000
    with pytest.raises(Broken, match="ikke gyldig XML"):
        read_notice(bent("national", "<cac:ContractingParty>", f"{deep}<cac:ContractingParty>"))


def test_a_text_of_ten_million_characters_is_refused_or_cut() -> None:
    with pytest.raises(Broken):
        read_notice(bent("national", "Ompolstring af 120 stole i kulturhuset.", "x" * 10_100_000))
    notice = read_notice(bent("national", "Ompolstring af 120 stole i kulturhuset.", "x" * 100_000))
    assert len(notice.text) == 20_000


def test_a_file_above_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(Broken, match="højst 20 MB"):
        read_notice(b" " * (LARGEST_FILE + 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "tom"),
        (b"  \n", "tom"),
        (b"%PDF-1.7", "ikke gyldig XML"),
        (b"<html><body>404</body></html>", "begynder med html"),
        (
            b"<TED_EXPORT xmlns='http://publications.europa.eu/resource/schema/ted/R2.0.9/publication'/>",
            "gamle format",
        ),
        (b"<ContractNotice/>", "begynder med ContractNotice"),
    ],
)
def test_a_file_that_is_no_notice_is_named_with_the_reason(text: bytes, sentence: str) -> None:
    with pytest.raises(Broken, match=sentence):
        read_notice(text)


def test_a_business_registration_is_no_notice_of_a_purchase() -> None:
    with pytest.raises(Broken, match="BusinessRegistrationInformationNotice"):
        read_notice(bent("national", "ContractNotice", "BusinessRegistrationInformationNotice"))


def test_a_notice_without_an_identifier_is_broken() -> None:
    with pytest.raises(Broken, match="BT-701"):
        read_notice(bent("national", "edb4e685-7bd6-59b2-898e-fe50c6b265cc", ""))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused_with_a_sentence(text: bytes) -> None:
    with pytest.raises(Broken):
        read_notice(text)


@settings(deadline=None)
@given(st.data())
def test_a_notice_with_bytes_changed_is_read_or_refused_with_a_sentence(data: st.DataObject) -> None:
    text = bytearray(content("kantine_resultat"))
    for _ in range(data.draw(st.integers(1, 6))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Broken):
        assert isinstance(read_notice(bytes(text)), Notice)


@settings(deadline=None)
@given(st.integers(0, 25_000))
def test_a_notice_that_is_cut_off_is_refused(length: int) -> None:
    text = content("kantine_resultat")[:-20][:length]
    with pytest.raises(Broken):
        read_notice(text)
