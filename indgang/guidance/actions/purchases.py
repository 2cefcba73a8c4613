# SPDX-License-Identifier: MPL-2.0
"""Amounts that the law adds up: written once, from the room where they arise or by hand, and taken out again."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.guidance.limits import belongs_to, standing
from indgang.guidance.models import PurchaseEntry, RunningPurchase
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise
from indgang.kernel.models import Duty, Municipality, Unit

LIMIT_DUTY = "guidance.limit_reached"
DAYS_TO_LOOK = 3


@transaction.atomic
def count_purchase(
    by: Principal,
    *,
    kind: str,
    text: str,
    amount_dkk: int,
    bought_date: date,
    unit: Unit | None = None,
    organisation: Organisation | None = None,
    cpv_code: str = "",
    source: str,
    path: str = "",
    now: datetime,
) -> PurchaseEntry:
    """Count an amount that another room knows of. The same `source` (`order:12`) again corrects the amount.

    `path` is the page where it is seen. A code that somebody gave it by hand stays when the source has none.

    It finds its running purchase by itself. When it takes that one to its limit, whoever is responsible gets a duty.
    """
    organisation_id = organisation.pk if organisation else None
    earlier = PurchaseEntry.objects.filter(municipality_id=by.municipality_id, source=source).first()
    cpv_code = cpv_code or (earlier.cpv_code if earlier else "")
    running = belongs_to(
        by.municipality_id, cpv_code, organisation_id, bought_date, unit_id=unit.pk if unit else None
    )
    said = {
        "kind": kind,
        "running": running,
        "unit": unit,
        "organisation": organisation,
        "cpv_code": cpv_code,
        "text": text[:200],
        "amount_dkk": amount_dkk,
        "bought_date": bought_date,
        "path": path,
    }
    entry, is_new = PurchaseEntry.objects.update_or_create(
        municipality_id=by.municipality_id,
        source=source,
        defaults=said,
        create_defaults=said | {"entered_at": now},
    )
    if running is not None:
        _tell_when_full(by, running, now)
    facts = {"source": source, "amount_dkk": amount_dkk, "running": running.pk if running else None}
    act = "purchase.count" if is_new else "purchase.correct"
    audit.record(by, act, f"purchase_entry:{entry.pk}", now=now, facts=facts)
    return entry


def _tell_when_full(by: Principal, running: RunningPurchase, now: datetime) -> None:
    path = reverse("guidance:limit", args=[running.pk])
    where = standing(running, running.entries.all())
    told = Duty.objects.filter(kind=LIMIT_DUTY, path=path, municipality_id=by.municipality_id, done_at=None)
    if not where.limit.passes or told.exists():
        return
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    promise(
        by,
        LIMIT_DUTY,
        _("Grænsen er nået: %(title)s") % {"title": running.title},
        path=path,
        due_at=due_in(DAYS_TO_LOOK, now=now, calendar=calendar),
        now=now,
        owner=running.responsible,
        unit=running.unit,
        calendar=calendar,
    )


@transaction.atomic
def give_code(by: Principal, entry: PurchaseEntry, *, cpv_code: str, now: datetime) -> PurchaseEntry:
    """Say what kind a purchase is that came without a code: then it is added up with others of its kind."""
    check_can_keep_limits(by)
    if entry.removed_at is not None:
        raise Refused(gettext_noop("Beløbet er taget ud og tæller ikke."))
    entry.cpv_code = cpv_code
    entry.running = belongs_to(
        by.municipality_id, cpv_code, entry.organisation_id, entry.bought_date, unit_id=entry.unit_id
    )
    entry.save(update_fields=["cpv_code", "running"])
    if entry.running is not None:
        _tell_when_full(by, entry.running, now)
    facts = {"cpv_code": cpv_code, "running": entry.running_id}
    audit.record(by, "purchase.code", f"purchase_entry:{entry.pk}", now=now, facts=facts)
    return entry


@transaction.atomic
def take_out(by: Principal, entry: PurchaseEntry, *, now: datetime) -> None:
    """An amount that was written by mistake counts no more; it stays readable. Amounts from orders stay."""
    check_can_keep_limits(by)
    if entry.source:
        raise Refused(gettext_noop("Beløbet kommer fra en ordre. Ret det der, hvor ordren ligger."))
    if entry.removed_at is not None:
        raise Refused(gettext_noop("Beløbet er allerede taget ud."))
    entry.removed_at = now
    entry.save(update_fields=["removed_at"])
    audit.record(by, "purchase.take_out", f"purchase_entry:{entry.pk}", now=now, facts={"text": entry.text})
