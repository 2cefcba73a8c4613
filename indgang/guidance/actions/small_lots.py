# SPDX-License-Identifier: MPL-2.0
"""The ledger of small lots (udbudsloven § 8, stk. 2): opened, added to while both limits hold, corrected, closed."""

from datetime import date, datetime

from django.db import transaction

from indgang.core.law.calculators.small_lots import SmallLot
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.limits import ledger_standing
from indgang.guidance.models import SmallLotEntry, SmallLotsLedger
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit
from indgang.kernel.access import Principal


@transaction.atomic
def open_ledger(
    by: Principal, *, title: str, whole_dkk: int, works: bool, published_date: date, now: datetime
) -> SmallLotsLedger:
    """Begin a ledger beside a large agreement. Refuses a day of which no limits are known."""
    check_can_keep_limits(by)
    if by.user_id is None:
        raise Refused(gettext_noop("Log ind for at begynde et regnskab."))
    row = SmallLotsLedger.objects.create(
        municipality_id=by.municipality_id,
        title=title.strip(),
        whole_dkk=whole_dkk,
        works=works,
        published_date=published_date,
        responsible_id=by.user_id,
        created_at=now,
    )
    ledger_standing(row)
    audit.record(by, "small_lots.open", f"ledger:{row.pk}", now=now, facts={"whole_dkk": whole_dkk})
    return row


@transaction.atomic
def add_lot(
    by: Principal, ledger: SmallLotsLedger, *, label: str, value_dkk: int, bought_date: date, now: datetime
) -> SmallLotEntry:
    """Write down a lot. One that is too large, or takes them all over their share, is refused."""
    check_can_keep_limits(by)
    ledger = SmallLotsLedger.objects.select_for_update().get(pk=ledger.pk)
    if ledger.closed_at is not None:
        raise Refused(gettext_noop("Regnskabet er afsluttet."))
    after = ledger_standing(ledger, [SmallLot(bought_date, label, value_dkk)])
    if not after.lawful:
        room = ledger_standing(ledger).room
        raise Refused(
            gettext_noop(
                "Delen er for stor. Der er plads til højst %(room)s kr. Læg den i det samlede udbud, eller gør den mindre."
            ),
            room=f"{int(room):,}".replace(",", "."),
        )
    lot = SmallLotEntry.objects.create(
        municipality_id=by.municipality_id, ledger=ledger, label=label.strip(), value_dkk=value_dkk,
        bought_date=bought_date, entered_at=now,
    )  # fmt: skip
    audit.record(by, "small_lots.add", f"ledger:{ledger.pk}", now=now, facts={"value_dkk": value_dkk})
    return lot


@transaction.atomic
def take_out_lot(by: Principal, lot: SmallLotEntry, *, now: datetime) -> None:
    """A lot that was written by mistake counts no more."""
    check_can_keep_limits(by)
    if lot.removed_at is not None:
        raise Refused(gettext_noop("Delen er allerede taget ud."))
    lot.removed_at = now
    lot.save(update_fields=["removed_at"])
    audit.record(by, "small_lots.take_out", f"ledger:{lot.ledger_id}", now=now, facts={"label": lot.label})


@transaction.atomic
def close_ledger(by: Principal, ledger: SmallLotsLedger, *, now: datetime) -> None:
    """The agreement has ended; the ledger stays readable."""
    check_can_keep_limits(by)
    if ledger.closed_at is not None:
        raise Refused(gettext_noop("Regnskabet er afsluttet."))
    ledger.closed_at = now
    ledger.save(update_fields=["closed_at"])
    audit.record(by, "small_lots.close", f"ledger:{ledger.pk}", now=now)
