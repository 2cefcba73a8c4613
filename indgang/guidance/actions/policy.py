# SPDX-License-Identifier: MPL-2.0
"""The municipality's own stricter policy, changed one restriction at a time; every change is a new version."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from indgang.core.law.pack import load
from indgang.core.law.policy import read_policy
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.models import PolicyVersion
from indgang.guidance.permissions import check_can_sign
from indgang.guidance.policy_text import as_toml, in_words
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _

MOST = 40


def newest(municipality_id: int) -> PolicyVersion | None:
    return PolicyVersion.objects.filter(municipality_id=municipality_id).order_by("-number").first()


@transaction.atomic
def add_restriction(
    by: Principal, restriction: Mapping[str, Any], *, name: str, adopted: date, now: datetime
) -> PolicyVersion:
    """Close routes, or demand documents, from a day. A policy can only be stricter than the law."""
    check_can_sign(by)
    if not restriction["closes"] and not restriction["documents"]:
        raise Refused(gettext_noop("Vælg en vej, der skal lukkes, eller et dokument, I vil have."))
    before = newest(by.municipality_id)
    standing = list(before.restrictions) if before else []
    if len(standing) >= MOST:
        raise Refused(
            gettext_noop("Der er så mange begrænsninger, at ingen kan overskue dem. Fjern nogle først.")
        )
    note = _("Tilføjet: %(what)s") % {"what": in_words(restriction)}
    return _save(by, [*standing, dict(restriction)], name, adopted, note, now)


@transaction.atomic
def remove_restriction(by: Principal, place: int, *, adopted: date, now: datetime) -> PolicyVersion:
    """Take one restriction out again, from a day."""
    check_can_sign(by)
    before = newest(by.municipality_id)
    if before is None or not 0 <= place < len(before.restrictions):
        raise Refused(gettext_noop("Den begrænsning står der ikke længere."))
    left = [each for number, each in enumerate(before.restrictions) if number != place]
    note = _("Fjernet: %(what)s") % {"what": in_words(before.restrictions[place])}
    return _save(by, left, before.name, adopted, note, now)


def _save(
    by: Principal,
    restrictions: Sequence[Mapping[str, Any]],
    name: str,
    adopted: date,
    note: str,
    now: datetime,
) -> PolicyVersion:
    before = newest(by.municipality_id)
    text = as_toml(name, adopted, restrictions)
    read_policy(load(), text)
    row = PolicyVersion(
        municipality_id=by.municipality_id,
        number=before.number + 1 if before else 1,
        name=name,
        restrictions=[dict(each) for each in restrictions],
        text=text,
        adopted=adopted,
        change_note=note[:300],
        user_id=by.user_id or 0,
        saved_at=now,
    )
    row.save(force_insert=True)
    audit.record(
        by, "policy.change", f"policy:{row.number}", now=now, facts={"restrictions": len(restrictions)}
    )
    return row
