# SPDX-License-Identifier: MPL-2.0
"""Contact persons, interests and purchase bars: what every room must be able to ask about."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from indgang.core.text import Refused, gettext_noop
from indgang.directory import permissions
from indgang.directory.models import ContactAssignment, Interest, Organisation, PurchaseBar
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.models import Membership, Unit, User


@transaction.atomic
def assign_contact_person(
    by: Principal, organisation: Organisation, user: User, *, now: datetime
) -> ContactAssignment:
    """Give the enterprise its one contact person here. The one before stays in the history."""
    permissions.check_can_assign(by, organisation)
    if not Membership.objects.filter(user=user, municipality_id=by.municipality_id, last_date=None).exists():
        raise Refused(gettext_noop("%(name)s arbejder ikke i kommunen. Vælg en anden."), name=user.name)
    current = _current(by, organisation)
    if current is not None and current.user_id == user.pk:
        return current
    if current is not None:
        _end(current, now)
    assignment = ContactAssignment.objects.create(
        municipality_id=by.municipality_id, organisation=organisation, user=user, first_at=now
    )
    audit.record(
        by,
        "contact_person.assign",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"user": user.pk},
        personal={"name": user.name},
    )
    return assignment


@transaction.atomic
def end_contact_person(by: Principal, organisation: Organisation, *, now: datetime) -> None:
    permissions.check_can_assign(by, organisation)
    current = _current(by, organisation)
    if current is not None:
        _end(current, now)
        audit.record(by, "contact_person.end", f"organisation:{organisation.pk}", now=now)


@transaction.atomic
def state_interest(
    by: Principal,
    organisation: Organisation,
    *,
    user: User,
    kind: str,
    first_date: date,
    now: datetime,
    source: str,
    last_date: date | None = None,
) -> Interest:
    """Write down what ties somebody to an enterprise. One's own needs no more source than oneself."""
    permissions.check_can_state_interest(by, user.pk)
    source = source.strip() or (
        _("Oplyst af %(name)s") % {"name": user.name} if user.pk == by.user_id else ""
    )
    if kind not in Interest.Kind.values:
        raise Refused(gettext_noop("Vælg, hvad der knytter personen til virksomheden."))
    if not source:
        raise Refused(gettext_noop("Skriv, hvor oplysningen kommer fra."))
    if last_date is not None and last_date < first_date:
        raise Refused(gettext_noop("Slutdatoen ligger før begyndelsen. Ret den ene af dem."))
    interest = Interest.objects.create(
        municipality_id=by.municipality_id,
        user=user,
        organisation=organisation,
        kind=kind,
        first_date=first_date,
        last_date=last_date,
        source=source[:100],
    )
    audit.record(
        by,
        "interest.state",
        f"organisation:{organisation.pk}",
        now=now,
        facts={"interest": interest.pk},
        personal={"user": user.name, "kind": kind},
    )
    return interest


@transaction.atomic
def end_interest(by: Principal, interest: Interest, *, last_date: date, now: datetime) -> None:
    """The tie ends on `last_date`, the last day it counts."""
    permissions.check_can_state_interest(by, interest.user_id)
    if last_date < interest.first_date:
        raise Refused(gettext_noop("Slutdatoen ligger før begyndelsen. Ret den ene af dem."))
    interest.last_date = last_date
    interest.save(update_fields=["last_date"])
    audit.record(
        by,
        "interest.end",
        f"organisation:{interest.organisation_id}",
        now=now,
        facts={"interest": interest.pk},
    )


@transaction.atomic
def set_bar(
    by: Principal,
    *,
    unit: Unit,
    first_date: date,
    last_date: date,
    reason: str,
    now: datetime,
    organisation: Organisation | None = None,
    founder: User | None = None,
) -> PurchaseBar:
    """A unit may not buy from an enterprise, or from a founder whose enterprise is still to come, for a while."""
    permissions.check_can_bar(by)
    if organisation is None and founder is None:
        raise Refused(gettext_noop("Vælg den virksomhed eller den iværksætter, spærringen gælder."))
    if not reason.strip():
        raise Refused(gettext_noop("Skriv, hvorfor enheden ikke må købe."))
    if last_date < first_date:
        raise Refused(gettext_noop("Slutdatoen ligger før begyndelsen. Ret den ene af dem."))
    bar = PurchaseBar.objects.create(
        municipality_id=by.municipality_id,
        organisation=organisation,
        founder=founder,
        unit=unit,
        first_date=first_date,
        last_date=last_date,
        reason=reason.strip()[:200],
    )
    subject = f"organisation:{organisation.pk}" if organisation else f"user:{founder.pk if founder else 0}"
    audit.record(by, "bar.set", subject, now=now, facts={"bar": bar.pk, "unit": unit.pk})
    return bar


@transaction.atomic
def lift_bar(by: Principal, bar: PurchaseBar, *, now: datetime) -> None:
    """From today the bar no longer counts; one that began today or later is removed."""
    permissions.check_can_bar(by)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    subject = f"organisation:{bar.organisation_id}" if bar.organisation_id else f"user:{bar.founder_id}"
    number = bar.pk
    if bar.first_date > yesterday:
        bar.delete()
    elif bar.last_date > yesterday:
        bar.last_date = yesterday
        bar.save(update_fields=["last_date"])
    audit.record(by, "bar.lift", subject, now=now, facts={"bar": number})


def _current(by: Principal, organisation: Organisation) -> ContactAssignment | None:
    return ContactAssignment.objects.filter(
        municipality_id=by.municipality_id, organisation=organisation, last_at=None
    ).first()


def _end(assignment: ContactAssignment, now: datetime) -> None:
    assignment.last_at = now
    assignment.save(update_fields=["last_at"])
