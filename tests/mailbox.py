# SPDX-License-Identifier: MPL-2.0
"""A mailbox to read from, and mails with files to lie in it."""

import mimetypes
import re
import socket
import threading
from email.message import EmailMessage


class Imap(threading.Thread):
    """A mailbox with unread mails, spoken as IMAP4rev1 needs it here. Of a mail only as much is sent as is asked for."""

    def __init__(self, *mails: bytes) -> None:
        super().__init__(daemon=True)
        self.mails, self.seen = dict(enumerate(mails, start=41)), set[int]()
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
            return f"* {len(self.mails)} EXISTS\r\n".encode()
        if said.startswith("UID SEARCH"):
            return f"* SEARCH {' '.join(str(uid) for uid in self.mails if uid not in self.seen)}\r\n".encode()
        if said.startswith("UID FETCH"):
            return self._fetched(int(said.split()[2]), said)
        if said.startswith("UID STORE"):
            self.seen.add(int(said.split()[2]))
        return b"* BYE\r\n" if said.startswith("LOGOUT") else b""

    def _fetched(self, uid: int, said: str) -> bytes:
        raw = self.mails[uid]
        if "RFC822.SIZE" in said:
            return f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})\r\n".encode()
        part = re.search(r"<0\.(\d+)>", said)
        sent = raw[: int(part[1])] if part else raw
        return f"* 1 FETCH (UID {uid} BODY[] {{{len(sent)}}}\r\n".encode() + sent + b")\r\n"


def with_files(
    to: str,
    text: str,
    *attached: tuple[str, bytes],
    sender: str = "rikke@papirpluk.example",
    subject: str = "Re: Kan I?",
) -> bytes:
    """A mail as it travels, with files under their names."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{hash((to, text, attached))}@papirpluk.example>"
    message.set_content(text)
    for name, content in attached:
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        message.add_attachment(content, kind[0], kind[1], filename=name)
    return message.as_bytes()
