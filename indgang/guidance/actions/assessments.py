# SPDX-License-Identifier: MPL-2.0
"""Signing and withdrawing standing assessments."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from indgang.core.law import cpv
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.models import StandingAssessment
from indgang.guidance.permissions import check_can_sign
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import at, promise, settle
from indgang.kernel.models import Duty, User

RENEW = "guidance.renew_assessment"
RENEW_BEFORE = timedelta(days=30)
LONGEST = timedelta(days=4 * 366)


@transaction.atomic
def sign(
    by: Principal,
    *,
    kind: str,
    cpv_code: str,
    up_to_dkk: int,
    reasoning: str,
    first_date: date,
    last_date: date,
    now: datetime,
) -> StandingAssessment:
    """Sign an assessment that every buyer inherits. The signer is asked to look again a month before it ends."""
    check_can_sign(by)
    code, _digit = cpv.read_code(cpv_code)
    if len(reasoning.strip()) < 20:
        raise Refused(gettext_noop("Skriv, hvad vurderingen bygger på. Andre skal kunne læse det om tre år."))
    if last_date < first_date or last_date < now.date():
        raise Refused(gettext_noop("Vurderingen skal slutte efter i dag og efter sin første dag."))
    if last_date - first_date > LONGEST:
        raise Refused(gettext_noop("En vurdering kan højst gælde i fire år. Vælg en tidligere slutdato."))
    row = StandingAssessment.objects.create(
        municipality_id=by.municipality_id,
        kind=kind,
        cpv_code=code,
        up_to_dkk=up_to_dkk,
        reasoning=reasoning.strip(),
        first_date=first_date,
        last_date=last_date,
        signed_by_id=by.user_id or 0,
        signed_at=now,
    )
    look_again = max(last_date - RENEW_BEFORE, now.date())
    promise(
        by,
        RENEW,
        _("Forny vurderingen af %(what)s") % {"what": cpv.names()[code][0]},
        path=reverse("guidance:assessment", args=[row.pk]),
        due_at=at(look_again, time(16, 0)),
        owner=User.objects.get(pk=by.user_id or 0),
        now=now,
    )
    facts = {"kind": kind, "cpv": code, "up_to_dkk": up_to_dkk, "to": last_date.isoformat()}
    audit.record(by, "assessment.sign", f"assessment:{row.pk}", now=now, facts=facts)
    return row


@transaction.atomic
def withdraw(by: Principal, row: StandingAssessment, *, because: str, now: datetime) -> None:
    """Let an assessment count no longer. What was decided on it stays as it was."""
    check_can_sign(by)
    if row.withdrawn_at is not None:
        raise Refused(gettext_noop("Vurderingen er trukket tilbage."))
    if not because.strip():
        raise Refused(gettext_noop("Skriv kort, hvorfor den trækkes tilbage."))
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = now, by.user_id, because.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    for duty in Duty.objects.filter(
        kind=RENEW, path=reverse("guidance:assessment", args=[row.pk]), done_at=None
    ):
        settle(duty, now=now, outcome=Duty.Outcome.DROPPED)
    audit.record(by, "assessment.withdraw", f"assessment:{row.pk}", now=now)
