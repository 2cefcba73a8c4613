# SPDX-License-Identifier: MPL-2.0
"""The table of who should pay whom is opened to two people first, seen by both, and then shown to all, or closed."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from indgang.core.text import Refused, gettext_noop
from indgang.impact.models import TransferOpening
from indgang.impact.permissions import check_can_open_transfers, check_can_widen, opening_of
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty, Membership, Municipality, Role, User

DUTY = "impact.transfers"
SEE_WITHIN = 5


@transaction.atomic
def open_transfers(by: Principal, *, finance: User, chair: User, now: datetime) -> TransferOpening:
    """Show the table to finance and to the chair; each gets a duty to look at it."""
    check_can_open_transfers(by)
    if opening_of(by.municipality_id) is not None:
        raise Refused(gettext_noop("Tabellen er allerede åbnet."))
    if finance.pk == chair.pk:
        raise Refused(gettext_noop("Vælg to forskellige personer: én fra økonomi og formanden."))
    posts = Membership.objects.filter(municipality_id=by.municipality_id, last_date=None)
    if not posts.filter(user=finance, role=Role.FINANCE).exists():
        raise Refused(gettext_noop("%(name)s har ikke rollen Økonomi."), name=finance.name)
    if not posts.filter(user=chair).exists():
        raise Refused(gettext_noop("%(name)s arbejder ikke i kommunen."), name=chair.name)
    opening = TransferOpening.objects.create(
        municipality_id=by.municipality_id,
        chair=chair,
        finance=finance,
        opened_by_id=by.user_id or 0,
        opened_at=now,
    )
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    for user in (finance, chair):
        promise(
            by,
            DUTY,
            _("Se «Hvem skal betale hvem», før andre ser den"),
            path=reverse("impact:transfers"),
            due_at=due_in(SEE_WITHIN, now=now, calendar=calendar),
            owner=user,
            calendar=calendar,
            now=now,
        )
    audit.record(
        by,
        "transfers.open",
        f"transfers:{opening.pk}",
        now=now,
        facts={"finance": finance.pk, "chair": chair.pk},
    )
    return opening


@transaction.atomic
def note_seen(by: Principal, opening: TransferOpening, *, now: datetime) -> None:
    """One of the two says: I have seen it."""
    if by.user_id == opening.finance_id:
        opening.finance_seen_at = opening.finance_seen_at or now
    elif by.user_id == opening.chair_id:
        opening.chair_seen_at = opening.chair_seen_at or now
    else:
        raise Refused(gettext_noop("Kun økonomi og formanden siger, at de har set den."))
    opening.save(update_fields=["finance_seen_at", "chair_seen_at"])
    _settle(opening, now, owner_id=by.user_id)
    audit.record(by, "transfers.seen", f"transfers:{opening.pk}", now=now)


@transaction.atomic
def widen(by: Principal, opening: TransferOpening, *, now: datetime) -> None:
    """Show it to everybody who works here."""
    check_can_widen(by, opening)
    opening.widened_at, opening.widened_by_id = now, by.user_id
    opening.save(update_fields=["widened_at", "widened_by"])
    audit.record(by, "transfers.widen", f"transfers:{opening.pk}", now=now)


@transaction.atomic
def close_transfers(by: Principal, opening: TransferOpening, *, now: datetime) -> None:
    """Off again, for everybody."""
    check_can_open_transfers(by)
    opening.closed_at, opening.closed_by_id = now, by.user_id
    opening.save(update_fields=["closed_at", "closed_by"])
    _settle(opening, now)
    audit.record(by, "transfers.close", f"transfers:{opening.pk}", now=now)


def _settle(opening: TransferOpening, now: datetime, owner_id: int | None = None) -> None:
    duties = Duty.objects.filter(municipality_id=opening.municipality_id, kind=DUTY, done_at=None)
    for duty in duties if owner_id is None else duties.filter(owner_id=owner_id):
        settle(duty, now=now)
