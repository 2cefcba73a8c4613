# SPDX-License-Identifier: MPL-2.0
"""The municipality's own stricter policy as the engine reads it."""

from datetime import date
from functools import lru_cache

from indgang.core.law.pack import Pack
from indgang.core.law.policy import Policy, read_policy
from indgang.guidance.models import PolicyVersion


def policy_on(municipality_id: int, pack: Pack, on: date) -> Policy | None:
    """The newest version that had been adopted on a day; None when there is none."""
    text = (
        PolicyVersion.objects.filter(municipality_id=municipality_id, adopted__lte=on)
        .order_by("-number")
        .values_list("text", flat=True)
        .first()
    )
    return _read(pack, text) if text else None


@lru_cache(maxsize=64)
def _read(pack: Pack, text: str) -> Policy:
    return read_policy(pack, text)
