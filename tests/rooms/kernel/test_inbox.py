# SPDX-License-Identifier: MPL-2.0
"""Mail that comes in, over a real IMAP conversation on loopback."""

import email
import email.policy
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO

import pytest

from indgang.kernel import files, inbox, mail
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import (
    Duty,
    FileContent,
    IncomingMail,
    MunicipalityKey,
    OutgoingMail,
    StoredFile,
)
from indgang.kernel.orphans import sweep
from indgang.kernel.retention import forget
from tests.cast import NOW, Cast
from tests.mailbox import Imap, with_files

TYPED = b"%PDF-1.4\n%%EOF\n"


def a_mail(to: str, text: str, *, number: str = "1", headers: str = "") -> bytes:
    return (
        f"From: Rikke <rikke@papirpluk.example>\r\nTo: {to}\r\nSubject: Re: Kan I?\r\n"
        f"Message-ID: <{number}@papirpluk.example>\r\n{headers}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    ).encode()


@pytest.fixture
def asked(cast: Cast) -> OutgoingMail:
    return mail.write(
        cast.house, "rikke@papirpluk.example", "Kan I?", "Hej", now=NOW, about="task:7",
        reply_path="/opgaver/7/", reply_owner=cast.people["carla"],
    )  # fmt: skip


def reply_to(asked: OutgoingMail) -> str:
    return f"indgang+{asked.reply_key}@localhost"


def test_a_reply_lands_with_the_one_who_asked_and_becomes_a_duty(cast: Cast, asked: OutgoingMail) -> None:
    kept = inbox.take(
        a_mail(reply_to(asked), "Ja, det kan vi.\n\nDen 6. april skrev:\n> Hej"), cast.home, now=NOW
    )
    assert kept is not None
    assert (kept.answers, kept.text) == (asked, "Ja, det kan vi.")
    duty = Duty.objects.get(kind="kernel.reply")
    assert (duty.owner, duty.path) == (cast.people["carla"], "/opgaver/7/")
    inbox.handle(cast.be("carla"), kept, now=NOW)
    assert not Duty.objects.get(pk=duty.pk).is_open


def test_the_same_mail_twice_is_one_mail(cast: Cast, asked: OutgoingMail) -> None:
    raw = a_mail(reply_to(asked), "Ja")
    assert inbox.take(raw, cast.home, now=NOW)
    assert inbox.take(raw, cast.home, now=NOW) is None


def test_a_personal_number_is_struck_out_before_anything_is_kept(cast: Cast, asked: OutgoingMail) -> None:
    kept = inbox.take(a_mail(reply_to(asked), "Ole, 010190-1234, pakker"), cast.home, now=NOW)
    assert kept is not None
    assert kept.text == "Ole, [personnummer fjernet], pakker"


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\n"])
def test_an_out_of_office_reply_is_no_answer(cast: Cast, asked: OutgoingMail, header: str) -> None:
    assert inbox.take(a_mail(reply_to(asked), "Jeg er på ferie", headers=header), cast.home, now=NOW) is None


def test_a_mail_to_the_shared_address_is_kept_and_others_are_not(cast: Cast) -> None:
    cast.home.email = "indgang@aabjerg.example"
    assert inbox.take(a_mail("indgang@aabjerg.example", "Vi syr poser"), cast.home, now=NOW)
    assert inbox.take(a_mail("spam@example.com", "Køb!", number="2"), cast.home, now=NOW) is None


@pytest.fixture
def mailbox(asked: OutgoingMail, settings: object) -> Iterator[Imap]:
    box = Imap(a_mail(reply_to(asked), "Ja tak"))
    box.start()
    settings.IMAP_URL = f"imap://indgang:hemmelig@127.0.0.1:{box.port}/INBOX"  # type: ignore[attr-defined]
    yield box
    box.socket.close()


def test_the_mailbox_is_read_once(cast: Cast, mailbox: Imap) -> None:
    assert inbox.fetch(now=NOW) == 1
    assert inbox.fetch(now=NOW) == 0
    assert IncomingMail.objects.get().text == "Ja tak"


def test_a_mail_that_cannot_be_kept_stays_unread_and_stops_no_other(
    cast: Cast, asked: OutgoingMail, settings: object
) -> None:
    files.store("noegle.txt", b"gemt", by=cast.house, now=NOW)
    MunicipalityKey.objects.filter(municipality=cast.home).update(
        wrapped=b"x" * 72
    )  # nothing can be encrypted
    letters = [a_mail(reply_to(asked), word, number=word) for word in ("Første", "Tredje")]
    box = Imap(letters[0], b"", with_files(reply_to(asked), "Anden", ("pris.pdf", TYPED)), letters[1])
    box.start()
    settings.IMAP_URL = f"imap://indgang:hemmelig@127.0.0.1:{box.port}/INBOX"  # type: ignore[attr-defined]
    assert inbox.fetch(now=NOW) == 2
    assert set(IncomingMail.objects.values_list("text", flat=True)) == {"Første", "Tredje"}
    assert 43 not in box.seen
    assert {41, 44} <= box.seen
    box.socket.close()


@pytest.mark.parametrize(
    ("headers", "body", "kept"),
    [
        ("Content-Type: text/plain; charset=x-ukendt\r\n", b"Vi vil gerne", "Vi vil gerne"),
        ("Content-Type: text/plain; charset=utf-8\r\n", "Smørrebrød".encode("latin-1"), "Smørrebrød"),
        ("Content-Type: text/plain\r\nSubject: a\0b\r\n", b"Hej\0 med jer", "Hej med jer"),
    ],
)
def test_a_mail_from_a_strange_program_is_kept(
    cast: Cast, asked: OutgoingMail, headers: str, body: bytes, kept: str
) -> None:
    head = f"From: r@p.example\r\nTo: {reply_to(asked)}\r\nMessage-ID: <s@p>\r\n{headers}\r\n"
    row = inbox.take(head.encode() + body, cast.home, now=NOW)
    assert row is not None
    assert row.text == kept


def test_words_after_a_picture_belong_to_the_letter(cast: Cast, asked: OutgoingMail) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "r@p.example", reply_to(asked), "<10@p>"
    message.set_content("Se vinduet.")
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
    message.add_attachment(png, "image", "png", filename="vindue.png", disposition="inline")
    message.add_attachment("Kan I komme fredag?", disposition="inline")
    kept = inbox.take(message.as_bytes(), cast.home, now=NOW)
    assert kept is not None
    assert kept.text.split() == ["Se", "vinduet.", "Kan", "I", "komme", "fredag?"]
    assert [row.name for row in kept.files.all()] == ["vindue.png"]


def test_each_mail_in_a_shared_mailbox_reaches_its_own_municipality(cast: Cast, settings: object) -> None:
    for place, address in (
        (cast.home, "indgang@aabjerg.example"),
        (cast.next_door, "post@norrelund.example"),
    ):
        place.email = address
        place.save()
    box = Imap(
        a_mail("post@norrelund.example", "Til naboen"),
        a_mail("indgang@aabjerg.example", "Til os", number="2"),
    )
    box.start()
    settings.IMAP_URL = f"imap://indgang:hemmelig@127.0.0.1:{box.port}/INBOX"  # type: ignore[attr-defined]
    assert inbox.fetch(now=NOW) == 2
    for place, text in ((cast.home, "Til os"), (cast.next_door, "Til naboen")):
        set_tenant(place.pk)
        assert IncomingMail.objects.get().text == text
    set_tenant(cast.home.pk)
    box.socket.close()


def test_files_are_kept_encrypted_and_a_bad_one_never_costs_the_mail(cast: Cast, asked: OutgoingMail) -> None:
    raw = with_files(
        reply_to(asked),
        "Her er det hele.",
        ("pris.pdf", TYPED),
        ("fup.pdf", b"MZ\x90\x00 et program"),
        ("navne.csv", b"Ole;010190-1234"),
        ("stor.txt", b"x" * 25_000_001),
        ("tom.txt", b""),
    )
    kept = inbox.take(raw, cast.home, now=NOW)
    assert kept is not None
    assert kept.text == "Her er det hele."
    told = {row.name: row.trouble for row in kept.files.all()}
    assert told.pop("pris.pdf") == ""
    assert [told[name].split(". ")[0] for name in ("fup.pdf", "navne.csv", "stor.txt", "tom.txt")] == [
        "Filen fup.pdf har en type, vi ikke kan tage imod",
        "Filen navne.csv ser ud til at rumme et CPR-nummer",
        "Filen stor.txt er over 25 MB",
        "Filen tom.txt er tom",
    ]
    file = StoredFile.objects.get()
    assert (file.name, file.content_type, files.content(file)) == ("pris.pdf", "application/pdf", TYPED)
    assert TYPED not in bytes(FileContent.objects.get().sealed)


def test_a_logo_in_a_signature_is_no_file_and_a_photo_is(cast: Cast, asked: OutgoingMail) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "r@p.example", reply_to(asked), "<9@p>"
    message.set_content("Se billedet.")
    message.add_alternative("<p>Se billedet.</p><img src=cid:logo>", subtype="html")
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
    message.get_payload()[1].add_related(png, "image", "png", cid="<logo>")  # type: ignore[index,union-attr]
    message.add_attachment(png, "image", "png", filename="vindue.png", disposition="inline")
    kept = inbox.take(message.as_bytes(), cast.home, now=NOW)
    assert kept is not None
    assert [row.name for row in kept.files.all()] == ["vindue.png"]
    assert kept.text == "Se billedet."


def test_a_mail_in_the_mail_and_a_number_split_over_a_word_file_are_told_of(
    cast: Cast, asked: OutgoingMail
) -> None:
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:p><w:t>Ole 0101</w:t><w:t>90-1234</w:t></w:p>")
    message = email.message_from_bytes(
        with_files(reply_to(asked), "Se her", ("brev.docx", word.getvalue())), policy=email.policy.default
    )
    inner = EmailMessage()
    inner.set_content("Ole, 010190-1234")
    message.add_attachment(inner)
    kept = inbox.take(message.as_bytes(), cast.home, now=NOW)
    assert kept is not None
    troubles = [row.trouble for row in kept.files.order_by("pk")]
    assert "CPR-nummer" in troubles[0]
    assert troubles[1].startswith("En videresendt mail er en mail, der lå i mailen")
    assert not StoredFile.objects.exists()


def test_of_a_mail_that_is_too_large_the_words_are_read(
    cast: Cast, asked: OutgoingMail, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_BYTES", 60_000)
    monkeypatch.setattr(inbox, "BEGINNING", 30_000)
    box = Imap(with_files(reply_to(asked), "Billeder fra dagen", ("film.pdf", TYPED + b"%" * 90_000)))
    box.start()
    settings.IMAP_URL = f"imap://indgang:hemmelig@127.0.0.1:{box.port}/INBOX"  # type: ignore[attr-defined]
    assert inbox.fetch(now=NOW) == 1
    kept = IncomingMail.objects.get()
    assert kept.text == "Billeder fra dagen"
    assert "for stor til at hente" in kept.files.get().trouble
    box.socket.close()


def test_files_of_a_mail_go_with_the_mail(cast: Cast, asked: OutgoingMail) -> None:
    inbox.take(with_files(reply_to(asked), "Her", ("pris.pdf", TYPED)), cast.home, now=NOW)
    StoredFile.objects.update(created_at=NOW)
    forget(NOW + timedelta(days=2 * 365))
    assert sweep(NOW + timedelta(days=2 * 365)) == 0
    forget(NOW + timedelta(days=2 * 365 + 1))
    assert sweep(NOW + timedelta(days=2 * 365 + 1)) == 1
    assert not StoredFile.objects.exists()
    assert not FileContent.objects.exists()
