# SPDX-License-Identifier: MPL-2.0
"""Interim search by shared words, until the matching engine stands."""

import re
from dataclasses import dataclass, field

from indgang.core.text import Reason, gettext_noop
from indgang.directory.models import Organisation


@dataclass(frozen=True)
class Found:
    """An organisation with a score from 0 to 1, reasons, and the one thing that is missing."""

    organisation_id: int
    score: float
    reasons: tuple[Reason, ...] = ()
    missing: Reason | None = None


@dataclass(frozen=True)
class Result:
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
    """Organisations in sight that can meet a need, best first."""
    wanted = set(re.findall(r"\w{4,}", text.lower()))
    found = []
    for organisation in Organisation.objects.exclude(published_at=None).prefetch_related("listings"):
        for listing in organisation.listings.all():
            shared = wanted & set(re.findall(r"\w{4,}", listing.text.lower()))
            if shared:
                reason = Reason(gettext_noop("Sælger: %(text)s"), {"text": listing.text[:80]})
                found.append(Found(organisation.pk, min(1.0, len(shared) / 4), (reason,)))
                break
    found.sort(key=lambda one: -one.score)
    return Result(tuple(found[:top]))
