# SPDX-License-Identifier: MPL-2.0
"""A lawyer's word: a pack signed off as it is sealed, and open points answered. Both can be taken back, in writing."""

from datetime import datetime

from django.db import transaction

from indgang.core.law.pack import Pack, load
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.models import PointConfirmation, SignOff
from indgang.guidance.permissions import check_can_confirm_law
from indgang.guidance.watch import signed_off
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def sign_off(by: Principal, pack: Pack, *, lawyer: str, title: str, note: str = "", now: datetime) -> SignOff:
    """Write down that a lawyer stands behind this pack, as it is sealed. Once until it is withdrawn."""
    check_can_confirm_law(by)
    _check_person(lawyer, title)
    if signed_off(by.municipality_id, pack) is not None:
        raise Refused(gettext_noop("Regelpakken er allerede godkendt."))
    row = SignOff.objects.create(
        municipality_id=by.municipality_id,
        pack=pack.name,
        sha256=pack.sha256,
        lawyer=lawyer.strip(),
        title=title.strip(),
        note=note.strip(),
        user_id=by.user_id or 0,
        signed_at=now,
    )
    audit.record(
        by,
        "law.sign_off",
        f"pack:{pack.name}",
        now=now,
        facts={"pack": pack.label},
        personal={"lawyer": row.lawyer},
    )
    return row


@transaction.atomic
def withdraw_sign_off(by: Principal, row: SignOff, *, because: str, now: datetime) -> None:
    """Take it back: from now on every page says that no lawyer stands behind the pack."""
    check_can_confirm_law(by)
    _check_reason(because)
    if row.withdrawn_at is not None:
        raise Refused(gettext_noop("Godkendelsen er allerede trukket tilbage."))
    row.withdrawn_at, row.withdrawn_because = now, because.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(by, "law.withdraw_sign_off", f"pack:{row.pack}", now=now, facts={"because": because.strip()})


@transaction.atomic
def confirm_point(
    by: Principal, point_id: str, *, lawyer: str, title: str, note: str, now: datetime
) -> PointConfirmation:
    """Write down a lawyer's answer to an open point of the newest pack. A newer answer takes over."""
    check_can_confirm_law(by)
    _check_person(lawyer, title)
    if len(note.strip()) < 10:
        raise Refused(gettext_noop("Skriv juristens svar, så andre kan bruge det."))
    point = next((each for each in load().points if each.id == point_id), None)
    if point is None:
        raise Refused(gettext_noop("Punktet findes ikke i den nyeste regelpakke."))
    PointConfirmation.objects.filter(
        municipality_id=by.municipality_id, point=point_id, withdrawn_at=None
    ).update(withdrawn_at=now, withdrawn_because="Et nyere svar")
    row = PointConfirmation.objects.create(
        municipality_id=by.municipality_id,
        point=point_id,
        wording=point.words.da,
        lawyer=lawyer.strip(),
        title=title.strip(),
        note=note.strip(),
        user_id=by.user_id or 0,
        confirmed_at=now,
    )
    audit.record(by, "law.confirm", f"point:{point_id}", now=now, personal={"lawyer": row.lawyer})
    return row


@transaction.atomic
def withdraw_confirmation(by: Principal, row: PointConfirmation, *, because: str, now: datetime) -> None:
    """Open a point again."""
    check_can_confirm_law(by)
    _check_reason(because)
    if row.withdrawn_at is not None:
        raise Refused(gettext_noop("Svaret er allerede trukket tilbage."))
    row.withdrawn_at, row.withdrawn_because = now, because.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(by, "law.reopen", f"point:{row.point}", now=now, facts={"because": because.strip()})


def _check_person(lawyer: str, title: str) -> None:
    if len(lawyer.strip()) < 3 or len(title.strip()) < 3:
        raise Refused(gettext_noop("Skriv, hvem juristen er, med navn og titel."))


def _check_reason(because: str) -> None:
    if len(because.strip()) < 5:
        raise Refused(gettext_noop("Skriv kort hvorfor."))
