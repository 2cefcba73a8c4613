# SPDX-License-Identifier: MPL-2.0
"""Who can meet a need: the question that every room asks of the directory."""

import re
from dataclasses import dataclass, field

from django.utils import timezone

from indgang.core.text import Reason, gettext_noop
from indgang.directory.search.live import live_for


@dataclass(frozen=True)
class Found:
    """An enterprise with a score from 0 to 1, reasons, and the one thing that is missing."""

    organisation_id: int
    score: float
    reasons: tuple[Reason, ...] = ()
    missing: Reason | None = None


@dataclass(frozen=True)
class Result:
    """`cpv` holds code, label and score; `parts` the tasks that the need falls into."""

    matches: tuple[Found, ...] = ()
    cpv: tuple[tuple[str, str, float], ...] = ()
    parts: tuple[str, ...] = field(default=())


def find(
    text: str,
    *,
    place_code: int | None = None,
    value_dkk: int | None = None,
    cpv_code: str = "",
    top: int = 10,
) -> Result:
    """Published enterprises that can meet a need, best first."""
    today = timezone.localdate()
    wanted = set(re.findall(r"\w{4,}", text.lower()))
    found = []
    for entry in live_for().entries.values():
        for listing in entry.listings if entry.standing.is_in_sight(today) else ():
            shared = wanted & set(re.findall(r"\w{4,}", listing.text.lower()))
            if shared:
                reason = Reason(gettext_noop("Sælger: %(text)s"), {"text": listing.text[:80]})
                found.append(Found(entry.id, min(1.0, len(shared) / 4), (reason,)))
                break
    found.sort(key=lambda one: -one.score)
    return Result(tuple(found[:top]))
