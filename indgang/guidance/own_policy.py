# SPDX-License-Identifier: MPL-2.0
"""The municipality's own stricter policy as the engine reads it."""

from datetime import date
from functools import lru_cache

from django.db.models import OuterRef, QuerySet

from indgang.core.law.pack import Pack
from indgang.core.law.policy import Policy, read_policy
from indgang.guidance.models import PolicyVersion
from indgang.kernel.models import Unit


def policy_on(municipality_id: int, pack: Pack, on: date, unit_id: int | None = None) -> Policy | None:
    """The newest version that had been adopted on a day; None when there is none."""
    text = versions(municipality_id, on).values_list("text", flat=True).first()
    return policy_of(text, municipality_id, pack, unit_id)


def versions(municipality_id: int | OuterRef, on: date) -> QuerySet[PolicyVersion]:
    """Those adopted on a day, the one in force first."""
    return PolicyVersion.objects.filter(municipality_id=municipality_id, adopted__lte=on).order_by("-number")


def policy_of(text: str | None, municipality_id: int, pack: Pack, unit_id: int | None) -> Policy | None:
    """A version as read. With `unit_id` what is meant for other units is left out; a unit is meant with all under it."""
    policy = _read(pack, text) if text else None
    if policy is None or unit_id is None or not policy.names_units:
        return policy
    return policy.for_units(_upwards(municipality_id, unit_id))


def _upwards(municipality_id: int, unit_id: int) -> set[str]:
    above = dict(Unit.objects.filter(municipality_id=municipality_id).values_list("pk", "parent_id"))
    keys: set[str] = set()
    step: int | None = unit_id
    while step is not None and str(step) not in keys:
        keys.add(str(step))
        step = above.get(step)
    return keys


@lru_cache(maxsize=64)
def _read(pack: Pack, text: str) -> Policy:
    return read_policy(pack, text)
