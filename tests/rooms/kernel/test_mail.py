# SPDX-License-Identifier: MPL-2.0
"""Mail against a real SMTP server on loopback: nothing lost, nothing sent twice unseen."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings

from indgang.core.text import Refused
from indgang.kernel import mail
from indgang.kernel.links import create_link, find_link
from indgang.kernel.models import OutgoingMail
from tests.cast import NOW, Cast


class Smtp(threading.Thread):
    """A mail server that says what the test wants: accept, refuse the recipient, be busy, or hang up after DATA."""

    def __init__(self, manner: str = "accept") -> None:
        super().__init__(daemon=True)
        self.manner = manner
        self.messages: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: object) -> None:
        def say(text: str) -> None:
            connection.sendall(text.encode() + b"\r\n")

        say("220 test")
        for raw in lines:  # type: ignore[attr-defined]
            verb = raw.decode(errors="replace").strip().upper()
            if verb.startswith(("EHLO", "HELO")):
                say("250 test")
            elif verb.startswith("RCPT") and self.manner == "refuse":
                say("550 no such person")
            elif verb.startswith("MAIL") and self.manner == "busy":
                say("451 later, please")
            elif verb.startswith("DATA"):
                say("354 go on")
                message = self._read(lines)
                if self.manner == "hang up":
                    return
                self.messages.append(message)
                say("250 taken")
            elif verb.startswith("QUIT"):
                say("221 bye")
                return
            else:
                say("250 ok")

    @staticmethod
    def _read(lines: object) -> str:
        got = []
        for raw in lines:  # type: ignore[attr-defined]
            if raw == b".\r\n":
                break
            got.append(raw.decode(errors="replace"))
        return "".join(got)


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Smtp]:
    server = Smtp()
    server.start()
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1", raising=False)
    monkeypatch.setattr(settings, "EMAIL_PORT", server.port, raising=False)
    for name in ("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"):
        monkeypatch.setattr(settings, name, "", raising=False)
    for name in ("EMAIL_USE_TLS", "EMAIL_USE_SSL"):
        monkeypatch.setattr(settings, name, False, raising=False)
    yield server
    server.socket.close()


def a_mail(cast: Cast) -> OutgoingMail:
    link = create_link(cast.house, "svar", 7, recipient="r@example.dk", now=NOW, lives=timedelta(days=1))
    return mail.write(
        cast.house,
        "r@example.dk",
        "Kan I?",
        "Se her:\n{link}",
        now=NOW,
        link=link,
        link_path="/l/svar/{token}/",
    )


def test_a_mail_is_sent_once_with_a_working_link(cast: Cast, smtp: Smtp) -> None:
    written = a_mail(cast)
    for _ in range(2):
        mail.send(written.pk, cast.home.pk, now=NOW)
    written.refresh_from_db()
    assert (written.state, written.attempts, len(smtp.messages)) == ("sent", 1, 1)
    import email
    import re

    text = email.message_from_string(smtp.messages[0]).get_payload(decode=True).decode()
    token = re.search(r"http://aabjerg\.localhost/l/svar/([\w-]{43})/", text)
    assert token
    link = find_link(token.group(1), "svar")
    assert link is not None
    assert link.subject_id == 7


def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(
    cast: Cast, smtp: Smtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        monkeypatch.setattr(settings, "EMAIL_PORT", nobody.getsockname()[1])
    written = a_mail(cast)
    moment = NOW
    for _ in range(6):
        for mail_id in mail.waiting(moment):
            mail.send(mail_id, cast.home.pk, now=moment)
        moment += timedelta(minutes=12)
    written.refresh_from_db()
    assert written.state == "waiting"
    assert "svarede ikke" in written.trouble
    assert 3 <= written.attempts <= 6


def test_a_busy_server_is_tried_again_and_a_refused_address_is_not(cast: Cast, smtp: Smtp) -> None:
    smtp.manner = "busy"
    busy = a_mail(cast)
    mail.send(busy.pk, cast.home.pk, now=NOW)
    smtp.manner = "refuse"
    refused = a_mail(cast)
    mail.send(refused.pk, cast.home.pk, now=NOW)
    busy.refresh_from_db()
    refused.refresh_from_db()
    assert (busy.state, refused.state) == ("waiting", "stopped")
    assert mail.waiting(NOW + timedelta(hours=2)) == [busy.pk]


def test_when_nobody_can_know_a_person_decides(cast: Cast, smtp: Smtp) -> None:
    smtp.manner = "hang up"
    written = a_mail(cast)
    mail.send(written.pk, cast.home.pk, now=NOW)
    written.refresh_from_db()
    assert written.state == "uncertain"
    assert mail.waiting(NOW + timedelta(days=1)) == []
    mail.decide_uncertain(written, send_again=True)
    smtp.manner = "accept"
    mail.send(written.pk, cast.home.pk, now=NOW)
    written.refresh_from_db()
    assert (written.state, len(smtp.messages)) == ("sent", 1)


def test_a_mail_cut_off_midway_is_uncertain_after_a_quarter_of_an_hour(cast: Cast) -> None:
    written = a_mail(cast)
    OutgoingMail.objects.filter(pk=written.pk).update(state="sending", tried_at=NOW)
    assert mail.mark_stale_as_uncertain(NOW + timedelta(minutes=14)) == 0
    assert mail.mark_stale_as_uncertain(NOW + timedelta(minutes=16)) == 1


def test_a_refused_act_writes_no_mail(cast: Cast) -> None:
    from django.db import transaction

    @transaction.atomic
    def act() -> None:
        a_mail(cast)
        raise Refused("Nej")

    with pytest.raises(Refused):
        act()
    assert not OutgoingMail.objects.exists()
