# SPDX-License-Identifier: MPL-2.0
"""Short ways to notices in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indgang.core.notices.reading import read_notice
from indgang.core.text import Reason
from indgang.procurement.models import Notice
from indgang.procurement.notices.keep import Fate, keep
from tests.cast import NOW
from tests.core.notices.samples import DATA, content


def kept(*names: str, now: datetime = NOW) -> list[Fate]:
    """Keep samples one after another; returns what became of each."""
    fates = []
    for name in names:
        fates += keep([read_notice(content(name))], now=now).elements()
    return fates


def the(name: str) -> Notice:
    """The row of a sample."""
    return Notice.objects.get(notice_id=read_notice(content(name)).notice_id)


def kept_bent(name: str, *pairs: tuple[str, str]) -> Notice:
    """Keep a sample with pieces of its text replaced."""
    text = content(name).decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    notice = read_notice(text.encode())
    keep([notice], now=NOW)
    return Notice.objects.get(notice_id=notice.notice_id)


@dataclass(frozen=True)
class FoundOne:
    organisation_id: int
    score: float = 0.9
    reasons: tuple[Reason, ...] = (Reason("Sælger kantinedrift"),)
    missing: Reason | None = None


@dataclass(frozen=True)
class FoundTask:
    trade: str
    matches: tuple[FoundOne, ...] = ()


@dataclass(frozen=True)
class Answer:
    matches: tuple[FoundOne, ...] = ()
    parts: tuple[FoundTask, ...] = ()


def finds(*rules: tuple[str, Answer]) -> Callable[..., Answer]:
    """A search that answers by a word in the text: the first rule that fits."""

    def find(text: str, *, value_dkk: int | None = None, cpv_code: str = "", top: int = 10) -> Answer:
        return next((answer for word, answer in rules if word in text), Answer())

    return find


SAMPLES = Path(DATA)
