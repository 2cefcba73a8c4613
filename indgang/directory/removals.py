# SPDX-License-Identifier: MPL-2.0
"""Remembering who asked to be removed, without remembering them.

Two keyed hashes (HMAC-SHA256 under the installation's key): of the CVR number, and of name and town as they
are commonly spelled. A plain hash would not do: there are only a hundred million CVR numbers to try.
"""

import base64
import hmac
import re
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from indgang.core.sort_key import danish_sort_key
from indgang.directory.models import Removal

_FORMS = re.compile(r"\b(?:aps|a s|i s|p s|f m b a|s m b a|a m b a|fond|fonden|ivs|v)\b")


def same_name(name: str, town: str) -> str:
    """A spelling of name and town that two lists are likely to share: no legal form, no signs, no case."""
    plain = _FORMS.sub(" ", danish_sort_key(name))
    return f"{re.sub(r'[^a-z0-9{]+', '', plain)}|{re.sub(r'[^a-z{]+', '', danish_sort_key(town))}"


def digests(name: str, town: str, cvr_number: str | None) -> list[bytes]:
    """The hashes that stand for an enterprise."""
    told = [f"navn:{same_name(name, town)}"]
    if cvr_number:
        told.append(f"cvr:{cvr_number}")
    return [hmac.digest(_key(), text.encode(), "sha256") for text in told]


def remember(marks: Iterable[bytes], *, now: datetime) -> None:
    """Keep the hashes; one that was lifted counts again."""
    for digest in marks:
        Removal.objects.update_or_create(digest=digest, defaults={"at": now, "lifted_at": None})


def asked_to_go(marks: Iterable[bytes]) -> bool:
    """Whether one of the hashes belongs to somebody who asked to be removed."""
    return Removal.objects.filter(digest__in=list(marks), lifted_at=None).exists()


def gone_among(marks: Iterable[bytes]) -> set[bytes]:
    """Those of many hashes that belong to somebody who asked to be removed."""
    rows = Removal.objects.filter(digest__in=list(marks), lifted_at=None).values_list("digest", flat=True)
    return {bytes(digest) for digest in rows}


def lift(marks: Iterable[bytes], *, now: datetime) -> int:
    """The enterprise itself has asked to come back; returns how many hashes no longer count."""
    return Removal.objects.filter(digest__in=list(marks), lifted_at=None).update(lifted_at=now)


def _key() -> bytes:
    key = base64.b64decode(settings.MASTER_KEY) if settings.MASTER_KEY else settings.SECRET_KEY.encode()
    return hmac.digest(key, b"indgang directory removals", "sha256")
