# SPDX-License-Identifier: MPL-2.0
"""Opening a municipality, adding units and people, and letting people go."""

from datetime import date, datetime

from django.db import transaction
from stdnum.dk import cvr

from indgang.core.text import Refused, gettext_noop
from indgang.kernel import audit
from indgang.kernel.access import Principal, system
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Duty, Membership, Municipality, Role, Unit, User


@transaction.atomic
def open_municipality(
    name: str, code: int, cvr_number: str, *, hosts: list[str], now: datetime
) -> Municipality:
    """Make a new tenant. Leaves the running transaction bound to it."""
    if not cvr.is_valid(cvr_number):
        raise Refused(
            gettext_noop("CVR-nummeret %(number)s er ikke gyldigt. Tjek de otte cifre."), number=cvr_number
        )
    if Municipality.objects.filter(code=code).exists():
        raise Refused(gettext_noop("Kommunekode %(code)s findes allerede."), code=code)
    municipality = Municipality.objects.create(name=name, code=code, cvr_number=cvr_number, hosts=hosts)
    set_tenant(municipality.pk)
    audit.record(system(municipality.pk), "municipality.open", f"municipality:{municipality.pk}", now=now)
    return municipality


@transaction.atomic
def add_unit(by: Principal, name: str, *, now: datetime, **facts: object) -> Unit:
    """Add a department or an institution; `facts` are further fields of Unit."""
    if Unit.objects.filter(municipality_id=by.municipality_id, name=name).exists():
        raise Refused(gettext_noop("Enheden %(name)s findes allerede."), name=name)
    unit = Unit.objects.create(municipality_id=by.municipality_id, name=name, **facts)
    audit.record(by, "unit.add", f"unit:{unit.pk}", now=now, facts={"name": name})
    return unit


@transaction.atomic
def add_member(
    by: Principal,
    email: str,
    name: str,
    *,
    unit: Unit,
    role: Role,
    first_date: date,
    now: datetime,
    phone: str = "",
) -> Membership:
    """Give somebody a post; the account is made when the address has none."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(
        email, name=name, phone=phone
    )
    if Membership.objects.filter(user=user, unit=unit, role=role, last_date=None).exists():
        raise Refused(
            gettext_noop("%(name)s har allerede den rolle i %(unit)s."), name=user.name, unit=unit.name
        )
    membership = Membership.objects.create(
        municipality_id=by.municipality_id, user=user, unit=unit, role=role, first_date=first_date
    )
    audit.record(
        by,
        "member.add",
        f"user:{user.pk}",
        now=now,
        facts={"role": str(role), "unit": unit.pk},
        personal={"name": name},
    )
    return membership


@transaction.atomic
def let_go(by: Principal, membership: Membership, *, last_date: date, now: datetime) -> int:
    """End somebody's post. Open duties drop to the stand-in at once; returns how many must be handed over.

    Refuses while open duties would be left without an owner, or with one who has left as well.
    """
    duties = Duty.objects.filter(owner=membership.user, done_at=None, municipality_id=by.municipality_id)
    count = duties.count()
    if count and (membership.stand_in is None or not membership.stand_in.is_active):
        raise Refused(
            gettext_noop("%(name)s har %(count)d åbne opgaver. Vælg en stedfortræder først."),
            name=membership.user.name,
            count=count,
        )
    membership.last_date = last_date
    membership.save(update_fields=["last_date"])
    others = Membership.objects.filter(user=membership.user, last_date=None).exclude(pk=membership.pk)
    if not others.exists():
        duties.update(owner=membership.stand_in)
        user = membership.user
        user.is_active, user.closed_at = False, now
        user.save(update_fields=["is_active", "closed_at"])
    audit.record(
        by, "member.let_go", f"user:{membership.user_id}", now=now, facts={"duties_handed_over": count}
    )
    return count


@transaction.atomic
def change_settings(by: Principal, municipality: Municipality, *, now: datetime, **changes: object) -> None:
    """Change the municipality's own figures and promises; `changes` are fields of Municipality."""
    before = {name: getattr(municipality, name) for name in changes}
    for name, value in changes.items():
        setattr(municipality, name, value)
    municipality.save(update_fields=list(changes))
    facts = {
        name: [str(before[name]), str(value)] for name, value in changes.items() if before[name] != value
    }
    audit.record(by, "municipality.change", f"municipality:{municipality.pk}", now=now, facts=facts)


@transaction.atomic
def change_unit(by: Principal, unit: Unit, *, now: datetime, **changes: object) -> None:
    """Change a unit; `changes` are fields of Unit."""
    for name, value in changes.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(changes))
    audit.record(by, "unit.change", f"unit:{unit.pk}", now=now, facts={"fields": sorted(changes)})


@transaction.atomic
def set_stand_in(
    by: Principal, membership: Membership, *, stand_in: User | None, absent_until: date | None, now: datetime
) -> None:
    """Who steps in, and until when somebody is away. Refuses absence without anybody to step in."""
    if stand_in is not None and stand_in.pk == membership.user_id:
        raise Refused(gettext_noop("Man kan ikke være stedfortræder for sig selv. Vælg en anden."))
    if absent_until is not None and stand_in is None:
        raise Refused(gettext_noop("Vælg en stedfortræder, så ingen opgave ligger stille."))
    membership.stand_in, membership.absent_until = stand_in, absent_until
    membership.save(update_fields=["stand_in", "absent_until"])
    audit.record(
        by,
        "member.stand_in",
        f"user:{membership.user_id}",
        now=now,
        facts={"stand_in": stand_in.pk if stand_in else None, "until": str(absent_until or "")},
    )
