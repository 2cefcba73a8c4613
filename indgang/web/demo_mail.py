# SPDX-License-Identifier: MPL-2.0
"""The demo's mailbox: what the invented people would find in their mail. Exists in the demo only."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

SHOWN = 60


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    at: datetime | None
    lines: list[tuple[str, str]]


def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails first, links to be followed; `?til=` shows one person's."""
    if not settings.DEMO:
        raise Http404
    wanted = request.GET.get("til", "")
    mails = [mail for mail in _mails() if not wanted or mail.to == wanted]
    return render(request, "demo_mail.html", {"mails": mails[:SHOWN], "wanted": wanted})


def _mails() -> list[Mail]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or ".")
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:SHOWN]
    return [mail for file in files for mail in reversed(_in_file(file))]


def _in_file(file: Path) -> list[Mail]:
    found = []
    for text in file.read_bytes().split(b"-" * 79):
        message = email.message_from_bytes(text.strip(), policy=email.policy.default)
        if message["To"]:
            body = message.get_content()
            found.append(
                Mail(str(message["To"]), str(message["Subject"]), _date(message["Date"]), _lines(body))
            )
    return found


def _date(text: str | None) -> datetime | None:
    """Django writes "-0000", which Python reads as no zone at all; it is UTC."""
    moment = parsedate_to_datetime(str(text)) if text else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _lines(body: str) -> list[tuple[str, str]]:
    """Each line with the local path of the link in it, if any."""
    lines = []
    for line in body.strip().splitlines():
        link = re.search(r"https?://[^/\s]+(/\S*)", line)
        lines.append((line, link.group(1) if link else ""))
    return lines
