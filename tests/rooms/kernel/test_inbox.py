# SPDX-License-Identifier: MPL-2.0
"""Mail that comes in, over a real IMAP conversation on loopback."""

import socket
import threading
from collections.abc import Iterator

import pytest

from indgang.kernel import inbox, mail
from indgang.kernel.models import Duty, IncomingMail, OutgoingMail
from tests.cast import NOW, Cast


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


class Imap(threading.Thread):
    """A mailbox with one unread mail, spoken as IMAP4rev1 needs it here."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(daemon=True)
        self.raw, self.seen = raw, False
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
                for line in lines:
                    tag, _, rest = line.decode().strip().partition(" ")
                    connection.sendall(self._answer(rest.upper()) + f"{tag} OK done\r\n".encode())

    def _answer(self, said: str) -> bytes:
        if said.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n"
        if said.startswith("SELECT"):
            return b"* 1 EXISTS\r\n"
        if said.startswith("UID SEARCH"):
            return b"* SEARCH\r\n" if self.seen else b"* SEARCH 41\r\n"
        if said.startswith("UID FETCH"):
            return f"* 1 FETCH (UID 41 BODY[] {{{len(self.raw)}}}\r\n".encode() + self.raw + b")\r\n"
        if said.startswith("UID STORE"):
            self.seen = True
        return b"* BYE\r\n" if said.startswith("LOGOUT") else b""


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
