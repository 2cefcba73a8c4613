# SPDX-License-Identifier: MPL-2.0
"""The de minimis register: aid is written down while it fits under the ceiling, and taken out again with a reason."""

from datetime import date, datetime
from decimal import ROUND_UP, Decimal

from django.db import connection, transaction
from django.utils import timezone

from indgang.core.law.calculators.step import add_months
from indgang.core.law.sentence import danish_date, number
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.aid import lines_of, room_on
from indgang.guidance.models import AidEntry
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile

CENT = Decimal("0.01")
LOWEST_RATE, HIGHEST_RATE = Decimal(7), Decimal(8)
"""The krone is held close to 7.46 to the euro; anything outside is a slip of the pen."""


def in_euro(amount_dkk: int, rate: Decimal) -> Decimal:
    """Kroner at a rate, rounded up to whole cents so that a sum never comes out too small."""
    return (Decimal(amount_dkk) / rate).quantize(CENT, rounding=ROUND_UP)


@transaction.atomic
def give_aid(
    by: Principal,
    *,
    cvr_number: str,
    name: str,
    known: str,
    amount_dkk: int,
    rate: Decimal,
    given_date: date,
    giver: str,
    legal_basis: str,
    entrusted: bool = False,
    document: StoredFile | None = None,
    now: datetime,
) -> AidEntry:
    """Write aid down. Our own is refused when it takes any three years over the ceiling; what others gave is only told."""
    check_can_keep_limits(by)
    if not cvr_number or not name.strip():
        raise Refused(gettext_noop("Skriv virksomhedens navn og CVR-nummer."))
    if len(legal_basis.strip()) < 5:
        raise Refused(
            gettext_noop("Skriv hjemlen, fx paragraf og lov. Loftet giver ikke i sig selv ret til at støtte.")
        )
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise Refused(gettext_noop("Kursen er kroner for én euro, fx 7,46. Ret den."))
    if amount_dkk <= 0:
        raise Refused(gettext_noop("Skriv et beløb over nul."))
    if known == AidEntry.Known.GIVEN and given_date > timezone.localdate(now):
        raise Refused(gettext_noop("Skriv dagen, støtten blev bevilget. Den kan ikke ligge i fremtiden."))
    with connection.cursor() as cursor:  # two at once must not both fit
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [by.municipality_id, int(cvr_number)])
    euro = in_euro(amount_dkk, rate)
    if known == AidEntry.Known.GIVEN:
        _refuse_above(by, cvr_number, euro, given_date, entrusted)
    entry = AidEntry.objects.create(
        municipality_id=by.municipality_id,
        cvr_number=cvr_number,
        name=name.strip()[:150],
        known=known,
        amount_dkk=amount_dkk,
        rate=rate,
        amount_euro=euro,
        given_date=given_date,
        giver=giver.strip()[:150],
        legal_basis=legal_basis.strip()[:300],
        entrusted=entrusted,
        document=document,
        entered_at=now,
        entered_by_id=by.user_id,
    )
    facts = {
        "cvr_number": cvr_number,
        "amount_euro": str(euro),
        "given_date": str(given_date),
        "known": known,
    }
    audit.record(by, "aid.give", f"aid:{entry.pk}", now=now, facts=facts)
    return entry


def _refuse_above(by: Principal, cvr_number: str, euro: Decimal, given_date: date, entrusted: bool) -> None:
    """The ceiling must hold on the day itself and on every later day whose three years reach back to it."""
    lines = lines_of(by.municipality_id, cvr_number)
    last = add_months(given_date, 36)
    days = {given_date} | {line.given_date for line in lines if given_date <= line.given_date < last}
    for day in sorted(days):
        room = room_on(lines, day, new_euro=float(euro), entrusted=entrusted)
        if room.fits:
            continue
        raise Refused(
            gettext_noop(
                "Støtten på %(euro)s euro går over loftet: den %(day)s er der plads til %(left)s euro af %(ceiling)s. Giv mindre, vent, til ældre støtte falder ud, eller få en juridisk vurdering."
            ),
            euro=number(float(euro)),
            day=danish_date(day),
            left=number(room.left),
            ceiling=number(room.ceiling),
        )


@transaction.atomic
def take_out_aid(by: Principal, entry: AidEntry, *, because: str, now: datetime) -> None:
    """A line that was wrong counts no more; who and why stay."""
    check_can_keep_limits(by)
    if entry.removed_at is not None:
        raise Refused(gettext_noop("Linjen er allerede taget ud."))
    if len(because.strip()) < 5:
        raise Refused(gettext_noop("Skriv, hvorfor linjen tages ud, fx «Beløbet var forkert»."))
    entry.removed_at, entry.removed_by_id, entry.removed_because = now, by.user_id, because.strip()[:300]
    entry.save(update_fields=["removed_at", "removed_by", "removed_because"])
    audit.record(by, "aid.take_out", f"aid:{entry.pk}", now=now, facts={"because": entry.removed_because})


@transaction.atomic
def put_back_aid(by: Principal, entry: AidEntry, *, now: datetime) -> None:
    """Undo taking out, as long as it still fits."""
    check_can_keep_limits(by)
    if entry.removed_at is None:
        raise Refused(gettext_noop("Linjen tæller med i forvejen."))
    if entry.known == AidEntry.Known.GIVEN:
        _refuse_above(by, entry.cvr_number, entry.amount_euro, entry.given_date, entry.entrusted)
    entry.removed_at, entry.removed_by, entry.removed_because = None, None, ""
    entry.save(update_fields=["removed_at", "removed_by", "removed_because"])
    audit.record(by, "aid.put_back", f"aid:{entry.pk}", now=now)
